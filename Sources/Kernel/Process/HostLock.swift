import Glibc

/// A lock of the host between guest threads.
///
/// `@unchecked Sendable`: that is what it is for.
package final class HostLock: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  package init() {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  @inline(__always) package func lock() { pthread_mutex_lock(mutex) }
  @inline(__always) package func unlock() { pthread_mutex_unlock(mutex) }

  /// Takes the lock unless another thread has it.
  @inline(__always) func tryLock() -> Bool { pthread_mutex_trylock(mutex) == 0 }

  /// In the child of a fork: nobody else is left who could hold it.
  package func reset() { pthread_mutex_init(mutex, nil) }

  package func locked<Result>(_ body: () -> Result) -> Result {
    lock()
    defer { unlock() }
    return body()
  }
}
