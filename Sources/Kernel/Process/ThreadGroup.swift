import Glibc

/// The threads of a process.
final class ThreadGroup {
  private let lock = HostLock()
  private var threads: [GuestThread] = []
}
