// MOVS STOS LODS SCAS CMPS, alone and under REP, REPE, REPNE (SDM vol. 2B, REP/REPE/REPZ/REPNE/REPNZ and the
// instructions' own pages).
//
// Micro-op fields: `kind` an AddressKind (FS or GS for the source, address32), `dst` a RepeatKind.

import CMachine
import Glibc
import X86

enum RepeatKind {
  static let once: UInt16 = 0
  /// F3.
  static let whileEqual: UInt16 = 1
  /// F2.
  static let whileNotEqual: UInt16 = 2
}

/// RSI, RDI and RCX of a string instruction, at its address size.
struct StringRegisters<P: Path> {
  let c: Context<P>
  let kind: AddressKind
  /// Bytes that a step moves by: the element size, negative with DF set.
  let step: UInt64

  @inline(__always) init(_ c: Context<P>, _ p: OpPointer, size: Int) {
    self.c = c
    kind = AddressKind(rawValue: p.pointee.kind)
    let size = UInt64(truncatingIfNeeded: size)
    step = c.cpu.pointee.rflags & Flag.direction != 0 ? 0 &- size : size
  }

  @inline(__always) private var isNarrow: Bool { kind.contains(.address32) }
  @inline(__always) private func narrowed(_ value: UInt64) -> UInt64 { isNarrow ? value & 0xffff_ffff : value }

  @inline(__always) var isForward: Bool { Int64(bitPattern: step) > 0 }

  /// [RSI], which a segment override applies to.
  @inline(__always) var source: UInt64 {
    var address = narrowed(c.cpu.rsi)
    if kind.contains(.fs) { address &+= c.cpu.pointee.fs_base }
    if kind.contains(.gs) { address &+= c.cpu.pointee.gs_base }
    return address
  }

  /// [RDI], always in ES, whose base is 0.
  @inline(__always) var destination: UInt64 { narrowed(c.cpu.rdi) }

  @inline(__always) var count: UInt64 { narrowed(c.cpu.rcx) }

  @inline(__always) func isWatched(_ address: UInt64) -> Bool {
    address < 1 << 46 && c.cpu.pointee.page_table[Int(truncatingIfNeeded: address >> 12)] & PageBits.watched != 0
  }

  @inline(__always) func advanceSource(_ elements: UInt64 = 1) {
    c.cpu.rsi = narrowed(c.cpu.rsi &+ step &* elements)
  }
  @inline(__always) func advanceDestination(_ elements: UInt64 = 1) {
    c.cpu.rdi = narrowed(c.cpu.rdi &+ step &* elements)
  }
  @inline(__always) func countDown(_ elements: UInt64 = 1) { c.cpu.rcx = narrowed(c.cpu.rcx &- elements) }
}

/// One element's work, and the accesses of many at once.
protocol StringOperation {
  static var usesSource: Bool { get }
  static var usesDestination: Bool { get }
  /// SCAS and CMPS: ends a REPE or REPNE by ZF.
  static var compares: Bool { get }
  /// One element. Returns ZF for those that compare.
  static func one<T: Word, P: Path>(_ r: StringRegisters<P>, _ p: OpPointer, _: T.Type) throws(Departure) -> Bool
  /// `count` elements at host addresses, forward; what is not used is nil. Returns how many were done; fewer than
  /// `count` only by those that compare, which set the flags of the last one done.
  static func many<T: Word, P: Path>(
    _ c: Context<P>, _ source: UnsafeMutableRawPointer, _ destination: UnsafeMutableRawPointer, _ count: Int,
    whileEqual: Bool, _: T.Type
  ) -> Int
}

enum StringInstruction<O: StringOperation, T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let registers = StringRegisters(c, p, size: T.bitWidth / 8)
    if p.pointee.dst == RepeatKind.once {
      _ = try O.one(registers, p, T.self)
      if O.usesSource { registers.advanceSource() }
      if O.usesDestination { registers.advanceDestination() }
      return p + 1
    }
    if P.isFast { throw Departure() }
    try repeated(registers, p)
    return p + 1
  }

  /// A repeated instruction shows every finished element in its registers, so a fault or a stop may come at any.
  @inline(never) private static func repeated<P: Path>(_ r: StringRegisters<P>, _ p: OpPointer) throws(Departure) {
    let whileEqual = p.pointee.dst == RepeatKind.whileEqual
    while r.count != 0 {
      if r.c.cpu.pointee.attention != 0 { try stop(r.c, p) }
      if r.isForward, let done = try wholePages(r, p, whileEqual: whileEqual) {
        if done { return }
        continue
      }
      let isEqual = try O.one(r, p, T.self)
      if O.usesSource { r.advanceSource() }
      if O.usesDestination { r.advanceDestination() }
      r.countDown()
      if O.compares, isEqual != whileEqual { return }
      if r.c.cpu.pointee.code_changed != 0, r.count != 0, Machine.of(r.c.cpu).observers.hasEvent {
        try stopForObserver(r.c, p)
      }
    }
  }

  /// The elements that lie within the present pages of source and destination, at once. Nil if not even one does; true
  /// if a comparison ended the repetition.
  @inline(__always) private static func wholePages<P: Path>(
    _ r: StringRegisters<P>, _ p: OpPointer, whileEqual: Bool
  ) throws(Departure) -> Bool? {
    let size = T.bitWidth / 8
    var bytes = UInt64(0x1000)
    if O.usesSource { bytes = min(bytes, 0x1000 &- (r.source & 0xfff)) }
    if O.usesDestination { bytes = min(bytes, 0x1000 &- (r.destination & 0xfff)) }
    let count = min(Int(truncatingIfNeeded: bytes) / size, Int(truncatingIfNeeded: min(r.count, 0x1000)))
    if count == 0 { return nil }
    // Watched bytes are looked for element by element.
    if O.usesSource, r.isWatched(r.source) { return nil }
    if O.usesDestination, r.isWatched(r.destination) { return nil }
    // The source is checked first, as the processor reads before it writes; CMPS reads [RDI] first.
    var source = UnsafeMutableRawPointer(r.c.cpu)
    var destination = source
    if O.compares { destination = try r.c.host(r.destination, size, Right.read, p) }
    if O.usesSource { source = try r.c.host(r.source, size, Right.read, p) }
    if O.usesDestination, !O.compares { destination = try r.c.host(r.destination, size, Right.write, p) }
    let done = O.many(r.c, source, destination, count, whileEqual: whileEqual, T.self)
    if O.usesSource { r.advanceSource(UInt64(truncatingIfNeeded: done)) }
    if O.usesDestination { r.advanceDestination(UInt64(truncatingIfNeeded: done)) }
    r.countDown(UInt64(truncatingIfNeeded: done))
    return O.compares && LazyFlags.zero(r.c.cpu) != whileEqual
  }

  /// A watched place was touched: told after this element, with RIP still here.
  private static func stopForObserver<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> Never {
    Machine.stopForAttention(c.cpu, p)
    c.cpu.pointee.exit_reason = SWEMU_EXIT_RESUME.rawValue
    throw Departure()
  }

  /// Somebody wants the thread: it stops between two elements, with RIP still here.
  private static func stop<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> Never {
    Machine.stopForAttention(c.cpu, p)
    throw Departure()
  }
}

enum MoveString: StringOperation {
  @inline(__always) static var usesSource: Bool { true }
  @inline(__always) static var usesDestination: Bool { true }
  @inline(__always) static var compares: Bool { false }

  @inline(__always) static func one<T: Word, P: Path>(_ r: StringRegisters<P>, _ p: OpPointer, _: T.Type)
    throws(Departure)
    -> Bool
  {
    let value: T = try r.c.load(r.source, p)
    try r.c.store(r.destination, value, p)
    return true
  }

  @inline(__always) static func many<T: Word, P: Path>(
    _ c: Context<P>, _ source: UnsafeMutableRawPointer, _ destination: UnsafeMutableRawPointer, _ count: Int,
    whileEqual: Bool, _: T.Type
  ) -> Int {
    let bytes = count &* (T.bitWidth / 8)
    // A destination inside the source repeats what was just written, element by element.
    if destination > source, destination < source + bytes {
      for offset in stride(from: 0, to: bytes, by: T.bitWidth / 8) {
        (destination + offset).storeBytes(of: (source + offset).loadUnaligned(as: T.self), as: T.self)
      }
    } else {
      memmove(destination, source, bytes)
    }
    return count
  }
}

enum StoreString: StringOperation {
  @inline(__always) static var usesSource: Bool { false }
  @inline(__always) static var usesDestination: Bool { true }
  @inline(__always) static var compares: Bool { false }

  @inline(__always) static func one<T: Word, P: Path>(_ r: StringRegisters<P>, _ p: OpPointer, _: T.Type)
    throws(Departure)
    -> Bool
  {
    try r.c.store(r.destination, r.c.get(0, as: T.self), p)
    return true
  }

  @inline(__always) static func many<T: Word, P: Path>(
    _ c: Context<P>, _ source: UnsafeMutableRawPointer, _ destination: UnsafeMutableRawPointer, _ count: Int,
    whileEqual: Bool, _: T.Type
  ) -> Int {
    let value: T = c.get(0)
    let byte = UInt8(truncatingIfNeeded: value)
    let bytes = count &* (T.bitWidth / 8)
    if value == T(truncatingIfNeeded: UInt64(byte) &* 0x0101_0101_0101_0101) {
      memset(destination, Int32(byte), bytes)
    } else {
      for offset in stride(from: 0, to: bytes, by: T.bitWidth / 8) {
        (destination + offset).storeBytes(of: value, as: T.self)
      }
    }
    return count
  }
}

enum LoadString: StringOperation {
  @inline(__always) static var usesSource: Bool { true }
  @inline(__always) static var usesDestination: Bool { false }
  @inline(__always) static var compares: Bool { false }

  @inline(__always) static func one<T: Word, P: Path>(_ r: StringRegisters<P>, _ p: OpPointer, _: T.Type)
    throws(Departure)
    -> Bool
  {
    let value: T = try r.c.load(r.source, p)
    r.c.set(0, value)
    return true
  }

  @inline(__always) static func many<T: Word, P: Path>(
    _ c: Context<P>, _ source: UnsafeMutableRawPointer, _ destination: UnsafeMutableRawPointer, _ count: Int,
    whileEqual: Bool, _: T.Type
  ) -> Int {
    c.set(0, (source + (count &- 1) &* (T.bitWidth / 8)).loadUnaligned(as: T.self))
    return count
  }
}

/// AL, AX, EAX or RAX minus [RDI].
enum ScanString: StringOperation {
  @inline(__always) static var usesSource: Bool { false }
  @inline(__always) static var usesDestination: Bool { true }
  @inline(__always) static var compares: Bool { true }

  @inline(__always) static func one<T: Word, P: Path>(_ r: StringRegisters<P>, _ p: OpPointer, _: T.Type)
    throws(Departure)
    -> Bool
  {
    let value: T = try r.c.load(r.destination, p)
    let a: T = r.c.get(0)
    Cmp.setFlags(r.c.cpu, a, value, a &- value)
    return a == value
  }

  @inline(__always) static func many<T: Word, P: Path>(
    _ c: Context<P>, _ source: UnsafeMutableRawPointer, _ destination: UnsafeMutableRawPointer, _ count: Int,
    whileEqual: Bool, _: T.Type
  ) -> Int {
    let a: T = c.get(0)
    let size = T.bitWidth / 8
    var value = destination.loadUnaligned(as: T.self)
    var done = 1
    while done < count, (a == value) == whileEqual {
      value = (destination + done &* size).loadUnaligned(as: T.self)
      done &+= 1
    }
    Cmp.setFlags(c.cpu, a, value, a &- value)
    return done
  }
}

/// [RSI] minus [RDI].
enum CompareString: StringOperation {
  @inline(__always) static var usesSource: Bool { true }
  @inline(__always) static var usesDestination: Bool { true }
  @inline(__always) static var compares: Bool { true }

  @inline(__always) static func one<T: Word, P: Path>(_ r: StringRegisters<P>, _ p: OpPointer, _: T.Type)
    throws(Departure)
    -> Bool
  {
    // Processors read [RDI] first: where neither can be read, the fault is there.
    let b: T = try r.c.load(r.destination, p)
    let a: T = try r.c.load(r.source, p)
    Cmp.setFlags(r.c.cpu, a, b, a &- b)
    return a == b
  }

  @inline(__always) static func many<T: Word, P: Path>(
    _ c: Context<P>, _ source: UnsafeMutableRawPointer, _ destination: UnsafeMutableRawPointer, _ count: Int,
    whileEqual: Bool, _: T.Type
  ) -> Int {
    let size = T.bitWidth / 8
    var a = source.loadUnaligned(as: T.self)
    var b = destination.loadUnaligned(as: T.self)
    var done = 1
    while done < count, (a == b) == whileEqual {
      a = (source + done &* size).loadUnaligned(as: T.self)
      b = (destination + done &* size).loadUnaligned(as: T.self)
      done &+= 1
    }
    Cmp.setFlags(c.cpu, a, b, a &- b)
    return done
  }
}

extension LoweringRules {
  static let strings: [LoweringRow] =
    [
      [Mnemonic.movsb, .movsw, .movsdString, .movsq], [.stosb, .stosw, .stosd, .stosq],
      [.lodsb, .lodsw, .lodsd, .lodsq],
      [.scasb, .scasw, .scasd, .scasq], [.cmpsb, .cmpsw, .cmpsdString, .cmpsq],
    ].enumerated().flatMap { operation, mnemonics in
      mnemonics.enumerated().map { width, mnemonic in
        LoweringRow(mnemonic) { $0.string(operation, width) }
      }
    }
}

extension Lowering {
  fileprivate mutating func string(_ operation: Int, _ width: Int) -> Lowered {
    var kind: AddressKind = instruction.addressWidth == 32 ? .address32 : []
    switch instruction.segment {
    case .fs: kind.insert(.fs)
    case .gs: kind.insert(.gs)
    default: break
    }
    op.kind = kind.rawValue
    let prefixes = instruction.prefixes
    op.dst =
      prefixes.contains(.repne)
      ? RepeatKind.whileNotEqual : prefixes.contains(.rep) ? RepeatKind.whileEqual : RepeatKind.once
    let table = op.dst == RepeatKind.once ? Handlers.string : Handlers.repeatedString
    return emit(table[operation * 4 + width])
  }
}
