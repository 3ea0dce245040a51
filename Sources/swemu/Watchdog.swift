import Glibc
import Kernel
import Machine

/// Stops the guest when its time is up (`--timeout`).
///
/// A host thread sleeps until then and sets the attention word, which the guest's thread sees at its next branch. If
/// the guest sits in a system call instead, the watchdog itself reports and ends the process.
final class Watchdog: @unchecked Sendable {
  private let deadline: Double
  private let cpu: CPU
  private let onExpiry: () -> Void
  /// How long the guest's thread has to notice.
  private static let grace = 0.2

  /// Seconds on a clock that runs for all processes alike.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// - Parameters:
  ///   - deadline: on the clock of `now`.
  ///   - onExpiry: reports and ends the process; called on the watchdog's thread.
  init(deadline: Double, cpu: CPU, onExpiry: @escaping () -> Void) {
    self.deadline = deadline
    self.cpu = cpu
    self.onExpiry = onExpiry
  }

  func start() {
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let context = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, &attributes,
      { context in
        if let context { Unmanaged<Watchdog>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, context)
    pthread_attr_destroy(&attributes)
  }

  private func run() {
    Self.sleep(max(0, deadline - Self.now))
    cpu.pointee.attention = 1
    Self.sleep(Self.grace)
    onExpiry()
  }

  private static func sleep(_ seconds: Double) {
    var wanted = timespec(tv_sec: Int(seconds), tv_nsec: Int(seconds.truncatingRemainder(dividingBy: 1) * 1e9))
    var left = timespec()
    while nanosleep(&wanted, &left) != 0, errno == EINTR { wanted = left }
  }
}
