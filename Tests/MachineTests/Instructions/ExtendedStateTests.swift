import Testing
import X86

@testable import Machine

/// XSAVE and its family against the host processor. Masks, headers and images at random; what is in use and what is not.
@Suite(.enabled(if: CPUModel.best.features.contains(.xsavec))) struct ExtendedStateTests {
  /// Some components in their initial state, some not.
  private func prepare(_ state: inout ProcessorState, _ random: inout SplitMix) {
    state.gpr[R.rax] = random.next() & 7
    state.gpr[R.rdx] = 0
    if random.next() & 1 == 0 { for number in 0..<16 { state.ymmHigh[number] = .zero } }
    if random.next() & 3 == 0 { for number in 0..<16 { state.xmm[number] = .zero } }
    state.mxcsr = random.next() & 1 == 0 ? 0x1f80 : 0x1f80 | UInt32(truncatingIfNeeded: random.next() & 0x603f)
    if random.next() & 1 == 0 {
      state.x87.tag = 0x80
      state.x87.status = 7 << 11
      state.x87.stack[0] = X87Value(significand: 1 << 63 | random.next(), signExponent: 0x3fff)
    }
  }

  /// Nothing is in its initial state: whether such a component counts as in use is the processor's own affair (SDM
  /// vol. 1, 13.6).
  private func prepareInUse(_ state: inout ProcessorState, _ random: inout SplitMix) {
    prepare(&state, &random)
    state.xmm[3] = SIMD2(random.next() | 1, random.next())
    state.ymmHigh[5] = SIMD2(random.next() | 1, random.next())
    state.x87.tag = 0x80
    state.x87.status = 7 << 11
    state.x87.stack[0] = X87Value(significand: 1 << 63 | random.next(), signExponent: 0x3fff)
  }

  @Test func savesMatchTheProcessor() {
    let cases: [(String, [UInt8])] = [
      ("xsave64", [0x48, 0x0f, 0xae, 0x23]), ("xsavec64", [0x48, 0x0f, 0xc7, 0x23]), ("xsave", [0x0f, 0xae, 0x23]),
      ("xsavec", [0x0f, 0xc7, 0x23]), ("xsave misaligned", [0x0f, 0xae, 0x63, 0x20]),
    ]
    // MXCSR_MASK is the processor's own: AMD's have a bit more.
    let erase: [UInt8] = [0xc7, 0x43, 0x1c, 0, 0, 0, 0]
    Differential.compare(cases.map { InstructionCase($0, $1 + erase, prepare: prepareInUse) }, count: 60, options: [])
  }

  @Test func restoresMatchTheProcessor() {
    let case64 = InstructionCase("xrstor64", [0x48, 0x0f, 0xae, 0x2b]) { state, random in
      prepare(&state, &random)
      let memory = TestMachine.data(Differential.middle, 1024)
      memory.initializeMemory(as: UInt8.self, repeating: 0)
      for offset in stride(from: 32, to: 416, by: 8) {
        memory.storeBytes(of: random.next(), toByteOffset: offset, as: UInt64.self)
      }
      for offset in stride(from: 576, to: 832, by: 8) {
        memory.storeBytes(of: random.next(), toByteOffset: offset, as: UInt64.self)
      }
      memory.storeBytes(of: 0x37f, as: UInt16.self)
      memory.storeBytes(of: UInt8(truncatingIfNeeded: random.next()), toByteOffset: 4, as: UInt8.self)
      // Registers hold numbers, and what lies behind them is zero.
      for number in 0..<8 {
        memory.storeBytes(of: 0x3fff, toByteOffset: 40 + number * 16, as: UInt64.self)
      }
      memory.storeBytes(of: random.next() & 7 == 0 ? 0xffff_0000 : 0x1fa5, toByteOffset: 24, as: UInt32.self)
      // XSTATE_BV, sometimes with what does not exist; the compacted format sometimes.
      memory.storeBytes(of: random.next() & (random.next() & 7 == 0 ? 0xff : 7), toByteOffset: 512, as: UInt64.self)
      if random.next() & 1 == 0 {
        memory.storeBytes(of: 7 | 1 << 63, toByteOffset: 520, as: UInt64.self)
      } else if random.next() & 7 == 0 {
        memory.storeBytes(of: random.next() & 7, toByteOffset: 520, as: UInt64.self)
      }
    }
    Differential.compare([case64], count: 300, options: [])
  }

  @Test func controlRegister() {
    Differential.withMachine { target in
      let address = target.place([0x0f, 0x01, 0xd0])
      var state = ProcessorState()
      state.gpr[R.rdx] = .max
      state.store(to: target.cpu)
      target.cpu.pointee.rip = address
      _ = target.machine.run(target.cpu)
      #expect(target.cpu.rax == CPUModel.best.enabledComponents)
      #expect(target.cpu.rdx == 0)
      state.gpr[R.rcx] = 2
      state.store(to: target.cpu)
      target.cpu.pointee.rip = address
      #expect(target.machine.run(target.cpu).isException(.generalProtection, at: address, target.cpu))
    }
  }
}
