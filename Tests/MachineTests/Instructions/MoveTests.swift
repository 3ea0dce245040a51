import Testing
import X86

@Suite struct MoveTests {
  @Test func moves() {
    var cases: [InstructionCase] = []
    func add(_ name: String, _ bytes: [UInt8]) { cases.append(InstructionCase(name, bytes, prepare: Forms.smallIndex)) }
    for width in Forms.widths {
      for (text, rm) in Forms.all {
        for reg in [R.rcx, R.rsi, R.r15] {
          add("mov:\(width) \(text), \(reg)", Encoding.modRM([sized(0x88, width)], width: width, reg: reg, rm: rm))
          add("mov:\(width) \(reg), \(text)", Encoding.modRM([sized(0x8a, width)], width: width, reg: reg, rm: rm))
          guard width > 8 else { continue }
          for opcode in [0xb6, 0xb7, 0xbe, 0xbf] as [UInt8] {
            add(
              "movx \(opcode):\(width) \(reg), \(text)", Encoding.modRM([0x0f, opcode], width: width, reg: reg, rm: rm))
          }
          add("movsxd:\(width) \(reg), \(text)", Encoding.modRM([0x63], width: width, reg: reg, rm: rm))
          if case .memory = rm {
            add("lea:\(width) \(reg), \(text)", Encoding.modRM([0x8d], width: width, reg: reg, rm: rm))
          }
        }
        add(
          "mov:\(width) \(text), immediate",
          Encoding.modRM(
            [sized(0xc6, width)], width: width, reg: 0, rm: rm, immediate: Encoding.immediate(0x8765_4321, width: width)
          ))
      }
      add("cbw family:\(width)", Encoding.plain([0x98], width: width == 8 ? 32 : width))
      add("cwd family:\(width)", Encoding.plain([0x99], width: width == 8 ? 32 : width))
      let moffs = Encoding.little(Differential.middle + 5)
      add("mov:\(width) rax, moffs", Encoding.plain([sized(0xa0, width)], width: width, immediate: moffs))
      add("mov:\(width) moffs, rax", Encoding.plain([sized(0xa2, width)], width: width, immediate: moffs))
    }
    add("mov r9, imm64", [0x49, 0xb9] + Encoding.little(0x1234_5678_9abc_def0 as UInt64))
    add("mov esi, imm32", [0xbe] + Encoding.little(0x9abc_def0 as UInt32))
    add("mov dh, imm8", [0xb6, 0x80])
    add("mov sil, imm8", [0x40, 0xb6, 0x80])
    add("mov ah, bh", Encoding.modRM([0x88], width: 8, reg: 7, rm: .register(4), highBytes: true))
    add("movzx ecx, ah", [0x0f, 0xb6, 0xcc])
    Differential.compare(cases, count: 12)
  }

  @Test func translate() {
    let cases: [(String, [UInt8])] = [("xlat", [0xd7]), ("xlat 32", [0x67, 0xd7]), ("xlat gs-less", [0x2e, 0xd7])]
    Differential.compare(cases.map { InstructionCase($0.0, $0.1) }, count: 60)
  }

  /// Every way to form an address.
  @Test func addresses() {
    var cases: [InstructionCase] = []
    for prefix in [[], [0x67]] as [[UInt8]] {
      for scale in [1, 2, 4, 8] {
        for index in [R.r12, R.rcx] {
          for displacement in [0, 0x7f, -0x80, 0x180, -0x180] as [Int32] {
            cases.append(
              InstructionCase(
                "mov rdx, [rbx+\(index)*\(scale)+\(displacement)] \(prefix)",
                Encoding.modRM(
                  [0x8b], width: 64, reg: R.rdx,
                  rm: .memory(base: R.rbx, index: index, scale: scale, displacement: displacement), prefixes: prefix)
              ) { state, generator in
                let value = UInt64(bitPattern: Int64(generator.next() & 0x1ff) - 0x100)
                state.gpr[index] = prefix.isEmpty ? value : value & 0xffff_ffff | generator.next() << 32
              })
          }
        }
      }
    }
    let absolute = Encoding.little(UInt32(truncatingIfNeeded: Differential.middle))
    cases.append(InstructionCase("mov eax, [disp32]", [0x8b, 0x04, 0x25] + absolute))
    cases.append(InstructionCase("mov [disp32], r9", [0x4c, 0x89, 0x0c, 0x25] + absolute))
    Differential.compare(cases, count: 20)
  }

  /// Accesses to pages that are not there, to addresses that are not canonical, and across the end of the mapped pages.
  @Test func faults() {
    var cases: [InstructionCase] = []
    let instructions: [(String, [UInt8])] = [
      ("mov eax, [rsi]", [0x8b, 0x06]), ("mov [rsi], rax", [0x48, 0x89, 0x06]), ("add [rsi], dx", [0x66, 0x01, 0x16]),
      ("add rdx, [rsi]", [0x48, 0x03, 0x16]), ("xchg [rsi], eax", [0x87, 0x06]),
      ("lock xadd [rsi], rax", [0xf0, 0x48, 0x0f, 0xc1, 0x06]),
      ("cmpxchg [rsi], edx", [0x0f, 0xb1, 0x16]), ("shl dword [rsi], 0", [0xc1, 0x26, 0]),
      ("shl qword [rsi], cl", [0x48, 0xd3, 0x26]),
      ("bts [rsi], eax", [0x0f, 0xab, 0x06]), ("sete [rsi]", [0x0f, 0x94, 0x06]),
      ("cmove eax, [rsi]", [0x0f, 0x44, 0x06]),
      ("mul qword [rsi]", [0x48, 0xf7, 0x26]), ("div dword [rsi]", [0xf7, 0x36]),
      ("popcnt eax, [rsi]", [0xf3, 0x0f, 0xb8, 0x06]),
      ("movbe [rsi], eax", [0x0f, 0x38, 0xf1, 0x06]), ("push [rsi]", [0xff, 0x36]), ("pop [rsi]", [0x8f, 0x06]),
      ("lodsq", [0x48, 0xad]), ("cmpxchg16b [rsi]", [0x48, 0x0f, 0xc7, 0x0e]), ("clflush [rsi]", [0x0f, 0xae, 0x3e]),
      ("prefetcht0 [rsi]", [0x0f, 0x18, 0x0e]), ("nop [rsi]", [0x0f, 0x1f, 0x06]),
      ("imul eax, [rsi], 3", [0x6b, 0x06, 3]),
    ]
    for (name, bytes) in instructions {
      cases.append(
        InstructionCase(name, bytes, undefined: .status) { state, generator in
          switch generator.next() & 3 {
          case 0: state.gpr[R.rsi] = TestMachine.dataAddress + UInt64(TestMachine.dataSize) - generator.next() % 10
          case 1: state.gpr[R.rsi] = TestMachine.dataAddress - generator.next() % 10
          case 2: state.gpr[R.rsi] = 0x4000_0000_0000 << (generator.next() & 3) | generator.next() & 0xfff8
          default: state.gpr[R.rsi] = UInt64.max - generator.next() % 16
          }
        })
    }
    Differential.compare(cases, count: 60)
  }

  /// Addresses that are not canonical, through SS: SIGBUS instead of SIGSEGV.
  @Test func stackFaults() {
    let instructions: [(String, [UInt8])] = [
      ("mov eax, [rbp]", [0x8b, 0x45, 0]), ("mov [rsp+8], eax", [0x89, 0x44, 0x24, 8]),
      ("add [rbp+rax*2], edx", [0x01, 0x54, 0x45, 0]),
      ("mov eax, [rax+rbp]", [0x8b, 0x04, 0x28]), ("push rax", [0x50]), ("pop rax", [0x58]),
      ("push [rsi]", [0xff, 0x36]),
      ("pop [rsi]", [0x8f, 0x06]), ("leave", [0xc9]), ("enter 8, 0", [0xc8, 8, 0, 0]), ("ret", [0xc3]),
      ("call rax", [0xff, 0xd0]),
      ("pushf", [0x9c]), ("popf", [0x9d]), ("lodsb", [0xac]), ("mov eax, [r12]", [0x41, 0x8b, 0x04, 0x24]),
      ("mov eax, [r13]", [0x41, 0x8b, 0x45, 0]),
    ]
    let cases = instructions.map { name, bytes in
      InstructionCase(name, bytes, undefined: .status) { state, generator in
        let far = 0x8000_0000_0000 | (generator.next() & 0xfff_ffff_fff0)
        state.gpr[R.rbp] = far
        // RET and CALL would go somewhere with a stack that works.
        let isTransfer = bytes[0] == 0xc3 || bytes == [0xff, 0xd0]
        state.gpr[R.rsp] = isTransfer || generator.next() & 1 == 0 ? far : Differential.stackTop
        for register in [R.rsi, R.r12, R.r13] {
          state.gpr[register] = generator.next() & 1 == 0 ? far : Differential.middle
        }
        state.gpr[R.rax] = 0x7000_0000
      }
    }
    Differential.compare(cases, count: 12)
  }
}
