import CMachine
import X86

/// Which compilation of an instruction's body this is.
protocol Path { static var isFast: Bool { get } }
/// No calls, hence no stack frame; whatever cannot be done inline branches to `Cold`.
enum Fast: Path { @inline(__always) static var isFast: Bool { true } }
/// May call, may fault; runs the instruction again as a whole.
enum Cold: Path { @inline(__always) static var isFast: Bool { false } }

/// Leaves the body: in `Fast` towards `Cold`, in `Cold` out of `run` with the reason in the CPU state.
struct Departure: Error {}

/// An instruction's semantics, written once and compiled for both paths.
///
/// A body touches memory before it changes any other state, so that leaving half-way leaves the guest precise.
protocol Semantics {
  /// Whose cold compilation serves this one: the most general of those that differ only in how an operand is reached or
  /// in whether flags are wanted. It keeps the number of compilations down; what a micro-op says suits both.
  associatedtype OutOfLine: Semantics = Self
  /// Executes and returns the next micro-op.
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer
  /// What a handler does with `p` when its common path cannot.
  static func leave(_ cpu: CPU, _ p: OpPointer) -> OpPointer?
}

extension Semantics {
  @inline(__always) static func leave(_ cpu: CPU, _ p: OpPointer) -> OpPointer? { Slow<OutOfLine>.run(cpu, p) }
}

/// What a body sees of the machine.
struct Context<P: Path> {
  let cpu: CPU
  /// Within a chain, the register that the micro-op in front has written.
  let carried: UInt64
  /// Within a chain, where that register is. Reading it through the very same address, the compiler sees that what the
  /// micro-op in front has stored there, a vector perhaps, is still in a register of the host.
  let carriedPlace: UnsafeMutableRawPointer
  @inline(__always) init(_ cpu: CPU) {
    self.cpu = cpu
    carried = 0
    carriedPlace = cpu.raw
  }
  @inline(__always) init(_ cpu: CPU, carrying value: Carried) {
    self.cpu = cpu
    carried = value.word
    carriedPlace = value.place
  }
}

extension Context {
  /// The general-purpose register (or address part) at `offset`, which is below 256; saying so lets the compiler see
  /// that nothing else of the state is meant.
  @inline(__always) func get<T: Word>(_ offset: UInt16, as: T.Type = T.self) -> T {
    cpu.raw.load(fromByteOffset: Int(UInt8(truncatingIfNeeded: offset)), as: T.self)
  }

  /// Writes a register: 32-bit results clear the upper half, 8- and 16-bit results keep the rest (SDM vol. 1, 3.4.1.1).
  @inline(__always) func set<T: Word>(_ offset: UInt16, _ value: T) {
    let offset = UInt8(truncatingIfNeeded: offset)
    if T.bitWidth == 32 {
      cpu.raw.storeBytes(of: UInt64(truncatingIfNeeded: value), toByteOffset: Int(offset), as: UInt64.self)
    } else {
      cpu.raw.storeBytes(of: value, toByteOffset: Int(offset), as: T.self)
    }
  }

  /// The host address of `count` guest bytes at `address` if the page table grants `right` (PageBits) on them.
  ///
  /// One compare covers the address bound (non-canonical and kernel addresses too) and the page crossing.
  @inline(__always) func host(_ address: UInt64, _ count: Int, _ right: UInt8, _ p: OpPointer) throws(Departure)
    -> UnsafeMutableRawPointer
  {
    // The hint also keeps the way to `Cold`, and the registers that it saves, out of the common path.
    if _fastPath(
      address & 0xFFFF_C000_0000_0FFF <= 0x1000 &- UInt64(truncatingIfNeeded: count)
        && cpu.pointee.page_table[Int(truncatingIfNeeded: address >> 12)] & right != 0)
    {
      return UnsafeMutableRawPointer(bitPattern: UInt(address)).unsafelyUnwrapped
    }
    if P.isFast { throw Departure() }
    return try slowHost(cpu, address, count, right, p)
  }

  @inline(__always) func load<T: Word>(_ address: UInt64, _ p: OpPointer) throws(Departure) -> T {
    try host(address, T.bitWidth / 8, Right.read, p).loadUnaligned(as: T.self)
  }

  @inline(__always) func store<T: Word>(_ address: UInt64, _ value: T, _ p: OpPointer) throws(Departure) {
    try host(address, T.bitWidth / 8, Right.write, p).storeBytes(of: value, as: T.self)
  }

  /// Leaves with an exception of the processor (SDM vol. 3A, table 6-1).
  @inline(__always) func raise(_ vector: Vector, error: UInt32 = 0, _ p: OpPointer) throws(Departure) -> Never {
    if !P.isFast { Machine.raise(cpu, vector, error, p) }
    throw Departure()
  }
}

/// Page table rights that an access asks for.
enum Right {
  @inline(__always) static var read: UInt8 { 0x01 }
  @inline(__always) static var write: UInt8 { 0x02 }
}

/// Exception vectors (SDM vol. 3A, table 6-1).
package enum Vector: UInt32, Sendable {
  case divideError = 0, debug = 1, breakpoint = 3, overflow = 4, invalidOpcode = 6, stackFault = 12
  case generalProtection = 13, pageFault = 14, x87 = 16, alignmentCheck = 17, simd = 19
}

/// The cold compilation of a body, out of line.
enum Slow<I: Semantics> {
  @inline(never) static func run(_ cpu: CPU, _ p: OpPointer) -> OpPointer? {
    // So that a fault of the host in here is known to be this instruction's.
    cpu.pointee.cold_op = UnsafeMutableRawPointer(p)
    defer { cpu.pointee.cold_op = nil }
    do {
      let next = try I.execute(Context<Cold>(cpu), p)
      // A store may just have changed the code of this very block: what follows must be decoded again.
      if cpu.pointee.code_changed != 0 { return Machine.resumeAfterCodeChange(cpu, p, next) }
      return next
    } catch {
      return nil
    }
  }
}

/// A handler whose common case is inline.
enum Tail<I: Semantics> {
  @inline(__always) static func run(_ cpu: CPU, _ p: OpPointer) -> OpPointer? {
    do {
      let next = try I.execute(Context<Fast>(cpu), p)
      return dispatch(cpu, next)
    } catch {
      return I.leave(cpu, p)
    }
  }
}

/// A handler for rare or long instructions: always the cold compilation.
enum Called<I: Semantics> {
  @inline(__always) static func run(_ cpu: CPU, _ p: OpPointer) -> OpPointer? { Slow<I.OutOfLine>.run(cpu, p) }
}

/// Goes on with `next`: a jump in release builds.
@inline(__always) func dispatch(_ cpu: CPU, _ next: OpPointer) -> OpPointer? {
  #if DEBUG
    return next
  #else
    return unsafeBitCast(next.pointee.handler, to: Handler.self)(cpu, next)
  #endif
}
