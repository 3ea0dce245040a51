import LinuxABI
import Machine

/// What a system call came to, apart from an error (which is thrown).
package enum SyscallOutcome: Sendable {
  /// The value for RAX.
  case value(UInt64)
  /// RAX and everything else were set by the body (rt_sigreturn, execve).
  case resumed
  /// The process ends with this status (exit_group; exit of the last thread).
  case exit(Int32)
  /// The process dies of this signal.
  case killed(Int32)

  package static func value(_ value: Int) -> SyscallOutcome { .value(UInt64(bitPattern: Int64(value))) }
  package static let zero = SyscallOutcome.value(0 as UInt64)
}

/// How an argument prints in `--strace`.
package enum ArgumentKind: Sendable {
  case int, unsigned, hex, pointer, size, fd, atFD, path, string, buffer, mode, openFlags, signal, protection, mapFlags
  case none
}

/// How completely a call is served.
package enum SupportLevel: String, Sendable { case full, partial, refused }

/// Everything about one system call in one row.
package struct SyscallRow: Sendable {
  package let number: Int
  package let name: String
  package let arguments: [ArgumentKind]
  package let level: SupportLevel
  package let body: @Sendable (inout SyscallContext) throws(Errno) -> SyscallOutcome

  package init(
    _ number: Int, _ name: String, _ arguments: [ArgumentKind], _ level: SupportLevel = .full,
    _ body: @escaping @Sendable (inout SyscallContext) throws(Errno) -> SyscallOutcome
  ) {
    self.number = number
    self.name = name
    self.arguments = arguments
    self.level = level
    self.body = body
  }
}

/// A system call being served: the process, the thread's registers, the six arguments.
package struct SyscallContext {
  package let process: Process
  package let cpu: CPU
  package let number: Int
  /// RDI RSI RDX R10 R8 R9 (System V ABI, A.2.1).
  package let args: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  package init(process: Process, cpu: CPU) {
    self.process = process
    self.cpu = cpu
    number = Int(truncatingIfNeeded: cpu[gpr: 0])
    args = (cpu[gpr: 7], cpu[gpr: 6], cpu[gpr: 2], cpu[gpr: 10], cpu[gpr: 8], cpu[gpr: 9])
  }

  package var memory: AddressSpace { process.memory }
}

/// The table: every family's rows, found by number.
package enum SyscallTable {
  static let families: [[SyscallRow]] = []

  static let byNumber: [SyscallRow?] = {
    var table = [SyscallRow?](repeating: nil, count: 512)
    for family in families { for row in family where row.number < table.count { table[row.number] = row } }
    return table
  }()

  package static func row(_ number: Int) -> SyscallRow? {
    number >= 0 && number < byNumber.count ? byNumber[number] : nil
  }
}
