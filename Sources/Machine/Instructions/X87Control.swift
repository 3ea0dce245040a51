// FWAIT FLDCW FNSTCW FNSTSW FNCLEX FNINIT, FLDENV FNSTENV FRSTOR FNSAVE (SDM vol. 2A, the instructions' own pages;
// layouts in vol. 1, figures 8-9 to 8-12).

import CMachine
import X86

enum X87Wait: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    // The status word in memory is old while the state is loaded, but then no exception is unmasked.
    if X87.isMasked(c.cpu.pointee.fcw) { return p + 1 }
    if P.isFast { throw Departure() }
    try X87.checkPending(c.cpu, p)
    return p + 1
  }
}

enum X87LoadControl: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    if !P.isFast { try X87.checkPending(c.cpu, p) }
    let value: UInt16 = try c.load(MemX.address(c, p), p)
    let control = X87.control(value)
    if c.cpu.pointee.x87_loaded != 0, X87.isMasked(control) {
      c.cpu.pointee.fcw = control
      swemu_x87_set_control(control)
      return p + 1
    }
    if P.isFast { throw Departure() }
    X87.settle(c.cpu)
    c.cpu.pointee.fcw = control
    X87.summarize(c.cpu)
    return p + 1
  }
}

enum X87StoreControl: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.store(MemX.address(c, p), c.cpu.pointee.fcw, p)
    return p + 1
  }
}

enum X87StoreStatus<D: MutablePlace>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try D.write(c, p, c.cpu.pointee.x87_loaded != 0 ? swemu_x87_status() : c.cpu.pointee.fsw)
    return p + 1
  }
}

/// FNCLEX: C0…C3 and TOP stay.
enum X87ClearExceptions: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    if c.cpu.pointee.x87_loaded != 0 {
      swemu_x87_clear_exceptions()
    } else {
      c.cpu.pointee.fsw &= 0x7f00
    }
    return p + 1
  }
}

enum X87Initialize: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    X87.initialize(c.cpu)
    return p + 1
  }
}

// MARK: - Environment

/// The environment in the format of 32-bit (28 bytes) or, with prefix 66, 16-bit protected mode (14 bytes): both sizes
/// hold control, status and tag word, then the pointers.
protocol X87Layout {
  associatedtype Field: Word
  static func storePointers(_ cpu: CPU, _ memory: UnsafeMutableRawPointer)
  static func loadPointers(_ cpu: CPU, _ memory: UnsafeMutableRawPointer)
}

extension X87Layout {
  @inline(__always) static var fieldSize: Int { Field.bitWidth / 8 }
  static var environmentSize: Int { 7 * fieldSize }

  /// Stores the environment; the unused upper half of a wide field reads as ones.
  static func store(_ cpu: CPU, _ memory: UnsafeMutableRawPointer) {
    let words = [cpu.pointee.fcw, cpu.pointee.fsw, X87.fullTags(cpu)]
    for (index, word) in words.enumerated() {
      memory.storeBytes(
        of: Field(truncatingIfNeeded: 0xffff_0000 | UInt32(word)), toByteOffset: index * fieldSize, as: Field.self)
    }
    storePointers(cpu, memory + 3 * fieldSize)
  }

  static func load(_ cpu: CPU, _ memory: UnsafeMutableRawPointer) {
    cpu.pointee.fcw = X87.control(memory.loadUnaligned(as: UInt16.self))
    cpu.pointee.fsw = memory.loadUnaligned(fromByteOffset: fieldSize, as: UInt16.self)
    cpu.pointee.ftw = X87.abridged(memory.loadUnaligned(fromByteOffset: 2 * fieldSize, as: UInt16.self))
    X87.summarize(cpu)
    loadPointers(cpu, memory + 3 * fieldSize)
  }
}

enum X87Layout32: X87Layout {
  typealias Field = UInt32

  static func storePointers(_ cpu: CPU, _ memory: UnsafeMutableRawPointer) {
    memory.storeBytes(of: UInt32(truncatingIfNeeded: cpu.pointee.fip), as: UInt32.self)
    // Selectors are no longer kept (SDM vol. 1, 8.1.8); the opcode shares CS's word.
    memory.storeBytes(of: UInt32(cpu.pointee.fop & 0x7ff) << 16, toByteOffset: 4, as: UInt32.self)
    memory.storeBytes(of: UInt32(truncatingIfNeeded: cpu.pointee.fdp), toByteOffset: 8, as: UInt32.self)
    memory.storeBytes(of: 0xffff_0000, toByteOffset: 12, as: UInt32.self)
  }

  static func loadPointers(_ cpu: CPU, _ memory: UnsafeMutableRawPointer) {
    cpu.pointee.fip = UInt64(memory.loadUnaligned(as: UInt32.self))
    cpu.pointee.fop = memory.loadUnaligned(fromByteOffset: 6, as: UInt16.self) & 0x7ff
    cpu.pointee.fdp = UInt64(memory.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
  }
}

enum X87Layout16: X87Layout {
  typealias Field = UInt16

  static func storePointers(_ cpu: CPU, _ memory: UnsafeMutableRawPointer) {
    memory.storeBytes(of: UInt16(truncatingIfNeeded: cpu.pointee.fip), as: UInt16.self)
    memory.storeBytes(of: 0, toByteOffset: 2, as: UInt16.self)
    memory.storeBytes(of: UInt16(truncatingIfNeeded: cpu.pointee.fdp), toByteOffset: 4, as: UInt16.self)
    memory.storeBytes(of: 0, toByteOffset: 6, as: UInt16.self)
  }

  static func loadPointers(_ cpu: CPU, _ memory: UnsafeMutableRawPointer) {
    cpu.pointee.fip = UInt64(memory.loadUnaligned(as: UInt16.self))
    cpu.pointee.fdp = UInt64(memory.loadUnaligned(fromByteOffset: 4, as: UInt16.self))
    cpu.pointee.fop = 0
  }
}

/// FLDENV. An exception that it unmasks is pending afterwards.
enum X87LoadEnvironment<L: X87Layout>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try X87.checkPending(c.cpu, p)
    let memory = try c.host(MemX.address(c, p), L.environmentSize, Right.read, p)
    X87.settle(c.cpu)
    L.load(c.cpu, memory)
    return p + 1
  }
}

/// FNSTENV masks all exceptions once they are stored.
enum X87StoreEnvironment<L: X87Layout>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let memory = try c.host(MemX.address(c, p), L.environmentSize, Right.write, p)
    X87.settle(c.cpu)
    L.store(c.cpu, memory)
    c.cpu.pointee.fcw |= X87.exceptions
    X87.summarize(c.cpu)
    return p + 1
  }
}

enum X87Restore<L: X87Layout>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try X87.checkPending(c.cpu, p)
    let memory = try c.host(MemX.address(c, p), L.environmentSize + 80, Right.read, p)
    X87.settle(c.cpu)
    L.load(c.cpu, memory)
    for number in 0..<8 {
      X87.stackRegister(c.cpu, number).copyMemory(from: memory + L.environmentSize + number * 10, byteCount: 10)
    }
    return p + 1
  }
}

enum X87Save<L: X87Layout>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let memory = try c.host(MemX.address(c, p), L.environmentSize + 80, Right.write, p)
    X87.settle(c.cpu)
    L.store(c.cpu, memory)
    for number in 0..<8 {
      (memory + L.environmentSize + number * 10).copyMemory(from: X87.stackRegister(c.cpu, number), byteCount: 10)
    }
    X87.initialize(c.cpu)
    return p + 1
  }
}
