/// The bits of RFLAGS as plain numbers (SDM vol. 1, 3.4.3), for handlers.
///
/// `RFlags` says the same, but from another module, where its members are calls: one in a handler costs a stack frame.
enum Flag {
  @inline(__always) static var carry: UInt64 { 1 << 0 }
  @inline(__always) static var alwaysSet: UInt64 { 1 << 1 }
  @inline(__always) static var parity: UInt64 { 1 << 2 }
  @inline(__always) static var adjust: UInt64 { 1 << 4 }
  @inline(__always) static var zero: UInt64 { 1 << 6 }
  @inline(__always) static var sign: UInt64 { 1 << 7 }
  @inline(__always) static var trap: UInt64 { 1 << 8 }
  @inline(__always) static var interrupt: UInt64 { 1 << 9 }
  @inline(__always) static var direction: UInt64 { 1 << 10 }
  @inline(__always) static var overflow: UInt64 { 1 << 11 }
  @inline(__always) static var resume: UInt64 { 1 << 16 }
  /// CF, PF, AF, ZF, SF and OF.
  @inline(__always) static var status: UInt64 { carry | parity | adjust | zero | sign | overflow }
}
