import Glibc
import LinuxABI
import Machine

/// Resource limits and usage (man 2 getrlimit, getrusage).
enum LimitCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.getrlimit, [.symbol(.resource), .out(.rlimit)], getrlimit),
    SyscallRow(.setrlimit, [.symbol(.resource), .in(.rlimit)], setrlimit),
    SyscallRow(.prlimit64, [.int, .symbol(.resource), .in(.rlimit), .out(.rlimit)], prlimit64),
    SyscallRow(.getrusage, [.symbol(.rusageWho), .out(.rusage)], getrusage),
  ]

  private static func getrlimit(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard let pair = own(c, c.raw(0)) else { return try c.pass(c.arg(0), c.output(1, 16)) }
    try store(c, pair, to: c.raw(1))
    return .zero
  }

  private static func setrlimit(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard own(c, c.raw(0)) != nil else {
      let outcome = try c.pass(c.arg(0), c.input(1, 16))
      c.process.noticeCoreLimit()
      return outcome
    }
    _ = try change(c, c.raw(0), to: try load(c, c.raw(1)))
    return .zero
  }

  private static func prlimit64(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let process = c.int(0)
    guard process == 0 || process == getpid(), let old = own(c, c.raw(1)) else {
      let outcome = try c.pass(c.arg(0), c.arg(1), c.input(2, 16), c.output(3, 16))
      if c.raw(2) != 0 { c.process.noticeCoreLimit() }
      return outcome
    }
    if c.raw(2) != 0 { _ = try change(c, c.raw(1), to: try load(c, c.raw(2))) }
    if c.raw(3) != 0 { try store(c, old, to: c.raw(3)) }
    return .zero
  }

  /// The limit on a resource that is kept here.
  private static func own(_ c: SyscallContext, _ resource: UInt64) -> ResourceLimits.Pair? {
    c.system.adoptLimits(c.memory)
    return c.system.limits[Int(UInt32(truncatingIfNeeded: resource))]
  }

  /// do_prlimit.
  private static func change(
    _ c: SyscallContext, _ resource: UInt64, to new: ResourceLimits.Pair
  ) throws(Errno) {
    let index = Int(UInt32(truncatingIfNeeded: resource))
    guard new.current <= new.maximum else { throw .EINVAL }
    if let old = c.system.limits[index], new.maximum > old.maximum, !mayRaiseLimits { throw .EPERM }
    c.system.limits[index] = new
    c.system.limits.apply(to: c.memory)
  }

  /// CAP_SYS_RESOURCE: whoever may set a host's limit anew to more than it was.
  private static var mayRaiseLimits: Bool {
    var header: (UInt32, Int32) = (0x2008_0522, 0)
    var sets: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0, 0, 0)
    let result = withUnsafeMutablePointer(to: &header) { header in
      withUnsafeMutablePointer(to: &sets) { hostCall(.capget, Int(bitPattern: header), Int(bitPattern: $0)) }
    }
    return result == 0 && sets.0 >> 24 & 1 != 0
  }

  private static func load(_ c: SyscallContext, _ address: UInt64) throws(Errno) -> ResourceLimits.Pair {
    let current: UInt64 = try c.load(address)
    return ResourceLimits.Pair(current: current, maximum: try c.load(address &+ 8))
  }

  private static func store(_ c: SyscallContext, _ pair: ResourceLimits.Pair, to address: UInt64) throws(Errno) {
    try c.store(pair.current, to: address)
    try c.store(pair.maximum, to: address &+ 8)
  }

  /// sizeof(struct rusage) is 144.
  private static func getrusage(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.output(1, 144))
  }
}
