import X86

/// Where an operand of a general-purpose instruction lives.
protocol Place {
  /// A place that reads the same fields of a micro-op and reaches whatever this one does.
  associatedtype General: Place = Self
  static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T
}

/// A place that can be written.
protocol MutablePlace: Place where General: MutablePlace {
  /// Replaces the value by `change` of it, with one access, and returns both.
  static func modify<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer, _ change: (T) -> T) throws(Departure) -> (T, T)
  static func write<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer, _ value: T) throws(Departure)
}

/// The register in `dst`.
enum Dst: MutablePlace {
  @inline(__always) static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T {
    c.get(p.pointee.dst)
  }
  @inline(__always) static func modify<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer, _ change: (T) -> T)
    throws(Departure) -> (T, T)
  {
    let old: T = c.get(p.pointee.dst)
    let new = change(old)
    c.set(p.pointee.dst, new)
    return (old, new)
  }
  @inline(__always) static func write<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer, _ value: T) throws(Departure) {
    c.set(p.pointee.dst, value)
  }
}

/// The register in `src`.
enum Src: Place {
  @inline(__always) static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T {
    c.get(p.pointee.src)
  }
}

/// The immediate in `imm`.
enum Imm: Place {
  @inline(__always) static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T {
    T(truncatingIfNeeded: p.pointee.imm)
  }
}

/// The immediate of a terminator, in its extension record.
enum ExtendedImm: Place {
  @inline(__always) static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T {
    T(truncatingIfNeeded: p[1].disp)
  }
}

/// A way to compute an effective address.
protocol Address: MutablePlace where General: Address {
  static func address<P: Path>(_ c: Context<P>, _ p: OpPointer) -> UInt64
}

extension Address {
  @inline(__always) static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T {
    try c.load(address(c, p), p)
  }
  @inline(__always) static func modify<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer, _ change: (T) -> T)
    throws(Departure) -> (T, T)
  {
    let host = try c.host(address(c, p), T.bitWidth / 8, Right.write, p)
    let old = host.loadUnaligned(as: T.self)
    let new = change(old)
    host.storeBytes(of: new, as: T.self)
    return (old, new)
  }
  @inline(__always) static func write<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer, _ value: T) throws(Departure) {
    try c.store(address(c, p), value, p)
  }
}

/// [base + displacement]
enum MemB: Address {
  typealias General = MemX
  @inline(__always) static func address<P: Path>(_ c: Context<P>, _ p: OpPointer) -> UInt64 {
    c.get(UInt16(p.pointee.base), as: UInt64.self) &+ UInt64(bitPattern: Int64(p.pointee.disp))
  }
}

/// [base + index << scale + displacement]; with the FS or GS base as index also segment-relative operands.
enum MemBI: Address {
  typealias General = MemX
  @inline(__always) static func address<P: Path>(_ c: Context<P>, _ p: OpPointer) -> UInt64 {
    c.get(UInt16(p.pointee.base), as: UInt64.self)
      &+ (c.get(UInt16(p.pointee.index), as: UInt64.self) &<< UInt64(p.pointee.scale))
      &+ UInt64(bitPattern: Int64(p.pointee.disp))
  }
}

/// What `MemX` adds to base, index and displacement; the value of `MicroOp.kind`.
struct AddressKind: OptionSet {
  let rawValue: UInt8
  /// Relative to the start of the block, whose address `disp` takes into account.
  static let blockRelative = AddressKind(rawValue: 1)
  static let fs = AddressKind(rawValue: 2)
  static let gs = AddressKind(rawValue: 4)
  /// Truncate to 32 bits before the segment base is added (prefix 67).
  static let address32 = AddressKind(rawValue: 8)
  /// Add `farDistance`: the displacement from the start of the block does not fit 32 bits.
  static let far = AddressKind(rawValue: 16)
  static let farDistance: Int64 = 1 << 30
}

/// Any memory operand.
enum MemX: Address {
  @inline(__always) static func address<P: Path>(_ c: Context<P>, _ p: OpPointer) -> UInt64 { address(c, p, plus: 0) }

  /// With `offset` added where the address size and the segment base still apply (the bit strings of BT).
  @inline(__always) static func address<P: Path>(_ c: Context<P>, _ p: OpPointer, plus offset: UInt64) -> UInt64 {
    let kind = AddressKind(rawValue: p.pointee.kind)
    let displacement = UInt64(bitPattern: Int64(p.pointee.disp)) &+ offset
    if kind == .blockRelative { return p.header.pointee.rip &+ displacement }
    var address =
      c.get(UInt16(p.pointee.base), as: UInt64.self)
      &+ (c.get(UInt16(p.pointee.index), as: UInt64.self) &<< UInt64(p.pointee.scale)) &+ displacement
    if kind.contains(.blockRelative) { address &+= p.header.pointee.rip }
    if kind.contains(.far) { address &+= UInt64(AddressKind.farDistance) }
    if kind.contains(.address32) { address &= 0xffff_ffff }
    if kind.contains(.fs) { address &+= c.cpu.pointee.fs_base }
    if kind.contains(.gs) { address &+= c.cpu.pointee.gs_base }
    return address
  }
}

/// The address in `imm` (moffs operands of MOV).
enum MemImm: Address {
  @inline(__always) static func address<P: Path>(_ c: Context<P>, _ p: OpPointer) -> UInt64 { p.pointee.imm }
}
