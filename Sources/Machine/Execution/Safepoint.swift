import CMachine
import Glibc

/// How a change of memory makes sure that no thread uses what it is about to take away.
///
/// A thread that runs guest code reads the page table without a lock and uses the host address at once. Before rights
/// are taken away (munmap, mprotect, code on a page that could be written), the thread that does so, which holds the
/// lock of the address space, stops all others: it sets a bit in each attention word and waits until each has passed a
/// block link or stands outside guest code. A thread that wants back into guest code waits for the lock.
package struct Safepoint {
  /// Returns when no other thread runs guest code.
  var begin: () -> Void
  var end: () -> Void
}

extension Machine {
  /// Enters guest code, waiting while another thread holds everybody up. Returns whether there was any wait.
  @inline(never) @discardableResult func beginRunning(_ cpu: CPU) -> Bool {
    var hasWaited = false
    while true {
      swemu_begin_running(cpu)
      guard cpu.pointee.attention & SWEMU_ATTENTION_SAFEPOINT.rawValue != 0 else { return hasWaited }
      swemu_end_running(cpu)
      hasWaited = true
      memory.locked {}
    }
  }

  /// Runs `body`, which may wait for a lock, outside guest code if the thread stands in it.
  ///
  /// What was read from the page table before is worth nothing afterwards.
  @inline(__always) func outsideGuestCode<Result>(_ cpu: CPU, _ body: () -> Result) -> Result {
    guard isParallel, cpu.pointee.running != 0 else { return body() }
    swemu_end_running(cpu)
    let result = body()
    beginRunning(cpu)
    return result
  }

  /// Stops all threads that run guest code. The lock of the address space is held.
  func stopOthers() {
    guard isParallel else { return }
    for thread in threads { swemu_attention_set(thread, SWEMU_ATTENTION_SAFEPOINT.rawValue) }
    for thread in threads {
      var tries = 0
      while swemu_is_running(thread) != 0 {
        tries += 1
        if tries < 200 {
          swemu_pause()
        } else if tries < 400 {
          sched_yield()
        } else {
          // It waits for a processor; more yielding might not give it one.
          usleep(20)
        }
      }
    }
  }

  func resumeOthers() {
    guard isParallel else { return }
    for thread in threads { swemu_attention_clear(thread, SWEMU_ATTENTION_SAFEPOINT.rawValue) }
  }
}
