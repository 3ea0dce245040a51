/// Writes instructions in Intel syntax, as `objdump -d -M intel` does: for traces, error messages and tests.
///
/// Differences that remain: numbers without symbols, and prefixes without effect in rare combinations.
package struct InstructionFormatter {
  let instruction: Instruction

  private init(_ instruction: Instruction) { self.instruction = instruction }

  /// The whole text, such as `mov    rax,QWORD PTR [rbx+0x8]`.
  package static func text(of instruction: Instruction) -> String {
    let formatter = InstructionFormatter(instruction)
    let name = formatter.prefixText + formatter.mnemonicText
    let operands = formatter.operandTexts.joined(separator: ",")
    guard !operands.isEmpty else { return name }
    return name + String(repeating: " ", count: max(1, 7 - name.count)) + operands
  }
}

extension Instruction: CustomStringConvertible {
  package var description: String { InstructionFormatter.text(of: self) }
}

// MARK: Operands

extension InstructionFormatter {
  private var operandTexts: [String] {
    if let implicit = stringOperands { return implicit }
    var texts: [String] = []
    for index in 0..<Int(instruction.operandCount) {
      let operand = instruction[operand: index]
      if operand.kind == .immediate, isPredicateInName, index == Int(instruction.operandCount) - 1 { continue }
      texts.append(text(of: operand, at: index))
    }
    return texts
  }

  private func text(of operand: Operand, at index: Int) -> String {
    switch operand.kind {
    case .none: return ""
    case .register: return isStackTop(operand, at: index) ? "st" : operand.register.name
    case .immediate: return text(ofImmediate: operand)
    case .memory:
      let size = sizeText(of: operand)
      return (size.isEmpty ? "" : size + " PTR ") + addressText(of: operand)
    }
  }

  /// ST(0) is written `st` where the opcode fixes it beside another register: second under `DC` and `DE`, else first.
  private func isStackTop(_ operand: Operand, at index: Int) -> Bool {
    guard operand.register.file == .x87, instruction.operandCount == 2 else { return false }
    return index == (instruction.opcode == 0xDC || instruction.opcode == 0xDE ? 1 : 0)
  }

  private func text(ofImmediate operand: Operand) -> String {
    if instruction.branchTarget != nil { return hex(UInt64(bitPattern: operand.immediate)) }
    // A shift by the opcode's own 1.
    if instruction.immediateSize == 0 { return String(operand.immediate) }
    var value = UInt64(bitPattern: operand.immediate)
    if operand.width < 64 { value &= (1 << UInt64(operand.width)) - 1 }
    return hex(value)
  }

  private func sizeText(of operand: Operand) -> String {
    if isMemoryOffset { return "" }
    switch instruction.mnemonic {
    case .lea, .fxsave, .fxsave64, .fxrstor, .fxrstor64, .xsave, .xsave64, .xsavec, .xsavec64, .xsaveopt, .xsaveopt64,
      .xsaves, .xsaves64, .xrstor, .xrstor64, .xrstors, .xrstors64, .lddqu, .vlddqu, .sgdt, .sidt, .lgdt, .lidt,
      .fldenv, .fnstenv, .frstor, .fnsave:
      return ""
    case .nop, .ud0, .ud1: return size(UInt16(instruction.operandWidth))
    case .prefetch, .prefetchw, .prefetchnta, .prefetcht0, .prefetcht1, .prefetcht2, .clflush, .clflushopt, .clwb,
      .invlpg:
      return "BYTE"
    case .lcall, .ljmp, .lfs, .lgs, .lss: return operand.width == 32 ? "DWORD" : operand.width == 48 ? "FWORD" : "TBYTE"
    case .cmpxchg16b: return "OWORD"
    default: return size(operand.width)
    }
  }

  private func size(_ width: UInt16) -> String {
    switch width {
    case 8: "BYTE"
    case 16: "WORD"
    case 32: "DWORD"
    case 64: "QWORD"
    case 80: "TBYTE"
    case 128: "XMMWORD"
    case 256: "YMMWORD"
    default: ""
    }
  }

  /// `[base+index*scale+displacement]`, or `ds:0x…` where there is neither base nor index.
  private func addressText(of operand: Operand) -> String {
    let segment = instruction.segment == .none ? "" : instruction.segment.name + ":"
    let isNarrow = instruction.addressWidth == 32
    var parts = ""
    if operand.base.file == .rip {
      parts = isNarrow ? "eip" : "rip"
    } else if operand.base != .none {
      parts = operand.base.name
    }
    if operand.index != .none {
      parts += (parts.isEmpty ? "" : "+") + operand.index.name + "*\(operand.scale)"
    } else if let sib = instruction.sib, showsZeroIndex(sib, operand) {
      parts += (parts.isEmpty ? "" : "+") + (isNarrow ? "eiz" : "riz") + "*\(1 << (sib >> 6))"
    }
    guard !parts.isEmpty else {
      let value = UInt64(bitPattern: operand.displacement)
      return (segment.isEmpty ? "ds:" : segment) + hex(isNarrow ? value & 0xFFFF_FFFF : value)
    }
    if instruction.displacementSize > 0 {
      if operand.base.file == .rip {
        let value = UInt64(bitPattern: operand.displacement)
        parts += "+" + hex(isNarrow ? value & 0xFFFF_FFFF : value)
      } else {
        parts += (operand.displacement < 0 ? "-" : "+") + hex(operand.displacement.magnitude)
      }
    }
    return segment + "[" + parts + "]"
  }

  /// A SIB byte without an index is shown where it was not needed to name RSP or R12 as the base.
  private func showsZeroIndex(_ sib: UInt8, _ operand: Operand) -> Bool {
    if operand.base == .none { return sib >> 6 != 0 }
    return sib >> 6 != 0 || sib & 7 != 4
  }

  private func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
}

// MARK: Names

extension InstructionFormatter {
  private var mnemonicText: String {
    let isNarrow = instruction.operandWidth == 16
    let isShort = instruction.op0.width == 112 || instruction.op0.width == 752
    switch instruction.mnemonic {
    case .mov where instruction.immediateSize == 8 || (isMemoryOffset && instruction.displacementSize == 8):
      return "movabs"
    case .lcall: return "call"
    case .ljmp: return "jmp"
    case .fldenv where isShort, .fnstenv where isShort, .frstor where isShort, .fnsave where isShort:
      return instruction.mnemonic.name + "w"
    case .retf where isNarrow: return "retfw"
    case .wbinvd where instruction.prefixes.contains(.rep): return "wbnoinvd"
    case .pcmpestri, .pcmpestrm, .vpcmpestri, .vpcmpestrm:
      return instruction.mnemonic.name + (instruction.operandWidth == 64 ? "q" : "")
    case .iretd: return "iret"
    case .iret where isNarrow: return "iretw"
    case .pushf where isNarrow: return "pushfw"
    case .pushfq: return "pushf"
    case .popf where isNarrow: return "popfw"
    case .popfq: return "popf"
    case .enter where isNarrow: return "enterw"
    case .leave where isNarrow: return "leavew"
    case .push where isNarrow && instruction.op0.kind == .immediate: return "pushw"
    case .push where isNarrow && instruction.op0.register.file == .segment: return "pushw"
    case .pop where isNarrow && instruction.op0.register.file == .segment: return "popw"
    case .xlatb: return "xlat"
    case .nop where isNarrow && instruction.opcode == 0x90: return "xchg"
    case .cmpps, .cmppd, .cmpss, .cmpsd, .vcmpps, .vcmppd, .vcmpss, .vcmpsd: return compareName
    case .pclmulqdq, .vpclmulqdq: return multiplyName
    case .sysret: return instruction.rex & 8 != 0 ? "sysretq" : "sysretd"
    case .sysexit: return instruction.rex & 8 != 0 ? "sysexitq" : "sysexitd"
    default: return stringName ?? instruction.mnemonic.name
    }
  }

  private var isMemoryOffset: Bool { instruction.opcodeMap == 0 && instruction.opcode & 0xFC == 0xA0 }

  private var isPredicateInName: Bool {
    let immediate = lastImmediate
    switch instruction.mnemonic {
    case .cmpps, .cmppd, .cmpss, .cmpsd: return immediate < 8
    case .vcmpps, .vcmppd, .vcmpss, .vcmpsd: return immediate < 32
    case .pclmulqdq, .vpclmulqdq: return immediate & ~0x11 == 0
    default: return false
    }
  }

  private var lastImmediate: UInt8 {
    guard instruction.operandCount > 0 else { return 0 }
    let operand = instruction[operand: Int(instruction.operandCount) - 1]
    return operand.kind == .immediate ? UInt8(truncatingIfNeeded: operand.immediate) : 0
  }

  /// `cmpps` with predicate 1 is written `cmpltps` (SDM vol. 2A, table 3-2 and 3-8).
  private var compareName: String {
    let name = instruction.mnemonic.name
    guard isPredicateInName else { return name }
    let stem = name.dropLast(2)
    return stem + comparePredicates[Int(lastImmediate)] + name.suffix(2)
  }

  /// `pclmulqdq` by which halves it multiplies (SDM vol. 2B, table 4-13).
  private var multiplyName: String {
    let name = instruction.mnemonic.name
    guard isPredicateInName else { return name }
    let halves =
      switch lastImmediate {
      case 0x00: "lqlq"
      case 0x01: "hqlq"
      case 0x10: "lqhq"
      default: "hqhq"
      }
    return name.dropLast(3) + halves + "dq"
  }
}

private let comparePredicates = [
  "eq", "lt", "le", "unord", "neq", "nlt", "nle", "ord", "eq_uq", "nge", "ngt", "false", "neq_oq", "ge", "gt", "true",
  "eq_os", "lt_oq", "le_oq", "unord_s", "neq_us", "nlt_uq", "nle_uq", "ord_s", "eq_us", "nge_uq", "ngt_uq", "false_os",
  "neq_os", "ge_oq", "gt_oq", "true_us",
]

// MARK: String instructions

extension InstructionFormatter {
  /// `movsb` and its sisters are written `movs` with their operands.
  private var stringName: String? {
    guard stringOperands != nil, instruction.mnemonic != .nop else { return nil }
    return String(instruction.mnemonic.name.dropLast())
  }

  /// The operands that objdump shows for string instructions; `xchg ax,ax` for the two-byte NOP.
  private var stringOperands: [String]? {
    let width = UInt16(instruction.operandWidth)
    let isNarrow = instruction.addressWidth == 32
    let source = instruction.segment == .none ? "ds" : instruction.segment.name
    let from = "\(size(width)) PTR \(source):[\(isNarrow ? "esi" : "rsi")]"
    let to = "\(size(width)) PTR es:[\(isNarrow ? "edi" : "rdi")]"
    let accumulator = Register(file(width), 0).name
    switch instruction.mnemonic {
    case .movsb, .movsw, .movsdString, .movsq: return [to, from]
    case .cmpsb, .cmpsw, .cmpsdString, .cmpsq: return [from, to]
    case .stosb, .stosw, .stosd, .stosq: return [to, accumulator]
    case .lodsb, .lodsw, .lodsd, .lodsq: return [accumulator, from]
    case .scasb, .scasw, .scasd, .scasq: return [accumulator, to]
    case .insb, .insw, .insd: return [to, "dx"]
    case .outsb, .outsw, .outsd: return ["dx", from]
    case .xlatb: return ["BYTE PTR \(source):[\(isNarrow ? "ebx" : "rbx")]"]
    case .nop where instruction.opcode == 0x90 && instruction.operandWidth == 16: return ["ax", "ax"]
    default: return nil
    }
  }

  private func file(_ width: UInt16) -> Register.File {
    switch width {
    case 8: .general8
    case 16: .general16
    case 64: .general64
    default: .general32
    }
  }
}
