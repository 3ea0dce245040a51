import LinuxABI
import Machine

/// Device control (man 2 ioctl, ioctl_tty, ioctl_list).
enum TerminalCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.ioctl, [.fd, .hex, .hex], .partial, ioctl)
  ]

  private static func ioctl(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let request = UInt32(truncatingIfNeeded: c.raw(1))
    switch request {
    case 0x5401: return try c.pass(c.fd(0), c.arg(1), c.output(2, 36))
    case 0x5413: return try c.pass(c.fd(0), c.arg(1), c.output(2, 8))
    default: throw .ENOTTY
    }
  }
}
