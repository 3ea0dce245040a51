// PSHUFD PSHUFLW PSHUFHW PSLLDQ PSRLDQ SHUFPS SHUFPD (SDM vol. 2): the immediate becomes a mask of byte numbers when the
// block is built, and one PSHUFB does them all.

import CMachine
import X86

/// Bytes of the source in the order of the mask at `imm`.
enum Shuffle<S: VectorSource>: Semantics {
  typealias OutOfLine = Shuffle<S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let source = try S.bytes(c, p, 16)
    swemu_shuffle(c.vector(p.pointee.dst), source, ShuffleMasks.address(p.pointee.imm))
    return p + 1
  }
}

/// Bytes of destination and source, each in the order of its mask.
enum ShuffleTwo<S: VectorSource>: Semantics {
  typealias OutOfLine = ShuffleTwo<S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let source = try S.bytes(c, p, 16)
    let destination = c.vector(p.pointee.dst)
    swemu_shuffle2(destination, destination, source, ShuffleMasks.address(p.pointee.imm))
    return p + 1
  }
}

/// For hosts without SSSE3.
enum ShufflePortable<S: VectorSource>: Semantics {
  typealias OutOfLine = ShufflePortable<S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let source = try S.bytes(c, p, 16)
    swemu_shuffle_portable(c.vector(p.pointee.dst), source, ShuffleMasks.address(p.pointee.imm))
    return p + 1
  }
}

enum ShuffleTwoPortable<S: VectorSource>: Semantics {
  typealias OutOfLine = ShuffleTwoPortable<S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let source = try S.bytes(c, p, 16)
    let destination = c.vector(p.pointee.dst)
    swemu_shuffle2_portable(destination, destination, source, ShuffleMasks.address(p.pointee.imm))
    return p + 1
  }
}

/// Masks for every immediate, in tables that live as long as the program; micro-ops hold their addresses.
enum ShuffleMasks {
  /// A byte that becomes zero.
  private static let clear: UInt8 = 0x80

  @inline(__always) static func address(_ bits: UInt64) -> UnsafeRawPointer {
    UnsafeRawPointer(bitPattern: UInt(bits)).unsafelyUnwrapped
  }

  static func pshufd(_ immediate: UInt8) -> UInt64 { doublewords + UInt64(immediate) * 16 }
  static func pshuflw(_ immediate: UInt8) -> UInt64 { lowWords + UInt64(immediate) * 16 }
  static func pshufhw(_ immediate: UInt8) -> UInt64 { highWords + UInt64(immediate) * 16 }
  static func pslldq(_ immediate: UInt8) -> UInt64 { leftShifts + UInt64(min(immediate, 16)) * 16 }
  static func psrldq(_ immediate: UInt8) -> UInt64 { rightShifts + UInt64(min(immediate, 16)) * 16 }
  static func shufps(_ immediate: UInt8) -> UInt64 { twoDoublewords + UInt64(immediate) * 32 }
  static func shufpd(_ immediate: UInt8) -> UInt64 { twoQuadwords + UInt64(immediate & 3) * 32 }

  private static let doublewords = table(256, 16) { immediate, byte in
    UInt8((immediate >> (byte / 4 * 2) & 3) * 4 + byte % 4)
  }
  private static let lowWords = table(256, 16) { immediate, byte in
    byte >= 8 ? UInt8(byte) : UInt8((immediate >> (byte / 2 * 2) & 3) * 2 + byte % 2)
  }
  private static let highWords = table(256, 16) { immediate, byte in
    byte < 8 ? UInt8(byte) : UInt8(8 + (immediate >> ((byte - 8) / 2 * 2) & 3) * 2 + byte % 2)
  }
  private static let leftShifts = table(17, 16) { count, byte in byte < count ? clear : UInt8(byte - count) }
  private static let rightShifts = table(17, 16) { count, byte in byte + count > 15 ? clear : UInt8(byte + count) }
  /// The low two lanes choose from the first operand, the high two from the second.
  private static let twoDoublewords = table(256, 32) { immediate, byte in
    let lane = byte % 16 / 4
    guard (lane < 2) == (byte < 16) else { return clear }
    return UInt8((immediate >> (lane * 2) & 3) * 4 + byte % 4)
  }
  private static let twoQuadwords = table(4, 32) { immediate, byte in
    let lane = byte % 16 / 8
    guard (lane == 0) == (byte < 16) else { return clear }
    return UInt8((immediate >> lane & 1) * 8 + byte % 8)
  }

  private static func table(_ count: Int, _ size: Int, _ byte: (_ immediate: Int, _ byte: Int) -> UInt8) -> UInt64 {
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: count * size)
    for index in 0..<count * size { (memory + index).initialize(to: byte(index / size, index % size)) }
    return UInt64(UInt(bitPattern: memory))
  }
}

extension LoweringRules {
  static let sseShuffle: [LoweringRow] = [
    LoweringRow(.pshufd) { $0.shuffle(ShuffleMasks.pshufd) },
    LoweringRow(.pshuflw) { $0.shuffle(ShuffleMasks.pshuflw) },
    LoweringRow(.pshufhw) { $0.shuffle(ShuffleMasks.pshufhw) },
    LoweringRow(.shufps) { $0.shuffleTwo(ShuffleMasks.shufps) },
    LoweringRow(.shufpd) { $0.shuffleTwo(ShuffleMasks.shufpd) },
    LoweringRow(.pslldq) { $0.shiftBytes(ShuffleMasks.pslldq) },
    LoweringRow(.psrldq) { $0.shiftBytes(ShuffleMasks.psrldq) },
  ]

  /// Asked once: CPUID is slow in a virtual machine.
  static let hostShuffles = swemu_host_has_ssse3() != 0
}

extension Lowering {
  mutating func shuffle(_ mask: (UInt8) -> UInt64) -> Lowered {
    guard setDst(instruction.op0), let form = vectorSource(instruction.op1, general: true) else { return .unsupported }
    return shuffle(mask, form, two: 0)
  }

  mutating func shuffleTwo(_ masks: (UInt8) -> UInt64) -> Lowered {
    guard setDst(instruction.op0), let form = vectorSource(instruction.op1, general: true) else { return .unsupported }
    return shuffle(masks, form, two: 2)
  }

  /// PSLLDQ and PSRLDQ: source and destination are one.
  mutating func shiftBytes(_ mask: (UInt8) -> UInt64) -> Lowered {
    guard setDst(instruction.op0), setSrc(instruction.op0) else { return .unsupported }
    return shuffle(mask, 0, two: 0)
  }

  private mutating func shuffle(_ masks: (UInt8) -> UInt64, _ form: Int, two: Int) -> Lowered {
    op.imm = masks(immediateByte)
    let index = two + (form == 0 ? 0 : 1)
    return emit(LoweringRules.hostShuffles ? Handlers.shuffle[index] : Handlers.shufflePortable[index])
  }
}
