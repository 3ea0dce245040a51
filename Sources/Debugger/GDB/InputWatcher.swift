import Glibc
import Kernel
import Synchronization

/// Tells of input on a descriptor while the program runs: gdb's Ctrl-C, or its end.
///
/// A host thread of its own polls; it reads nothing, so that there is only one reader.
///
/// `@unchecked Sendable`: `descriptor` is atomic, the rest does not change after `init`.
final class InputWatcher: @unchecked Sendable {
  private let descriptor = Atomic<Int32>(-1)
  private var wake: (read: Int32, write: Int32) = (-1, -1)
  private let files: FileTable
  private let onInput: () -> Void
  private let isStarted = Atomic<Bool>(false)

  init(files: FileTable, onInput: @escaping () -> Void) {
    self.files = files
    self.onInput = onInput
  }

  /// Watches from now on.
  func watch(_ number: Int32) {
    guard number >= 0 else { return }
    if !isStarted.exchange(true, ordering: .relaxed) { start() }
    descriptor.store(number, ordering: .releasing)
    var byte: UInt8 = 0
    _ = write(wake.write, &byte, 1)
  }

  /// Stops watching.
  func pause() { descriptor.store(-1, ordering: .releasing) }

  private func start() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    wake = (files.adopt(ends[0]).number, files.adopt(ends[1]).number)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<InputWatcher>.fromOpaque(context).takeUnretainedValue().run() }
        return nil
      }, context)
    pthread_detach(thread)
  }

  private func run() {
    // Signals are the guest's threads' affair.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    while true {
      let number = descriptor.load(ordering: .acquiring)
      var polled = [
        pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0), pollfd(fd: number, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&polled, number < 0 ? 1 : 2, -1)
      if polled[0].revents != 0 {
        var bytes = [UInt8](repeating: 0, count: 64)
        _ = read(wake.read, &bytes, bytes.count)
      }
      // Said again until the program stopped: a signal may come just before a system call begins.
      if number >= 0, polled[1].revents != 0 {
        while descriptor.load(ordering: .acquiring) == number {
          onInput()
          usleep(20_000)
        }
      }
    }
  }
}
