import Glibc
import LinuxABI
import Machine

/// Waiting for descriptors (man 2 poll, select).
enum PollCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.poll, [.in(.pollfds), .unsigned, .int], poll),
    SyscallRow(.ppoll, [.in(.pollfds), .unsigned, .in(.timespec), .in(.signalSet), .size], ppoll),
    SyscallRow(.select, [.int, .in(.fdSet), .in(.fdSet), .in(.fdSet), .in(.timeval)], select),
    SyscallRow(.pselect6, [.int, .in(.fdSet), .in(.fdSet), .in(.fdSet), .in(.timespec), .pointer], pselect6),
  ]

  // MARK: - poll

  /// The host's ppoll writes the time left into its timespec, so that an interrupted call just goes on.
  private static func poll(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let milliseconds = Int(c.int(2))
    guard milliseconds >= 0 else { return try wait(c, nil, mask: 0) }
    var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    return try wait(c, &time, mask: 0)
  }

  private static func ppoll(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.raw(2) != 0 else { return try wait(c, nil, mask: try c.temporaryMask(c.raw(3), size: c.raw(4))) }
    var time: timespec = try c.load(c.raw(2))
    guard time.isValid else { throw .EINVAL }
    let mask = try c.temporaryMask(c.raw(3), size: c.raw(4))
    // The time left is written back however the call ends; a bad pointer for it is no error (poll_select_finish).
    defer { try? c.store(time, to: c.raw(2)) }
    return try wait(c, &time, mask: mask)
  }

  private static func wait(
    _ c: SyscallContext, _ time: UnsafeMutablePointer<timespec>?, mask: Int
  ) throws(Errno) -> SyscallOutcome {
    let count = UInt64(UInt32(truncatingIfNeeded: c.raw(1)))
    // More than RLIMIT_NOFILE is EINVAL before the array is looked at.
    let isReasonable = count <= 1 << 20
    if !c.files.hidden.isEmpty, isReasonable { return try waitHiding(c, Int(count), time, mask) }
    let array =
      isReasonable
      ? c.structure(c.raw(0), Int(count) * MemoryLayout<pollfd>.stride, .write) : SyscallContext.unmappedAddress
    return .value(
      try c.host(
        .ppoll, array, Int(count), Int(bitPattern: time), mask, 8, restart: .ERESTARTNOHAND))
  }

  /// As `wait`, where some numbers are swemu's own: those report POLLNVAL.
  private static func waitHiding(
    _ c: SyscallContext, _ count: Int, _ time: UnsafeMutablePointer<timespec>?, _ mask: Int
  ) throws(Errno) -> SyscallOutcome {
    let size = count * MemoryLayout<pollfd>.stride
    let copy = try c.copyIn(c.raw(0), size)
    guard size > 0 else {
      return .value(try c.host(.ppoll, 0, 0, Int(bitPattern: time), mask, 8, restart: .ERESTARTNOHAND))
    }
    let descriptors = copy.bindMemory(to: pollfd.self)
    let original = descriptors.map(\.fd)
    var hidden = 0
    for index in descriptors.indices where c.files.hidden.contains(original[index]) {
      descriptors[index].fd = -1
      hidden += 1
    }
    let none = c.scratch.allocate(MemoryLayout<timespec>.size)
    none.storeBytes(of: timespec(), as: timespec.self)
    let deadline = hidden > 0 ? Int(bitPattern: none) : Int(bitPattern: time)
    let ready = try c.host(
      .ppoll, Int(bitPattern: copy.baseAddress), count, deadline, mask, 8, restart: .ERESTARTNOHAND)
    for index in descriptors.indices {
      let isHidden = descriptors[index].fd != original[index]
      let result = isHidden ? Int16(POLLNVAL) : descriptors[index].revents
      try c.store(result, to: c.raw(0) &+ UInt64(index * MemoryLayout<pollfd>.stride + 6))
    }
    return .value(ready + hidden)
  }

  // MARK: - select

  private static func select(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.raw(4) != 0 else { return try wait(c, nil, pair: 0) }
    let given: timeval = try c.load(c.raw(4))
    // Microseconds beyond a second are carried over (kern_select, poll_select_set_timeout).
    let (seconds, overflow) = given.tv_sec.addingReportingOverflow(given.tv_usec / 1_000_000)
    var time = timespec(tv_sec: overflow ? .max : seconds, tv_nsec: given.tv_usec % 1_000_000 * 1000)
    guard time.isValid else { throw .EINVAL }
    defer { try? c.store(timeval(tv_sec: time.tv_sec, tv_usec: time.tv_nsec / 1000), to: c.raw(4)) }
    return try wait(c, &time, pair: 0)
  }

  /// The sixth argument points to a signal mask's address and its size.
  private static func pselect6(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    var pair = 0
    if c.raw(5) != 0 {
      let copy = try c.copyIn(c.raw(5), 16)
      let mask = copy.loadUnaligned(as: UInt64.self)
      let size = copy.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      copy.storeBytes(of: try c.temporaryMask(mask, size: size), as: Int.self)
      pair = Int(bitPattern: copy.baseAddress)
    }
    guard c.raw(4) != 0 else { return try wait(c, nil, pair: pair) }
    var time: timespec = try c.load(c.raw(4))
    guard time.isValid else { throw .EINVAL }
    defer { try? c.store(time, to: c.raw(4)) }
    return try wait(c, &time, pair: pair)
  }

  private static func wait(
    _ c: SyscallContext, _ time: UnsafeMutablePointer<timespec>?, pair: Int
  ) throws(Errno) -> SyscallOutcome {
    let count = c.int(0)
    guard count >= 0 else { throw .EINVAL }
    // The host looks at no more than its table holds, however large the number (core_sys_select).
    let bytes = (Int(min(count, 1 << 20)) + 63) / 64 * 8
    let sets = (set(c, 1, bytes), set(c, 2, bytes), set(c, 3, bytes))
    if !c.files.hidden.isEmpty { try refuseHidden(c, count) }
    return .value(
      try c.host(
        .pselect6, Int(count), sets.0, sets.1, sets.2, Int(bitPattern: time), pair, restart: .ERESTARTNOHAND))
  }

  /// A set in place; only what lies in mapped pages will be touched.
  private static func set(_ c: SyscallContext, _ index: Int, _ bytes: Int) -> Int {
    guard c.raw(index) != 0 else { return 0 }
    return c.writable(c.raw(index), UInt64(bytes)).address
  }

  private static func refuseHidden(_ c: SyscallContext, _ count: Int32) throws(Errno) {
    for descriptor in c.files.hidden where descriptor < count {
      for index in 1...3 where c.raw(index) != 0 {
        let word: UInt64 = try c.load(c.raw(index) &+ UInt64(descriptor / 64 * 8))
        if word >> UInt64(descriptor % 64) & 1 != 0 { throw .EBADF }
      }
    }
  }
}

extension timespec {
  /// timespec64_valid.
  var isValid: Bool { tv_sec >= 0 && tv_nsec >= 0 && tv_nsec < 1_000_000_000 }
}
