// MOV MOVZX MOVSX MOVSXD LEA XLAT, CBW CWDE CDQE CWD CDQ CQO.

import CMachine
import X86

/// `MOV D, S` at width `T`.
enum Move<T: Word, D: MutablePlace, S: Place>: Semantics {
  typealias OutOfLine = Move<T, D.General, S.General>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value: T = try S.read(c, p)
    try D.write(c, p, value)
    return p + 1
  }
}

/// A move that widens from `S` to `T`.
protocol Widening { static func apply<S: Word, T: Word>(_ value: S, _: T.Type) -> T }
enum ZeroExtend: Widening {
  @inline(__always) static func apply<S: Word, T: Word>(_ value: S, _: T.Type) -> T { T(truncatingIfNeeded: value) }
}
enum SignExtend: Widening {
  @inline(__always) static func apply<S: Word, T: Word>(_ value: S, _: T.Type) -> T {
    T(truncatingIfNeeded: value.signed)
  }
}

enum Extend<W: Widening, From: Word, To: Word, S: Place>: Semantics {
  typealias OutOfLine = Extend<W, From, To, S.General>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value: From = try S.read(c, p)
    c.set(p.pointee.dst, W.apply(value, To.self))
    return p + 1
  }
}

enum LoadAddress<T: Word, A: Address>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.set(p.pointee.dst, T(truncatingIfNeeded: A.address(c, p)))
    return p + 1
  }
}

/// CBW CWDE CDQE (`Half` of RAX into `T`).
enum SignExtendAccumulator<Half: Word, T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.set(0, T(truncatingIfNeeded: c.get(0, as: Half.self).signed))
    return p + 1
  }
}

/// CWD CDQ CQO: the sign of RAX throughout RDX.
enum SignIntoData<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.set(16, T(truncatingIfNeeded: c.get(0, as: T.self).signed &>> T.Signed(truncatingIfNeeded: T.bitWidth - 1)))
    return p + 1
  }
}

/// XLAT: AL from [RBX + AL].
enum Translate: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value: UInt8 = try c.load(MemX.address(c, p, plus: UInt64(c.get(0, as: UInt8.self))), p)
    c.set(0, value)
    return p + 1
  }
}

extension LoweringRules {
  static let move: [LoweringRow] = [
    LoweringRow(.mov) { $0.move() }, LoweringRow(.movabs) { $0.move() },
    LoweringRow(.movzx) { $0.extend(signed: 0) }, LoweringRow(.movsx) { $0.extend(signed: 1) },
    LoweringRow(.movsxd) { $0.extend(signed: 1) }, LoweringRow(.lea) { $0.loadAddress() },
    LoweringRow(.cbw) { $0.emit(Handlers.accumulator[0]) }, LoweringRow(.cwde) { $0.emit(Handlers.accumulator[1]) },
    LoweringRow(.cdqe) { $0.emit(Handlers.accumulator[2]) }, LoweringRow(.cwd) { $0.emit(Handlers.accumulator[3]) },
    LoweringRow(.cdq) { $0.emit(Handlers.accumulator[4]) }, LoweringRow(.cqo) { $0.emit(Handlers.accumulator[5]) },
    LoweringRow(.xlatb) { $0.translate() },
  ]
}

extension Register {
  /// Control and debug registers belong to ring 0.
  fileprivate var isPrivileged: Bool { file == .control || file == .debug }
}

extension Lowering {
  mutating func move() -> Lowered {
    let i = instruction
    if i.op0.kind == .register, i.op0.register.file == .segment { return moveToSegment() }
    if i.op1.kind == .register, i.op1.register.file == .segment { return moveFromSegment() }
    if i.op0.register.isPrivileged || i.op1.register.isPrivileged { return end(Handlers.trap[1]) }
    guard let width = widthIndex(i.op0.width) else { return .unsupported }
    if i.op0.kind == .memory || i.op1.kind == .memory, i.displacementSize == 8 {
      // moffs: the address is the immediate, so an index can only be a segment base.
      return moveAbsolute(width)
    }
    guard let form = binaryForm() else { return .unsupported }
    return emit(Handlers.move[width * 11 + form])
  }

  private mutating func moveAbsolute(_ width: Int) -> Lowered {
    let i = instruction
    let memory = i.op0.kind == .memory ? i.op0 : i.op1
    guard i.segment != .fs, i.segment != .gs else { return .unsupported }
    op.imm = UInt64(bitPattern: memory.displacement)
    if i.op0.kind == .memory {
      guard setSrc(i.op1) else { return .unsupported }
      return emit(Handlers.moveAbsolute[width * 2])
    }
    guard setDst(i.op0) else { return .unsupported }
    return emit(Handlers.moveAbsolute[width * 2 + 1])
  }

  /// Widths 8→16, 8→32, 8→64, 16→32, 16→64, 32→64, and the pointless 16→16 and 32→32 of MOVSXD without REX.W.
  mutating func extend(signed: Int) -> Lowered {
    let i = instruction
    guard setDst(i.op0) else { return .unsupported }
    let pair: Int
    switch (i.op1.width, i.op0.width) {
    case (8, 16): pair = 0
    case (8, 32): pair = 1
    case (8, 64): pair = 2
    case (16, 32): pair = 3
    case (16, 64): pair = 4
    case (32, 64): pair = 5
    case (16, 16): pair = 6
    case (32, 32): pair = 7
    default: return .unsupported
    }
    let form: Int
    switch i.op1.kind {
    case .register:
      guard setSrc(i.op1) else { return .unsupported }
      form = 0
    case .memory: form = 1 + setMemory(i.op1)
    default: return .unsupported
    }
    return emit(Handlers.extend[(signed * 8 + pair) * 4 + form])
  }

  mutating func loadAddress() -> Lowered {
    let i = instruction
    guard setDst(i.op0), i.op1.kind == .memory, let width = widthIndex(i.op0.width) else { return .unsupported }
    if i.op1.base == .rip, i.addressWidth == 64 {
      op.imm = i.nextAddress &+ UInt64(bitPattern: i.op1.displacement)
      return emit(Handlers.move[width * 11 + 1])
    }
    return emit(Handlers.loadAddress[width * 3 + setMemory(i.op1, ignoringSegment: true)])
  }

  mutating func translate() -> Lowered {
    var table = Operand()
    table.kind = .memory
    table.base = Register(.general64, 3)
    _ = setMemory(table, general: true)
    return emit(Handlers.accumulator[6])
  }
}
