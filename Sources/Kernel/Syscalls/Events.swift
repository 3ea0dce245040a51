import Glibc
import LinuxABI
import Machine

/// Pipes, and descriptors made of events (man 2 pipe, epoll_wait, eventfd, timerfd_create, signalfd).
enum EventCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.pipe, [.out(.twoInts)], pipe),
    SyscallRow(.pipe2, [.out(.twoInts), .flags(.pipe)], pipe),
    SyscallRow(.eventfd, [.unsigned], PassThrough.numbers),
    SyscallRow(.eventfd2, [.unsigned, .flags(.eventfd)], PassThrough.numbers),
    SyscallRow(.epoll_create, [.int], PassThrough.numbers),
    SyscallRow(.epoll_create1, [.flags(.epollCreate)], PassThrough.numbers),
    SyscallRow(.epoll_ctl, [.fd, .symbol(.epollControl), .fd, .in(.epollEvent)], epollControl),
    SyscallRow(.epoll_wait, [.fd, .out(.epollEvents), .int, .int], epollWait),
    SyscallRow(.epoll_pwait, [.fd, .out(.epollEvents), .int, .int, .in(.signalSet), .size], epollWait),
    SyscallRow(.epoll_pwait2, [.fd, .out(.epollEvents), .int, .in(.timespec), .in(.signalSet), .size], epollWait2),
    SyscallRow(.timerfd_create, [.symbol(.clock), .flags(.timerfd)], PassThrough.numbers),
    SyscallRow(.timerfd_settime, [.fd, .flags(.timerFlags), .in(.itimerspec), .out(.itimerspec)], timerSet),
    SyscallRow(.timerfd_gettime, [.fd, .out(.itimerspec)], timerGet),
    SyscallRow(.signalfd, [.fd, .in(.signalSet), .size], signalfd),
    SyscallRow(.signalfd4, [.fd, .in(.signalSet), .size, .flags(.open)], signalfd),
  ]

  private static func pipe(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.output(0, 8), c.arg(1))
  }

  // MARK: - epoll

  /// sizeof(struct epoll_event), which is packed.
  private static let eventSize = 12

  private static func epollControl(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.arg(1), c.fd(2), c.input(3, eventSize))
  }

  /// Room for the events; a bad count is the host's to refuse.
  private static func events(_ c: SyscallContext) -> Int {
    let count = UInt64(max(0, c.int(2)))
    return c.writable(c.raw(1), count * UInt64(eventSize)).address
  }

  /// epoll_wait and epoll_pwait.
  private static func epollWait(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let isMasked = c.number == SyscallNumber.epoll_pwait.rawValue
    let mask = isMasked ? try c.temporaryMask(c.raw(4), size: c.raw(5)) : 0
    // Never restarted after a handler, whatever SA_RESTART says (signal(7)).
    return .value(try c.host(.epoll_pwait, c.fd(0), events(c), c.arg(2), Int(c.int(3)), mask, 8, restart: .EINTR))
  }

  private static func epollWait2(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let mask = try c.temporaryMask(c.raw(4), size: c.raw(5))
    let events = events(c)
    return try c.pass(c.fd(0), events, c.arg(2), c.input(3, 16), mask, 8, restart: .EINTR)
  }

  // MARK: - timerfd, signalfd

  private static func timerSet(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.arg(1), c.input(2, 32), c.output(3, 32))
  }

  private static func timerGet(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.output(1, 32))
  }

  /// signalfd and signalfd4: blocked signals of the guest wait with the host, so its descriptor sees them.
  private static func signalfd(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.input(1, 8), c.arg(2), c.arg(3))
  }
}

/// A point in time on CLOCK_MONOTONIC, for calls that are made again with the time that is left.
struct MonotonicTime {
  private var seconds: Int
  private var nanoseconds: Int

  static var now: MonotonicTime {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return MonotonicTime(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
  }

  func advanced(_ time: timespec) -> MonotonicTime {
    guard time.isValid else { return self }
    let sum = nanoseconds + time.tv_nsec
    let (total, overflow) = seconds.addingReportingOverflow(time.tv_sec)
    return MonotonicTime(
      seconds: overflow ? Int.max - 1 : total &+ sum / 1_000_000_000, nanoseconds: sum % 1_000_000_000)
  }

  func advanced(milliseconds: Int) -> MonotonicTime {
    advanced(timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000))
  }

  /// From now until then, not below 0.
  var timeLeft: timespec {
    let now = MonotonicTime.now
    var left = timespec(tv_sec: seconds - now.seconds, tv_nsec: nanoseconds - now.nanoseconds)
    if left.tv_nsec < 0 {
      left.tv_nsec += 1_000_000_000
      left.tv_sec -= 1
    }
    return left.tv_sec < 0 ? timespec() : left
  }

  var millisecondsLeft: Int {
    let left = timeLeft
    return min(left.tv_sec, Int(Int32.max) / 1000 - 1) * 1000 + (left.tv_nsec + 999_999) / 1_000_000
  }
}
