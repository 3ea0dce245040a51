/// Where the bytes of an ELF file come from: a descriptor, an array, guest memory.
package protocol ELFSource {
  /// Size in bytes.
  var size: UInt64 { get }
  /// Exactly `count` bytes from `offset`; nil where they are not all there.
  func bytes(_ offset: UInt64, _ count: UInt64) -> [UInt8]?
}

/// A file that is in memory already.
package struct ELFBytes: ELFSource {
  package let contents: [UInt8]
  package init(_ contents: [UInt8]) { self.contents = contents }
  package var size: UInt64 { UInt64(contents.count) }

  package func bytes(_ offset: UInt64, _ count: UInt64) -> [UInt8]? {
    guard offset <= size, count <= size - offset else { return nil }
    return Array(contents[Int(offset)..<Int(offset + count)])
  }
}
