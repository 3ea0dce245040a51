// x87 arithmetic, loads, stores, comparisons (SDM vol. 2A, the instructions F2XM1 to FYL2XP1; opcodes in vol. 2D,
// tables ).
//
// The handler of an x87 instruction is that instruction: `D8`…`DF` with the reg field and, for register forms, ST(i) as
// type parameters. `imm` holds the opcode in bits 8…15 and the ModRM byte below.

import CMachine
import X86

/// The first byte.
protocol X87Opcode {
  /// The register form with ST(i).
  static func register(_ digit: UInt32, _ i: UInt32)
  static func memory(_ digit: UInt32, _ operand: UnsafeMutableRawPointer)
  /// Size of the memory operand, and whether it is stored.
  static func operand(_ digit: UInt32) -> (size: Int, isStored: Bool)
}

enum D8: X87Opcode {
  @inline(__always) static func register(_ digit: UInt32, _ i: UInt32) {
    switch digit {
    case 0: swemu_x87_d8_0(i)
    case 1: swemu_x87_d8_1(i)
    case 2: swemu_x87_d8_2(i)
    case 3: swemu_x87_d8_3(i)
    case 4: swemu_x87_d8_4(i)
    case 5: swemu_x87_d8_5(i)
    case 6: swemu_x87_d8_6(i)
    default: swemu_x87_d8_7(i)
    }
  }
  @inline(__always) static func memory(_ digit: UInt32, _ m: UnsafeMutableRawPointer) { swemu_x87_memory_d8(digit, m) }
  @inline(__always) static func operand(_: UInt32) -> (size: Int, isStored: Bool) { (4, false) }
}
enum D9: X87Opcode {
  @inline(__always) static func register(_ digit: UInt32, _ i: UInt32) {
    switch digit {
    case 0: swemu_x87_d9_0(i)
    case 1: swemu_x87_d9_1(i)
    case 2: swemu_x87_d9_2(i)
    case 3: swemu_x87_d9_3(i)
    case 4: swemu_x87_d9_4(i)
    case 5: swemu_x87_d9_5(i)
    case 6: swemu_x87_d9_6(i)
    default: swemu_x87_d9_7(i)
    }
  }
  @inline(__always) static func memory(_ digit: UInt32, _ m: UnsafeMutableRawPointer) { swemu_x87_memory_d9(digit, m) }
  @inline(__always) static func operand(_ digit: UInt32) -> (size: Int, isStored: Bool) { (4, digit != 0) }
}
enum DA: X87Opcode {
  @inline(__always) static func register(_ digit: UInt32, _ i: UInt32) {
    switch digit {
    case 0: swemu_x87_da_0(i)
    case 1: swemu_x87_da_1(i)
    case 2: swemu_x87_da_2(i)
    case 3: swemu_x87_da_3(i)
    case 4: swemu_x87_da_4(i)
    case 5: swemu_x87_da_5(i)
    case 6: swemu_x87_da_6(i)
    default: swemu_x87_da_7(i)
    }
  }
  @inline(__always) static func memory(_ digit: UInt32, _ m: UnsafeMutableRawPointer) { swemu_x87_memory_da(digit, m) }
  @inline(__always) static func operand(_: UInt32) -> (size: Int, isStored: Bool) { (4, false) }
}
enum DB: X87Opcode {
  @inline(__always) static func register(_ digit: UInt32, _ i: UInt32) {
    switch digit {
    case 0: swemu_x87_db_0(i)
    case 1: swemu_x87_db_1(i)
    case 2: swemu_x87_db_2(i)
    case 3: swemu_x87_db_3(i)
    case 4: swemu_x87_db_4(i)
    case 5: swemu_x87_db_5(i)
    case 6: swemu_x87_db_6(i)
    default: swemu_x87_db_7(i)
    }
  }
  @inline(__always) static func memory(_ digit: UInt32, _ m: UnsafeMutableRawPointer) { swemu_x87_memory_db(digit, m) }
  @inline(__always) static func operand(_ digit: UInt32) -> (size: Int, isStored: Bool) {
    switch digit {
    case 0: (4, false)
    case 5: (10, false)
    case 7: (10, true)
    default: (4, true)
    }
  }
}
enum DC: X87Opcode {
  @inline(__always) static func register(_ digit: UInt32, _ i: UInt32) {
    switch digit {
    case 0: swemu_x87_dc_0(i)
    case 1: swemu_x87_dc_1(i)
    case 2: swemu_x87_dc_2(i)
    case 3: swemu_x87_dc_3(i)
    case 4: swemu_x87_dc_4(i)
    case 5: swemu_x87_dc_5(i)
    case 6: swemu_x87_dc_6(i)
    default: swemu_x87_dc_7(i)
    }
  }
  @inline(__always) static func memory(_ digit: UInt32, _ m: UnsafeMutableRawPointer) { swemu_x87_memory_dc(digit, m) }
  @inline(__always) static func operand(_: UInt32) -> (size: Int, isStored: Bool) { (8, false) }
}
enum DD: X87Opcode {
  @inline(__always) static func register(_ digit: UInt32, _ i: UInt32) {
    switch digit {
    case 0: swemu_x87_dd_0(i)
    case 1: swemu_x87_dd_1(i)
    case 2: swemu_x87_dd_2(i)
    case 3: swemu_x87_dd_3(i)
    case 4: swemu_x87_dd_4(i)
    case 5: swemu_x87_dd_5(i)
    case 6: swemu_x87_dd_6(i)
    default: swemu_x87_dd_7(i)
    }
  }
  @inline(__always) static func memory(_ digit: UInt32, _ m: UnsafeMutableRawPointer) { swemu_x87_memory_dd(digit, m) }
  @inline(__always) static func operand(_ digit: UInt32) -> (size: Int, isStored: Bool) { (8, digit != 0) }
}
enum DE: X87Opcode {
  @inline(__always) static func register(_ digit: UInt32, _ i: UInt32) {
    switch digit {
    case 0: swemu_x87_de_0(i)
    case 1: swemu_x87_de_1(i)
    case 2: swemu_x87_de_2(i)
    case 3: swemu_x87_de_3(i)
    case 4: swemu_x87_de_4(i)
    case 5: swemu_x87_de_5(i)
    case 6: swemu_x87_de_6(i)
    default: swemu_x87_de_7(i)
    }
  }
  @inline(__always) static func memory(_ digit: UInt32, _ m: UnsafeMutableRawPointer) { swemu_x87_memory_de(digit, m) }
  @inline(__always) static func operand(_: UInt32) -> (size: Int, isStored: Bool) { (2, false) }
}
enum DF: X87Opcode {
  @inline(__always) static func register(_ digit: UInt32, _ i: UInt32) {
    switch digit {
    case 0: swemu_x87_df_0(i)
    case 1: swemu_x87_df_1(i)
    case 2: swemu_x87_df_2(i)
    case 3: swemu_x87_df_3(i)
    case 4: swemu_x87_df_4(i)
    case 5: swemu_x87_df_5(i)
    case 6: swemu_x87_df_6(i)
    default: swemu_x87_df_7(i)
    }
  }
  @inline(__always) static func memory(_ digit: UInt32, _ m: UnsafeMutableRawPointer) { swemu_x87_memory_df(digit, m) }
  @inline(__always) static func operand(_ digit: UInt32) -> (size: Int, isStored: Bool) {
    switch digit {
    case 0: (2, false)
    case 4: (10, false)
    case 5: (8, false)
    case 6: (10, true)
    case 7: (8, true)
    default: (2, true)
    }
  }
}

/// A reg field, or the i of ST(i).
protocol Digit { static var value: UInt32 { get } }
enum Digit0: Digit { @inline(__always) static var value: UInt32 { 0 } }
enum Digit1: Digit { @inline(__always) static var value: UInt32 { 1 } }
enum Digit2: Digit { @inline(__always) static var value: UInt32 { 2 } }
enum Digit3: Digit { @inline(__always) static var value: UInt32 { 3 } }
enum Digit4: Digit { @inline(__always) static var value: UInt32 { 4 } }
enum Digit5: Digit { @inline(__always) static var value: UInt32 { 5 } }
enum Digit6: Digit { @inline(__always) static var value: UInt32 { 6 } }
enum Digit7: Digit { @inline(__always) static var value: UInt32 { 7 } }

/// The cold path of all register forms: loads the state, so that the fast one can go on, or executes in memory.
enum X87OutOfLine: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    if try c.enterX87(p) { return p }
    X87.execute(c.cpu, p, nil, address: 0)
    return p + 1
  }
}

enum X87Register<O: X87Opcode, D: Digit, I: Digit>: Semantics {
  typealias OutOfLine = X87OutOfLine

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    _ = try c.enterX87(p)
    c.cpu.pointee.x87_last = UnsafeMutableRawPointer(p)
    O.register(D.value, I.value)
    return p + 1
  }
}

enum X87Memory<O: X87Opcode, D: Digit, A: Address>: Semantics {
  typealias OutOfLine = X87Memory<O, D, A.General>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let isLoaded = try c.enterX87(p)
    let operand = O.operand(D.value)
    let address = A.address(c, p)
    let memory = try c.host(address, operand.size, operand.isStored ? Right.write : Right.read, p)
    if isLoaded {
      c.cpu.pointee.x87_last = UnsafeMutableRawPointer(p)
      O.memory(D.value, memory)
    } else if !P.isFast {
      X87.execute(c.cpu, p, memory, address: address)
    }
    return p + 1
  }
}

/// A comparison into RFLAGS: OF, SF and AF are cleared.
protocol X87FlagCompare { static func run(_ i: UInt32) -> UInt64 }
enum Fucomi: X87FlagCompare { @inline(__always) static func run(_ i: UInt32) -> UInt64 { swemu_x87_fucomi(i) } }
enum Fcomi: X87FlagCompare { @inline(__always) static func run(_ i: UInt32) -> UInt64 { swemu_x87_fcomi(i) } }
enum Fucomip: X87FlagCompare { @inline(__always) static func run(_ i: UInt32) -> UInt64 { swemu_x87_fucomip(i) } }
enum Fcomip: X87FlagCompare { @inline(__always) static func run(_ i: UInt32) -> UInt64 { swemu_x87_fcomip(i) } }

enum X87CompareFlags<O: X87FlagCompare, I: Digit>: Semantics {
  typealias OutOfLine = X87OutOfLine

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    _ = try c.enterX87(p)
    c.cpu.pointee.x87_last = UnsafeMutableRawPointer(p)
    LazyFlags.replace(c.cpu, O.run(I.value))
    return p + 1
  }
}

/// FCMOVcc. A false condition still looks at both registers: an empty one is a stack fault.
enum X87MoveIf<C: ConditionCode, I: Digit>: Semantics {
  typealias OutOfLine = X87OutOfLine

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    _ = try c.enterX87(p)
    c.cpu.pointee.x87_last = UnsafeMutableRawPointer(p)
    swemu_x87_move_if(I.value, LazyFlags.holds(C.code, c.cpu) ? 1 : 0)
    return p + 1
  }
}

// MARK: - Lowering

extension LoweringRules {
  static let x87: [LoweringRow] =
    [
      Mnemonic.f2xm1, .fabs, .fadd, .faddp, .fbld, .fbstp, .fchs, .fcmovb, .fcmovbe, .fcmove, .fcmovnb, .fcmovnbe,
      .fcmovne,
      .fcmovnu, .fcmovu, .fcom, .fcomi, .fcomip, .fcomp, .fcompp, .fcos, .fdecstp, .fdisi8087_nop, .fdiv, .fdivp,
      .fdivr,
      .fdivrp, .feni8087_nop, .ffree, .ffreep, .fiadd, .ficom, .ficomp, .fidiv, .fidivr, .fild, .fimul, .fincstp, .fist,
      .fistp, .fisttp, .fisub, .fisubr, .fld, .fld1, .fldcw, .fldenv, .fldl2e, .fldl2t, .fldlg2, .fldln2, .fldpi, .fldz,
      .fmul, .fmulp, .fnclex, .fninit, .fnop, .fnsave, .fnstcw, .fnstenv, .fnstsw, .fpatan, .fprem, .fprem1, .fptan,
      .frndint, .frstor, .fscale, .fsetpm, .fsin, .fsincos, .fsqrt, .fst, .fstp, .fstpnce, .fsub, .fsubp, .fsubr,
      .fsubrp,
      .ftst, .fucom, .fucomi, .fucomip, .fucomp, .fucompp, .fxam, .fxch, .fxtract, .fyl2x, .fyl2xp1,
    ].map { LoweringRow($0) { $0.x87() } }
    + [
      LoweringRow(.fwait) { $0.emit(Handlers.x87Control[0]) }, LoweringRow(.wait) { $0.emit(Handlers.x87Control[0]) },
    ]
}

extension Lowering {
  /// Goes by the bytes: the opcode map of the x87 is regular, its spelling is not.
  fileprivate mutating func x87() -> Lowered {
    guard instruction.opcodeMap == 0, instruction.opcode & 0xf8 == 0xd8, let modRM = instruction.modRM else {
      return .unsupported
    }
    let opcode = Int(instruction.opcode & 7)
    op.imm = UInt64(instruction.opcode) << 8 | UInt64(modRM)
    return modRM < 0xc0 ? x87Memory(opcode, Int(modRM >> 3 & 7)) : x87Register(opcode, Int(modRM & 63))
  }

  private mutating func x87Register(_ opcode: Int, _ number: Int) -> Lowered {
    let (digit, i) = (number >> 3, number & 7)
    switch (opcode, digit) {
    // FCMOVcc: B E BE U, then their opposites.
    case (2, 0...3): return emit(Handlers.x87MoveIf[digit * 8 + i])
    case (3, 0...3): return emit(Handlers.x87MoveIf[(4 + digit) * 8 + i])
    // FUCOMI FCOMI, FUCOMIP FCOMIP.
    case (3, 5), (3, 6): return emit(Handlers.x87CompareFlags[(digit - 5) * 8 + i])
    case (7, 5), (7, 6): return emit(Handlers.x87CompareFlags[(digit - 3) * 8 + i])
    // FENI, FDISI and FSETPM of old: not even an exception that is pending counts.
    case (3, 4) where i < 2 || i == 4: return emit(Handlers.hint[0])
    case (3, 4) where i == 2: return emit(Handlers.x87Control[2])
    case (3, 4) where i == 3: return emit(Handlers.x87Environment[0])
    case (7, 4) where i == 0: return emit(Handlers.x87Control[3])
    default: return emit(Handlers.x87Register[opcode * 64 + number])
    }
  }

  private mutating func x87Memory(_ opcode: Int, _ digit: Int) -> Lowered {
    guard let operand = instruction.memory else { return .unsupported }
    switch (opcode, digit) {
    case (1, 4...7), (5, 4), (5, 6), (5, 7): return x87ControlMemory(opcode, digit, operand)
    default:
      let form = setMemory(operand)
      return emit(Handlers.x87Memory[(opcode * 8 + digit) * 3 + form])
    }
  }

  private mutating func x87ControlMemory(_ opcode: Int, _ digit: Int, _ operand: Operand) -> Lowered {
    _ = setMemory(operand, general: true)
    let narrow = instruction.prefixes.contains(.operandSize) ? 1 : 0
    switch (opcode, digit) {
    case (1, 4): return emit(Handlers.x87Environment[1 + narrow])
    case (1, 5): return emit(Handlers.x87Control[1])
    case (1, 6): return emit(Handlers.x87Environment[3 + narrow])
    case (1, 7): return emit(Handlers.x87Control[5])
    case (5, 4): return emit(Handlers.x87Environment[5 + narrow])
    case (5, 6): return emit(Handlers.x87Environment[7 + narrow])
    default: return emit(Handlers.x87Control[4])
    }
  }
}
