import Glibc
import LinuxABI

/// What exec, fork and the debugger do to an address space, beside the system calls.
extension AddressSpace {
  /// Maps the stack of a program: `size` bytes that end at `top` and grow down as they are used.
  ///
  /// - Parameter protection: read and write, with execute if PT_GNU_STACK asks for it.
  package func mapStack(top: UInt64, size: UInt64, protection: Protection = [.read, .write]) throws(Errno) {
    let end = GuestAddress.pageStart(top)
    let length = GuestAddress.pageAlign(size)
    guard length != 0, length < end, end <= GuestAddress.ceiling else { throw .ENOMEM }
    try locked { () throws(Errno) in
      let start = end &- length
      guard start >= limits.minimumAddress, !tree.hasOverlap(start, end) else { throw .ENOMEM }
      // VM_STACK_FLAGS.
      var vma = VMA(
        start: start, end: end, flags: VMAFlags.mayAll.union(.growsDown).union(defaultFlags).with(protection),
        pageOffset: start >> GuestAddress.pageShift, backing: nil)
      try install(&vma, file: nil, descriptor: -1, populating: false)
    }
  }

  /// Called in the child of a fork, whose memory the host has copied (dup_mmap).
  package func becomeForkChild() {
    // Only the thread that forked is left, and it held the lock.
    initializeLock()
    locked {
      defaultFlags = []
      statistics = MemoryStatistics()
      populated.removeAll()
      for vma in tree.vmas where vma.flags.contains(.dontCopy) {
        revoke(vma.start, vma.end)
        forget(vma.start, vma.end)
      }
      for index in tree.indices {
        account(tree[index], adding: false)
        tree[index].flags.subtract(.lockedMask)
        account(tree[index], adding: true)
        if tree[index].flags.contains(.wipeOnFork) {
          revoke(tree[index].start, tree[index].end)
          tree[index].anonymous = 0
        }
        guard tree[index].anonymous != 0 else { continue }
        // anon_vma_fork: each VMA gets one of its own below the parent's, also where the parent's VMAs shared one.
        nextAnonymous &+= 1
        tree[index].anonymous = nextAnonymous
        tree[index].isForkChild = true
      }
      checkInvariants()
    }
  }

  /// Reads memory whatever its rights, as ptrace and core dumps do. Returns the bytes up to the first that is not there.
  package func peek(_ address: UInt64, count: UInt64) -> [UInt8] {
    let reachable = locked { mappedPrefix(address, count) }
    guard reachable != 0 else { return [] }
    return Self.withProcessMemory(O_RDONLY) { descriptor in
      [UInt8](unsafeUninitializedCapacity: Int(reachable)) { buffer, initialized in
        initialized = max(0, pread(descriptor, buffer.baseAddress, Int(reachable), Int(address)))
      }
    } ?? []
  }

  /// Writes memory whatever its rights, as ptrace does: private memory is copied first. Returns how many bytes it wrote.
  package func poke(_ address: UInt64, _ bytes: [UInt8]) -> UInt64 {
    locked {
      let reachable = mappedPrefix(address, UInt64(bytes.count))
      guard reachable != 0 else { return 0 }
      let end = address &+ reachable
      for index in tree.overlapping(address, end) {
        let (low, high) = (max(address, tree[index].start), min(end, tree[index].end))
        revokeCode(GuestAddress.pageStart(low), GuestAddress.pageAlign(high))
        if !tree[index].flags.contains(.shared) { assignAnonymous(index) }
        guard let key = tree[index].backing?.key, tree[index].isShared, codeBackings.contains(key) else { continue }
        revokeAliases(key, tree[index].pageOffset(of: low), tree[index].pageOffset(of: high &- 1) &+ 1)
      }
      return Self.withProcessMemory(O_RDWR) { descriptor in
        UInt64(max(0, pwrite(descriptor, bytes, Int(reachable), Int(address))))
      } ?? 0
    }
  }

  /// How many bytes from `address` on, at most `count`, lie in VMAs.
  private func mappedPrefix(_ address: UInt64, _ count: UInt64) -> UInt64 {
    guard address < GuestAddress.ceiling else { return 0 }
    let end = address &+ min(count, GuestAddress.ceiling &- address)
    var position = address
    while position < end, let index = tree.index(containing: position) { position = min(end, tree[index].end) }
    return position &- address
  }

  /// The host's view of its own memory, which ignores protection (FOLL_FORCE, man 5 proc, /proc/pid/mem).
  private static func withProcessMemory<Result>(_ mode: Int32, _ body: (Int32) -> Result) -> Result? {
    let descriptor = open("/proc/self/mem", mode | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return body(descriptor)
  }
}
