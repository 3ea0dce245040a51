import CHost
import CMachine
import Machine

/// What becomes of a leader (the thread whose number is the process's) that has ended while other threads go on.
///
/// On Linux it stays behind as a zombie until the others are gone. Its host thread stays too: it may have to run the
/// program that another thread executes, which gets the leader's number, or to come back from `Process.run`.
final class LeaderFate {
  enum Verdict {
    /// Another program was executed.
    case newProgram
    case end(ProcessEnd)
  }

  private let lock = HostLock()
  private let word: UnsafeMutablePointer<UInt32>
  private var verdict: Verdict?

  init() {
    word = .allocate(capacity: 1)
    word.initialize(to: 0)
  }

  deinit { word.deallocate() }

  /// Only the first end counts.
  func decide(_ new: Verdict) {
    lock.locked { if verdict == nil { verdict = new } }
    swemu_bump_word(word)
  }

  /// An end that was decided on, without waiting.
  var end: ProcessEnd? {
    lock.locked {
      guard case .end(let end)? = verdict else { return nil }
      return end
    }
  }

  /// Waits, on the leader's host thread.
  func wait() -> Verdict {
    while true {
      let seen = swemu_load_word(word)
      let found = lock.locked {
        defer { verdict = nil }
        return verdict
      }
      if let found { return found }
      swemu_wait_word(word, seen, 10_000)
    }
  }

  func becomeForkChild() {
    lock.reset()
    verdict = nil
  }
}
