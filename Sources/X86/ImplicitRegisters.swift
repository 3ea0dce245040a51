// Registers that instructions use without naming them: Intel SDM vol. 2, the instructions' own pages.

/// A set of registers: the sixteen general ones whole, XMM0 and the x87 stack.
package struct RegisterSet: OptionSet, Sendable, Hashable {
  package var rawValue: UInt32
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The general register with this number in encoding order.
  package static func general(_ number: UInt8) -> RegisterSet { RegisterSet(rawValue: 1 << UInt32(number & 15)) }
  package static let rax = general(0)
  package static let rcx = general(1)
  package static let rdx = general(2)
  package static let rbx = general(3)
  package static let rsp = general(4)
  package static let rbp = general(5)
  package static let rsi = general(6)
  package static let rdi = general(7)
  package static let r11 = general(11)
  package static let xmm0 = RegisterSet(rawValue: 1 << 16)
  /// ST(0)…ST(7), their tags and the top of the stack.
  package static let x87 = RegisterSet(rawValue: 1 << 17)
}

extension Instruction {
  /// Registers read without being operands. A register that is written in part or perhaps counts as read too.
  package var implicitRead: RegisterSet { implicitRegisters.read }

  /// Registers written, wholly, in part or perhaps, without being operands.
  package var implicitWritten: RegisterSet { implicitRegisters.written }

  private var implicitRegisters: (read: RegisterSet, written: RegisterSet) {
    switch mnemonic {
    // Multiplication and division: AX for bytes, else rDX:rAX.
    case .mul: return operandWidth == 8 ? (.rax, .rax) : (.rax, wide)
    case .imul where operandCount == 1: return operandWidth == 8 ? (.rax, .rax) : (.rax, wide)
    case .div, .idiv: return operandWidth == 8 ? (.rax, .rax) : (wide, wide)
    case .mulx: return (.rdx, [])
    case .cbw, .cwde, .cdqe: return (.rax, .rax)
    case .cwd, .cdq, .cqo: return (operandWidth == 16 ? wide : .rax, .rdx)
    case .cmpxchg: return (.rax, .rax)
    case .cmpxchg8b, .cmpxchg16b: return ([.rax, .rdx, .rbx, .rcx], wide)
    case .xlatb: return ([.rax, .rbx], .rax)
    case .lahf: return (.rax, .rax)
    case .sahf: return (.rax, [])
    // Stack.
    case .push, .pop, .pushf, .pushfq, .popf, .popfq, .call, .ret, .lcall, .retf, .retfq, .iret, .iretd, .iretq:
      return (.rsp, .rsp)
    case .enter: return ([.rsp, .rbp], [.rsp, .rbp])
    case .leave: return (.rbp, [.rsp, .rbp])
    case .loop, .loope, .loopne: return (.rcx, .rcx)
    case .jrcxz, .jecxz: return (.rcx, [])
    // System.
    case .syscall: return (.rax, [.rax, .rcx, .r11])
    case .cpuid: return ([.rax, .rcx], [.rax, .rbx, .rcx, .rdx])
    case .rdtsc: return ([], wide)
    case .rdtscp: return ([], [.rax, .rcx, .rdx])
    case .rdpmc, .rdmsr, .xgetbv: return (.rcx, wide)
    case .wrmsr, .xsetbv: return ([.rax, .rcx, .rdx], [])
    case .xsave, .xsave64, .xsavec, .xsavec64, .xsaveopt, .xsaveopt64, .xsaves, .xsaves64, .xrstor, .xrstor64,
      .xrstors, .xrstors64:
      return (wide, [])
    // Vector.
    case .maskmovq, .maskmovdqu, .vmaskmovdqu: return (.rdi, [])
    case .pcmpestri, .vpcmpestri: return (wide, .rcx)
    case .pcmpestrm, .vpcmpestrm: return (wide, .xmm0)
    case .pcmpistri, .vpcmpistri: return ([], .rcx)
    case .pcmpistrm, .vpcmpistrm: return ([], .xmm0)
    default: return isX87 ? (.x87, .x87) : stringRegisters
    }
  }

  private var wide: RegisterSet { [.rax, .rdx] }

  /// `9B` and the escape opcodes `D8`…`DF` (SDM vol. 2D, A.5).
  package var isX87: Bool { opcodeMap == 0 && (opcode & 0xF8 == 0xD8 || opcode == 0x9B) }

  private var stringRegisters: (read: RegisterSet, written: RegisterSet) {
    var read: RegisterSet
    var written: RegisterSet
    switch mnemonic {
    case .movsb, .movsw, .movsdString, .movsq, .cmpsb, .cmpsw, .cmpsdString, .cmpsq:
      read = [.rsi, .rdi]
      written = read
    case .stosb, .stosw, .stosd, .stosq, .scasb, .scasw, .scasd, .scasq:
      read = [.rax, .rdi]
      written = .rdi
    case .lodsb, .lodsw, .lodsd, .lodsq:
      read = [.rax, .rsi]
      written = [.rax, .rsi]
    case .insb, .insw, .insd:
      read = [.rdx, .rdi]
      written = .rdi
    case .outsb, .outsw, .outsd:
      read = [.rdx, .rsi]
      written = .rsi
    default: return ([], [])
    }
    if prefixes.contains(.rep) || prefixes.contains(.repne) {
      read.insert(.rcx)
      written.insert(.rcx)
    }
    return (read, written)
  }
}
