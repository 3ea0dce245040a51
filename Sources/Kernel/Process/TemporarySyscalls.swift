import Glibc
import LinuxABI
import Machine

/// Until the families of system calls are there.
extension Process {
  func serveSystemCall(_ cpu: CPU) -> SyscallOutcome {
    switch cpu.rax {
    case 1:
      if let bytes = try? memory.copyIn(cpu.rsi, count: cpu.rdx) {
        cpu.rax = UInt64(bitPattern: Int64(write(Int32(truncatingIfNeeded: cpu.rdi), bytes, bytes.count)))
      } else {
        cpu.rax = UInt64(bitPattern: -14)
      }
    case 12: cpu.rax = memory.setBreakEnd(cpu.rdi)
    case 60, 231: return .exit(Int32(truncatingIfNeeded: cpu.rdi & 0xff))
    case 158:
      cpu.pointee.fs_base = cpu.rsi
      cpu.rax = 0
    default: cpu.rax = UInt64(bitPattern: -38)
    }
    return .resumed
  }
}
