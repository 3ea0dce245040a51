/// The arithmetic and control flags of RFLAGS at their architectural bit positions (Intel SDM vol. 1, 3.4.3).
///
/// Inlinable computed properties: a stored constant would be a call from another module, in the middle of handlers.
package struct RFlags: OptionSet, Sendable, Hashable {
  package var rawValue: UInt64
  @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }

  @inlinable package static var carry: RFlags { RFlags(rawValue: 1 << 0) }
  /// Bit 1 always reads as one.
  @inlinable package static var alwaysSet: RFlags { RFlags(rawValue: 1 << 1) }
  @inlinable package static var parity: RFlags { RFlags(rawValue: 1 << 2) }
  @inlinable package static var adjust: RFlags { RFlags(rawValue: 1 << 4) }
  @inlinable package static var zero: RFlags { RFlags(rawValue: 1 << 6) }
  @inlinable package static var sign: RFlags { RFlags(rawValue: 1 << 7) }
  @inlinable package static var trap: RFlags { RFlags(rawValue: 1 << 8) }
  @inlinable package static var interrupt: RFlags { RFlags(rawValue: 1 << 9) }
  @inlinable package static var direction: RFlags { RFlags(rawValue: 1 << 10) }
  @inlinable package static var overflow: RFlags { RFlags(rawValue: 1 << 11) }
  @inlinable package static var nestedTask: RFlags { RFlags(rawValue: 1 << 14) }
  @inlinable package static var resume: RFlags { RFlags(rawValue: 1 << 16) }
  @inlinable package static var alignmentCheck: RFlags { RFlags(rawValue: 1 << 18) }
  @inlinable package static var identification: RFlags { RFlags(rawValue: 1 << 21) }

  /// CF, PF, AF, ZF, SF and OF: the six status flags that arithmetic writes.
  @inlinable package static var status: RFlags { RFlags(rawValue: 0x8d5) }
}

/// The sixteen conditions of Jcc, SETcc and CMOVcc in encoding order (Intel SDM vol. 2, appendix B.1.4.7).
package enum Condition: UInt8, CaseIterable, Sendable {
  case o, no, b, ae, e, ne, be, a, s, ns, p, np, l, ge, le, g

  /// The status flags that the condition looks at.
  package var flagsRead: RFlags {
    switch self {
    case .o, .no: .overflow
    case .b, .ae: .carry
    case .e, .ne: .zero
    case .be, .a: [.carry, .zero]
    case .s, .ns: .sign
    case .p, .np: .parity
    case .l, .ge: [.sign, .overflow]
    case .le, .g: [.sign, .overflow, .zero]
    }
  }

  /// The opposite condition: the lowest bit of the encoding flips.
  package var inverted: Condition { Condition(rawValue: rawValue ^ 1) ?? self }
}
