import CNativeOracle
import X86

@testable import Machine

/// The registers that a test sets and compares.
struct ProcessorState: Equatable {
  var gpr = [UInt64](repeating: 0, count: 16)
  var rflags: UInt64 = 0x202
  /// FXSAVE image without the pointers.
  var x87 = X87State()
  var xmm = [SIMD2<UInt64>](repeating: .zero, count: 16)
  /// The upper halves of the YMM registers.
  var ymmHigh = [SIMD2<UInt64>](repeating: .zero, count: 16)
  var mxcsr: UInt32 = 0x1f80
}

/// x87 state in the order of the stack, as FXSAVE stores it.
struct X87State: Equatable {
  var control: UInt16 = 0x37f
  var status: UInt16 = 0
  /// Bit i: physical register i is in use.
  var tag: UInt8 = 0
  /// ST(0)…ST(7): significand, sign and exponent.
  var stack = [X87Value](repeating: X87Value(), count: 8)
}

struct X87Value: Equatable {
  var significand: UInt64 = 0
  var signExponent: UInt16 = 0
}

/// How a run ended.
struct Ending: Equatable {
  /// 0 or a signal's number.
  var signal: Int32 = 0
  /// The faulting or next instruction, relative to the code, for signals.
  var rip: UInt64 = 0
  /// Of a page fault.
  var address: UInt64 = 0
}

extension ProcessorState {
  func store(to native: inout native_state) {
    withUnsafeMutableBytes(of: &native.gpr) {
      for (i, value) in gpr.enumerated() { $0.storeBytes(of: value, toByteOffset: i * 8, as: UInt64.self) }
    }
    native.rflags = rflags
    withUnsafeMutableBytes(of: &native.fxsave) { image in
      image.initializeMemory(as: UInt8.self, repeating: 0)
      image.storeBytes(of: x87.control, toByteOffset: 0, as: UInt16.self)
      image.storeBytes(of: x87.status, toByteOffset: 2, as: UInt16.self)
      image.storeBytes(of: x87.tag, toByteOffset: 4, as: UInt8.self)
      image.storeBytes(of: mxcsr, toByteOffset: 24, as: UInt32.self)
      for (i, value) in x87.stack.enumerated() {
        image.storeBytes(of: value.significand, toByteOffset: 32 + i * 16, as: UInt64.self)
        image.storeBytes(of: value.signExponent, toByteOffset: 40 + i * 16, as: UInt16.self)
      }
      for (i, value) in xmm.enumerated() {
        image.storeBytes(of: value, toByteOffset: 160 + i * 16, as: SIMD2<UInt64>.self)
      }
    }
    withUnsafeMutableBytes(of: &native.ymm_high) {
      for (i, value) in ymmHigh.enumerated() { $0.storeBytes(of: value, toByteOffset: i * 16, as: SIMD2<UInt64>.self) }
    }
  }

  init(_ native: inout native_state) {
    withUnsafeBytes(of: &native.gpr) { for i in 0..<16 { gpr[i] = $0.load(fromByteOffset: i * 8, as: UInt64.self) } }
    rflags = native.rflags
    withUnsafeBytes(of: &native.fxsave) { image in
      x87.control = image.load(fromByteOffset: 0, as: UInt16.self)
      x87.status = image.load(fromByteOffset: 2, as: UInt16.self)
      x87.tag = image.load(fromByteOffset: 4, as: UInt8.self)
      mxcsr = image.load(fromByteOffset: 24, as: UInt32.self)
      for i in 0..<8 {
        x87.stack[i].significand = image.load(fromByteOffset: 32 + i * 16, as: UInt64.self)
        x87.stack[i].signExponent = image.load(fromByteOffset: 40 + i * 16, as: UInt16.self)
      }
      for i in 0..<16 { xmm[i] = image.loadUnaligned(fromByteOffset: 160 + i * 16, as: SIMD2<UInt64>.self) }
    }
    withUnsafeBytes(of: &native.ymm_high) {
      for i in 0..<16 { ymmHigh[i] = $0.loadUnaligned(fromByteOffset: i * 16, as: SIMD2<UInt64>.self) }
    }
  }

  func store(to cpu: CPU) {
    for i in 0..<16 { cpu[gpr: i] = gpr[i] }
    cpu.flags = RFlags(rawValue: rflags)
    cpu.pointee.fcw = x87.control
    cpu.pointee.fsw = x87.status
    cpu.pointee.ftw = x87.tag
    cpu.pointee.mxcsr = mxcsr
    withUnsafeMutableBytes(of: &cpu.pointee.x87) { registers in
      for i in 0..<8 {
        let physical = (Int(x87.status >> 11) + i) & 7
        registers.storeBytes(of: x87.stack[i].significand, toByteOffset: physical * 16, as: UInt64.self)
        registers.storeBytes(of: x87.stack[i].signExponent, toByteOffset: physical * 16 + 8, as: UInt16.self)
      }
    }
    for i in 0..<16 {
      cpu.vector(i).storeBytes(of: xmm[i], as: SIMD2<UInt64>.self)
      cpu.vector(i).storeBytes(of: ymmHigh[i], toByteOffset: 16, as: SIMD2<UInt64>.self)
    }
  }

  init(_ cpu: CPU) {
    for i in 0..<16 { gpr[i] = cpu[gpr: i] }
    rflags = cpu.flags.rawValue
    x87.control = cpu.pointee.fcw
    x87.status = cpu.pointee.fsw
    x87.tag = cpu.pointee.ftw
    mxcsr = cpu.pointee.mxcsr
    withUnsafeBytes(of: &cpu.pointee.x87) { registers in
      for i in 0..<8 {
        let physical = (Int(x87.status >> 11) + i) & 7
        x87.stack[i].significand = registers.load(fromByteOffset: physical * 16, as: UInt64.self)
        x87.stack[i].signExponent = registers.load(fromByteOffset: physical * 16 + 8, as: UInt16.self)
      }
    }
    for i in 0..<16 {
      xmm[i] = cpu.vector(i).load(as: SIMD2<UInt64>.self)
      ymmHigh[i] = cpu.vector(i).load(fromByteOffset: 16, as: SIMD2<UInt64>.self)
    }
  }
}
