import CHost
import CMachine
import Machine

/// The threads of a process, and the two ways to stop them: holding all where they are, and ending them.
///
/// A thread is busy while it runs guest code or serves a call, and at rest while it waits in a call of the host, for a
/// lock, or because somebody holds it. Whoever holds the others sets a bit in each attention word and waits until each
/// is at rest; a thread that wants to be busy again waits until the bit is gone.
///
/// Locks are taken in this order: `Process.callLock`, `world`, `lock`, that of the address space. A thread that waits for
/// one of the first two is at rest.
///
/// `@unchecked Sendable`: `members` is guarded by `lock`.
package final class ThreadGroup: @unchecked Sendable {
  private let lock = HostLock()
  /// Held while somebody holds all the others where they are.
  private let world = HostLock()
  private var members: [GuestThread] = []
  /// Counts threads that went; a word to wait on.
  private let changes: UnsafeMutablePointer<UInt32>

  init() {
    changes = .allocate(capacity: 1)
    changes.initialize(to: 0)
  }

  deinit { changes.deallocate() }

  /// The threads that are alive, the oldest first; a leader that ended before the others is none of them.
  package var all: [GuestThread] { lock.locked { members } }

  package var count: Int { lock.locked { members.count } }

  func add(_ thread: GuestThread) { lock.locked { members.append(thread) } }

  /// The thread is about to end. Returns whether it was the last one.
  func remove(_ thread: GuestThread) -> Bool {
    let isLast = lock.locked {
      members.removeAll { $0 === thread }
      return members.isEmpty
    }
    swemu_bump_word(changes)
    return isLast
  }

  /// In the child of a fork, which has one thread only.
  func becomeForkChild(_ thread: GuestThread) {
    lock.reset()
    world.reset()
    members = [thread]
  }

  // MARK: - Holding

  /// Runs `body` while all other threads stand still: in a call of the host that waits, or between two instructions,
  /// with everything about them in its place.
  ///
  /// - Parameters:
  ///   - thread: who holds the others; nil for a host thread that runs no guest.
  ///   - patience: milliseconds after which a thread that does not come to rest (a call of the host that takes long and
  ///     cannot be interrupted) is left alone; nil for however long it takes.
  package func holdingOthers<Result>(
    than thread: GuestThread?, patience: UInt32? = nil, _ body: () -> Result
  ) -> Result {
    hold(thread, patience: patience)
    defer { letGo(thread) }
    return body()
  }

  /// The first half of `holdingOthers`, for those who let go much later or never.
  package func hold(_ thread: GuestThread?, patience: UInt32? = nil) {
    if let thread { thread.rest { world.lock() } } else { world.lock() }
    let others = all.filter { $0 !== thread }
    for other in others { swemu_attention_set(other.cpu, SWEMU_ATTENTION_HOLD.rawValue) }
    for other in others { waitForRest(other, patience) }
  }

  /// The second half. Threads that began meanwhile stand still too, and are let go with the others.
  package func letGo(_ thread: GuestThread?) {
    for other in all where other !== thread { swemu_attention_clear(other.cpu, SWEMU_ATTENTION_HOLD.rawValue) }
    world.unlock()
  }

  private func waitForRest(_ thread: GuestThread, _ patience: UInt32?) {
    var tries: UInt32 = 0
    while thread.isBusy {
      tries += 1
      HostPause.wait(tries)
      if let patience, tries > 400 + patience * 20 { return }
    }
  }

  /// Waits until nobody holds the threads.
  func waitUntilLetGo() {
    world.lock()
    world.unlock()
  }

  // MARK: - Ending

  /// Ends all other threads and waits until they are gone. The calling thread holds no lock.
  func endOthers(than thread: GuestThread) {
    thread.rest {
      while true {
        let seen = swemu_load_word(changes)
        let others = all.filter { $0 !== thread }
        if others.isEmpty { return }
        // Again and again: it may have been about to wait.
        for other in others { other.interrupt(SWEMU_ATTENTION_END) }
        swemu_wait_word(changes, seen, 2)
      }
    }
  }
}

/// Waiting for another thread of the host that is about to do something.
enum HostPause {
  /// - Parameter tries: how often it was waited for already.
  static func wait(_ tries: UInt32) {
    if tries < 200 {
      swemu_pause()
    } else if tries < 400 {
      hostCall(.sched_yield)
    } else {
      // It waits for a processor; more yielding might not give it one.
      var time: (Int, Int) = (0, 50_000)
      _ = withUnsafeMutablePointer(to: &time) { hostCall(.nanosleep, Int(bitPattern: $0), 0) }
    }
  }
}
