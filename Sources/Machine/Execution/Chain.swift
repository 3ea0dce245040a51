import CMachine

// Several micro-ops in one handler.
//
// A jump from handler to handler costs more than most handlers do. Sequences that programs execute often therefore have
// a handler of their own, which sits in the first micro-op of such a sequence and runs them all; the others keep their
// own handlers and are reached through them when an earlier one has left the common path. The sequences are listed in
// Sources/HandlerGenerator/ChainList.swift, from a profile (docs/Architecture.md, "Chains").

/// A micro-op within a chain; gives what stands in its `dst` afterwards, for the next one to use at once.
///
/// The load finds the store just before it, so that within a chain a result travels in a register of the host.
@inline(__always)
private func link<I: Semantics>(_: I.Type, _ cpu: CPU, _ p: OpPointer, _ carried: UInt64) throws(Departure) -> UInt64 {
  let destination = UInt8(truncatingIfNeeded: p.pointee.dst)
  _ = try I.execute(Context<Fast>(cpu, carrying: carried), p)
  return cpu.raw.load(fromByteOffset: Int(destination), as: UInt64.self)
}

/// The last micro-op of a chain.
@inline(__always)
private func last<I: Semantics>(_: I.Type, _ cpu: CPU, _ p: OpPointer, _ carried: UInt64) -> OpPointer? {
  do {
    return dispatch(cpu, try I.execute(Context<Fast>(cpu, carrying: carried), p))
  } catch {
    return I.leave(cpu, p)
  }
}

enum Chain2<A: Semantics, B: Semantics> {
  @inline(__always) static func run(_ cpu: CPU, _ p: OpPointer) -> OpPointer? {
    let a: UInt64
    do { a = try link(A.self, cpu, p, 0) } catch { return A.leave(cpu, p) }
    return last(B.self, cpu, p + 1, a)
  }
}

enum Chain3<A: Semantics, B: Semantics, C: Semantics> {
  @inline(__always) static func run(_ cpu: CPU, _ p: OpPointer) -> OpPointer? {
    let a: UInt64, b: UInt64
    do { a = try link(A.self, cpu, p, 0) } catch { return A.leave(cpu, p) }
    do { b = try link(B.self, cpu, p + 1, a) } catch { return B.leave(cpu, p + 1) }
    return last(C.self, cpu, p + 2, b)
  }
}

enum Chain4<A: Semantics, B: Semantics, C: Semantics, D: Semantics> {
  @inline(__always) static func run(_ cpu: CPU, _ p: OpPointer) -> OpPointer? {
    let a: UInt64, b: UInt64, c: UInt64
    do { a = try link(A.self, cpu, p, 0) } catch { return A.leave(cpu, p) }
    do { b = try link(B.self, cpu, p + 1, a) } catch { return B.leave(cpu, p + 1) }
    do { c = try link(C.self, cpu, p + 2, b) } catch { return C.leave(cpu, p + 2) }
    return last(D.self, cpu, p + 3, c)
  }
}

// MARK: - Places that the micro-op in front has just written

/// `Dst` where the micro-op in front wrote the same register.
enum CarriedDst: MutablePlace {
  typealias General = Dst
  @inline(__always) static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T {
    T(truncatingIfNeeded: c.carried)
  }
  @inline(__always) static func modify<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer, _ change: (T) -> T)
    throws(Departure) -> (T, T)
  {
    let old = T(truncatingIfNeeded: c.carried)
    let new = change(old)
    c.set(p.pointee.dst, new)
    return (old, new)
  }
  @inline(__always) static func write<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer, _ value: T) throws(Departure) {
    c.set(p.pointee.dst, value)
  }
}

/// `Src` where it is the register that the micro-op in front wrote.
enum CarriedSrc: Place {
  typealias General = Src
  @inline(__always) static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T {
    T(truncatingIfNeeded: c.carried)
  }
}

/// `MemB` with that base.
enum CarriedMemB: Address {
  typealias General = MemX
  @inline(__always) static func address<P: Path>(_ c: Context<P>, _ p: OpPointer) -> UInt64 {
    c.carried &+ UInt64(bitPattern: Int64(p.pointee.disp))
  }
}

/// `MemBI` with that base.
enum CarriedMemBI: Address {
  typealias General = MemX
  @inline(__always) static func address<P: Path>(_ c: Context<P>, _ p: OpPointer) -> UInt64 {
    c.carried &+ (c.get(UInt16(p.pointee.index), as: UInt64.self) &<< UInt64(p.pointee.scale))
      &+ UInt64(bitPattern: Int64(p.pointee.disp))
  }
}

/// `MemBI` with that index.
enum MemBCarriedI: Address {
  typealias General = MemX
  @inline(__always) static func address<P: Path>(_ c: Context<P>, _ p: OpPointer) -> UInt64 {
    c.get(UInt16(p.pointee.base), as: UInt64.self) &+ (c.carried &<< UInt64(p.pointee.scale))
      &+ UInt64(bitPattern: Int64(p.pointee.disp))
  }
}
