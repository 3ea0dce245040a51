/// Where the parts of a program go: the choices that exec makes before it maps anything.
///
/// They are Linux's (fs/binfmt_elf.c, arch/x86/mm/mmap.c) with 2^46 in the place of 2^47.
package struct AddressSpaceLayout: Hashable, Sendable {
  /// The end of the stack's VMA.
  package var stackTop: UInt64
  /// Mappings are placed below this, downwards.
  package var mmapBase: UInt64
  /// Mappings go here, upwards, when nothing is free below `mmapBase`.
  package var legacyMmapBase: UInt64
  /// The load address of a position-independent program.
  package var positionIndependentBase: UInt64
  /// Added to the first break.
  package var breakOffset: UInt64
  /// Added to the lower bound of MAP_32BIT.
  package var below2GiBOffset: UInt64
  /// Taken from the initial stack pointer, below 8192 and a multiple of 16 (arch_align_stack).
  package var stackPointerOffset: UInt64

  /// - Parameters:
  ///   - stackLimit: RLIMIT_STACK, which decides how much room the stack gets.
  ///   - random: a source of random words; nil for the same layout every time (`--no-aslr`).
  package init(stackLimit: UInt64 = 8 << 20, random: (() -> UInt64)? = nil) {
    let page = GuestAddress.pageSize
    let top = GuestAddress.ceiling &- page
    // mmap_rnd_bits = 28, STACK_RND_MASK = 0x3fffff (pages), as x86-64 has them.
    let mappings = random.map { ($0() & 0xfff_ffff) << GuestAddress.pageShift } ?? 0
    let stack = random.map { ($0() & 0x3f_ffff) << GuestAddress.pageShift } ?? 0
    let program = random.map { ($0() & 0xfff_ffff) << GuestAddress.pageShift } ?? 0
    stackTop = top &- stack

    // mmap_base(): room for the stack, its random offset and the guard gap, between 128 MiB and 5/6.
    let padding = (random == nil ? 0 : 0x3f_ffff << GuestAddress.pageShift) &+ VMA.guardGap
    let (padded, overflow) = stackLimit.addingReportingOverflow(padding)
    let gap = min(max(overflow ? stackLimit : padded, 128 << 20), top / 6 * 5)
    mmapBase = GuestAddress.pageAlign(top &- gap &- mappings)
    legacyMmapBase = GuestAddress.pageAlign(top / 3) &+ mappings
    positionIndependentBase = GuestAddress.pageStart(top / 3 * 2) &+ program
    breakOffset = random.map { $0() % (0x200_0000 / page) * page } ?? 0
    below2GiBOffset = random.map { $0() % (0x200_0000 / page) * page } ?? 0
    stackPointerOffset = random.map { $0() & 0x1ff0 } ?? 0
  }
}
