import LinuxABI
import Machine

/// What a thread tells the kernel about itself, and its end (man 2 arch_prctl, set_tid_address, exit).
enum ThreadCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.arch_prctl, [.hex, .pointer], archPrctl),
    SyscallRow(.set_tid_address, [.pointer], setTIDAddress),
    SyscallRow(.set_robust_list, [.pointer, .size], setRobustList),
    SyscallRow(.exit, [.int], exit),
    SyscallRow(.exit_group, [.int], exit),
  ]

  private static func archPrctl(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let value = c.raw(1)
    switch c.int(0) {
    case 0x1001:
      guard value < GuestAddress.taskSize else { throw .EPERM }
      c.cpu.pointee.gs_base = value
    case 0x1002:
      guard value < GuestAddress.taskSize else { throw .EPERM }
      c.cpu.pointee.fs_base = value
    case 0x1003: try c.memory.write(c.cpu.pointee.fs_base, to: value)
    case 0x1004: try c.memory.write(c.cpu.pointee.gs_base, to: value)
    default: throw .EINVAL
    }
    return .zero
  }

  private static func setTIDAddress(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    c.system.clearChildTID = c.raw(0)
    return .value(try c.host(.gettid))
  }

  private static func setRobustList(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    // sizeof(struct robust_list_head).
    guard c.raw(1) == 24 else { throw .EINVAL }
    c.system.robustList = c.raw(0)
    return .zero
  }

  private static func exit(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    .exit(c.int(0) & 0xff)
  }
}
