// IRET, far RET, far JMP and far CALL within 64-bit user mode (SDM vol. 2, the instructions' own pages). They end in
// `Machine.run`, which looks up the block at RIP. Only as `Called`.

import CMachine
import X86

extension Context {
  /// Checks a code selector that a return or jump names. Returns take RPL 3 only; jumps and calls any that is not above.
  fileprivate func checkCode(_ selector: UInt16, isReturn: Bool, _ p: OpPointer) throws(Departure) {
    if selector & ~3 == 0 { try raise(.generalProtection, p) }
    guard let descriptor = SegmentDescriptor(selector: selector), descriptor.isCode, !isReturn || selector & 3 == 3
    else {
      try raise(.generalProtection, error: UInt32(selector & ~3), p)
    }
    // A 32-bit code segment would leave 64-bit mode, which is not emulated.
    if !descriptor.isLong { try raise(.invalidOpcode, p) }
  }

  fileprivate func checkTarget(_ rip: UInt64, _ p: OpPointer) throws(Departure) {
    if UInt64(bitPattern: (Int64(bitPattern: rip) << 16) >> 16) != rip { try raise(.generalProtection, p) }
  }

  /// Everything has been checked: the instruction completes.
  fileprivate func complete(at rip: UInt64, _ p: OpPointer) throws(Departure) -> Never {
    cpu.pointee.instructions &+= UInt64(p[1].dst)
    try resume(at: rip)
  }
}

/// Pops values of one width, moving RSP when all have been read.
private struct Popper<T: Word, P: Path> {
  let c: Context<P>
  let p: OpPointer
  private(set) var top: UInt64

  init(_ c: Context<P>, _ p: OpPointer) {
    self.c = c
    self.p = p
    top = c.cpu.rsp
  }

  mutating func next() throws(Departure) -> UInt64 {
    let value: T = try c.load(top, p)
    top = top &+ UInt64(T.bitWidth / 8)
    return UInt64(truncatingIfNeeded: value)
  }
}

/// IRET to the same privilege level: RIP, CS, RFLAGS, RSP and SS, all of the operand size. In 64-bit mode the stack
/// pointer always comes along.
enum InterruptReturn<T: Word>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    if c.cpu.pointee.attention != 0 { try c.finishBlock(p) }
    var popper = Popper<T, P>(c, p)
    let rip = try popper.next()
    let cs = UInt16(truncatingIfNeeded: try popper.next())
    let flags = try popper.next()
    let rsp = try popper.next()
    let ss = UInt16(truncatingIfNeeded: try popper.next())
    try c.checkCode(cs, isReturn: true, p)
    try c.load(selector: ss, into: Int(Segment.ss.rawValue), p)
    try c.checkTarget(rip, p)
    let mask = RFlags.userWritable.rawValue & UInt64(T.max)
    c.cpu.pointee.rflags = (LazyFlags.packed(c.cpu) & ~mask) | (flags & mask) | RFlags.alwaysSet.rawValue
    c.cpu.pointee.lazy_kind = LazyFlags.explicit
    c.cpu.rsp = rsp
    try c.complete(at: rip, p)
  }
}

/// RETF; `imm` is what RETF imm16 releases besides.
enum FarReturn<T: Word>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    if c.cpu.pointee.attention != 0 { try c.finishBlock(p) }
    var popper = Popper<T, P>(c, p)
    let rip = try popper.next()
    let cs = UInt16(truncatingIfNeeded: try popper.next())
    try c.checkCode(cs, isReturn: true, p)
    try c.checkTarget(rip, p)
    c.cpu.rsp = popper.top &+ p.pointee.imm
    try c.complete(at: rip, p)
  }
}

/// JMP m16:16, m16:32, m16:64: offset, then selector. `imm` is 1 for CALL, which pushes CS and RIP.
enum FarJump<T: Word>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    if c.cpu.pointee.attention != 0 { try c.finishBlock(p) }
    let address = MemX.address(c, p)
    let offset: T = try c.load(address, p)
    let selector: UInt16 = try c.load(address &+ UInt64(T.bitWidth / 8), p)
    let rip = UInt64(truncatingIfNeeded: offset)
    try c.checkCode(selector, isReturn: false, p)
    try c.checkTarget(rip, p)
    if p.pointee.imm != 0 {
      let size = UInt64(T.bitWidth / 8)
      let top = c.cpu.rsp &- 2 &* size
      try c.store(top &+ size, T(truncatingIfNeeded: c.cpu.selector(Int(Segment.cs.rawValue))), p)
      try c.store(top, T(truncatingIfNeeded: p.blockEnd), p)
      c.cpu.rsp = top
    }
    try c.complete(at: rip, p)
  }
}

extension LoweringRules {
  static let farTransfer: [LoweringRow] =
    [Mnemonic.iret, .iretd, .iretq].map { LoweringRow($0) { $0.farTransfer(Handlers.interruptReturn) } }
    + [Mnemonic.retf, .retfq].map { LoweringRow($0) { $0.farReturn() } }
    + [LoweringRow(.ljmp) { $0.farJump(isCall: 0) }, LoweringRow(.lcall) { $0.farJump(isCall: 1) }]
}

extension Lowering {
  /// The operand size goes by the prefixes alone: these do not default to 64 bits.
  fileprivate mutating func farTransfer(_ table: [HandlerBits]) -> Lowered {
    let i = instruction
    return end(table[i.rex & 8 != 0 ? 2 : i.prefixes.contains(.operandSize) ? 0 : 1])
  }

  fileprivate mutating func farReturn() -> Lowered {
    op.imm = instruction.operandCount > 0 ? UInt64(bitPattern: instruction.op0.immediate) & 0xffff : 0
    return farTransfer(Handlers.farReturn)
  }

  fileprivate mutating func farJump(isCall: UInt64) -> Lowered {
    guard instruction.op0.kind == .memory else { return .unsupported }
    _ = setMemory(instruction.op0, general: true)
    op.imm = isCall
    return farTransfer(Handlers.farJump)
  }
}
