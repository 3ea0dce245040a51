import CHost
import Glibc

/// Stacks of host threads that run guest threads.
///
/// A stack can be used again when the host knows its thread no more: the kernel clears the guest's `clear_child_tid`,
/// not a word of the C library's, so it is asked for by number.
final class HostStacks {
  struct Stack {
    let base: UnsafeMutableRawPointer
    /// The thread that has it, or had it.
    var owner: Int32 = 0
  }

  /// Guest code runs on no stack of the host; handlers and system calls need some kilobytes of one.
  private static let size = 256 << 10, guardSize = 4096
  private static let spareLimit = 64

  private let lock = HostLock()
  /// Stacks of threads that have ended or are about to, the oldest first.
  private var left: [Stack] = []

  /// A stack that nobody uses; nil where the host has no memory.
  func take() -> Stack? {
    lock.locked {
      if let first = left.first, !Self.isUsed(first) { return left.removeFirst() }
      let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK
      let memory = mmap(nil, Self.size + Self.guardSize, PROT_READ | PROT_WRITE, flags, -1, 0)
      guard let memory, memory != MAP_FAILED else { return nil }
      guard mprotect(memory, Self.guardSize, PROT_NONE) == 0 else {
        munmap(memory, Self.size + Self.guardSize)
        return nil
      }
      return Stack(base: memory + Self.guardSize)
    }
  }

  var usableSize: UInt64 { UInt64(Self.size) }

  /// The thread on the stack is about to end, or never began.
  func giveBack(_ stack: Stack) {
    lock.locked {
      left.append(stack)
      while left.count > Self.spareLimit, let first = left.first, !Self.isUsed(first) {
        left.removeFirst()
        munmap(first.base - Self.guardSize, Self.size + Self.guardSize)
      }
    }
  }

  private static func isUsed(_ stack: Stack) -> Bool {
    stack.owner != 0 && swemu_thread_exists(getpid(), stack.owner) != 0
  }

  /// Waits until the threads that gave their stacks back have left the host: until then the kernel may still store into
  /// guest memory for them.
  ///
  /// - Parameter living: numbers of threads that go on, and may have the number of one that ended.
  func waitUntilGone(living: Set<Int32>) {
    let stacks = lock.locked { left }
    for stack in stacks where !living.contains(stack.owner) {
      var tries: UInt32 = 0
      while Self.isUsed(stack), tries < 20_000 {
        tries += 1
        HostPause.wait(tries)
      }
    }
  }

  /// In the child of a fork: the threads on all stacks but one do not exist.
  ///
  /// - Parameter forgets: whether the C library still knows those threads, so that their stacks must stay as they are.
  func becomeForkChild(forgets: Bool) {
    lock.reset()
    if forgets {
      left = []
    } else {
      for index in left.indices { left[index].owner = 0 }
    }
  }
}
