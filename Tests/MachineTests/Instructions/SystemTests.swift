import Testing
import X86

@Suite struct SystemTests {
  @Test func hints() {
    let cases: [(String, [UInt8])] = [
      ("nop", [0x90]), ("nop2", [0x66, 0x90]), ("nop multi", [0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0]),
      ("nop multi 66", [0x66, 0x2e, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0]), ("nop reg", [0x0f, 0x1f, 0xc3]),
      ("pause", [0xf3, 0x90]),
      ("endbr64", [0xf3, 0x0f, 0x1e, 0xfa]), ("endbr32", [0xf3, 0x0f, 0x1e, 0xfb]),
      ("prefetchnta", [0x0f, 0x18, 0x03]),
      ("prefetcht2", [0x0f, 0x18, 0x1b]), ("prefetchw", [0x0f, 0x0d, 0x0b]), ("lfence", [0x0f, 0xae, 0xe8]),
      ("mfence", [0x0f, 0xae, 0xf0]), ("sfence", [0x0f, 0xae, 0xf8]), ("clflush", [0x0f, 0xae, 0x3b]),
      ("nop 49 90 xchg", [0x49, 0x90]), ("nop 48 90", [0x48, 0x90]), ("hint 19", [0x0f, 0x19, 0x03]),
    ]
    Differential.compare(cases.map { InstructionCase($0.0, $0.1) }, count: 8)
  }

  /// What user mode may not do, and what does not exist.
  @Test func refusals() {
    let cases: [(String, [UInt8])] = [
      ("ud2", [0x0f, 0x0b]), ("ud1", [0x0f, 0xb9, 0xc0]), ("ud0", [0x0f, 0xff, 0xc0]), ("hlt", [0xf4]), ("cli", [0xfa]),
      ("sti", [0xfb]), ("in al, dx", [0xec]), ("in eax, imm", [0xe5, 0x80]), ("out dx, eax", [0xef]),
      ("out imm, al", [0xe6, 0x80]),
      ("insb", [0x6c]), ("rep outsb", [0xf3, 0x6e]), ("int 5", [0xcd, 5]), ("int 0x21", [0xcd, 0x21]),
      ("rdmsr", [0x0f, 0x32]),
      ("wrmsr", [0x0f, 0x30]), ("mov rax, cr0", [0x0f, 0x20, 0xc0]), ("mov dr7, rax", [0x0f, 0x23, 0xf8]),
      ("clts", [0x0f, 0x06]),
      ("invd", [0x0f, 0x08]), ("wbinvd", [0x0f, 0x09]), ("invlpg", [0x0f, 0x01, 0x3b]), ("lgdt", [0x0f, 0x01, 0x13]),
      ("lidt", [0x0f, 0x01, 0x1b]), ("lldt", [0x0f, 0x00, 0xd0]), ("ltr", [0x0f, 0x00, 0xd8]),
      ("lmsw", [0x0f, 0x01, 0xf0]),
      ("swapgs", [0x0f, 0x01, 0xf8]), ("sysret", [0x48, 0x0f, 0x07]), ("sysexit", [0x0f, 0x35]), ("int3", [0xcc]),
      ("int 3", [0xcd, 3]), ("int 4", [0xcd, 4]), ("push es", [0x06]), ("daa", [0x27]), ("aam", [0xd4, 10]),
      ("bound", [0x62, 0]),
      ("mov cs, eax", [0x8e, 0xc8]), ("rdpmc", [0x0f, 0x33]), ("monitor", [0x0f, 0x01, 0xc8]),
      ("clac", [0x0f, 0x01, 0xca]), ("xsetbv", [0x0f, 0x01, 0xd1]),
    ]
    Differential.compare(cases.map { InstructionCase($0.0, $0.1) }, count: 2)
  }

  /// FS is left alone: the host's thread-local storage hangs on it.
  @Test func segmentRegisters() {
    var cases: [InstructionCase] = []
    for segment in [0, 1, 2, 3, 5] {
      for width in [16, 32, 64] {
        cases.append(
          InstructionCase(
            "mov edx:\(width), sreg \(segment)",
            Encoding.modRM([0x8c], width: width, reg: segment, rm: .register(R.rdx))))
      }
      cases.append(
        InstructionCase("mov [rbx], sreg \(segment)", Encoding.modRM([0x8c], reg: segment, rm: .memory(base: R.rbx))))
      cases.append(
        InstructionCase(
          "mov [rbx], sreg \(segment) w", Encoding.modRM([0x8c], width: 64, reg: segment, rm: .memory(base: R.rbx))))
      guard segment != 1 else { continue }
      for selector in [
        0, 1, 2, 3, 0x8, 0x10, 0x18, 0x20, 0x23, 0x28, 0x2a, 0x2b, 0x33, 0x43, 0x53, 0x63, 0x7b, 0x80, 0x83, 7, 0xffff,
      ] as [UInt64] {
        cases.append(
          InstructionCase(
            "mov sreg \(segment), \(selector)",
            // Load, read back, and put the usual value back.
            Encoding.modRM([0x8e], reg: segment, rm: .register(R.rcx))
              + Encoding.modRM([0x8c], reg: segment, rm: .register(R.rdx))
              + Encoding.modRM([0x8e], reg: segment, rm: .register(R.r8))
          ) { state, _ in
            state.gpr[R.rcx] = 0xffff_0000 | selector
            state.gpr[R.r8] = segment == 2 ? 0x2b : 0
          })
      }
    }
    cases.append(InstructionCase("push gs, pop", [0x0f, 0xa8, 0x59]))
    cases.append(InstructionCase("push16 gs", [0x66, 0x0f, 0xa8]))
    cases.append(
      InstructionCase("pop gs", [0x0f, 0xa9]) { state, _ in
        TestMachine.data(state.gpr[R.rsp], 8).storeBytes(of: 0, as: UInt64.self)
      })
    cases.append(
      // With REX.W AMD's processors differ from Intel's.
      InstructionCase("lgs edx, [rbx]", [0x0f, 0xb5, 0x13]) { state, _ in
        TestMachine.data(state.gpr[R.rbx], 16).storeBytes(of: 0, toByteOffset: 4, as: UInt32.self)
      })
    for selector in [0, 8, 0x10, 0x23, 0x2b, 0x33, 0x40, 0x63, 0x73, 0xffff] as [UInt64] {
      for opcode in [0x02, 0x03] as [UInt8] {
        for width in [16, 32, 64] {
          cases.append(
            InstructionCase(
              "lar/lsl \(opcode):\(width) \(selector)",
              Encoding.modRM([0x0f, opcode], width: width, reg: R.rdx, rm: .register(R.rcx))
            ) { state, _ in state.gpr[R.rcx] = selector })
        }
      }
      for number in [4, 5] {
        cases.append(
          InstructionCase(
            "verr/verw \(number) \(selector)", Encoding.modRM([0x0f, 0x00], reg: number, rm: .register(R.rcx))
          ) {
            state, _ in state.gpr[R.rcx] = selector
          })
      }
    }
    Differential.compare(cases, count: 3)
  }

  @Test func segmentBases() {
    var cases: [InstructionCase] = []
    for width in [32, 64] {
      // WRGSBASE rcx, RDGSBASE rdx, and zero again.
      let write = Encoding.modRM([0x0f, 0xae], width: width, reg: 3, rm: .register(R.rcx), prefixes: [0xf3])
      let read = Encoding.modRM([0x0f, 0xae], width: width, reg: 1, rm: .register(R.rdx), prefixes: [0xf3])
      let clear: [UInt8] = [0x31, 0xc9]
      cases.append(
        InstructionCase("gsbase:\(width)", write + read + clear + write, undefined: .adjust) { state, generator in
          if generator.next() & 1 == 0 { state.gpr[R.rcx] &= 0x7fff_ffff_ffff }
        })
    }
    // A load and a string instruction relative to GS.
    cases.append(
      InstructionCase(
        "gs memory",
        [
          0xf3, 0x48, 0x0f, 0xae, 0xd9, 0x65, 0x48, 0x8b, 0x12, 0x65, 0x48, 0xad, 0x31, 0xc9, 0xf3, 0x48, 0x0f, 0xae,
          0xd9,
        ],
        undefined: .adjust
      ) { state, generator in
        state.gpr[R.rcx] = 0x1000_0000
        state.gpr[R.rdx] = TestMachine.dataAddress - 0x1000_0000 + generator.next() % 0x1000
        state.gpr[R.rsi] = state.gpr[R.rdx] + 8
      })
    Differential.compare(cases, count: 40)
  }

  /// IRETQ, RETF, far JMP and CALL to an instruction behind them, which the code finds with LEA.
  @Test func farTransfers() {
    // LEA rax, [rip + n]; the target is behind the transfer and a UD2.
    func code(_ transfer: [UInt8], _ store: [UInt8]) -> [UInt8] {
      let skip = store.count + transfer.count + 2
      return [0x48, 0x8d, 0x05] + Encoding.little(Int32(skip)) + store + transfer + [0x0f, 0x0b] + [0x48, 0xff, 0xc3]
    }
    let toStack: [UInt8] = [0x48, 0x89, 0x04, 0x24]
    var cases: [InstructionCase] = []
    for selector in [0x33, 0x30, 0x2b, 0, 0x10, 0x63, 0xffff] as [UInt64] {
      for stack in [0x2b, 0, 0x33, 0x28] as [UInt64] {
        cases.append(
          InstructionCase("iretq \(selector), \(stack)", code([0x48, 0xcf], toStack) + [0x48, 0x89, 0xe1, 0x9c]) {
            state, generator in
            let frame = TestMachine.data(state.gpr[R.rsp], 64)
            frame.storeBytes(of: selector, toByteOffset: 8, as: UInt64.self)
            let flags = generator.next() & ~(RFlags.trap.rawValue | RFlags.alignmentCheck.rawValue)
            frame.storeBytes(of: flags, toByteOffset: 16, as: UInt64.self)
            frame.storeBytes(of: state.gpr[R.rsp] + 0x200, toByteOffset: 24, as: UInt64.self)
            frame.storeBytes(of: stack, toByteOffset: 32, as: UInt64.self)
          })
      }
      for (name, bytes) in [("retfq", [0x48, 0xcb]), ("retfq 8", [0x48, 0xca, 8, 0])] as [(String, [UInt8])] {
        cases.append(
          InstructionCase("\(name) \(selector)", code(bytes, toStack)) { state, _ in
            TestMachine.data(state.gpr[R.rsp], 16).storeBytes(of: selector, toByteOffset: 8, as: UInt64.self)
          })
      }
    }
    // RIP beyond what is canonical.
    cases.append(
      InstructionCase("retfq far away", [0x48, 0xcb]) { state, _ in
        let frame = TestMachine.data(state.gpr[R.rsp], 16)
        frame.storeBytes(of: 0x8000_0000_0000, as: UInt64.self)
        frame.storeBytes(of: 0x33, toByteOffset: 8, as: UInt64.self)
      })
    Differential.compare(cases, count: 4)
  }

  /// Far JMP and CALL take 32-bit offsets, which the host's code page is not in reach of: in the machine only.
  @Test func farJumps() {
    let target = UInt32(TestMachine.codeAddress) + 0x40
    let pointer = Encoding.little(target) + [0x33, 0]
    Differential.run([0xff, 0x2b], at: TestMachine.codeAddress, pointer: pointer) { cpu, exit in
      #expect(exit.isBreakpoint(at: UInt64(target), cpu))
    }
    Differential.run([0xff, 0x1b], at: TestMachine.codeAddress, pointer: pointer) { cpu, exit in
      #expect(exit.isBreakpoint(at: UInt64(target), cpu))
      #expect(cpu.rsp == Differential.stackTop - 8)
      let pushed = TestMachine.data(cpu.rsp, 8)
      #expect(pushed.load(as: UInt32.self) == UInt32(TestMachine.codeAddress) + 2)
      #expect(pushed.load(fromByteOffset: 4, as: UInt32.self) == 0x33)
    }
  }
}
