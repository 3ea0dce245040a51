// Segment registers: MOV PUSH POP LFS LGS LSS, RDFSBASE and its family, LAR LSL VERR VERW (SDM vol. 2, the
// instructions' own pages; vol. 3A, 3.4 and 5). In 64-bit mode a selector selects nothing but FS's and GS's bases; what
// is left is which values the processor takes.

import CMachine
import X86

/// The descriptors that a 64-bit Linux task can name (arch/x86/include/asm/segment.h).
struct SegmentDescriptor {
  /// What LAR gives: access rights at bits 8…23 of the descriptor's second word.
  let accessRights: UInt32
  let limit: UInt32
  let isCode: Bool
  let isWritable: Bool
  /// Code of 64-bit mode (the L bit).
  var isLong: Bool { isCode && accessRights & 0x200000 != 0 }

  private static let flatLimit: UInt32 = 0xffff_ffff

  init?(selector: UInt16) {
    switch selector & ~3 {
    // __USER32_CS, __USER_DS, __USER_CS
    case 0x20: self.init(accessRights: 0xcffb00, limit: SegmentDescriptor.flatLimit, isCode: true, isWritable: false)
    case 0x28: self.init(accessRights: 0xcff300, limit: SegmentDescriptor.flatLimit, isCode: false, isWritable: true)
    case 0x30: self.init(accessRights: 0xaffb00, limit: SegmentDescriptor.flatLimit, isCode: true, isWritable: false)
    // __CPUNODE_SEG: its limit is what RDTSCP gives in ECX.
    case 0x78: self.init(accessRights: 0x40f500, limit: swemu_current_processor(), isCode: false, isWritable: false)
    default: return nil
    }
  }

  private init(accessRights: UInt32, limit: UInt32, isCode: Bool, isWritable: Bool) {
    self.accessRights = accessRights
    self.limit = limit
    self.isCode = isCode
    self.isWritable = isWritable
  }
}

extension Context {
  /// Checks `selector` for segment register `number` and loads it.
  func load(selector: UInt16, into number: Int, _ p: OpPointer) throws(Departure) {
    let isNull = selector & ~3 == 0
    let isLoadable: Bool
    if number == Int(Segment.ss.rawValue) {
      // At privilege level 3 a null SS is refused, and its RPL must be 3.
      isLoadable = !isNull && selector & 3 == 3 && SegmentDescriptor(selector: selector)?.isWritable == true
    } else {
      isLoadable = isNull || SegmentDescriptor(selector: selector) != nil
    }
    if !isLoadable { try raise(.generalProtection, error: UInt32(selector & ~3), p) }
    cpu.setSelector(number, selector)
    // The flat descriptors have base 0; a null selector clears the base, too (as Intel's processors do it).
    if number == Int(Segment.fs.rawValue) { cpu.pointee.fs_base = 0 }
    if number == Int(Segment.gs.rawValue) { cpu.pointee.gs_base = 0 }
  }
}

extension UnsafeMutablePointer where Pointee == swemu_cpu {
  private static var selectorOffset: Int { MemoryLayout<swemu_cpu>.offset(of: \.selectors) ?? 0 }

  func selector(_ number: Int) -> UInt16 {
    raw.load(fromByteOffset: Self.selectorOffset + (number & 7) * 2, as: UInt16.self)
  }
  func setSelector(_ number: Int, _ value: UInt16) {
    raw.storeBytes(of: value, toByteOffset: Self.selectorOffset + (number & 7) * 2, as: UInt16.self)
  }

  /// The selectors of a 64-bit Linux task.
  func resetSelectors() {
    for number in 0..<6 { setSelector(number, 0) }
    setSelector(Int(Segment.cs.rawValue), 0x33)
    setSelector(Int(Segment.ss.rawValue), 0x2b)
  }
}

/// `MOV D, Sreg`; the segment register's number is in `imm`.
enum ReadSelector<T: Word, D: MutablePlace>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try D.write(c, p, T(truncatingIfNeeded: c.cpu.selector(Int(truncatingIfNeeded: p.pointee.imm))))
    return p + 1
  }
}

/// `MOV Sreg, S`
enum LoadSelector<S: Place>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.load(selector: try S.read(c, p), into: Int(truncatingIfNeeded: p.pointee.imm), p)
    return p + 1
  }
}

enum PushSelector<T: Word>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let top = c.cpu.rsp &- UInt64(T.bitWidth / 8)
    try c.store(top, T(truncatingIfNeeded: c.cpu.selector(Int(truncatingIfNeeded: p.pointee.imm))), p)
    c.cpu.rsp = top
    return p + 1
  }
}

enum PopSelector<T: Word>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value: T = try c.load(c.cpu.rsp, p)
    try c.load(selector: UInt16(truncatingIfNeeded: value), into: Int(truncatingIfNeeded: p.pointee.imm), p)
    c.cpu.rsp = c.cpu.rsp &+ UInt64(T.bitWidth / 8)
    return p + 1
  }
}

/// LFS LGS LSS: offset, then selector.
enum LoadFarPointer<T: Word>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let address = MemX.address(c, p)
    let offset: T = try c.load(address, p)
    let selector: UInt16 = try c.load(address &+ UInt64(T.bitWidth / 8), p)
    try c.load(selector: selector, into: Int(truncatingIfNeeded: p.pointee.imm), p)
    c.set(p.pointee.dst, offset)
    return p + 1
  }
}

/// RDFSBASE RDGSBASE: `src` is where the base lives.
enum ReadBase<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.set(p.pointee.dst, c.get(p.pointee.src, as: T.self))
    return p + 1
  }
}

/// WRFSBASE WRGSBASE: `dst` is where the base lives. A non-canonical base is refused.
enum WriteBase<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value = UInt64(truncatingIfNeeded: c.get(p.pointee.src, as: T.self))
    if UInt64(bitPattern: (Int64(bitPattern: value) &<< 16) &>> 16) != value { try c.raise(.generalProtection, p) }
    c.set(p.pointee.dst, value)
    return p + 1
  }
}

/// LAR and LSL: ZF says whether the selector in `S` may be looked at; only then is `dst` written.
enum InspectSelector<T: Word, S: Place>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let selector: UInt16 = try S.read(c, p)
    let descriptor = SegmentDescriptor(selector: selector)
    LazyFlags.merge(c.cpu, Flag.zero, descriptor == nil ? 0 : Flag.zero)
    if let descriptor {
      c.set(p.pointee.dst, T(truncatingIfNeeded: p.pointee.imm == 0 ? descriptor.accessRights : descriptor.limit))
    }
    return p + 1
  }
}

/// VERR (`imm` 0) and VERW.
enum VerifySelector<S: Place>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let selector: UInt16 = try S.read(c, p)
    let descriptor = SegmentDescriptor(selector: selector)
    let isAllowed = p.pointee.imm == 0 ? descriptor != nil : descriptor?.isWritable == true
    LazyFlags.merge(c.cpu, Flag.zero, isAllowed ? Flag.zero : 0)
    return p + 1
  }
}

// MARK: - Lowering

extension LoweringRules {
  static let segments: [LoweringRow] = [
    LoweringRow(.lfs) { $0.loadFarPointer(.fs) }, LoweringRow(.lgs) { $0.loadFarPointer(.gs) },
    LoweringRow(.lss) { $0.loadFarPointer(.ss) },
    LoweringRow(.rdfsbase) { $0.readBase(Offset.fsBase) }, LoweringRow(.rdgsbase) { $0.readBase(Offset.gsBase) },
    LoweringRow(.wrfsbase) { $0.writeBase(Offset.fsBase) }, LoweringRow(.wrgsbase) { $0.writeBase(Offset.gsBase) },
    LoweringRow(.lar) { $0.inspectSelector(0) }, LoweringRow(.lsl) { $0.inspectSelector(1) },
    LoweringRow(.verr) { $0.verifySelector(0) }, LoweringRow(.verw) { $0.verifySelector(1) },
  ]
}

extension Lowering {
  mutating func moveFromSegment() -> Lowered {
    let i = instruction
    guard i.op1.register.number < 6 else { return invalidOpcode() }
    op.imm = UInt64(i.op1.register.number)
    // A store is 16 bits wide whatever the operand size.
    guard let form = placeForm(i.op0) else { return .unsupported }
    if form == 1 { return emit(Handlers.readSelector[3]) }
    guard let width = widthIndex(i.op0.width), width > 0 else { return .unsupported }
    return emit(Handlers.readSelector[width - 1])
  }

  mutating func moveToSegment() -> Lowered {
    let i = instruction
    guard i.op0.register.number < 6, i.op0.register.number != Segment.cs.rawValue else { return invalidOpcode() }
    op.imm = UInt64(i.op0.register.number)
    guard let form = sourceForm(i.op1) else { return .unsupported }
    return emit(Handlers.loadSelector[form])
  }

  mutating func pushSegment() -> Lowered {
    op.imm = UInt64(instruction.op0.register.number)
    return emit(Handlers.segmentStack[instruction.operandWidth == 16 ? 1 : 0])
  }

  mutating func popSegment() -> Lowered {
    op.imm = UInt64(instruction.op0.register.number)
    return emit(Handlers.segmentStack[instruction.operandWidth == 16 ? 3 : 2])
  }

  fileprivate mutating func loadFarPointer(_ segment: Segment) -> Lowered {
    let i = instruction
    guard let width = widthIndex(UInt16(i.operandWidth)), width > 0, setDst(i.op0), i.op1.kind == .memory else {
      return .unsupported
    }
    _ = setMemory(i.op1, general: true)
    op.imm = UInt64(segment.rawValue)
    return emit(Handlers.loadFarPointer[width - 1])
  }

  fileprivate mutating func readBase(_ base: UInt8) -> Lowered {
    guard setDst(instruction.op0) else { return .unsupported }
    op.src = UInt16(base)
    return emit(Handlers.segmentBase[instruction.op0.width == 64 ? 1 : 0])
  }

  fileprivate mutating func writeBase(_ base: UInt8) -> Lowered {
    guard setSrc(instruction.op0) else { return .unsupported }
    op.dst = UInt16(base)
    return emit(Handlers.segmentBase[instruction.op0.width == 64 ? 3 : 2])
  }

  fileprivate mutating func inspectSelector(_ what: UInt64) -> Lowered {
    let i = instruction
    guard let width = widthIndex(i.op0.width), width > 0, setDst(i.op0), let form = sourceForm(i.op1) else {
      return .unsupported
    }
    op.imm = what
    return emit(Handlers.inspectSelector[(width - 1) * 2 + form])
  }

  fileprivate mutating func verifySelector(_ what: UInt64) -> Lowered {
    guard let form = sourceForm(instruction.op0) else { return .unsupported }
    op.imm = what
    return emit(Handlers.verifySelector[form])
  }

  /// 0 for a register (in `src`), 1 for memory (as `MemX`).
  mutating func sourceForm(_ operand: Operand) -> Int? {
    switch operand.kind {
    case .register: return setSrc(operand) ? 0 : nil
    case .memory:
      _ = setMemory(operand, general: true)
      return 1
    default: return nil
    }
  }
}
