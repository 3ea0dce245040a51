/// An operand width of the general-purpose instructions: 8, 16, 32 or 64 bits.
protocol Word: FixedWidthInteger & UnsignedInteger {
  associatedtype Signed: FixedWidthInteger & SignedInteger
}
extension UInt8: Word { typealias Signed = Int8 }
extension UInt16: Word { typealias Signed = Int16 }
extension UInt32: Word { typealias Signed = Int32 }
extension UInt64: Word { typealias Signed = Int64 }

extension Word {
  @inline(__always) var signed: Signed { Signed(truncatingIfNeeded: self) }
  /// Left-aligned to 64 bits, as lazy flags keep it.
  @inline(__always) var aligned: UInt64 {
    UInt64(truncatingIfNeeded: self) &<< UInt64(truncatingIfNeeded: 64 &- Self.bitWidth)
  }
  @inline(__always) var isNegative: Bool { signed < 0 }
}
