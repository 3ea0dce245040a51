/// Bytes of a file, read by offset. Nothing here traps: what lies outside is nil.
package struct ByteView {
  package let bytes: UnsafeRawBufferPointer
  /// Whether multi-byte values are stored most significant byte first.
  package var isBigEndian = false

  package init(_ bytes: UnsafeRawBufferPointer, isBigEndian: Bool = false) {
    self.bytes = bytes
    self.isBigEndian = isBigEndian
  }

  package var count: Int { bytes.count }

  package subscript(_ offset: Int) -> UInt8? {
    offset >= 0 && offset < bytes.count ? bytes[offset] : nil
  }

  /// The integer at `offset`, in the file's byte order.
  @inline(__always)
  package func integer<T: FixedWidthInteger>(_ offset: Int, as type: T.Type = T.self) -> T? {
    let size = MemoryLayout<T>.size
    guard offset >= 0, size <= bytes.count, offset <= bytes.count - size else { return nil }
    let value = bytes.loadUnaligned(fromByteOffset: offset, as: T.self)
    return isBigEndian ? T(bigEndian: value) : T(littleEndian: value)
  }

  /// The bytes of `offset..<offset + length`; nil unless all of them are there.
  package func slice(_ offset: UInt64, _ length: UInt64) -> UnsafeRawBufferPointer? {
    guard offset <= UInt64(bytes.count), length <= UInt64(bytes.count) - offset else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<Int(offset + length)])
  }

  /// Whether the bytes at `offset` are `expected`.
  package func has(_ expected: StaticString, at offset: Int = 0) -> Bool {
    let length = expected.utf8CodeUnitCount
    guard offset >= 0, length <= bytes.count, offset <= bytes.count - length else { return false }
    return expected.withUTF8Buffer { text in text.indices.allSatisfy { bytes[offset + $0] == text[$0] } }
  }

  /// The text from `offset` to the next NUL or the end.
  package func string(at offset: Int) -> String? {
    guard offset >= 0, offset < bytes.count else { return nil }
    return String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
  }
}
