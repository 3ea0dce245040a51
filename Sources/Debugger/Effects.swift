import CMachine
import Kernel
import Machine
import X86

/// What one instruction did.
package struct Effects: Sendable {
  package struct Change: Sendable {
    package var name: String
    package var old: String
    package var new: String
  }
  package struct MemoryChange: Sendable {
    package var address: UInt64
    package var before: [UInt8]
    package var after: [UInt8]
  }
  package var instruction: Instruction
  /// Registers that it looked at, with their values before.
  package var registersRead: [(name: String, value: String)] = []
  package var registersWritten: [Change] = []
  package var memoryRead: [(address: UInt64, bytes: [UInt8])] = []
  package var memoryWritten: [MemoryChange] = []
}

/// The state in front of an instruction, kept to be compared with the state behind it.
struct EffectRecord {
  let instruction: Instruction
  let general: [UInt64]
  let flags: UInt64
  let vectors: [[UInt8]]
  let other: [(String, UInt64)]
  let x87: [UInt8]
  let accesses: [(access: MemoryAccess, before: [UInt8])]
}

extension Debugger {
  /// Notes the state in front of the instruction at RIP; nil where there is none.
  func beginEffects(_ cpu: CPU) -> EffectRecord? {
    guard let instruction = process.instruction(at: cpu.pointee.rip) else { return nil }
    return EffectRecord(
      instruction: instruction, general: (0..<16).map { cpu[gpr: $0] }, flags: cpu.flags.rawValue,
      vectors: (0..<16).map { vector($0, cpu) }, other: others(cpu),
      x87: instruction.isX87 ? x87Registers(cpu) : [],
      accesses: accesses(instruction, cpu).map { ($0, read($0.address, $0.count)) })
  }

  /// What changed since.
  func finishEffects(_ record: EffectRecord, _ cpu: CPU) -> Effects {
    var effects = Effects(instruction: record.instruction)
    effects.registersRead = registersRead(record)
    for number in 0..<16 where cpu[gpr: number] != record.general[number] {
      effects.registersWritten.append(
        Effects.Change(
          name: DebugRegister.generalNames[number], old: hex(record.general[number]), new: hex(cpu[gpr: number])))
    }
    if cpu.flags.rawValue != record.flags {
      effects.registersWritten.append(
        Effects.Change(name: "eflags", old: Self.text(flags: record.flags), new: Self.text(flags: cpu.flags.rawValue)))
    }
    for (old, new) in zip(record.other, others(cpu)) where old.1 != new.1 {
      effects.registersWritten.append(Effects.Change(name: old.0, old: hex(old.1), new: hex(new.1)))
    }
    for number in 0..<16 {
      let now = vector(number, cpu)
      guard now != record.vectors[number] else { continue }
      let isWide = now[16...] != record.vectors[number][16...]
      let count = isWide ? 32 : 16
      effects.registersWritten.append(
        Effects.Change(
          name: (isWide ? "ymm" : "xmm") + "\(number)", old: Self.text(number: record.vectors[number].prefix(count)),
          new: Self.text(number: now.prefix(count))))
    }
    if !record.x87.isEmpty {
      let now = x87Registers(cpu)
      for number in 0..<8 where now[number * 10..<number * 10 + 10] != record.x87[number * 10..<number * 10 + 10] {
        effects.registersWritten.append(
          Effects.Change(
            name: "st\(number)", old: Self.text(number: record.x87[number * 10..<number * 10 + 10]),
            new: Self.text(number: now[number * 10..<number * 10 + 10])))
      }
    }
    for (access, before) in record.accesses {
      if access.isRead { effects.memoryRead.append((access.address, before)) }
      if access.isWritten {
        effects.memoryWritten.append(
          Effects.MemoryChange(address: access.address, before: before, after: read(access.address, access.count)))
      }
    }
    return effects
  }

  private func vector(_ number: Int, _ cpu: CPU) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: cpu.vector(number), count: 32))
  }

  private func others(_ cpu: CPU) -> [(String, UInt64)] {
    [
      ("fs_base", cpu.pointee.fs_base), ("gs_base", cpu.pointee.gs_base), ("mxcsr", UInt64(cpu.pointee.mxcsr)),
      ("fctrl", UInt64(cpu.pointee.fcw)), ("fstat", UInt64(cpu.pointee.fsw)),
    ]
  }

  private func x87Registers(_ cpu: CPU) -> [UInt8] { (0..<8).flatMap { read(.x87($0), cpu) } }

  private func registersRead(_ record: EffectRecord) -> [(name: String, value: String)] {
    let instruction = record.instruction
    var found: [(name: String, value: String)] = []
    func add(_ register: Register) {
      let name = register.name
      guard !name.isEmpty, !found.contains(where: { $0.name == name }) else { return }
      switch register.file {
      case .general8, .general16, .general32, .general64, .high8:
        let isHigh = register.file == .high8
        let value = record.general[Int(register.number & 15)] >> (isHigh ? 8 : 0)
        let mask: UInt64 = register.width == 64 ? .max : (1 << UInt64(register.width)) - 1
        found.append((name, hex(value & mask)))
      case .xmm, .ymm:
        let bytes = record.vectors[Int(register.number & 15)].prefix(register.file == .xmm ? 16 : 32)
        found.append((name, Self.text(number: bytes)))
      default: break
      }
    }
    for index in 0..<Int(instruction.operandCount) {
      let operand = instruction[operand: index]
      if operand.kind == .register, operand.isRead { add(operand.register) }
      if operand.kind == .memory {
        if operand.base.isGeneral { add(operand.base) }
        if operand.index.isGeneral { add(operand.index) }
      }
    }
    let implicit = instruction.implicitRead
    for number in UInt8(0)..<16 where implicit.contains(.general(number)) {
      if !found.contains(where: { $0.name == Register(.general64, number).name }) { add(Register(.general64, number)) }
    }
    let flags = instruction.flagsRead.intersection(.status)
    if !flags.isEmpty { found.append(("eflags", Self.text(flags: record.flags))) }
    return found
  }

  // MARK: - Text

  /// `[ CF ZF IF ]` as gdb writes it.
  package static func text(flags: UInt64) -> String {
    let names: [(String, UInt64)] = [
      ("CF", 0), ("PF", 2), ("AF", 4), ("ZF", 6), ("SF", 7), ("TF", 8), ("IF", 9), ("DF", 10), ("OF", 11), ("NT", 14),
      ("RF", 16), ("AC", 18), ("ID", 21),
    ]
    return "[ " + names.filter { flags >> $0.1 & 1 != 0 }.map { $0.0 + " " }.joined() + "]"
  }

  /// A little-endian number of any length, in hexadecimal without leading zeros.
  package static func text(number bytes: some Collection<UInt8>) -> String {
    let digits = bytes.reversed().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined().drop { $0 == "0" }
    return "0x" + (digits.isEmpty ? "0" : digits)
  }
}
