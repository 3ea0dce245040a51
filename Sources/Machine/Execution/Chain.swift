import CMachine

// Several micro-ops in one handler.
//
// A jump from handler to handler costs more than most handlers do. Sequences that programs execute often therefore have
// a handler of their own, which sits in the first micro-op of such a sequence and runs them all; the others keep their
// own handlers and are reached through them when an earlier one has left the common path. The sequences are listed in
// Sources/HandlerGenerator/ChainList.swift, from a profile (docs/Architecture.md, "Chains").

/// What a micro-op in a chain hands to the next: the register that its `dst` names.
struct Carried {
  /// Its low 64 bits.
  let word: UInt64
  let place: UnsafeMutableRawPointer
}

/// A micro-op within a chain.
///
/// The load finds the store just before it, so that within a chain a result travels in a register of the host.
@inline(__always)
private func link<I: Semantics>(_: I.Type, _ c: Context<Fast>, _ p: OpPointer) throws(Departure) -> Carried {
  let destination = p.pointee.dst
  _ = try I.execute(c, p)
  let word = c.cpu.raw.load(fromByteOffset: Int(UInt8(truncatingIfNeeded: destination)), as: UInt64.self)
  return Carried(word: word, place: c.vector(destination))
}

/// The last micro-op of a chain.
@inline(__always)
private func last<I: Semantics>(_: I.Type, _ c: Context<Fast>, _ p: OpPointer) -> OpPointer? {
  do {
    return dispatch(c.cpu, try I.execute(c, p))
  } catch {
    return I.leave(c.cpu, p)
  }
}

enum Chain2<A: Semantics, B: Semantics> {
  @inline(__always) static func run(_ cpu: CPU, _ p: OpPointer) -> OpPointer? {
    let a: Carried
    do { a = try link(A.self, Context(cpu), p) } catch { return A.leave(cpu, p) }
    return last(B.self, Context(cpu, carrying: a), p + 1)
  }
}

enum Chain3<A: Semantics, B: Semantics, C: Semantics> {
  @inline(__always) static func run(_ cpu: CPU, _ p: OpPointer) -> OpPointer? {
    let a: Carried, b: Carried
    do { a = try link(A.self, Context(cpu), p) } catch { return A.leave(cpu, p) }
    do { b = try link(B.self, Context(cpu, carrying: a), p + 1) } catch { return B.leave(cpu, p + 1) }
    return last(C.self, Context(cpu, carrying: b), p + 2)
  }
}

enum Chain4<A: Semantics, B: Semantics, C: Semantics, D: Semantics> {
  @inline(__always) static func run(_ cpu: CPU, _ p: OpPointer) -> OpPointer? {
    let a: Carried, b: Carried, c: Carried
    do { a = try link(A.self, Context(cpu), p) } catch { return A.leave(cpu, p) }
    do { b = try link(B.self, Context(cpu, carrying: a), p + 1) } catch { return B.leave(cpu, p + 1) }
    do { c = try link(C.self, Context(cpu, carrying: b), p + 2) } catch { return C.leave(cpu, p + 2) }
    return last(D.self, Context(cpu, carrying: c), p + 3)
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

// MARK: - The same for vectors

extension CarriedSrc: VectorSource {
  typealias GeneralSource = Src
  @inline(__always) static func bytes<P: Path>(_ c: Context<P>, _ p: OpPointer, _: Int) throws(Departure)
    -> UnsafeRawPointer
  {
    UnsafeRawPointer(c.carriedPlace)
  }
}

/// `VectorPart` where it is the register that the micro-op in front wrote.
enum CarriedVectorPart: Place {
  typealias General = VectorPart
  @inline(__always) static func read<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> T {
    c.carriedPlace.load(as: T.self)
  }
}

/// `ComputeFloat` whose destination the micro-op in front wrote, for operations that read it.
enum CarriedFloat<O: FloatOperation, S: VectorSource>: Semantics {
  typealias OutOfLine = ComputeFloat<O, S.GeneralSource>
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    O.apply(c.carriedPlace, c.carriedPlace, try S.bytes(c, p, O.Format.sourceBytes))
    return p + 1
  }
}
