import Kernel
import Machine
import X86

/// Memory that an instruction touches.
package struct MemoryAccess: Sendable, Equatable {
  package var address: UInt64
  package var count: Int
  package var isRead: Bool
  package var isWritten: Bool
}

extension Debugger {
  /// The memory that `instruction` touches when it runs with the registers as they are now. For a repeated string
  /// instruction, its first element; XSAVE and its relatives are left out.
  package func accesses(_ instruction: Instruction, _ cpu: CPU) -> [MemoryAccess] {
    if let implicit = implicitAccesses(instruction, cpu) { return implicit }
    var found: [MemoryAccess] = []
    for index in 0..<Int(instruction.operandCount) {
      let operand = instruction[operand: index]
      guard operand.kind == .memory, operand.width >= 8, operand.isRead || operand.isWritten else { continue }
      found.append(
        MemoryAccess(
          address: address(of: operand, instruction, cpu), count: Int(operand.width) / 8, isRead: operand.isRead,
          isWritten: operand.isWritten))
    }
    let width = instruction.operandWidth == 16 ? 2 : 8
    let below = cpu.rsp &- UInt64(width)
    switch instruction.mnemonic {
    case .push, .pushf, .pushfq:
      found.append(MemoryAccess(address: below, count: width, isRead: false, isWritten: true))
    case .call: found.append(MemoryAccess(address: cpu.rsp &- 8, count: 8, isRead: false, isWritten: true))
    case .pop, .popf, .popfq: found.append(MemoryAccess(address: cpu.rsp, count: width, isRead: true, isWritten: false))
    case .ret: found.append(MemoryAccess(address: cpu.rsp, count: 8, isRead: true, isWritten: false))
    case .leave: found.append(MemoryAccess(address: cpu.rbp, count: 8, isRead: true, isWritten: false))
    default: break
    }
    return found
  }

  /// String instructions.
  private func implicitAccesses(_ instruction: Instruction, _ cpu: CPU) -> [MemoryAccess]? {
    let count = max(1, Int(instruction.operandWidth) / 8)
    let isRepeated = instruction.prefixes.contains(.rep) || instruction.prefixes.contains(.repne)
    let source = MemoryAccess(address: cpu.rsi, count: count, isRead: true, isWritten: false)
    let target = MemoryAccess(address: cpu.rdi, count: count, isRead: false, isWritten: true)
    let other = MemoryAccess(address: cpu.rdi, count: count, isRead: true, isWritten: false)
    let found: [MemoryAccess]
    switch instruction.mnemonic {
    case .movsb, .movsw, .movsdString, .movsq: found = [source, target]
    case .stosb, .stosw, .stosd, .stosq: found = [target]
    case .lodsb, .lodsw, .lodsd, .lodsq: found = [source]
    case .scasb, .scasw, .scasd, .scasq: found = [other]
    case .cmpsb, .cmpsw, .cmpsdString, .cmpsq: found = [source, other]
    default: return nil
    }
    return isRepeated && cpu.rcx == 0 ? [] : found
  }

  /// The effective address of a memory operand.
  package func address(of operand: Operand, _ instruction: Instruction, _ cpu: CPU) -> UInt64 {
    var address = UInt64(bitPattern: operand.displacement)
    if operand.base.file == .rip {
      address &+= instruction.nextAddress
    } else if operand.base.isGeneral {
      address &+= cpu[gpr: Int(operand.base.number)]
    }
    if operand.index.isGeneral { address &+= cpu[gpr: Int(operand.index.number)] &* UInt64(operand.scale) }
    if instruction.addressWidth == 32 { address &= 0xffff_ffff }
    if instruction.segment == .fs { address &+= cpu.pointee.fs_base }
    if instruction.segment == .gs { address &+= cpu.pointee.gs_base }
    return address
  }
}
