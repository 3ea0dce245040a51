// BT BTS BTR BTC, BSF BSR, TZCNT LZCNT POPCNT, BSWAP MOVBE (SDM vol. 2, the instructions' own pages).

import CMachine
import X86

// MARK: - Bit test

protocol BitOperation {
  static var writes: Bool { get }
  static func apply<T: Word>(_ a: T, _ mask: T) -> T
}
extension BitOperation { @inline(__always) static var writes: Bool { true } }

enum BitTest: BitOperation {
  @inline(__always) static var writes: Bool { false }
  @inline(__always) static func apply<T: Word>(_ a: T, _: T) -> T { a }
}
enum BitSet: BitOperation { @inline(__always) static func apply<T: Word>(_ a: T, _ mask: T) -> T { a | mask } }
enum BitReset: BitOperation { @inline(__always) static func apply<T: Word>(_ a: T, _ mask: T) -> T { a & ~mask } }
enum BitComplement: BitOperation { @inline(__always) static func apply<T: Word>(_ a: T, _ mask: T) -> T { a ^ mask } }

/// On a register: the bit number counts modulo the width. CF is the only flag touched.
enum TestBit<O: BitOperation, T: Word, S: Place>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let number: T = try S.read(c, p)
    let mask = (1 as T) &<< number
    let a: T = c.get(p.pointee.dst)
    if O.writes { c.set(p.pointee.dst, O.apply(a, mask)) }
    LazyFlags.setCarry(c.cpu, a & mask != 0)
    return p + 1
  }
}

/// Where in memory a bit lies.
protocol BitAddress {
  static func locate<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) -> (address: UInt64, mask: T)
}

/// An immediate bit number stays within the operand.
enum BitImm: BitAddress {
  @inline(__always) static func locate<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) -> (address: UInt64, mask: T)
  {
    (MemX.address(c, p), (1 as T) &<< T(truncatingIfNeeded: p.pointee.imm))
  }
}

/// A bit number in a register is signed and reaches as far as it can: memory is a bit string.
enum BitString: BitAddress {
  @inline(__always) static func locate<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) -> (address: UInt64, mask: T)
  {
    let number: T = c.get(p.pointee.src)
    let operands =
      Int64(truncatingIfNeeded: number.signed) &>> Int64(truncatingIfNeeded: T.bitWidth.trailingZeroBitCount)
    let offset = UInt64(bitPattern: operands &* Int64(truncatingIfNeeded: T.bitWidth / 8))
    return (MemX.address(c, p, plus: offset), (1 as T) &<< number)
  }
}

enum TestBitInMemory<O: BitOperation, T: Word, B: BitAddress>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let (address, mask): (UInt64, T) = B.locate(c, p)
    let memory = try c.host(address, T.bitWidth / 8, O.writes ? Right.write : Right.read, p)
    let a = memory.loadUnaligned(as: T.self)
    if O.writes { memory.storeBytes(of: O.apply(a, mask), as: T.self) }
    LazyFlags.setCarry(c.cpu, a & mask != 0)
    return p + 1
  }
}

enum LockedTestBit<O: BitOperation, T: LockableWord, B: BitAddress>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let (address, mask): (UInt64, T) = B.locate(c, p)
    let (a, _): (T, T) = try c.update(address, p) { O.apply($0, mask) }
    LazyFlags.setCarry(c.cpu, a & mask != 0)
    return p + 1
  }
}

// MARK: - Scans and counts

protocol BitCount {
  /// The result; nil leaves the destination alone.
  static func count<T: Word>(_ a: T) -> T?
  static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T)
}

/// BSF and BSR of zero leave the destination unchanged (AMD APM vol. 3, BSF; Intel processors do the same). ZF tells.
protocol BitScan: BitCount {}
extension BitScan {
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T) {
    cpu.pointee.lazy_kind = LazyFlags.kind(LazyFlags.logic, T.self)
    cpu.pointee.lazy_r = a.aligned
  }
}
enum ScanForward: BitScan {
  @inline(__always) static func count<T: Word>(_ a: T) -> T? {
    a == 0 ? nil : T(truncatingIfNeeded: a.trailingZeroBitCount)
  }
}
enum ScanReverse: BitScan {
  @inline(__always) static func count<T: Word>(_ a: T) -> T? {
    a == 0 ? nil : T(truncatingIfNeeded: T.bitWidth &- 1 &- a.leadingZeroBitCount)
  }
}

/// TZCNT and LZCNT: CF says that the source was zero, ZF that the result is.
protocol ZeroCount: BitCount {}
extension ZeroCount {
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T) {
    LazyFlags.recordResult(cpu, r, carry: a == 0, overflow: false)
  }
}
enum CountTrailing: ZeroCount {
  @inline(__always) static func count<T: Word>(_ a: T) -> T? { T(truncatingIfNeeded: a.trailingZeroBitCount) }
}
enum CountLeading: ZeroCount {
  @inline(__always) static func count<T: Word>(_ a: T) -> T? { T(truncatingIfNeeded: a.leadingZeroBitCount) }
}

enum PopulationCount: BitCount {
  @inline(__always) static func count<T: Word>(_ a: T) -> T? { T(truncatingIfNeeded: a.nonzeroBitCount) }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T) {
    LazyFlags.replace(cpu, a == 0 ? Flag.zero : 0)
  }
}

enum CountBits<O: BitCount, T: Word, S: Place, F: FlagNeed>: Semantics {
  typealias OutOfLine = CountBits<O, T, S.General, Live>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let a: T = try S.read(c, p)
    let r = O.count(a)
    if let r { c.set(p.pointee.dst, r) }
    if F.isNeeded { O.setFlags(c.cpu, a, r ?? 0) }
    return p + 1
  }
}

// MARK: - Byte order

/// BSWAP. With prefix 66 the result is undefined; processors give zero.
enum SwapBytes<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.set(p.pointee.dst, T.bitWidth == 16 ? 0 : c.get(p.pointee.dst, as: T.self).byteSwapped)
    return p + 1
  }
}

enum MoveSwapped<T: Word, D: MutablePlace, S: Place>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value: T = try S.read(c, p)
    try D.write(c, p, value.byteSwapped)
    return p + 1
  }
}

// MARK: - Lowering

extension LoweringRules {
  static let bits: [LoweringRow] = [
    LoweringRow(.bt) { $0.testBit(0) }, LoweringRow(.bts) { $0.testBit(1) }, LoweringRow(.btr) { $0.testBit(2) },
    LoweringRow(.btc) { $0.testBit(3) },
    LoweringRow(.bsf) { $0.countBits(0) }, LoweringRow(.bsr) { $0.countBits(1) },
    LoweringRow(.tzcnt) { $0.countBits(2) },
    LoweringRow(.lzcnt) { $0.countBits(3) }, LoweringRow(.popcnt) { $0.countBits(4) },
    LoweringRow(.bswap) { $0.swapBytes() }, LoweringRow(.movbe) { $0.moveSwapped() },
  ]
}

extension Lowering {
  fileprivate mutating func testBit(_ operation: Int) -> Lowered {
    let i = instruction
    guard let width = widthIndex(i.op0.width), width > 0, let form = placeForm(i.op0) else { return .unsupported }
    var source = 0
    switch i.op1.kind {
    case .register: guard setSrc(i.op1) else { return .unsupported }
    case .immediate:
      op.imm = UInt64(bitPattern: i.op1.immediate) & UInt64(i.op0.width - 1)
      source = 1
    default: return .unsupported
    }
    let index = (operation * 3 + width - 1) * 2 + source
    if isLocked { return emit(Handlers.lockedTestBit[index]) }
    return emit(form == 0 ? Handlers.testBit[index] : Handlers.testBitInMemory[index])
  }

  fileprivate mutating func countBits(_ operation: Int) -> Lowered {
    let i = instruction
    guard let width = widthIndex(i.op0.width), width > 0, setDst(i.op0) else { return .unsupported }
    var form = 0
    switch i.op1.kind {
    case .register: guard setSrc(i.op1) else { return .unsupported }
    case .memory:
      _ = setMemory(i.op1, general: true)
      form = 1
    default: return .unsupported
    }
    return emit(Handlers.countBits[((operation * 3 + width - 1) * 2 + form) * 2 + (flagsAreLive ? 0 : 1)])
  }

  fileprivate mutating func swapBytes() -> Lowered {
    guard let width = widthIndex(instruction.op0.width), width > 0, setDst(instruction.op0) else { return .unsupported }
    return emit(Handlers.swapBytes[width - 1])
  }

  fileprivate mutating func moveSwapped() -> Lowered {
    let i = instruction
    guard let width = widthIndex(i.op0.width), width > 0, let form = binaryForm(), form >= 2 else {
      return .unsupported
    }
    _ = setMemory(form < 5 ? i.op1 : i.op0, general: true)
    return emit(Handlers.moveSwapped[(width - 1) * 2 + (form < 5 ? 0 : 1)])
  }
}
