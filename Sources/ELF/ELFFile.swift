/// A 64-bit little-endian ELF file with its tables, as a linker or debugger sees it.
///
/// Whatever a broken file claims, reading it ends in nil or in an empty table. (Exec reads program headers by itself,
/// with the kernel's checks.)
package struct ELFFile {
  package let source: any ELFSource
  package let header: ELFHeader
  package let programHeaders: [ProgramHeader]
  package let sections: [SectionHeader]

  /// No table of a file in use is larger; a file that claims more is broken.
  private static let largestTable: UInt64 = 64 << 20

  /// Nil where there is no ELF header of a 64-bit little-endian file.
  package init?(_ source: any ELFSource) {
    guard let head = source.bytes(0, UInt64(ELFHeader.size)), let header = head.withUnsafeBytes({ ELFHeader($0) }),
      header.fileClass == ELFIdent.class64, header.data == ELFIdent.littleEndian
    else { return nil }
    self.source = source
    self.header = header
    programHeaders = Self.programHeaders(source, header)
    sections = Self.sections(source, header)
  }

  private static func programHeaders(_ source: any ELFSource, _ header: ELFHeader) -> [ProgramHeader] {
    guard header.programHeaderSize == UInt16(ProgramHeader.size) else { return [] }
    let size = UInt64(header.programHeaderCount) * UInt64(ProgramHeader.size)
    guard size != 0, let table = source.bytes(header.programHeaderOffset, size) else { return [] }
    return table.withUnsafeBytes { ProgramHeader.table($0) }
  }

  private static func sections(_ source: any ELFSource, _ header: ELFHeader) -> [SectionHeader] {
    guard header.sectionHeaderOffset != 0, header.sectionHeaderSize == UInt16(SectionHeader.size) else { return [] }
    let one = UInt64(SectionHeader.size)
    guard
      let first = source.bytes(header.sectionHeaderOffset, one)?.withUnsafeBytes({ SectionHeader($0) })
    else { return [] }
    // With 0xff00 sections or more, e_shnum is 0 and the first entry has the number.
    let count = header.sectionHeaderCount == 0 ? first.byteCount : UInt64(header.sectionHeaderCount)
    guard count <= largestTable / one, let table = source.bytes(header.sectionHeaderOffset, count * one) else {
      return []
    }
    return table.withUnsafeBytes { bytes in
      (0..<Int(count)).compactMap { SectionHeader(bytes, at: $0 * SectionHeader.size) }
    }
  }

  /// The bytes of a section; nil for one that takes no space in the file or is not all there.
  package func contents(_ section: SectionHeader) -> [UInt8]? {
    guard section.type != .noBits, section.byteCount <= 16 * Self.largestTable else { return nil }
    return source.bytes(section.offset, section.byteCount)
  }

  /// A section's name; nil where the name table is missing.
  package func name(of section: SectionHeader) -> String? {
    guard sections.indices.contains(Int(header.sectionNameIndex)),
      let names = contents(sections[Int(header.sectionNameIndex)])
    else { return nil }
    return names.withUnsafeBytes { ByteView($0).string(at: Int(section.name)) }
  }

}

extension [ProgramHeader] {
  /// The virtual address at which byte `offset` of the file is mapped, as the file was linked.
  package func virtualAddress(ofFileOffset offset: UInt64) -> UInt64? {
    for segment in self where segment.type == .load {
      // Whole pages are mapped, so the ends of a segment reach to the page's.
      let start = segment.offset & ~0xfff
      let end = (segment.offset &+ segment.fileSize &+ 0xfff) & ~0xfff
      if offset >= start, offset < end { return segment.virtualAddress &+ (offset &- segment.offset) }
    }
    return nil
  }
}
