// BMI1 and BMI2: ANDN BEXTR BLSI BLSMSK BLSR BZHI MULX PDEP PEXT RORX SARX SHLX SHRX; ADX: ADCX ADOX; CRC32 (SDM vol. 2,
// the instructions' own pages).

import CMachine
import X86

/// A second source register: its offset is in `imm`.
enum Third: Place {
  @inline(__always) static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T {
    c.get(UInt16(truncatingIfNeeded: p.pointee.imm))
  }
}

/// `dst = f(src, S)`: `src` is the register of VEX.vvvv.
protocol BitManipulation {
  static func apply<T: Word>(_ register: T, _ rm: T) -> T
  static func setFlags<T: Word>(_ cpu: CPU, _ register: T, _ rm: T, _ r: T)
}

extension BitManipulation {
  /// Most leave the flags alone.
  @inline(__always) static func setFlags<T: Word>(_: CPU, _: T, _: T, _: T) {}
}

/// CF and OF are cleared.
protocol LogicalBitManipulation: BitManipulation {}
extension LogicalBitManipulation {
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _: T, _: T, _ r: T) {
    LazyFlags.recordResult(cpu, r, carry: false, overflow: false)
  }
}

enum AndNot: LogicalBitManipulation {
  @inline(__always) static func apply<T: Word>(_ register: T, _ rm: T) -> T { ~register & rm }
}

/// BEXTR: bits 7:0 of the register say where the field starts, 15:8 how long it is.
enum BitFieldExtract: LogicalBitManipulation {
  @inline(__always) static func apply<T: Word>(_ register: T, _ rm: T) -> T {
    let start = register & 0xff, length = register >> 8 & 0xff
    let width = T(truncatingIfNeeded: T.bitWidth)
    let shifted = start < width ? rm &>> start : 0
    return length < width ? shifted & ((1 &<< length) &- 1) : shifted
  }
}

/// BZHI: clears the bits from the one on that bits 7:0 of the register name. CF says that there are none.
enum ZeroHighBits: BitManipulation {
  @inline(__always) static func apply<T: Word>(_ register: T, _ rm: T) -> T {
    let index = register & 0xff
    return index < T(truncatingIfNeeded: T.bitWidth) ? rm & ((1 &<< index) &- 1) : rm
  }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ register: T, _: T, _ r: T) {
    LazyFlags.recordResult(
      cpu, r, carry: register & 0xff >= T(truncatingIfNeeded: T.bitWidth), overflow: false)
  }
}

enum DepositBits: BitManipulation {
  @inline(__always) static func apply<T: Word>(_ register: T, _ rm: T) -> T {
    T(truncatingIfNeeded: swemu_pdep(UInt64(truncatingIfNeeded: register), UInt64(truncatingIfNeeded: rm)))
  }
}

enum ExtractBits: BitManipulation {
  @inline(__always) static func apply<T: Word>(_ register: T, _ rm: T) -> T {
    T(truncatingIfNeeded: swemu_pext(UInt64(truncatingIfNeeded: register), UInt64(truncatingIfNeeded: rm)))
  }
}

enum ShiftLeftX: BitManipulation {
  @inline(__always) static func apply<T: Word>(_ register: T, _ rm: T) -> T { rm &<< register }
}
enum ShiftRightX: BitManipulation {
  @inline(__always) static func apply<T: Word>(_ register: T, _ rm: T) -> T { rm &>> register }
}
enum ShiftArithmeticX: BitManipulation {
  @inline(__always) static func apply<T: Word>(_ register: T, _ rm: T) -> T {
    T(truncatingIfNeeded: rm.signed &>> register.signed)
  }
}

enum ManipulateBits<O: BitManipulation, T: Word, S: Place, F: FlagNeed>: Semantics {
  typealias OutOfLine = ManipulateBits<O, T, S.General, Live>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let rm: T = try S.read(c, p)
    let register: T = c.get(p.pointee.src)
    let r = O.apply(register, rm)
    c.set(p.pointee.dst, r)
    if F.isNeeded { O.setFlags(c.cpu, register, rm, r) }
    return p + 1
  }
}

// BLSI, BLSMSK and BLSR have the shape of the counts.

enum IsolateLowestBit: BitCount {
  @inline(__always) static func count<T: Word>(_ a: T) -> T? { a & (0 &- a) }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T) {
    LazyFlags.recordResult(cpu, r, carry: a != 0, overflow: false)
  }
}
enum MaskToLowestBit: BitCount {
  @inline(__always) static func count<T: Word>(_ a: T) -> T? { a ^ (a &- 1) }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T) {
    LazyFlags.recordResult(cpu, r, carry: a == 0, overflow: false)
  }
}
enum ResetLowestBit: BitCount {
  @inline(__always) static func count<T: Word>(_ a: T) -> T? { a & (a &- 1) }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T) {
    LazyFlags.recordResult(cpu, r, carry: a == 0, overflow: false)
  }
}

/// MULX: RDX times the operand, the low half to `src`, the high half to `dst`, which wins where they are one.
enum MultiplyX<T: Word, S: Place>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let rm: T = try S.read(c, p)
    let (high, low) = c.get(16, as: T.self).multipliedFullWidth(by: rm)
    c.set(p.pointee.src, T(truncatingIfNeeded: low))
    c.set(p.pointee.dst, high)
    return p + 1
  }
}

enum RotateRightX<T: Word, S: Place>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let a: T = try S.read(c, p)
    let count = T(truncatingIfNeeded: p.pointee.imm)
    c.set(p.pointee.dst, (a &>> count) | (a &<< (0 &- count)))
    return p + 1
  }
}

/// ADCX and ADOX: addition with one flag of their own, for two chains at once.
protocol CarryFlag {
  static func read(_ cpu: CPU) -> Bool
  static func write(_ cpu: CPU, _ value: Bool)
}
enum CarryChain: CarryFlag {
  @inline(__always) static func read(_ cpu: CPU) -> Bool { LazyFlags.carry(cpu) }
  @inline(__always) static func write(_ cpu: CPU, _ value: Bool) { LazyFlags.setCarry(cpu, value) }
}
enum OverflowChain: CarryFlag {
  @inline(__always) static func read(_ cpu: CPU) -> Bool { LazyFlags.overflow(cpu) }
  @inline(__always) static func write(_ cpu: CPU, _ value: Bool) {
    LazyFlags.merge(cpu, Flag.overflow, value ? Flag.overflow : 0)
  }
}

enum AddWithFlag<O: CarryFlag, T: Word, S: Place>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let b: T = try S.read(c, p)
    let a: T = c.get(p.pointee.dst)
    let (partial, first) = a.addingReportingOverflow(b)
    let (sum, second) = partial.addingReportingOverflow(O.read(c.cpu) ? 1 : 0)
    c.set(p.pointee.dst, sum)
    O.write(c.cpu, first || second)
    return p + 1
  }
}

/// CRC32: a remainder of 32 bits in `dst`, whose upper half is cleared.
enum Checksum<T: Word, S: Place>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value: T = try S.read(c, p)
    let sum: UInt32 = c.get(p.pointee.dst)
    let wide = UInt64(truncatingIfNeeded: value)
    let result =
      switch T.bitWidth {
      case 8: swemu_crc32_8(sum, wide)
      case 16: swemu_crc32_16(sum, wide)
      case 32: swemu_crc32_32(sum, wide)
      default: swemu_crc32_64(sum, wide)
      }
    c.set(p.pointee.dst, result)
    return p + 1
  }
}

extension LoweringRules {
  static let bitManipulation: [LoweringRow] =
    rows([[.andn], [.bextr], [.bzhi], [.pdep], [.pext], [.shlx], [.shrx], [.sarx]]) { $0.manipulateBits($1) }
    + rows([[.blsi], [.blsmsk], [.blsr]]) { $0.lowestBit($1) }
    + rows([[.adcx], [.adox]]) { $0.addWithFlag($1) } + [
      LoweringRow(.mulx) { $0.multiplyX() }, LoweringRow(.rorx) { $0.rotateRightX() },
      LoweringRow(.crc32) { $0.checksum() },
    ]
}

extension Lowering {
  /// 0 for 32 bits, 1 for 64.
  private var wideIndex: Int { instruction.op0.width == 64 ? 1 : 0 }

  /// A register into `imm` or memory: 0 or 1.
  private mutating func third(_ operand: Operand) -> Int? {
    if operand.kind == .memory {
      _ = setMemory(operand, general: true)
      return 1
    }
    guard operand.kind == .register, let offset = Offset.of(operand.register) else { return nil }
    op.imm = UInt64(offset)
    return 0
  }

  fileprivate mutating func manipulateBits(_ operation: Int) -> Lowered {
    let i = instruction
    // ANDN, PDEP and PEXT have the register of VEX.vvvv second, the others third.
    let isSecond = operation == 0 || operation == 3 || operation == 4
    guard setDst(i.op0), setSrc(isSecond ? i.op1 : i.op2), let form = third(isSecond ? i.op2 : i.op1) else {
      return .unsupported
    }
    let hasFlags = operation < 3
    return emit(
      Handlers.manipulateBits[((operation * 2 + wideIndex) * 2 + form) * 2 + (hasFlags && flagsAreLive ? 0 : 1)])
  }

  fileprivate mutating func lowestBit(_ operation: Int) -> Lowered {
    let i = instruction
    guard setDst(i.op0), let form = vectorSource(i.op1, general: true) else { return .unsupported }
    return emit(Handlers.lowestBit[((operation * 2 + wideIndex) * 2 + min(form, 1)) * 2 + (flagsAreLive ? 0 : 1)])
  }

  fileprivate mutating func multiplyX() -> Lowered {
    let i = instruction
    guard setDst(i.op0), setSrc(i.op1), let form = third(i.op2) else { return .unsupported }
    return emit(Handlers.multiplyX[wideIndex * 2 + form])
  }

  fileprivate mutating func rotateRightX() -> Lowered {
    let i = instruction
    guard setDst(i.op0), let form = vectorSource(i.op1, general: true) else { return .unsupported }
    op.imm = UInt64(immediateByte)
    return emit(Handlers.rotateRightX[wideIndex * 2 + min(form, 1)])
  }

  fileprivate mutating func addWithFlag(_ operation: Int) -> Lowered {
    let i = instruction
    guard setDst(i.op0), let form = vectorSource(i.op1, general: true) else { return .unsupported }
    return emit(Handlers.addWithFlag[(operation * 2 + wideIndex) * 2 + min(form, 1)])
  }

  fileprivate mutating func checksum() -> Lowered {
    let i = instruction
    guard let width = widthIndex(i.op1.width), setDst(i.op0), let form = vectorSource(i.op1, general: true) else {
      return .unsupported
    }
    return emit(Handlers.checksum[width * 2 + min(form, 1)])
  }
}
