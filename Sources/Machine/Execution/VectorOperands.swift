import X86

/// Where the last operand of a vector instruction lives, as bytes of the host.
///
/// Registers are memory too (the CPU state), so one instruction body serves XMM, MMX and general-purpose sources.
protocol VectorSource {
  /// As `Place.General`.
  associatedtype GeneralSource: VectorSource
  /// The address of `count` readable bytes. Sixteen bytes of guest memory must be aligned, as every legacy SSE
  /// instruction but the unaligned moves demands (SDM vol. 1, 4.6.4).
  static func bytes<P: Path>(_ c: Context<P>, _ p: OpPointer, _ count: Int) throws(Departure) -> UnsafeRawPointer
}

extension Src: VectorSource {
  typealias GeneralSource = Src

  @inline(__always) static func bytes<P: Path>(_ c: Context<P>, _ p: OpPointer, _: Int) throws(Departure)
    -> UnsafeRawPointer
  {
    UnsafeRawPointer(c.vector(p.pointee.src))
  }
}

/// The low bytes of the vector register in `src` (or those from where `src` points in it) as an operand of a move.
enum VectorPart: Place {
  @inline(__always) static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T {
    c.vector(p.pointee.src).load(as: T.self)
  }
}

/// The bytes of the vector register at `dst`.
enum VectorPartDst: MutablePlace {
  @inline(__always) static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T {
    c.vector(p.pointee.dst).load(as: T.self)
  }
  @inline(__always) static func modify<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer, _ change: (T) -> T)
    throws(Departure) -> (T, T)
  {
    let old: T = try read(c, p)
    let new = change(old)
    try write(c, p, new)
    return (old, new)
  }
  @inline(__always) static func write<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer, _ value: T) throws(Departure) {
    c.vector(p.pointee.dst).storeBytes(of: value, as: T.self)
  }
}

/// The immediate as the low half of a count operand: shifts look at the low 64 bits only (SDM vol. 2, PSLLW), and what
/// follows `imm` in the micro-op can be read.
extension Imm: VectorSource {
  typealias GeneralSource = Imm

  @inline(__always) static func bytes<P: Path>(_: Context<P>, _ p: OpPointer, _: Int) throws(Departure)
    -> UnsafeRawPointer
  {
    UnsafeRawPointer(p) + 8
  }
}

extension MemB: VectorSource { typealias GeneralSource = MemX }
extension MemBI: VectorSource { typealias GeneralSource = MemX }
extension MemX: VectorSource { typealias GeneralSource = MemX }

extension VectorSource where Self: Address {
  @inline(__always) static func bytes<P: Path>(_ c: Context<P>, _ p: OpPointer, _ count: Int) throws(Departure)
    -> UnsafeRawPointer
  {
    if count == 16 { return UnsafeRawPointer(try c.aligned(address(c, p), Right.read, p)) }
    return UnsafeRawPointer(try c.host(address(c, p), count, Right.read, p))
  }
}

extension Context {
  /// The register at `offset` in the CPU state.
  @inline(__always) func vector(_ offset: UInt16) -> UnsafeMutableRawPointer { cpu.raw + Int(offset) }

  /// The host address of sixteen guest bytes that must be aligned: #GP otherwise, before any page fault.
  ///
  /// One compare covers alignment and the address bound; aligned bytes never cross a page.
  @inline(__always) func aligned(_ address: UInt64, _ right: UInt8, _ p: OpPointer) throws(Departure)
    -> UnsafeMutableRawPointer
  {
    if _fastPath(address & 0xFFFF_C000_0000_000F == 0),
      _fastPath(cpu.pointee.page_table[Int(truncatingIfNeeded: address >> 12)] & right != 0)
    {
      return UnsafeMutableRawPointer(bitPattern: UInt(address)).unsafelyUnwrapped
    }
    if P.isFast { throw Departure() }
    if address & 15 != 0 { try raise(.generalProtection, p) }
    return try slowHost(cpu, address, 16, right, p)
  }
}

/// `d = a op b` on the bytes of registers or memory. `d` may be `a` or `b`.
protocol VectorOperation {
  static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer)
}
