import Testing

@testable import Machine

/// LDMXCSR and STMXCSR, and blocks for threads with and without unmasked exceptions.
@Suite struct SSEControlTests {
  /// ldmxcsr [rbx]; divsd xmm0, xmm1; mulpd xmm2, xmm3; stmxcsr [rbx+8]; ldmxcsr [rbx+4]; addss xmm4, xmm5;
  /// cvtsd2si rax, xmm6; ucomisd xmm7, xmm8; stmxcsr [rbx+12]
  private static let straight: [UInt8] = [
    0x0f, 0xae, 0x13, 0xf2, 0x0f, 0x5e, 0xc1, 0x66, 0x0f, 0x59, 0xd3, 0x0f, 0xae, 0x5b, 0x08, 0x0f, 0xae, 0x53, 0x04,
    0xf3,
    0x0f, 0x58, 0xe5, 0xf2, 0x48, 0x0f, 0x2d, 0xc6, 0x66, 0x41, 0x0f, 0x2e, 0xf8, 0x0f, 0xae, 0x5b, 0x0c,
  ]

  /// mov ecx, 8; loop: ldmxcsr [rbx+rcx*4]; addsd xmm0, xmm1; divsd xmm2, xmm3; mulss xmm4, xmm5; dec ecx; jnz loop;
  /// stmxcsr [rbx]
  private static let loop: [UInt8] = [
    0xb9, 8, 0, 0, 0, 0x0f, 0xae, 0x14, 0x8b, 0xf2, 0x0f, 0x58, 0xc1, 0xf2, 0x0f, 0x5e, 0xd3, 0xf3, 0x0f, 0x59, 0xe5,
    0xff,
    0xc9, 0x75, 0xec, 0x0f, 0xae, 0x1b,
  ]

  @Test(arguments: [straight, loop]) func controlChangesInTheMiddleOfCode(_ code: [UInt8]) {
    let masked = InstructionCase("masked", code) { state, random in
      Self.prepare(&state, &random) { UInt32(truncatingIfNeeded: $0.next() & 0xffff) | 0x1f80 }
    }
    // Of the masks three quarters are set, so that several instructions run before one raises.
    let unmasked = InstructionCase("unmasked", code) { state, random in
      Self.prepare(&state, &random) { UInt32(truncatingIfNeeded: ($0.next() & 0xffff) | ($0.next() & 0x1f80)) }
    }
    // Bit 17 is one of AMD's own.
    let reserved = InstructionCase("reserved", code) { state, random in
      Self.prepare(&state, &random) {
        0x1f80 | ($0.next() & 3 == 0 ? 1 << UInt32(truncatingIfNeeded: 18 + $0.next() % 14) : 0)
      }
    }
    Differential.compare([masked, unmasked, reserved], count: 200)
  }

  private static func prepare(
    _ state: inout ProcessorState, _ random: inout SplitMix, _ control: (inout SplitMix) -> UInt32
  ) {
    for register in 0..<16 {
      state.xmm[register] = [VectorValues.word(.doubles, &random), VectorValues.word(.doubles, &random)]
    }
    let memory = TestMachine.data(Differential.middle, 64)
    for offset in stride(from: 0, to: memory.count, by: 4) {
      memory.storeBytes(of: control(&random), toByteOffset: offset, as: UInt32.self)
    }
  }

  /// call f; ldmxcsr [rbx]; call f; int3; f: movapd xmm2, xmm0; divsd xmm2, xmm1; ret
  ///
  /// The blocks of `f` and its return were built and remembered with all exceptions masked.
  @Test func rememberedBlocksAreNotUsedForUnmaskedThreads() {
    let code: [UInt8] = [
      0xe8, 9, 0, 0, 0, 0x0f, 0xae, 0x13, 0xe8, 1, 0, 0, 0, 0xcc, 0x66, 0x0f, 0x28, 0xd0, 0xf2, 0x0f, 0x5e, 0xd1, 0xc3,
    ]
    Differential.withMachine { target in
      let address = target.place(code)
      var state = ProcessorState()
      state.gpr[R.rsp] = Differential.stackTop
      state.gpr[R.rbx] = Differential.middle
      state.xmm[0] = [0x3ff0_0000_0000_0000, 0]
      func run(_ loaded: UInt32) -> Exit {
        TestMachine.data(Differential.middle, 4).storeBytes(of: loaded, as: UInt32.self)
        state.store(to: target.cpu)
        target.cpu.pointee.rip = address
        return target.machine.run(target.cpu)
      }
      for _ in 0..<3 {
        #expect(vector(run(0x1f80)) == .breakpoint)
        #expect(target.cpu.pointee.rip == address + 14)
        #expect(target.cpu.pointee.mxcsr == 0x1f84)
        // 1 / 0 once masked, once not.
        #expect(vector(run(0x1d80)) == .simd)
        #expect(target.cpu.pointee.rip == address + 18)
        #expect(target.cpu.pointee.mxcsr == 0x1d84)
        // As a signal handler finds it: the kernel changes the register between two runs.
        state.mxcsr = 0x1d80
        #expect(vector(run(0x1f80)) == .simd)
        #expect(target.cpu.pointee.rip == address + 18)
        #expect(target.cpu.pointee.mxcsr == 0x1d84)
        state.mxcsr = 0x1f80
      }
    }
  }

  private func vector(_ exit: Exit) -> Vector? {
    if case .exception(let exception) = exit { return exception.vector }
    return nil
  }

  /// Legacy instructions leave the upper halves of the YMM registers alone (SDM vol. 1, 14.1.1).
  @Test func upperLanesStay() {
    var random = SplitMix(seed: 7)
    let forms = VectorForms.moves + VectorForms.integer + VectorForms.float
    Differential.withMachine { target in
      for form in forms {
        for item in form.cases(&random, { _, _ in }) {
          var state = ProcessorState()
          state.gpr[R.rbx] = Differential.middle
          state.store(to: target.cpu)
          for register in 0..<16 {
            target.cpu.vector(register).storeBytes(of: [1, UInt64(register)], toByteOffset: 16, as: SIMD2<UInt64>.self)
          }
          target.cpu.pointee.rip = target.place(item.bytes)
          _ = target.machine.run(target.cpu)
          for register in 0..<16 {
            let upper = target.cpu.vector(register).load(fromByteOffset: 16, as: SIMD2<UInt64>.self)
            #expect(upper == [1, UInt64(register)], "\(item.name)")
          }
        }
      }
    }
  }
}
