// JMP Jcc CALL RET, LOOPcc JRCXZ, and compare-and-branch pairs fused into one micro-op.

import CMachine
import X86

/// A condition as a type, so that a handler tests just that.
protocol ConditionCode { static var code: Condition { get } }
enum CondO: ConditionCode { @inline(__always) static var code: Condition { .o } }
enum CondNO: ConditionCode { @inline(__always) static var code: Condition { .no } }
enum CondB: ConditionCode { @inline(__always) static var code: Condition { .b } }
enum CondAE: ConditionCode { @inline(__always) static var code: Condition { .ae } }
enum CondE: ConditionCode { @inline(__always) static var code: Condition { .e } }
enum CondNE: ConditionCode { @inline(__always) static var code: Condition { .ne } }
enum CondBE: ConditionCode { @inline(__always) static var code: Condition { .be } }
enum CondA: ConditionCode { @inline(__always) static var code: Condition { .a } }
enum CondS: ConditionCode { @inline(__always) static var code: Condition { .s } }
enum CondNS: ConditionCode { @inline(__always) static var code: Condition { .ns } }
enum CondP: ConditionCode { @inline(__always) static var code: Condition { .p } }
enum CondNP: ConditionCode { @inline(__always) static var code: Condition { .np } }
enum CondL: ConditionCode { @inline(__always) static var code: Condition { .l } }
enum CondGE: ConditionCode { @inline(__always) static var code: Condition { .ge } }
enum CondLE: ConditionCode { @inline(__always) static var code: Condition { .le } }
enum CondG: ConditionCode { @inline(__always) static var code: Condition { .g } }

extension Context {
  /// Leaves before a terminator when the thread is asked to.
  @inline(__always) func poll(_ p: OpPointer) throws(Departure) {
    if _slowPath(cpu.pointee.attention != 0) {
      if !P.isFast { Machine.stopForAttention(cpu, p) }
      throw Departure()
    }
  }

  /// Counts the instructions of the block that `p` ends.
  @inline(__always) func count(_ p: OpPointer) {
    cpu.pointee.instructions &+= UInt64(p[1].dst)
    #if CHAIN_PROFILE
      p.header.pointee.runs &+= 1
    #endif
  }

  @inline(__always) func finishBlock(_ p: OpPointer) throws(Departure) {
    try poll(p)
    count(p)
  }

  /// Follows the link of a taken branch or, by a branch of the host and not by a select, that of the next instruction.
  @inline(__always) func follow(_ p: OpPointer, taken: Bool) -> OpPointer {
    if _fastPath(taken) { return linked(p.pointee.imm) }
    return linked(p[1].imm)
  }

  /// Goes to a computed address through the cache of indirect targets.
  @inline(__always) func jumpIndirect(_ target: UInt64, _ p: OpPointer) throws(Departure) -> OpPointer {
    let entry = cpu.pointee.jump_cache + JumpCache.slot(target)
    if _fastPath(entry[0] == target) { return linked(entry[1]) }
    if !P.isFast { return try Machine.resolveIndirect(cpu, target) }
    throw Departure()
  }
}

/// Jcc on flags that some earlier instruction left.
enum JumpIf<C: ConditionCode>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.finishBlock(p)
    return c.follow(p, taken: LazyFlags.holds(C.code, c.cpu))
  }
}

/// An ALU instruction and the Jcc behind it. The second operand, if immediate, sits in the extension record.
enum FusedBranch<O: ALU, T: Word, D: MutablePlace, S: Place, C: ConditionCode>: Semantics {
  /// The two instructions happen one by one.
  @inline(__always) static func leave(_ cpu: CPU, _ p: OpPointer) -> OpPointer? { Machine.takeApart(cpu, p) }

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.poll(p)
    let b: T = try S.read(c, p)
    let a: T
    let r: T
    if O.writes {
      (a, r) = try D.modify(c, p) { a in
        let r = O.apply(a, b, 0)
        O.setFlags(c.cpu, a, b, r)
        return r
      }
    } else {
      a = try D.read(c, p)
      r = O.apply(a, b, 0)
      O.setFlags(c.cpu, a, b, r)
    }
    c.count(p)
    return c.follow(p, taken: O.holds(C.code, a, b, r))
  }
}

/// JMP to a known address; also joins a block that was cut short to the next.
enum Jump: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.finishBlock(p)
    return linked(p.pointee.imm)
  }
}

/// CALL to a known address; the return address is `p[1].imm`.
enum Call: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.poll(p)
    let top = c.cpu.rsp &- 8
    try c.store(top, p[1].imm, p)
    c.cpu.rsp = top
    c.count(p)
    return linked(p.pointee.imm)
  }
}

/// JMP and CALL through a register or memory.
enum JumpIndirect<S: Place>: Semantics {
  typealias OutOfLine = JumpIndirect<S.General>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.poll(p)
    let target: UInt64 = try S.read(c, p)
    let next = try c.jumpIndirect(target, p)
    c.count(p)
    return next
  }
}

enum CallIndirect<S: Place>: Semantics {
  typealias OutOfLine = CallIndirect<S.General>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.poll(p)
    let target: UInt64 = try S.read(c, p)
    let next = try c.jumpIndirect(target, p)
    let top = c.cpu.rsp &- 8
    try c.store(top, p[1].imm, p)
    c.cpu.rsp = top
    c.count(p)
    return next
  }
}

/// RET; `imm` is what RET imm16 releases besides.
enum Return: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.poll(p)
    let top = c.cpu.rsp
    let target: UInt64 = try c.load(top, p)
    let next = try c.jumpIndirect(target, p)
    c.cpu.rsp = top &+ 8 &+ p.pointee.imm
    c.count(p)
    return next
  }
}

/// LOOP LOOPE LOOPNE and JRCXZ/JECXZ; `kind` says which, `base` is 4 where the counter is ECX.
enum CountedJump: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.finishBlock(p)
    let narrow = p.pointee.base == 4
    if p.pointee.kind == 3 {
      return c.follow(p, taken: narrow ? UInt32(truncatingIfNeeded: c.cpu.rcx) == 0 : c.cpu.rcx == 0)
    }
    let counter = narrow ? (c.cpu.rcx &- 1) & 0xffff_ffff : c.cpu.rcx &- 1
    c.cpu.rcx = counter
    switch p.pointee.kind {
    case 0: return c.follow(p, taken: counter != 0)
    case 1: return c.follow(p, taken: counter != 0 && LazyFlags.zero(c.cpu))
    default: return c.follow(p, taken: counter != 0 && !LazyFlags.zero(c.cpu))
    }
  }
}

/// Where a link leads whose target has not been built yet.
enum LinkStub: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.cpu.pointee.rip = p.pointee.imm
    c.cpu.pointee.exit_reason = SWEMU_EXIT_LINK.rawValue
    c.cpu.pointee.exit_op = UnsafeMutableRawPointer(p)
    throw Departure()
  }
}

extension LoweringRules {
  static let branch: [LoweringRow] =
    [
      LoweringRow(.jmp) { $0.jump() }, LoweringRow(.call) { $0.call() }, LoweringRow(.ret) { $0.ret() },
      LoweringRow(.loop) { $0.countedJump(0) }, LoweringRow(.loope) { $0.countedJump(1) },
      LoweringRow(.loopne) { $0.countedJump(2) }, LoweringRow(.jrcxz) { $0.countedJump(3) },
      LoweringRow(.jecxz) { $0.countedJump(3) },
    ]
    + [Mnemonic.jo, .jno, .jb, .jae, .je, .jne, .jbe, .ja, .js, .jns, .jp, .jnp, .jl, .jge, .jle, .jg]
    .enumerated().map { number, mnemonic in LoweringRow(mnemonic) { $0.jumpIf(number) } }
}

extension Lowering {
  mutating func jumpIf(_ condition: Int) -> Lowered {
    op.handler = Handlers.jumpIf[condition]
    return .branch(taken: UInt64(bitPattern: instruction.op0.immediate), next: instruction.nextAddress)
  }

  mutating func jump() -> Lowered {
    let target = instruction.op0
    if target.kind == .immediate {
      op.handler = Handlers.branch[0]
      return .branch(taken: UInt64(bitPattern: target.immediate), next: nil)
    }
    guard let form = indirectForm(target) else { return .unsupported }
    op.handler = Handlers.branch[3 + form]
    return .terminator(extensionImm: 0)
  }

  mutating func call() -> Lowered {
    let target = instruction.op0
    if target.kind == .immediate {
      op.handler = Handlers.branch[1]
      return .call(target: UInt64(bitPattern: target.immediate), returnAddress: instruction.nextAddress)
    }
    guard let form = indirectForm(target) else { return .unsupported }
    op.handler = Handlers.branch[7 + form]
    return .terminator(extensionImm: instruction.nextAddress)
  }

  mutating func ret() -> Lowered {
    op.imm = instruction.operandCount > 0 ? UInt64(bitPattern: instruction.op0.immediate) & 0xffff : 0
    op.handler = Handlers.branch[2]
    return .terminator(extensionImm: 0)
  }

  mutating func countedJump(_ kind: UInt8) -> Lowered {
    op.kind = kind
    op.base = instruction.addressWidth == 32 ? 4 : 8
    op.handler = Handlers.branch[11]
    return .branch(taken: UInt64(bitPattern: instruction.op0.immediate), next: instruction.nextAddress)
  }

  private mutating func indirectForm(_ target: Operand) -> Int? {
    switch target.kind {
    case .register where target.width == 64: return setSrc(target) ? 0 : nil
    case .memory where target.width == 64: return 1 + setMemory(target)
    default: return nil
    }
  }

  /// Fuses the instruction with the Jcc `jump` behind it where the pair is worth a handler.
  mutating func fuse(with jump: UnsafePointer<Instruction>) -> Lowered? {
    let operation: Int
    switch instruction.mnemonic {
    case .cmp: operation = 0
    case .test: operation = 1
    case .sub: operation = 2
    case .add: operation = 3
    case .and: operation = 4
    default: return nil
    }
    guard let condition = jump.pointee.condition, jump.pointee.op0.kind == .immediate,
      !instruction.prefixes.contains(.lock)
    else { return nil }
    let i = instruction
    guard let width = widthIndex(i.op0.width) else { return nil }
    let isRegisterForm = i.op0.kind == .register && i.op1.kind != .memory
    // Read-modify-write operands in memory, and ADD's, SUB's and AND's loads, are left to the plain handlers.
    if operation >= 2 && !isRegisterForm { return nil }
    let form: Int
    var immediate: Int32 = 0
    switch (i.op0.kind, i.op1.kind) {
    case (.register, .register):
      guard setDst(i.op0), setSrc(i.op1) else { return nil }
      form = 0
    case (.register, .immediate):
      guard setDst(i.op0) else { return nil }
      immediate = Int32(truncatingIfNeeded: i.op1.immediate)
      form = 1
    case (.register, .memory):
      guard setDst(i.op0) else { return nil }
      form = 2 + setMemory(i.op1, general: i.op0.width < 32)
    case (.memory, .register):
      guard setSrc(i.op1) else { return nil }
      form = 5 + setMemory(i.op0, general: i.op0.width < 32)
    case (.memory, .immediate):
      immediate = Int32(truncatingIfNeeded: i.op1.immediate)
      form = 8 + setMemory(i.op0, general: i.op0.width < 32)
    default: return nil
    }
    let handler = Handlers.fused[((operation * 4 + width) * 11 + form) * 16 + Int(condition.rawValue)]
    guard handler != 0 else {
      op = blank
      return nil
    }
    op.handler = handler
    return .fusedBranch(
      taken: UInt64(bitPattern: jump.pointee.op0.immediate), next: jump.pointee.nextAddress, extensionDisp: immediate)
  }
}
