// XCHG XADD CMPXCHG CMPXCHG8B CMPXCHG16B (SDM vol. 2, the instructions' own pages).

import CMachine
import X86

/// XCHG of two registers.
enum ExchangeRegisters<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let a: T = c.get(p.pointee.dst)
    let b: T = c.get(p.pointee.src)
    c.set(p.pointee.dst, b)
    c.set(p.pointee.src, a)
    return p + 1
  }
}

/// XCHG with memory is atomic with or without LOCK.
enum ExchangeMemory<T: LockableWord>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let memory = try c.host(MemX.address(c, p), T.bitWidth / 8, Right.write, p)
    c.set(p.pointee.src, T.exchange(memory, c.get(p.pointee.src)))
    return p + 1
  }
}

/// XADD: the destination gets the sum, the source register the old destination.
enum ExchangeAdd<T: Word, D: MutablePlace>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let b: T = c.get(p.pointee.src)
    let (a, r): (T, T) = try D.modify(c, p) { $0 &+ b }
    c.set(p.pointee.src, a)
    // XADD of a register with itself keeps the sum.
    if D.self == Dst.self { c.set(p.pointee.dst, r) }
    Add.setFlags(c.cpu, a, b, r)
    return p + 1
  }
}

enum LockedExchangeAdd<T: LockableWord>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let b: T = c.get(p.pointee.src)
    let memory = try c.host(MemX.address(c, p), T.bitWidth / 8, Right.write, p)
    let a = T.fetchAdd(memory, b)
    c.set(p.pointee.src, a)
    Add.setFlags(c.cpu, a, b, a &+ b)
    return p + 1
  }
}

/// CMPXCHG. Whichever side is not replaced keeps all its bits, also the upper half at 32 bits; memory is written in
/// either case (SDM vol. 2A, CMPXCHG).
enum CompareExchange<T: Word, D: MutablePlace>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let expected: T = c.get(0)
    let new: T = c.get(p.pointee.src)
    let old: T
    if D.self == Dst.self {
      old = c.get(p.pointee.dst)
      if old == expected { c.set(p.pointee.dst, new) }
    } else {
      (old, _) = try D.modify(c, p) { $0 == expected ? new : $0 }
    }
    if old != expected { c.set(0, old) }
    Cmp.setFlags(c.cpu, expected, old, expected &- old)
    return p + 1
  }
}

enum LockedCompareExchange<T: LockableWord>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let expected: T = c.get(0)
    let memory = try c.host(MemX.address(c, p), T.bitWidth / 8, Right.write, p)
    var old = expected
    if !T.compareExchange(memory, &old, c.get(p.pointee.src)) { c.set(0, old) }
    Cmp.setFlags(c.cpu, expected, old, expected &- old)
    return p + 1
  }
}

/// CMPXCHG8B: EDX:EAX against memory, ECX:EBX stored. ZF is the only flag touched. Always atomic here.
enum CompareExchange8: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let memory = try c.host(MemX.address(c, p), 8, Right.write, p)
    var old = UInt64(c.get(16, as: UInt32.self)) &<< 32 | UInt64(c.get(0, as: UInt32.self))
    let new = UInt64(c.get(8, as: UInt32.self)) &<< 32 | UInt64(c.get(24, as: UInt32.self))
    let equal = swemu_compare_exchange64(memory, &old, new) != 0
    if !equal {
      c.set(0, UInt32(truncatingIfNeeded: old))
      c.set(16, UInt32(truncatingIfNeeded: old &>> 32))
    }
    LazyFlags.merge(c.cpu, Flag.zero, equal ? Flag.zero : 0)
    return p + 1
  }
}

/// CMPXCHG16B; the operand must be aligned, otherwise #GP.
enum CompareExchange16: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let address = MemX.address(c, p)
    if address & 15 != 0 { try c.raise(.generalProtection, p) }
    let memory = try c.host(address, 16, Right.write, p)
    var (low, high) = (c.cpu.rax, c.cpu.rdx)
    let equal = swemu_compare_exchange128(memory, &low, &high, c.cpu.rbx, c.cpu.rcx) != 0
    if !equal {
      c.cpu.rax = low
      c.cpu.rdx = high
    }
    LazyFlags.merge(c.cpu, Flag.zero, equal ? Flag.zero : 0)
    return p + 1
  }
}

extension LoweringRules {
  static let exchange: [LoweringRow] = [
    LoweringRow(.xchg) { $0.exchange() }, LoweringRow(.xadd) { $0.exchangeAdd() },
    LoweringRow(.cmpxchg) { $0.compareExchange() },
    LoweringRow(.cmpxchg8b) { $0.compareExchangeWide(0) }, LoweringRow(.cmpxchg16b) { $0.compareExchangeWide(1) },
  ]
}

extension Lowering {
  fileprivate mutating func exchange() -> Lowered {
    let i = instruction
    guard let width = widthIndex(i.op0.width) else { return .unsupported }
    switch (i.op0.kind, i.op1.kind) {
    case (.register, .register):
      guard setDst(i.op0), setSrc(i.op1) else { return .unsupported }
      return emit(Handlers.exchangeRegisters[width])
    case (.memory, .register), (.register, .memory):
      let memoryIsFirst = i.op0.kind == .memory
      guard setSrc(memoryIsFirst ? i.op1 : i.op0) else { return .unsupported }
      _ = setMemory(memoryIsFirst ? i.op0 : i.op1, general: true)
      return emit(Handlers.exchangeMemory[width])
    default: return .unsupported
    }
  }

  fileprivate mutating func exchangeAdd() -> Lowered {
    guard let width = widthIndex(instruction.op0.width), let form = placeForm(instruction.op0), setSrc(instruction.op1)
    else {
      return .unsupported
    }
    return emit(isLocked ? Handlers.lockedExchangeAdd[width] : Handlers.exchangeAdd[width * 2 + form])
  }

  fileprivate mutating func compareExchange() -> Lowered {
    guard let width = widthIndex(instruction.op0.width), let form = placeForm(instruction.op0), setSrc(instruction.op1)
    else {
      return .unsupported
    }
    return emit(isLocked ? Handlers.lockedCompareExchange[width] : Handlers.compareExchange[width * 2 + form])
  }

  fileprivate mutating func compareExchangeWide(_ wide: Int) -> Lowered {
    guard instruction.op0.kind == .memory else { return .unsupported }
    _ = setMemory(instruction.op0, general: true)
    return emit(Handlers.compareExchangeWide[wide])
  }
}
