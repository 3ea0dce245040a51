import CMachine
import X86

/// The state of one guest thread; the layout is in CMachine.h.
package typealias CPU = UnsafeMutablePointer<swemu_cpu>

/// Byte offsets of state that micro-ops address.
enum Offset {
  static let zero: UInt8 = UInt8(truncatingIfNeeded: MemoryLayout<swemu_cpu>.offset(of: \.zero) ?? 0)
  static let fsBase: UInt8 = UInt8(truncatingIfNeeded: MemoryLayout<swemu_cpu>.offset(of: \.fs_base) ?? 0)
  static let gsBase: UInt8 = UInt8(truncatingIfNeeded: MemoryLayout<swemu_cpu>.offset(of: \.gs_base) ?? 0)
  static let vector: UInt16 = UInt16(truncatingIfNeeded: MemoryLayout<swemu_cpu>.offset(of: \.vector) ?? 0)
  static let x87: UInt16 = UInt16(truncatingIfNeeded: MemoryLayout<swemu_cpu>.offset(of: \.x87) ?? 0)

  /// The offset of a general-purpose or vector register operand; nil for other files.
  static func of(_ register: Register) -> UInt16? {
    switch register.file {
    case .general8, .general16, .general32, .general64: UInt16(register.number & 15) * 8
    case .high8: UInt16(register.number & 3) * 8 + 1
    case .xmm, .ymm: vector + UInt16(register.number & 15) * 64
    // The low 64 bits of physical x87 registers (SDM vol. 1, 9.2.2).
    case .mmx: x87 + UInt16(register.number & 7) * 16
    default: nil
    }
  }
}

extension UnsafeMutablePointer where Pointee == swemu_cpu {
  @inline(__always) var raw: UnsafeMutableRawPointer { UnsafeMutableRawPointer(self) }

  /// General-purpose register `number` in encoding order, 64 bits.
  @inline(__always) package subscript(gpr number: Int) -> UInt64 {
    get { raw.load(fromByteOffset: (number & 15) &* 8, as: UInt64.self) }
    nonmutating set { raw.storeBytes(of: newValue, toByteOffset: (number & 15) &* 8, as: UInt64.self) }
  }

  package var rax: UInt64 {
    get { self[gpr: 0] }
    nonmutating set { self[gpr: 0] = newValue }
  }
  package var rcx: UInt64 {
    get { self[gpr: 1] }
    nonmutating set { self[gpr: 1] = newValue }
  }
  package var rdx: UInt64 {
    get { self[gpr: 2] }
    nonmutating set { self[gpr: 2] = newValue }
  }
  package var rbx: UInt64 {
    get { self[gpr: 3] }
    nonmutating set { self[gpr: 3] = newValue }
  }
  package var rsp: UInt64 {
    get { self[gpr: 4] }
    nonmutating set { self[gpr: 4] = newValue }
  }
  package var rbp: UInt64 {
    get { self[gpr: 5] }
    nonmutating set { self[gpr: 5] = newValue }
  }
  package var rsi: UInt64 {
    get { self[gpr: 6] }
    nonmutating set { self[gpr: 6] = newValue }
  }
  package var rdi: UInt64 {
    get { self[gpr: 7] }
    nonmutating set { self[gpr: 7] = newValue }
  }

  /// RFLAGS with the status flags worked out. Setting it makes them explicit.
  package var flags: RFlags {
    get { RFlags(rawValue: LazyFlags.packed(self)) }
    nonmutating set {
      pointee.rflags = newValue.rawValue | Flag.alwaysSet
      pointee.lazy_kind = 0
    }
  }

  /// Vector register `number` as raw bytes (64 of them).
  package func vector(_ number: Int) -> UnsafeMutableRawPointer {
    raw + Int(Offset.vector) + (number & 31) * 64
  }
}
