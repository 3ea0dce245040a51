import Decode
import Testing
import X86

/// Bytes written as hexadecimal digits, spaces allowed.
func hexBytes(_ text: String) -> [UInt8] {
  let digits = text.utf8.compactMap { byte -> UInt8? in
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x61 + 10
    case 0x41...0x46: byte - 0x41 + 10
    default: nil
    }
  }
  return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

extension CapstoneDecoder {
  func decode(_ bytes: [UInt8], at address: UInt64 = 0x1000) -> Instruction? {
    bytes.withUnsafeBytes { decode($0, at: address) }
  }

  func decode(_ text: String, at address: UInt64 = 0x1000) -> Instruction? { decode(hexBytes(text), at: address) }
}

extension Instruction {
  /// `rw:64 r:32`: how each operand is accessed, and how many bits of it.
  var accessText: String {
    (0..<Int(operandCount)).map { index in
      let operand = self[operand: index]
      let kind = (operand.isRead ? "r" : "") + (operand.isWritten ? "w" : "")
      return "\(kind.isEmpty ? "-" : kind):\(operand.width)"
    }.joined(separator: " ")
  }
}

/// A generator of reproducible numbers (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
struct Splitter: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
