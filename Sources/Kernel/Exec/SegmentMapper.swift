import ELF
import LinuxABI
import Machine

/// Maps PT_LOAD segments (fs/binfmt_elf.c, elf_map and elf_load).
///
/// Sets are united instead of written as literals, because literals of another module's sets are built by unspecialised
/// code, which costs 0.1 ms at its first use.
///
/// All arithmetic wraps as the kernel's unsigned longs do; what comes out wrong is refused by `map`.
struct SegmentMapper {
  let memory: AddressSpace
  let story: LoadStory?

  /// The end of what a program may use. The kernel's is 2^47 less a page; here guests live below 2^46.
  static let taskSize = GuestAddress.ceiling - GuestAddress.pageSize

  /// BAD_ADDR.
  static func isBad(_ address: UInt64) -> Bool { address >= taskSize }

  /// make_prot: PF_R is 4, PF_W 2, PF_X 1; PROT_READ is 1, PROT_WRITE 2, PROT_EXEC 4.
  static func protection(_ flags: SegmentFlags) -> ProtectionFlags {
    let bits = UInt64(flags.rawValue)
    return ProtectionFlags(rawValue: bits >> 2 & 1 | bits & 2 | (bits & 1) << 2)
  }

  /// elf_load: maps the file's part of a segment at `address`, zeroes what follows on its last page, and maps zeros up
  /// to p_memsz. Returns where the segment's first page went.
  ///
  /// - Parameter totalSize: of all segments; then so much is mapped and the surplus unmapped again, so that the whole
  ///   image finds room. 0 otherwise.
  func load(
    _ image: ELFImageFile, _ segment: ProgramHeader, at address: UInt64, flags: MapFlags, totalSize: UInt64
  ) throws(Errno) -> UInt64 {
    let protection = Self.protection(segment.flags)
    let pageOffset = segment.virtualAddress & 0xfff
    let start: UInt64
    var zeroStart: UInt64
    if segment.fileSize != 0 {
      start = try map(image, segment, at: address, protection, flags, totalSize)
      zeroStart = start &+ pageOffset &+ segment.fileSize
      if segment.memorySize > segment.fileSize, zeroStart & 0xfff != 0 {
        try zeroTail(zeroStart, isWritable: protection.contains(.write))
      }
    } else {
      start = address & ~0xfff
      zeroStart = start
    }
    if segment.memorySize > segment.fileSize {
      let end = (start &+ pageOffset &+ segment.memorySize &+ 0xfff) & ~0xfff
      zeroStart = (zeroStart &+ 0xfff) & ~0xfff
      try mapZeros(zeroStart, end &- zeroStart, protection)
    }
    return start
  }

  /// elf_map.
  private func map(
    _ image: ELFImageFile, _ segment: ProgramHeader, at address: UInt64, _ protection: ProtectionFlags,
    _ flags: MapFlags, _ totalSize: UInt64
  ) throws(Errno) -> UInt64 {
    let pageOffset = segment.virtualAddress & 0xfff
    let page = address & ~0xfff
    let size = (segment.fileSize &+ pageOffset &+ 0xfff) & ~0xfff
    let offset = segment.offset &- pageOffset
    guard size != 0 else { return page }
    let total = (totalSize &+ 0xfff) & ~0xfff
    let mapped = try mapFile(image, page, totalSize == 0 ? size : total, protection, flags, offset)
    if totalSize != 0 { try? memory.unmap(mapped &+ size, total &- size) }
    story?.say(
      "map \(range(mapped, size)) \(protection.letters) from the file at \(hex(offset))"
        + (segment.virtualAddress & ~0xfff == mapped ? "" : " (linked for \(hex(segment.virtualAddress)))"))
    return mapped
  }

  /// vm_mmap.
  private func mapFile(
    _ image: ELFImageFile, _ address: UInt64, _ length: UInt64, _ protection: ProtectionFlags, _ flags: MapFlags,
    _ offset: UInt64
  ) throws(Errno) -> UInt64 {
    let (_, overflow) = offset.addingReportingOverflow((length &+ 0xfff) & ~0xfff)
    guard !overflow, offset & 0xfff == 0 else { throw .EINVAL }
    return try memory.map(
      at: address, length: length, protection: protection, flags: flags.union(.private),
      descriptor: image.file.descriptor, offset: offset)
  }

  /// padzero: the rest of a file page holds other parts of the file, which the program must not see.
  private func zeroTail(_ start: UInt64, isWritable: Bool) throws(Errno) {
    let count = 0x1000 &- start & 0xfff
    do throws(Errno) {
      try memory.zero(start, count: count)
      story?.say("zero \(range(start, count)), the rest of the last file page")
    } catch {
      // A segment that is not writable keeps what the file has there.
      if isWritable { throw .EFAULT }
    }
  }

  /// vm_brk_flags: anonymous zeros, replacing what is there.
  private func mapZeros(_ start: UInt64, _ length: UInt64, _ protection: ProtectionFlags) throws(Errno) {
    guard length != 0 else { return }
    guard length <= Self.taskSize, start <= Self.taskSize &- length else { throw .ENOMEM }
    let rights = ProtectionFlags.read.union(.write)
    let granted = protection.contains(.execute) ? rights.union(.execute) : rights
    let flags = MapFlags.private.union(.anonymous).union(.fixed)
    _ = try memory.map(at: start, length: length, protection: granted, flags: flags)
    story?.say("map \(range(start, length)) \(granted.letters) of zeros (bss)")
  }
}

/// `start`…`start + length`, as the stories print it.
func range(_ start: UInt64, _ length: UInt64) -> String { "\(hex(start, 12))-\(hex(start &+ length, 12))" }

extension ProtectionFlags {
  /// As /proc/self/maps shows them: `r-x`.
  package var letters: String {
    (contains(.read) ? "r" : "-") + (contains(.write) ? "w" : "-") + (contains(.execute) ? "x" : "-")
  }
}
