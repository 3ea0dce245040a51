// PUSH POP ENTER LEAVE.

import CMachine
import X86

/// PUSH of a 64-bit (or, with prefix 66, 16-bit) value.
enum Push<T: Word, S: Place>: Semantics {
  typealias OutOfLine = Push<T, S.General>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value: T = try S.read(c, p)
    let top = c.cpu.rsp &- UInt64(T.bitWidth / 8)
    try c.store(top, value, p)
    c.cpu.rsp = top
    return p + 1
  }
}

/// POP into a register other than RSP. RSP is written last, where the next POP of a chain finds it.
enum PopRegister<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let top = c.cpu.rsp
    c.set(p.pointee.dst, try c.load(top, p) as T)
    c.cpu.rsp = top &+ UInt64(T.bitWidth / 8)
    return p + 1
  }
}

/// POP RSP and POP SP keep the popped value (SDM vol. 2, POP).
enum PopStackPointer<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value: T = try c.load(c.cpu.rsp, p)
    c.cpu.rsp = c.cpu.rsp &+ UInt64(T.bitWidth / 8)
    c.set(p.pointee.dst, value)
    return p + 1
  }
}

/// POP into memory: an address with RSP in it is computed with RSP already incremented.
enum PopMemory<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let top = c.cpu.rsp
    let value: T = try c.load(top, p)
    c.cpu.rsp = top &+ UInt64(T.bitWidth / 8)
    do {
      try MemX.write(c, p, value)
    } catch {
      c.cpu.rsp = top
      throw error
    }
    return p + 1
  }
}

/// LEAVE: RSP from RBP, then POP RBP.
enum Leave<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let frame = c.cpu.rbp
    let saved: T = try c.load(frame, p)
    c.set(40, saved)
    c.cpu.rsp = frame &+ UInt64(T.bitWidth / 8)
    return p + 1
  }
}

/// ENTER: `imm` bytes of locals, `src` the nesting level.
enum Enter<T: Word>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let size = UInt64(T.bitWidth / 8)
    var top = c.cpu.rsp &- size
    try c.store(top, T(truncatingIfNeeded: c.cpu.rbp), p)
    let frame = top
    let level = p.pointee.src
    if level > 0 {
      var outer = c.cpu.rbp
      for _ in 1..<level {
        outer = outer &- size
        let pointer: T = try c.load(outer, p)
        top = top &- size
        try c.store(top, pointer, p)
      }
      top = top &- size
      try c.store(top, T(truncatingIfNeeded: frame), p)
    }
    top = top &- p.pointee.imm
    // A write at the new top of the stack must be possible (SDM vol. 2A, ENTER).
    _ = try c.host(top, Int(size), Right.write, p)
    c.set(40, T(truncatingIfNeeded: frame))
    c.cpu.rsp = top
    return p + 1
  }
}

extension LoweringRules {
  static let stack: [LoweringRow] = [
    LoweringRow(.push) { $0.push() }, LoweringRow(.pop) { $0.pop() }, LoweringRow(.leave) { $0.leave() },
    LoweringRow(.enter) { $0.enter() },
  ]
}

extension Lowering {
  mutating func push() -> Lowered {
    let source = instruction.op0
    let narrow = instruction.operandWidth == 16 ? 1 : 0
    switch source.kind {
    case .register where source.register.file == .segment: return pushSegment()
    case .register: return setSrc(source) ? emit(Handlers.push[narrow * 5]) : .unsupported
    case .immediate:
      op.imm = UInt64(bitPattern: source.immediate)
      return emit(Handlers.push[narrow * 5 + 1])
    case .memory: return emit(Handlers.push[narrow * 5 + 2 + setMemory(source)])
    case .none: return .unsupported
    }
  }

  mutating func pop() -> Lowered {
    let destination = instruction.op0
    let narrow = instruction.operandWidth == 16 ? 1 : 0
    switch destination.kind {
    case .register where destination.register.file == .segment: return popSegment()
    case .register:
      guard setDst(destination) else { return .unsupported }
      return emit(Handlers.pop[narrow + (destination.register.number == 4 ? 6 : 0)])
    case .memory:
      _ = setMemory(destination, general: true)
      return emit(Handlers.pop[2 + narrow])
    default: return .unsupported
    }
  }

  mutating func leave() -> Lowered { emit(Handlers.pop[instruction.operandWidth == 16 ? 5 : 4]) }

  mutating func enter() -> Lowered {
    op.imm = UInt64(bitPattern: instruction.op0.immediate) & 0xffff
    op.src = UInt16(truncatingIfNeeded: instruction.op1.immediate) & 31
    return emit(Handlers.enter[instruction.operandWidth == 16 ? 1 : 0])
  }
}
