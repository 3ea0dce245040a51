// What handlers in C leave to Swift: page faults, alignment, masked lanes, unmasked floating-point exceptions.

import CMachine
import X86

/// The way out of a memory form's inline check.
@_cdecl("swemu_vector_slow")
func vectorSlow(_ cpu: UnsafeMutablePointer<swemu_cpu>, _ op: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  let p = op.assumingMemoryBound(to: MicroOp.self)
  return Slow<VectorInMemory>.run(cpu, p).map { UnsafeMutableRawPointer($0) }
}

/// The way out of a gather's inline checks.
@_cdecl("swemu_gather_slow")
func gatherSlow(_ cpu: UnsafeMutablePointer<swemu_cpu>, _ op: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  Slow<Gather>.run(cpu, op.assumingMemoryBound(to: MicroOp.self)).map { UnsafeMutableRawPointer($0) }
}

extension Context {
  /// The ModRM.rm operand of a vector micro-op in memory: all of it accessible, and aligned as the entry demands.
  fileprivate func vectorOperand(_ entry: swemu_vector_entry, _ p: OpPointer) throws(Departure)
    -> UnsafeMutableRawPointer
  {
    let address = MemX.address(self, p)
    if address & UInt64(entry.alignment) != 0 {
      // Beyond the canonical addresses of the stack #SS comes first.
      try raise(.generalProtection, p)
    }
    let right = Int32(entry.flags) & SWEMU_VECTOR_STORES != 0 ? Right.write : Right.read
    return try host(address, Int(entry.bytes), right, p)
  }

  fileprivate func execute(_ p: OpPointer, _ operand: UnsafeMutableRawPointer) {
    UnsafeMutableRawPointer(p).withMemoryRebound(to: swemu_op.self, capacity: 1) {
      swemu_vector_execute(cpu, $0, operand)
    }
  }
}

@inline(__always) private func entry(_ p: OpPointer) -> swemu_vector_entry {
  UnsafePointer<swemu_vector_entry>(bitPattern: UInt(p.pointee.imm & 0xffff_ffff_ffff)).unsafelyUnwrapped.pointee
}

/// Any vector instruction with a memory operand, out of line.
enum VectorInMemory: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let entry = entry(p)
    if Int32(entry.flags) & SWEMU_VECTOR_MASKED != 0 {
      try MaskedVector.execute(c, p, entry)
      return p + 1
    }
    c.execute(p, try c.vectorOperand(entry, p))
    return p + 1
  }
}

/// VMASKMOVxx lane by lane: masked lanes are not accessed. A store makes sure of all its lanes before it writes one.
enum MaskedVector {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer, _ entry: swemu_vector_entry) throws(Departure) {
    // "masked.32" or "masked.64"
    let lane = entry.name.7 == UInt8(ascii: "3") ? 4 : 8
    let stores = Int32(entry.flags) & SWEMU_VECTOR_STORES != 0
    let address = MemX.address(c, p)
    let mask = c.vector(p.pointee.src)
    let scratch = swemu_scratch(c.cpu)
    let right = stores ? Right.write : Right.read
    scratch.initializeMemory(as: UInt8.self, repeating: 0, count: 32)
    for offset in stride(from: 0, to: Int(entry.bytes), by: lane) where isSelected(mask + offset, lane) {
      let host = try c.host(address &+ UInt64(truncatingIfNeeded: offset), lane, right, p)
      if !stores { (scratch + offset).copyMemory(from: host, byteCount: lane) }
    }
    let register = c.vector(p.pointee.dst)
    guard stores else {
      register.copyMemory(from: scratch, byteCount: 32)
      return
    }
    for offset in stride(from: 0, to: Int(entry.bytes), by: lane) where isSelected(mask + offset, lane) {
      let host = try c.host(address &+ UInt64(truncatingIfNeeded: offset), lane, right, p)
      host.copyMemory(from: register + offset, byteCount: lane)
    }
  }

  private static func isSelected(_ mask: UnsafeRawPointer, _ lane: Int) -> Bool {
    mask.load(fromByteOffset: lane - 1, as: UInt8.self) & 0x80 != 0
  }
}

/// A floating-point instruction of a thread with unmasked exceptions: register form (`Src`) or memory (`MemX`).
enum CheckedVector<S: VectorSource>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let entry = entry(p)
    let operand =
      S.self == Src.self
      ? c.cpu.raw + Int(p.pointee.disp) : try c.vectorOperand(entry, p)
    if !MXCSR.isUnmasked(c.cpu) {
      c.execute(p, operand)
      return p + 1
    }
    let flags = Int32(entry.flags)
    try FloatCheck.execute(
      c, p, stores: flags & SWEMU_VECTOR_STORES != 0, isStaged: flags & SWEMU_VECTOR_STAGED != 0, operand
    ) { c.execute(p, $0) }
    return p + 1
  }
}
