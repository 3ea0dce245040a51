/// The arithmetic and control flags of RFLAGS at their architectural bit positions (Intel SDM vol. 1, 3.4.3).
package struct RFlags: OptionSet, Sendable, Hashable {
  package var rawValue: UInt64
  @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }

  package static let carry = RFlags(rawValue: 1 << 0)
  /// Bit 1 always reads as one.
  package static let alwaysSet = RFlags(rawValue: 1 << 1)
  package static let parity = RFlags(rawValue: 1 << 2)
  package static let adjust = RFlags(rawValue: 1 << 4)
  package static let zero = RFlags(rawValue: 1 << 6)
  package static let sign = RFlags(rawValue: 1 << 7)
  package static let trap = RFlags(rawValue: 1 << 8)
  package static let interrupt = RFlags(rawValue: 1 << 9)
  package static let direction = RFlags(rawValue: 1 << 10)
  package static let overflow = RFlags(rawValue: 1 << 11)
  package static let nestedTask = RFlags(rawValue: 1 << 14)
  package static let resume = RFlags(rawValue: 1 << 16)
  package static let alignmentCheck = RFlags(rawValue: 1 << 18)
  package static let identification = RFlags(rawValue: 1 << 21)

  /// CF, PF, AF, ZF, SF and OF: the six status flags that arithmetic writes.
  package static let status: RFlags = [.carry, .parity, .adjust, .zero, .sign, .overflow]
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
