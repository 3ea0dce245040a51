import LinuxABI

/// Why a program could not be started.
package struct ExecFailure: Error, Sendable {
  /// What execve returns, or would have if it still could.
  package var errno: Errno
  /// A sentence without the path: what is the matter.
  package var reason: String?
  /// What the user can do about it.
  package var remedy: String?
  /// The old image was gone already: the kernel kills the process with SIGSEGV (fs/exec.c, bprm_execve).
  package var isFatal = false

  package init(_ errno: Errno, _ reason: String? = nil, remedy: String? = nil) {
    self.errno = errno
    self.reason = reason
    self.remedy = remedy
  }
}

extension Errno {
  /// This error with an explanation.
  func because(_ reason: @autoclosure () -> String) -> ExecFailure { ExecFailure(self, reason()) }
}
