import Glibc
import LinuxABI
import Machine

/// Attributes of a process (man 2 prctl, personality).
enum ControlCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.prctl, [.symbol(.prctl), .hex, .hex, .hex, .hex], .partial, prctl),
    SyscallRow(.personality, [.hex], .partial, personality),
  ]

  /// Options whose arguments are numbers and that the host serves (linux/prctl.h): PDEATHSIG, DUMPABLE, KEEPCAPS,
  /// TIMING, CAPBSET, SECUREBITS, TIMERSLACK, TASK_PERF_EVENTS, MCE_KILL, CHILD_SUBREAPER, NO_NEW_PRIVS, THP_DISABLE,
  /// CAP_AMBIENT, SPECULATION_CTRL, IO_FLUSHER, MDWE aside, MEMORY_MERGE.
  private static let numeric: Set<Int32> = [
    1, 3, 4, 7, 8, 13, 14, 21, 23, 24, 27, 28, 29, 30, 31, 32, 33, 34, 36, 38, 39, 41, 42, 47, 52, 53, 57, 58, 67, 68,
  ]

  private enum Option {
    static let getDeathSignal: Int32 = 2, setName: Int32 = 15, getName: Int32 = 16, getTSC: Int32 = 25
    static let setTSC: Int32 = 26, setMM: Int32 = 35, getSubreaper: Int32 = 37, getTIDAddress: Int32 = 40
    static let setVMA: Int32 = 0x5356_4d41, getAuxiliaryVector: Int32 = 0x4155_5856
  }

  private static func prctl(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let option = c.int(0)
    switch option {
    case Option.getDeathSignal, Option.getSubreaper:
      return try c.pass(c.arg(0), c.output(1, 4), c.arg(2), c.arg(3), c.arg(4))
    case Option.getTSC:
      // PR_TSC_ENABLE: reading the time stamp counter never faults here.
      try c.store(1 as Int32, to: c.raw(1))
      return .zero
    case Option.setTSC:
      guard c.raw(1) == 1 else { throw .EINVAL }
      return .zero
    case Option.setName: return try setName(c)
    case Option.getName: return try c.pass(c.arg(0), c.output(1, 16))
    case Option.setMM: throw .EPERM
    case Option.getTIDAddress:
      try c.store(c.thread.clearChildTID, to: c.raw(1))
      return .zero
    case Option.setVMA: return try nameMemory(c)
    case Option.getAuxiliaryVector: return try auxiliaryVector(c)
    default:
      guard numeric.contains(option) else {
        c.system.countUnknownRequest("prctl", UInt64(UInt32(bitPattern: option)))
        throw .EINVAL
      }
      return try c.pass(c.arg(0), c.arg(1), c.arg(2), c.arg(3), c.arg(4))
    }
  }

  /// PR_SET_NAME: the host thread gets the name too, so that ps and /proc/PID/comm show it.
  private static func setName(_ c: SyscallContext) throws(Errno) -> SyscallOutcome {
    // TASK_COMM_LEN - 1 bytes at most; longer names are cut.
    let name = c.scratch.allocate(16)
    var count = 0
    while count < 15 {
      let byte: UInt8 = try c.load(c.raw(1) &+ UInt64(count))
      if byte == 0 { break }
      name.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
      count += 1
    }
    name.storeBytes(of: 0, toByteOffset: count, as: UInt8.self)
    if c.thread === c.process.leader {
      c.process.commandName = Array(UnsafeRawBufferPointer(start: name, count: count))
    }
    return try c.pass(c.arg(0), Int(bitPattern: name))
  }

  /// PR_SET_VMA, PR_SET_VMA_ANON_NAME: printable ASCII without `[]\$` and backquote, up to 79 characters
  /// (kernel/sys.c, prctl_set_vma).
  private static func nameMemory(_ c: SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.raw(1) == 0 else { throw .EINVAL }
    guard c.raw(4) != 0 else {
      try c.memory.setName(c.raw(2), c.raw(3), nil)
      return .zero
    }
    let text = try c.memory.readCString(c.raw(4), max: 80, tooLong: .EINVAL)
    guard text.allSatisfy({ $0 >= 0x20 && $0 < 0x7f && !"\\`$[]".utf8.contains($0) }) else { throw .EINVAL }
    try c.memory.setName(c.raw(2), c.raw(3), String(decoding: text, as: UTF8.self))
    return .zero
  }

  /// PR_GET_AUXV (Linux 6.4): as much as fits; the full size is returned. saved_auxv holds 26 pairs.
  private static func auxiliaryVector(_ c: SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.raw(3) == 0, c.raw(4) == 0 else { throw .EINVAL }
    var words = c.process.image.auxiliaryVector
    while words.count < 52 { words.append(0) }
    let size = words.count * 8
    let bytes = words.withUnsafeBytes { Array($0.prefix(Int(truncatingIfNeeded: min(c.raw(2), UInt64(size))))) }
    try c.memory.copyOut(bytes, to: c.raw(1))
    return .value(size)
  }

  /// The execution domain is the guest's own: on the host it would change how the emulator's memory is laid out.
  private static func personality(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let old = c.system.personality
    let new = UInt32(truncatingIfNeeded: c.raw(0))
    if new != 0xffff_ffff { c.system.personality = new }
    return .value(UInt64(old))
  }
}
