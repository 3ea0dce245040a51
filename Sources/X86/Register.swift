/// A register operand: its file and its number in encoding order.
///
/// Encoding order is that of ModRM and REX (Intel SDM vol. 2A, table 2-2 and 3-1): 0 is RAX/XMM0, 4 is RSP, 8 is R8.
package struct Register: Equatable, Hashable, Sendable {
  /// The register file, which also gives the width for general-purpose registers.
  package enum File: UInt8, Sendable {
    case none
    /// AL…R15B with REX numbering (4…7 are SPL, BPL, SIL, DIL).
    case general8
    /// AH, CH, DH, BH as numbers 0…3.
    case high8
    case general16, general32, general64
    case rip
    case segment
    case control, debug
    case mmx
    /// ST(0)…ST(7), relative to the top of the stack.
    case x87
    case xmm, ymm, zmm, mask

    /// The one that the compiler makes is a call from other modules.
    @inlinable package static func == (a: File, b: File) -> Bool {
      unsafeBitCast(a, to: UInt8.self) == unsafeBitCast(b, to: UInt8.self)
    }
  }

  package var file: File
  package var number: UInt8

  @inlinable package init(_ file: File, _ number: UInt8) {
    self.file = file
    self.number = number
  }

  @inlinable package static var none: Register { Register(.none, 0) }
  @inlinable package static var rip: Register { Register(.rip, 0) }

  /// Width in bits; 0 for `none`.
  @inlinable package var width: Int {
    switch file {
    case .none: 0
    case .general8, .high8: 8
    case .general16, .segment: 16
    case .general32: 32
    case .general64, .rip, .control, .debug, .mmx, .mask: 64
    case .x87: 80
    case .xmm: 128
    case .ymm: 256
    case .zmm: 512
    }
  }

  @inlinable package var isGeneral: Bool {
    switch file {
    case .general8, .high8, .general16, .general32, .general64: true
    default: false
    }
  }
}

/// Segment registers in encoding order (Intel SDM vol. 2A, table 2-1).
package enum Segment: UInt8, Sendable {
  case es = 0, cs, ss, ds, fs, gs
  /// No override prefix that matters in 64-bit mode.
  case none = 0xff
}
