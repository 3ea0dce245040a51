import LinuxABI

/// What a system call came to, apart from an error (which is thrown).
package enum SyscallOutcome: Sendable {
  /// The value for RAX.
  case value(UInt64)
  /// RAX and everything else were set by the body (rt_sigreturn, execve, a call that will be made again).
  case resumed
  /// The process ends with this status (exit_group; exit of the only thread).
  case exit(Int32)
  /// The process dies of this signal.
  case killed(Int32)
  /// The thread ends with this status (exit, where there are others).
  case threadEnded(Int32)

  package static func value(_ value: Int) -> SyscallOutcome { .value(UInt64(bitPattern: Int64(value))) }
  package static let zero = SyscallOutcome.value(0 as UInt64)
}

/// How completely a call is served.
package enum SupportLevel: String, Sendable {
  /// As Linux does it.
  case full
  /// What programs use; the row's body says what is missing.
  case partial
  /// ENOSYS or EPERM on purpose, which programs are prepared for.
  case refused
}

/// Everything about one system call in one row.
package struct SyscallRow: Sendable {
  package let number: SyscallNumber
  package let arguments: [ArgumentKind]
  package let level: SupportLevel
  package let body: SyscallBody

  package var name: String { "\(number)" }

  package init(
    _ number: SyscallNumber, _ arguments: [ArgumentKind], _ level: SupportLevel, _ body: @escaping SyscallBody
  ) {
    self.number = number
    self.arguments = arguments
    self.level = level
    self.body = body
  }

  /// A call that is served in full.
  package init(_ number: SyscallNumber, _ arguments: [ArgumentKind], _ body: @escaping SyscallBody) {
    self.init(number, arguments, .full, body)
  }
}

/// Serves one system call.
package typealias SyscallBody = @Sendable (inout SyscallContext) throws(Errno) -> SyscallOutcome
