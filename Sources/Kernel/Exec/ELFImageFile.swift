import ELF
import LinuxABI

/// An ELF file with the two tables that exec reads from it.
struct ELFImageFile {
  let file: ExecutableFile
  let header: ELFHeader
  let programHeaders: [ProgramHeader]

  /// The checks of load_elf_phdrs (fs/binfmt_elf.c): entries of the right size, at least one, together at most 64 KiB,
  /// all of them in the file. Nil where the kernel returns NULL; `why` then says which.
  init?(_ file: ExecutableFile, _ header: ELFHeader, why: inout String) {
    self.file = file
    self.header = header
    guard header.programHeaderSize == UInt16(ProgramHeader.size) else {
      why = "its program headers have \(header.programHeaderSize) bytes each instead of \(ProgramHeader.size)"
      return nil
    }
    let size = Int(header.programHeaderCount) * ProgramHeader.size
    guard size != 0 else {
      why = "it has no program headers (an object file or a library without code?)"
      return nil
    }
    guard size <= 65536 else {
      why = "its \(header.programHeaderCount) program headers take more than 64 KiB"
      return nil
    }
    guard let table = try? file.read(header.programHeaderOffset, size), table.count == size else {
      why = "it ends before its program headers do"
      return nil
    }
    programHeaders = table.withUnsafeBytes { ProgramHeader.table($0) }
  }

  var loads: [ProgramHeader] { programHeaders.filter { $0.type == .load } }

  /// total_mapping_size: from the page of the lowest PT_LOAD to the end of the highest; 0 without any.
  var totalMappingSize: UInt64 {
    var low = UInt64.max
    var high: UInt64 = 0
    for load in loads {
      low = min(low, load.virtualAddress & ~0xfff)
      high = max(high, load.virtualAddress &+ load.memorySize)
    }
    return loads.isEmpty ? 0 : high &- low
  }

  /// maximum_alignment: the largest p_align that is a power of two, at least a page where there is any.
  var maximumAlignment: UInt64 {
    var alignment: UInt64 = 0
    for load in loads where load.alignment.nonzeroBitCount == 1 { alignment = max(alignment, load.alignment) }
    return (alignment &+ 0xfff) & ~0xfff
  }
}

extension ELFImageFile {
  /// Tells what the program headers ask for.
  func describe(in story: LoadStory) {
    for (index, segment) in programHeaders.enumerated() {
      var line = "  \(index) \(segment.type) \(SegmentMapper.protection(segment.flags).letters)"
      line += " file \(hex(segment.offset))+\(hex(segment.fileSize))"
      line += " memory \(hex(segment.virtualAddress))+\(hex(segment.memorySize)) align \(hex(segment.alignment))"
      story.say(line)
    }
  }
}
