/// One decoded instruction, architectural and complete: what the SDM says of these bytes, nothing of any decoder.
///
/// Fixed-size, without references, so that it can be kept in arrays and compared cheaply.
package struct Instruction: Sendable {
  /// Linear address of the first byte.
  package var address: UInt64 = 0
  /// Length in bytes, 1…15.
  package var length: UInt8 = 0
  package var mnemonic: Mnemonic = .invalid
  package var prefixes = Prefixes(rawValue: 0)
  /// FS or GS when such an override applies to the memory operand; CS/DS/ES/SS overrides are null in 64-bit mode.
  package var segment: Segment = .none
  /// The REX byte, or 0.
  package var rex: UInt8 = 0
  /// VEX fields; `isPresent` false for legacy encodings.
  package var vex = VEX()
  /// Opcode map: 0 one-byte, 1 `0F`, 2 `0F 38`, 3 `0F 3A`.
  package var opcodeMap: UInt8 = 0
  package var opcode: UInt8 = 0
  /// ModRM and SIB bytes, when present.
  package var modRM: UInt8?
  package var sib: UInt8?
  /// Displacement bytes encoded (0, 1, 4 or 8).
  package var displacementSize: UInt8 = 0
  /// Immediate bytes encoded (0, 1, 2, 4 or 8).
  package var immediateSize: UInt8 = 0
  /// Effective operand size in bits (16, 32 or 64; 8 for byte instructions).
  package var operandWidth: UInt8 = 0
  /// Effective address size in bits (64, or 32 under prefix 67).
  package var addressWidth: UInt8 = 64
  /// Explicit operands in Intel order, destination first; unused ones have kind `.none`.
  package var operandCount: UInt8 = 0
  package var op0 = Operand()
  package var op1 = Operand()
  package var op2 = Operand()
  package var op3 = Operand()
  /// The encoded bytes, first byte lowest, in two words (bytes 0…7 and 8…15).
  package var bytesLow: UInt64 = 0
  package var bytesHigh: UInt64 = 0

  @inlinable package init() {}

  /// Address of the instruction that follows in memory.
  @inlinable package var nextAddress: UInt64 { address &+ UInt64(length) }

  @inlinable package subscript(operand index: Int) -> Operand {
    switch index {
    case 0: op0
    case 1: op1
    case 2: op2
    case 3: op3
    default: Operand()
    }
  }

  /// The memory operand, if there is one.
  package var memory: Operand? {
    for index in 0..<Int(operandCount) where self[operand: index].kind == .memory { return self[operand: index] }
    return nil
  }

  /// The encoded bytes in order.
  package var bytes: [UInt8] {
    (0..<Int(length)).map { UInt8(truncatingIfNeeded: ($0 < 8 ? bytesLow : bytesHigh) >> (UInt64($0 & 7) * 8)) }
  }
}

extension Instruction {
  /// Legacy prefixes as encoded, whether or not they have an effect here.
  package struct Prefixes: OptionSet, Sendable, Hashable {
    package var rawValue: UInt16
    @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }
    @inlinable package static var lock: Prefixes { Prefixes(rawValue: 1 << 0) }
    /// `F3`
    @inlinable package static var rep: Prefixes { Prefixes(rawValue: 1 << 1) }
    /// `F2`
    @inlinable package static var repne: Prefixes { Prefixes(rawValue: 1 << 2) }
    /// `66`
    @inlinable package static var operandSize: Prefixes { Prefixes(rawValue: 1 << 3) }
    /// `67`
    @inlinable package static var addressSize: Prefixes { Prefixes(rawValue: 1 << 4) }
    /// Any of `26 2E 36 3E 64 65`.
    @inlinable package static var segment: Prefixes { Prefixes(rawValue: 1 << 5) }
  }

  package struct VEX: Sendable, Hashable {
    package var isPresent = false
    /// True for 256-bit vectors.
    package var l = false
    package var w = false
    /// The extra register operand, not inverted.
    package var vvvv: UInt8 = 0
    @inlinable package init() {}
  }
}

/// One explicit operand.
package struct Operand: Sendable, Hashable {
  package enum Kind: UInt8, Sendable {
    case none, register, memory, immediate

    /// The one that the compiler makes is a call from other modules.
    @inlinable package static func == (a: Kind, b: Kind) -> Bool {
      unsafeBitCast(a, to: UInt8.self) == unsafeBitCast(b, to: UInt8.self)
    }
  }

  package var kind: Kind = .none
  /// Width in bits of the value that is accessed (for memory: how many bits are read or written; 0 for LEA and prefetch).
  package var width: UInt16 = 0
  package var isRead = false
  package var isWritten = false
  /// For `.register`.
  package var register: Register = .none
  /// For `.memory`: base + index × scale + displacement. `base` may be `.rip` (relative to the next instruction) or
  /// `.none`; their width is the address size. With a vector index register (gather) `index` is xmm or ymm.
  package var base: Register = .none
  package var index: Register = .none
  package var scale: UInt8 = 1
  package var displacement: Int64 = 0
  /// For `.immediate`: sign-extended as the instruction does it. For relative branches: the absolute target address.
  package var immediate: Int64 = 0

  @inlinable package init() {}
}

/// Turns bytes into instructions. The machine asks it once per instruction when it builds a block.
package protocol InstructionDecoder: AnyObject {
  /// Decodes the instruction at `address` from up to 15 bytes into `instruction`, whatever was there.
  ///
  /// Returns false where the bytes are no instruction that is known (the guest sees #UD), or are cut short.
  func decode(
    _ bytes: UnsafeRawBufferPointer, at address: UInt64, into instruction: UnsafeMutablePointer<Instruction>
  ) -> Bool
}

extension InstructionDecoder {
  /// Decodes the instruction at `address` from up to 15 bytes; nil where there is none.
  package func decode(_ bytes: UnsafeRawBufferPointer, at address: UInt64) -> Instruction? {
    withUnsafeTemporaryAllocation(of: Instruction.self, capacity: 1) { place in
      guard let place = place.baseAddress, decode(bytes, at: address, into: place) else { return nil }
      return place.pointee
    }
  }
}
