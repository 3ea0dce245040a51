import CHost
import CMachine
import LinuxABI
import Machine

/// The list of futexes that a thread holds (man 2 get_robust_list; linux/futex.h, struct robust_list_head).
///
/// The host walks it when the host thread ends, however it ends. It is walked here where no host thread ends with the
/// guest's: for a leader that ends first, for threads that an exec ends, and in a sandbox, where the list is kept from
/// the host, because it could lead anywhere.
struct RobustList {
  let memory: AddressSpace
  let owner: UInt32

  /// ROBUST_LIST_LIMIT.
  private static let limit = 2048
  private static let waiters: UInt32 = 0x8000_0000, ownerDied: UInt32 = 0x4000_0000, ownerMask: UInt32 = 0x3fff_ffff

  /// exit_robust_list: as far as it can be read.
  func walk(_ head: UInt64) {
    guard head != 0, let first: UInt64 = try? memory.read(head), let offset: UInt64 = try? memory.read(head &+ 8),
      let pending: UInt64 = try? memory.read(head &+ 16)
    else { return }
    var entry = first
    var count = 0
    while entry & ~1 != head, count < Self.limit {
      // The entry goes when its futex is released.
      let next: UInt64? = try? memory.read(entry & ~1)
      if entry & ~1 != pending & ~1 {
        guard release(entry & ~1 &+ offset, isPI: entry & 1 != 0, isPending: false) else { return }
      }
      guard let next else { return }
      entry = next
      count += 1
    }
    if pending & ~1 != 0 { _ = release(pending & ~1 &+ offset, isPI: pending & 1 != 0, isPending: true) }
  }

  /// handle_futex_death. False where the list is broken.
  private func release(_ address: UInt64, isPI: Bool, isPending: Bool) -> Bool {
    guard address & 3 == 0 else { return false }
    while true {
      guard let value: UInt32 = try? memory.read(address) else { return false }
      if isPending, !isPI, value == 0 {
        wake(address)
        return true
      }
      guard value & Self.ownerMask == owner else { return true }
      let new = value & Self.waiters | Self.ownerDied
      var isStored = false
      do throws(Errno) {
        try memory.withWritable(address, 4) { bytes in
          var expected = value
          isStored = bytes.baseAddress.map { swemu_compare_exchange32($0, &expected, new) != 0 } ?? true
        }
      } catch {
        return false
      }
      guard isStored else { continue }
      if !isPI, value & Self.waiters != 0 { wake(address) }
      return true
    }
  }

  /// FUTEX_WAKE of one waiter, in whatever process.
  private func wake(_ address: UInt64) {
    guard address < GuestAddress.ceiling else { return }
    hostCall(.futex, Int(truncatingIfNeeded: address), 1, 1)
  }
}

extension GuestThread {
  /// Tells the host of the thread's robust list and of the word that it clears at the end, for the calling host thread.
  func tellHostOfEnd() {
    let isTrusted = process.system.sandbox == nil
    let list = isTrusted && robustList < GuestAddress.ceiling &- 4096 ? robustList : 0
    hostCall(.set_robust_list, Int(truncatingIfNeeded: list), 24)
    hostCall(.set_tid_address, Int(truncatingIfNeeded: clearChildTID < GuestAddress.ceiling &- 4 ? clearChildTID : 0))
  }

  /// mm_release without the host's help: the host thread goes on, or must not touch guest memory when it ends.
  func releaseMemory(clears: Bool) {
    let (list, word) = (robustList, clearChildTID)
    (robustList, clearChildTID) = (0, 0)
    tellHostOfEnd()
    RobustList(memory: process.memory, owner: UInt32(bitPattern: number)).walk(list)
    guard clears, word != 0, word < GuestAddress.ceiling else { return }
    try? process.memory.write(0 as UInt32, to: word)
    hostCall(.futex, Int(truncatingIfNeeded: word), 1, 1)
  }
}
