import X86

/// The bytes of one instruction taken apart by position, before anybody asks what the instruction means.
///
/// The layout (prefixes, REX or VEX, opcode, ModRM, SIB, displacement, immediate) follows from the opcode maps alone
/// (Intel SDM vol. 2A, chapter 2 and vol. 2D, appendix A). It is read here rather than taken from capstone, which drops
/// repeated prefixes, reports no displacement sizes, and gets the length of some prefixed instructions wrong.
struct EncodingFields {
  /// Raw `Instruction.Prefixes`: its own operations would be calls across the module border.
  var prefixes: UInt16 = 0
  /// FS or GS, the last of the overrides present; `.none` for the null ones.
  var segment: Segment = .none
  /// The REX byte directly before the opcode, or 0: one that other prefixes follow has no effect (SDM vol. 2A, 2.2.1).
  var rex: UInt8 = 0
  /// The last of `F2` and `F3`, or 0.
  var repeatPrefix: UInt8 = 0
  var isVEX = false
  var vexL = false
  /// REX.W or VEX.W.
  var w = false
  /// REX.R, X and B, or VEX's, as 0 or 8.
  var extendReg: UInt8 = 0
  var extendIndex: UInt8 = 0
  var extendBase: UInt8 = 0
  var vvvv: UInt8 = 0
  /// Implied SIMD prefix: 0 none, 1 `66`, 2 `F3`, 3 `F2` (VEX.pp numbering, for legacy encodings too).
  var pp: UInt8 = 0
  var map: UInt8 = 0
  var opcode: UInt8 = 0
  var layout: OpcodeLayout
  var modRM: UInt8 = 0
  var hasSIB = false
  var sib: UInt8 = 0
  var displacementSize = 0
  /// Sign-extended; a `moffs` address is zero-extended.
  var displacement: Int64 = 0
  var immediateSize = 0
  /// Zero-extended bytes of the immediate, first byte lowest.
  var immediate: UInt64 = 0
  var length = 0

  var hasModRM: Bool { layout.hasModRM }
  var hasOperandSizePrefix: Bool { prefixes & PrefixBit.operandSize != 0 }
  var hasAddressSizePrefix: Bool { prefixes & PrefixBit.addressSize != 0 }

  var mod: UInt8 { modRM >> 6 }
  var regField: UInt8 { (modRM >> 3) & 7 }
  var rmField: UInt8 { modRM & 7 }
}

extension EncodingFields {
  /// Longest instruction; a longer one raises #GP (SDM vol. 3A, 6.15, interrupt 13).
  static let maximumLength = 15

  /// Reads the fields, or nil where the bytes end too early, the opcode exists in no map of 64-bit mode, or the
  /// encoding is EVEX, XOP or 3DNow!.
  @inline(__always)
  init?(_ bytes: UnsafeRawBufferPointer) {
    layout = OpcodeLayout(isVEX: false, map: 0, opcode: 0)
    var reader = ByteReader(bytes)
    guard var byte = reader.next() else { return nil }
    var rexCandidate: UInt8 = 0

    // Prefixes in any order and number; only the last REX, and only right before the opcode, counts.
    prefixLoop: while true {
      switch byte {
      case 0x66: prefixes |= PrefixBit.operandSize
      case 0x67: prefixes |= PrefixBit.addressSize
      case 0xF0: prefixes |= PrefixBit.lock
      case 0xF2:
        prefixes |= PrefixBit.repne
        repeatPrefix = byte
      case 0xF3:
        prefixes |= PrefixBit.rep
        repeatPrefix = byte
      case 0x26, 0x2E, 0x36, 0x3E: prefixes |= PrefixBit.segment
      case 0x64:
        prefixes |= PrefixBit.segment
        segment = .fs
      case 0x65:
        prefixes |= PrefixBit.segment
        segment = .gs
      case 0x40...0x4F:
        rexCandidate = byte
        guard let following = reader.next() else { return nil }
        byte = following
        continue prefixLoop
      default: break prefixLoop
      }
      rexCandidate = 0
      guard let following = reader.next() else { return nil }
      byte = following
    }

    switch byte {
    case 0xC4, 0xC5:
      // LOCK, 66, F2, F3 and REX before VEX raise #UD (SDM vol. 2A, 2.3.2 to 2.3.4).
      guard rexCandidate == 0, repeatPrefix == 0, prefixes & PrefixBit.lock == 0, !hasOperandSizePrefix else {
        return nil
      }
      guard readVEX(byte, &reader) else { return nil }
    case 0x62: return nil  // EVEX; BOUND does not exist in 64-bit mode
    case 0x0F:
      applyREX(rexCandidate)
      guard readEscapedOpcode(&reader) else { return nil }
    default:
      applyREX(rexCandidate)
      opcode = byte
    }

    layout = OpcodeLayout(isVEX: isVEX, map: map, opcode: opcode)
    guard layout.exists else { return nil }
    if layout.hasModRM {
      guard readModRM(&reader) else { return nil }
    }
    guard readImmediate(&reader) else { return nil }
    length = reader.offset
  }

  @inline(__always)
  private mutating func applyREX(_ byte: UInt8) {
    rex = byte
    w = byte & 8 != 0
    extendReg = (byte & 4) << 1
    extendIndex = (byte & 2) << 2
    extendBase = (byte & 1) << 3
    // F3 and F2 take precedence over 66 as mandatory prefixes (SDM vol. 2A, 2.1.2).
    pp = repeatPrefix == 0xF3 ? 2 : repeatPrefix == 0xF2 ? 3 : hasOperandSizePrefix ? 1 : 0
  }

  @inline(__always)
  private mutating func readEscapedOpcode(_ reader: inout ByteReader) -> Bool {
    guard let second = reader.next() else { return false }
    map = 1
    opcode = second
    guard second == 0x38 || second == 0x3A else { return true }
    guard let third = reader.next() else { return false }
    map = second == 0x38 ? 2 : 3
    opcode = third
    return true
  }

  /// The two- and three-byte VEX prefixes (SDM vol. 2A, 2.3.5 and figure 2-9).
  private mutating func readVEX(_ first: UInt8, _ reader: inout ByteReader) -> Bool {
    guard let second = reader.next() else { return false }
    isVEX = true
    extendReg = (~second & 0x80) >> 4
    var last = second
    if first == 0xC4 {
      extendIndex = (~second & 0x40) >> 3
      extendBase = (~second & 0x20) >> 2
      map = second & 0x1F
      guard map >= 1, map <= 3, let third = reader.next() else { return false }
      last = third
      w = third & 0x80 != 0
    } else {
      map = 1
    }
    vvvv = (~last >> 3) & 0xF
    vexL = last & 4 != 0
    pp = last & 3
    guard let byte = reader.next() else { return false }
    opcode = byte
    return true
  }

  /// ModRM, SIB and displacement in 64-bit addressing (SDM vol. 2A, tables 2-2 and 2-3); `67` keeps the same layout.
  @inline(__always)
  private mutating func readModRM(_ reader: inout ByteReader) -> Bool {
    guard let byte = reader.next() else { return false }
    modRM = byte
    // MOV to and from control and debug registers treats mod as 11 (SDM vol. 2B, MOV—Move to/from Control Registers).
    if map == 1, !isVEX, (0x20...0x23).contains(opcode) { modRM |= 0xC0 }
    guard mod != 3 else { return true }
    var base = rmField
    if base == 4 {
      guard let next = reader.next() else { return false }
      hasSIB = true
      sib = next
      base = sib & 7
    }
    switch mod {
    case 1: displacementSize = 1
    case 2: displacementSize = 4
    default: displacementSize = base == 5 ? 4 : 0
    }
    guard displacementSize > 0 else { return true }
    guard let raw = reader.next(count: displacementSize) else { return false }
    displacement =
      displacementSize == 1 ? Int64(Int8(truncatingIfNeeded: raw)) : Int64(Int32(truncatingIfNeeded: raw))
    return true
  }

  @inline(__always)
  private mutating func readImmediate(_ reader: inout ByteReader) -> Bool {
    let isNarrow = hasOperandSizePrefix && !w
    switch layout.immediate {
    case .none: return true
    case .byte: immediateSize = 1
    case .word: immediateSize = 2
    case .wordAndByte: immediateSize = 3
    case .double: immediateSize = 4
    case .operandUpTo4: immediateSize = isNarrow ? 2 : 4
    case .operandUpTo8: immediateSize = w ? 8 : isNarrow ? 2 : 4
    case .group3Byte: immediateSize = regField < 2 ? 1 : 0
    case .group3: immediateSize = regField < 2 ? (isNarrow ? 2 : 4) : 0
    case .memoryOffset:
      displacementSize = hasAddressSizePrefix ? 4 : 8
      guard let raw = reader.next(count: displacementSize) else { return false }
      displacement = Int64(bitPattern: raw)
      return true
    }
    guard immediateSize > 0 else { return true }
    guard let raw = reader.next(count: immediateSize) else { return false }
    immediate = raw
    return true
  }
}

/// Takes bytes from the front of an instruction, at most 15.
struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private let limit: Int
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    limit = min(bytes.count, EncodingFields.maximumLength)
  }

  @inline(__always)
  mutating func next() -> UInt8? {
    guard offset < limit else { return nil }
    defer { offset &+= 1 }
    return bytes[offset]
  }

  /// The next `count` bytes (1…8), first byte lowest, zero-extended.
  @inline(__always)
  mutating func next(count: Int) -> UInt64? {
    guard offset &+ count <= limit else { return nil }
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(bytes[offset &+ index]) << UInt64(index &* 8) }
    offset &+= count
    return value
  }
}

/// The bits of `Instruction.Prefixes`, as constants of this module.
enum PrefixBit {
  static let lock: UInt16 = 1 << 0
  static let rep: UInt16 = 1 << 1
  static let repne: UInt16 = 1 << 2
  static let operandSize: UInt16 = 1 << 3
  static let addressSize: UInt16 = 1 << 4
  static let segment: UInt16 = 1 << 5
}
