/// Error numbers that the kernel uses inside itself and no program sees (include/linux/errno.h).
extension Errno {
  /// Make the call again, unless a handler without SA_RESTART ran: then EINTR.
  package static let ERESTARTSYS = Errno(512)
  /// Make the call again in any case.
  package static let ERESTARTNOINTR = Errno(513)
  /// Make the call again if no handler ran, else EINTR.
  package static let ERESTARTNOHAND = Errno(514)
  /// As ERESTARTNOHAND, by restart_syscall(2), which knows how much time is left.
  package static let ERESTART_RESTARTBLOCK = Errno(516)
}
