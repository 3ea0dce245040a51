// CLC STC CMC CLD STD, LAHF SAHF, PUSHF POPF (SDM vol. 2, the instructions' own pages).

import CMachine
import X86

enum ClearCarry: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    LazyFlags.setCarry(c.cpu, false)
    return p + 1
  }
}

enum SetCarry: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    LazyFlags.setCarry(c.cpu, true)
    return p + 1
  }
}

enum ComplementCarry: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    LazyFlags.setCarry(c.cpu, !LazyFlags.carry(c.cpu))
    return p + 1
  }
}

enum ClearDirection: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.cpu.pointee.rflags &= ~Flag.direction
    return p + 1
  }
}

enum SetDirection: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.cpu.pointee.rflags |= Flag.direction
    return p + 1
  }
}

/// LAHF: SF ZF AF PF CF and the constant bit 1 into AH.
enum LoadFlagsIntoAH: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.set(1, UInt8(truncatingIfNeeded: LazyFlags.packed(c.cpu)))
    return p + 1
  }
}

enum StoreAHIntoFlags: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    LazyFlags.merge(c.cpu, Flag.status & ~Flag.overflow, UInt64(c.get(1, as: UInt8.self)))
    return p + 1
  }
}

enum PushFlags<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    // RF is pushed as zero; VM is never set.
    let value = T(truncatingIfNeeded: LazyFlags.packed(c.cpu) & ~Flag.resume)
    let top = c.cpu.rsp &- UInt64(T.bitWidth / 8)
    try c.store(top, value, p)
    c.cpu.rsp = top
    return p + 1
  }
}

extension RFlags {
  /// What POPF and IRET can change at privilege level 3: not IF, IOPL and the virtual-8086 bits.
  static let userWritable: RFlags = RFlags.status.union([
    .trap, .direction, .nestedTask, .alignmentCheck, .identification,
  ])
}

/// POPF ends its block, because TF may now ask for a trap after the next instruction. Only as `Called`.
enum PopFlags<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    if c.cpu.pointee.attention != 0 { try c.finishBlock(p) }
    let value: T = try c.load(c.cpu.rsp, p)
    c.cpu.rsp = c.cpu.rsp &+ UInt64(T.bitWidth / 8)
    c.cpu.pointee.instructions &+= UInt64(p[1].dst)
    let mask = RFlags.userWritable.rawValue & UInt64(T.max)
    let kept = LazyFlags.packed(c.cpu) & ~mask & ~Flag.resume
    c.cpu.pointee.rflags = kept | (UInt64(truncatingIfNeeded: value) & mask) | Flag.alwaysSet
    c.cpu.pointee.lazy_kind = LazyFlags.explicit
    if c.cpu.pointee.rflags & Flag.trap != 0 {
      try c.resume(at: p.blockEnd)
    }
    return linked(p.pointee.imm)
  }
}

extension Context {
  /// Goes back to `Machine.run`, which looks up the block at `address`. For the cold path only.
  @inline(__always) func resume(at address: UInt64) throws(Departure) -> Never {
    cpu.pointee.rip = address
    cpu.pointee.exit_reason = SWEMU_EXIT_RESUME.rawValue
    throw Departure()
  }
}

extension LoweringRules {
  static let flagControl: [LoweringRow] = [
    LoweringRow(.clc) { $0.emit(Handlers.flagControl[0]) }, LoweringRow(.stc) { $0.emit(Handlers.flagControl[1]) },
    LoweringRow(.cmc) { $0.emit(Handlers.flagControl[2]) }, LoweringRow(.cld) { $0.emit(Handlers.flagControl[3]) },
    LoweringRow(.std) { $0.emit(Handlers.flagControl[4]) }, LoweringRow(.lahf) { $0.emit(Handlers.flagControl[5]) },
    LoweringRow(.sahf) { $0.emit(Handlers.flagControl[6]) },
    LoweringRow(.pushf) { $0.pushFlags() }, LoweringRow(.pushfq) { $0.pushFlags() },
    LoweringRow(.popf) { $0.popFlags() }, LoweringRow(.popfq) { $0.popFlags() },
  ]
}

extension Lowering {
  fileprivate mutating func pushFlags() -> Lowered {
    emit(Handlers.flagControl[instruction.operandWidth == 16 ? 8 : 7])
  }

  fileprivate mutating func popFlags() -> Lowered {
    op.handler = Handlers.popFlags[instruction.operandWidth == 16 ? 1 : 0]
    return .branch(taken: instruction.nextAddress, next: nil)
  }
}
