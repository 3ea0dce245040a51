// MOVAPS MOVUPS MOVDQA MOVDQU MOVNTxx MOVSS MOVSD MOVD MOVQ MOVNTI MOVLPS MOVHPS MOVHLPS MOVLHPS PINSRW PEXTRW and their
// twins of SSE2 (SDM vol. 2). Moves of 2, 4 and 8 bytes out of a register, or into a part of it that nothing else depends
// on, are the handlers of MOV: a vector register is addressed by its offset like any other.

import CMachine
import X86

/// Sixteen bytes into a register: from another, or from memory that must be aligned.
enum LoadAligned<S: VectorSource>: Semantics {
  typealias OutOfLine = LoadAligned<S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.vector(p.pointee.dst).copyMemory(from: try S.bytes(c, p, 16), byteCount: 16)
    return p + 1
  }
}

enum LoadUnaligned<A: Address>: Semantics {
  typealias OutOfLine = LoadUnaligned<A.General>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.vector(p.pointee.dst).copyMemory(from: try c.host(A.address(c, p), 16, Right.read, p), byteCount: 16)
    return p + 1
  }
}

enum StoreAligned<A: Address>: Semantics {
  typealias OutOfLine = StoreAligned<A.General>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.aligned(A.address(c, p), Right.write, p).copyMemory(from: c.vector(p.pointee.src), byteCount: 16)
    return p + 1
  }
}

enum StoreUnaligned<A: Address>: Semantics {
  typealias OutOfLine = StoreUnaligned<A.General>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.host(A.address(c, p), 16, Right.write, p).copyMemory(from: c.vector(p.pointee.src), byteCount: 16)
    return p + 1
  }
}

/// MOVSS, MOVSD, MOVD and MOVQ into a register: the rest of it is cleared.
enum LoadZero<T: Word, S: VectorSource>: Semantics {
  typealias OutOfLine = LoadZero<T, S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let source = try S.bytes(c, p, T.bitWidth / 8)
    if T.bitWidth == 32 {
      swemu_load32(c.vector(p.pointee.dst), source)
    } else {
      swemu_load64(c.vector(p.pointee.dst), source)
    }
    return p + 1
  }
}

/// A move into one half (or the low quarter) of a register.
enum Merge<O: VectorOperation, S: VectorSource>: Semantics {
  typealias OutOfLine = Merge<O, S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let source = try S.bytes(c, p, 8)
    let destination = c.vector(p.pointee.dst)
    O.apply(destination, destination, source)
    return p + 1
  }
}

enum MovSS: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_movss(d, a, b)
  }
}
enum MovLPS: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_movlps(d, a, b)
  }
}
enum MovHPS: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_movhps(d, a, b)
  }
}

/// MASKMOVDQU: the bytes whose mask has its top bit set, to the address in `base` (RDI).
enum MaskedStore: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try maskedStore(c, p, count: 16)
    return p + 1
  }
}

/// Stores the bytes of the register in `dst` that the one in `src` selects.
///
/// A page of which no byte is selected causes no fault (SDM vol. 2, MASKMOVDQU, leaves that to the implementation).
@inline(__always) func maskedStore<P: Path>(_ c: Context<P>, _ p: OpPointer, count: Int) throws(Departure) {
  let address = MemX.address(c, p)
  let source = c.vector(p.pointee.dst)
  let mask = c.vector(p.pointee.src)
  let onFirstPage = min(count, 0x1000 - Int(truncatingIfNeeded: address & 0xfff))
  for part in [0..<onFirstPage, onFirstPage..<count] {
    guard part.contains(where: { mask.load(fromByteOffset: $0, as: UInt8.self) & 0x80 != 0 }) else { continue }
    _ = try c.host(address &+ UInt64(truncatingIfNeeded: part.lowerBound), part.count, Right.write, p)
  }
  for index in 0..<count where mask.load(fromByteOffset: index, as: UInt8.self) & 0x80 != 0 {
    let byte = source.load(fromByteOffset: index, as: UInt8.self)
    try c.store(address &+ UInt64(truncatingIfNeeded: index), byte, p)
  }
}

extension LoweringRules {
  static let sseMove: [LoweringRow] = [
    LoweringRow(.movaps) { $0.moveVector(isAligned: true) }, LoweringRow(.movapd) { $0.moveVector(isAligned: true) },
    LoweringRow(.movdqa) { $0.moveVector(isAligned: true) }, LoweringRow(.movntps) { $0.moveVector(isAligned: true) },
    LoweringRow(.movntpd) { $0.moveVector(isAligned: true) }, LoweringRow(.movntdq) { $0.moveVector(isAligned: true) },
    LoweringRow(.movups) { $0.moveVector(isAligned: false) }, LoweringRow(.movupd) { $0.moveVector(isAligned: false) },
    LoweringRow(.movdqu) { $0.moveVector(isAligned: false) }, LoweringRow(.lddqu) { $0.moveVector(isAligned: false) },
    LoweringRow(.movss) { $0.moveScalar(width: 2) }, LoweringRow(.movsd) { $0.moveScalar(width: 3) },
    LoweringRow(.movd) { $0.moveDoubleword() }, LoweringRow(.movq) { $0.moveDoubleword() },
    LoweringRow(.movlps) { $0.moveHalf(0) }, LoweringRow(.movlpd) { $0.moveHalf(0) },
    LoweringRow(.movhps) { $0.moveHalf(8) }, LoweringRow(.movhpd) { $0.moveHalf(8) },
    LoweringRow(.movhlps) { $0.moveHalf(0) }, LoweringRow(.movlhps) { $0.moveHalf(8) },
    LoweringRow(.pinsrw) { $0.insertWord() },
    LoweringRow(.maskmovdqu) { $0.maskedMove() }, LoweringRow(.movnti) { $0.storeNonTemporal() },
  ]
}

extension Lowering {
  /// The last byte of the encoding: the immediate of instructions that have one of eight bits.
  var immediateByte: UInt8 {
    let last = UInt64(instruction.length &- 1)
    let word = last < 8 ? instruction.bytesLow : instruction.bytesHigh
    return UInt8(truncatingIfNeeded: word >> ((last & 7) * 8))
  }

  /// REX.W or VEX.W.
  var hasREXW: Bool { instruction.rex & 8 != 0 || instruction.vex.w }

  /// The last operand of a vector instruction. Returns the form: 0 `Src`, 1 `MemB`, 2 `MemBI`, 3 `MemX`.
  mutating func vectorSource(_ operand: Operand, general: Bool = false) -> Int? {
    switch operand.kind {
    case .register: setSrc(operand) ? 0 : nil
    case .memory: 1 + setMemory(operand, general: general)
    default: nil
    }
  }

  mutating func moveVector(isAligned: Bool) -> Lowered {
    let i = instruction
    if i.op0.kind == .memory {
      guard setSrc(i.op1) else { return .unsupported }
      return emit(Handlers.moveVector[(isAligned ? 7 : 10) + setMemory(i.op0)])
    }
    guard setDst(i.op0), let form = vectorSource(i.op1) else { return .unsupported }
    return emit(Handlers.moveVector[form == 0 || isAligned ? form : 3 + form])
  }

  /// `width` as an index: 2 and 3 for 32 and 64 bits.
  private mutating func storeBits(_ width: Int, at offset: UInt16 = 0) -> Lowered {
    guard setSrc(instruction.op1) else { return .unsupported }
    op.src += offset
    return emit(Handlers.storePart[(width - 2) * 3 + setMemory(instruction.op0)])
  }

  /// MOVNTI: MOV to memory.
  mutating func storeNonTemporal() -> Lowered {
    guard instruction.op0.kind == .memory, setSrc(instruction.op1) else { return .unsupported }
    return emit(Handlers.move[(hasREXW ? 3 : 2) * 11 + 5 + setMemory(instruction.op0)])
  }

  private mutating func loadZero(_ width: Int) -> Lowered {
    guard setDst(instruction.op0), let form = vectorSource(instruction.op1) else { return .unsupported }
    return emit(Handlers.loadZero[(width - 2) * 4 + form])
  }

  /// MOVSS and MOVSD: loads clear the upper lanes, moves between registers keep them.
  mutating func moveScalar(width: Int) -> Lowered {
    let i = instruction
    if i.op0.kind == .memory { return storeBits(width) }
    if i.op1.kind == .memory { return loadZero(width) }
    guard setDst(i.op0), setSrc(i.op1) else { return .unsupported }
    return emit(width == 2 ? Handlers.merge[8] : Handlers.merge[0])
  }

  /// MOVD and MOVQ in all their encodings.
  mutating func moveDoubleword() -> Lowered {
    let i = instruction
    if i.op0.register.file == .mmx || i.op1.register.file == .mmx { return moveMMX() }
    // 66 0F D6 and F3 0F 7E move 64 bits without REX.W; of 66 0F 6E and 66 0F 7E it chooses the width.
    let isQuadword = hasREXW || i.opcode == 0xD6 || (i.op0.register.file == .xmm && i.opcode == 0x7E)
    let width = isQuadword ? 3 : 2
    if i.op0.kind == .memory { return storeBits(width) }
    if i.op0.register.file == .xmm { return loadZero(width) }
    guard setDst(i.op0), setSrc(i.op1) else { return .unsupported }
    return emit(Handlers.movePart[width - 2])
  }

  /// MOVLPS, MOVHPS and the moves between halves; `half` is the half of the register operand that memory goes with.
  mutating func moveHalf(_ half: UInt16) -> Lowered {
    let i = instruction
    if i.op0.kind == .memory { return storeBits(3, at: half) }
    guard setDst(i.op0), let form = vectorSource(i.op1) else { return .unsupported }
    // Between registers the halves cross: MOVHLPS takes the high one of the source, MOVLHPS the low one.
    if form == 0, half == 0 { op.src += 8 }
    return emit(Handlers.merge[(half == 0 ? 0 : 4) + form])
  }

  mutating func insertWord() -> Lowered {
    let i = instruction
    if i.op0.register.file == .mmx { return mmx() }
    guard setDst(i.op0) else { return .unsupported }
    op.dst += UInt16(immediateByte & 7) * 2
    if i.op1.kind == .memory {
      _ = setMemory(i.op1, general: true)
      return emit(Handlers.movePart[3])
    }
    return setSrc(i.op1) ? emit(Handlers.movePart[2]) : .unsupported
  }

  /// MASKMOVDQU and MASKMOVQ: the memory operand is DS:[RDI], or what a prefix makes of it.
  mutating func maskedMove() -> Lowered {
    let i = instruction
    guard setDst(i.op0), setSrc(i.op1) else { return .unsupported }
    var memory = Operand()
    memory.kind = .memory
    memory.base = Register(i.addressWidth == 32 ? .general32 : .general64, 7)
    _ = setMemory(memory, general: true)
    return emit(Handlers.mmx[i.op0.register.file == .mmx ? 4 : 6])
  }
}
