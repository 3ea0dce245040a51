import Glibc
import Kernel

/// Listens to the keyboard and to the program's terminal while the program runs, on a host thread of its own.
///
/// `@unchecked Sendable`: `state` is guarded by `mutex`; what `onEvent` touches belongs to this thread between `start`
/// and `stop` and to the program's thread at all other times.
final class OutputPump: @unchecked Sendable {
  enum Event {
    case keys([UInt8])
    case output
    case tick
  }

  private enum State { case idle, running, stopping }
  private var state = State.idle
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var wake: (read: Int32, write: Int32) = (-1, -1)
  private var isStarted = false
  private let descriptors: () -> (keyboard: Int32, program: Int32)
  private let onEvent: (Event) -> Void

  init(descriptors: @escaping () -> (keyboard: Int32, program: Int32), onEvent: @escaping (Event) -> Void) {
    self.descriptors = descriptors
    self.onEvent = onEvent
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    changed = .allocate(capacity: 1)
    changed.initialize(to: pthread_cond_t())
    pthread_cond_init(changed, nil)
  }

  /// The descriptors of the pump's own are hidden from the guest.
  func hide(in files: FileTable) {
    if wake.read < 0 {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { return }
      wake = (ends[0], ends[1])
    }
    wake = (files.adopt(wake.read).number, files.adopt(wake.write).number)
  }

  /// The program begins to run.
  func start() {
    if !isStarted { startThread() }
    set(.running)
  }

  /// The program stands again. Returns when the pump has let go of everything.
  func stop() {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    guard state == .running else { return }
    state = .stopping
    var byte: UInt8 = 0
    _ = write(wake.write, &byte, 1)
    while state != .idle { pthread_cond_wait(changed, mutex) }
  }

  private func set(_ new: State) {
    pthread_mutex_lock(mutex)
    state = new
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }

  private func startThread() {
    isStarted = true
    var thread = pthread_t()
    // Signals are for the guest's threads.
    var all = sigset_t()
    var old = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &old)
    defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
    let context = Unmanaged.passRetained(self).toOpaque()
    let result = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<OutputPump>.fromOpaque(context).takeUnretainedValue().run() }
        return nil
      }, context)
    if result == 0 { pthread_detach(thread) }
  }

  private func run() {
    while true {
      pthread_mutex_lock(mutex)
      while state == .idle { pthread_cond_wait(changed, mutex) }
      pthread_mutex_unlock(mutex)
      listen()
      var bytes = [UInt8](repeating: 0, count: 16)
      _ = read(wake.read, &bytes, bytes.count)
      set(.idle)
    }
  }

  /// Until the program stands.
  private func listen() {
    let (keyboard, program) = descriptors()
    var isProgramOpen = true
    while true {
      var polled = [
        pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0),
        pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isProgramOpen ? program : -1, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&polled, 3, 100)
      if polled[0].revents != 0 { return }
      if count == 0 { onEvent(.tick) }
      if polled[1].revents != 0 {
        guard let bytes = HostFile.readSome(keyboard) else { return waitForWake() }
        onEvent(.keys(bytes))
      }
      if polled[2].revents & Int16(POLLIN) != 0 {
        onEvent(.output)
      } else if polled[2].revents != 0 {
        // Nobody holds the other end any more.
        isProgramOpen = false
      }
    }
  }

  private func waitForWake() {
    var polled = pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0)
    while poll(&polled, 1, -1) <= 0 {}
  }
}
