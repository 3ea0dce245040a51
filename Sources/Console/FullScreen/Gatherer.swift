import CMachine
import Debugger
import Kernel
import Machine
import TUI
import X86

/// Makes the picture of a program that stands still, and remembers the last one to tell what has changed since.
struct Gatherer {
  private let console: Console
  private var debugger: Debugger { console.debugger }
  /// The code that is looked at; nil for RIP.
  var codeAddress: UInt64?
  /// The memory that is looked at; nil for the stack pointer.
  var memoryAddress: UInt64?
  var showsSource = true

  private var registers: [String: String] = [:]
  private var stackWords: [UInt64: UInt64] = [:]
  private var memoryBytes: [UInt64: UInt8] = [:]
  private var residentPages: Set<UInt64> = []
  private var isFirst = true

  /// Instructions in front of the shown place that are decoded to find where instructions begin.
  private static let longestFunction: UInt64 = 1 << 16
  private static let shownInstructions = 300
  private static let stackDepth = 256
  private static let memoryRows = 256
  /// Pages of one mapping that are looked at.
  private static let longestMapping: UInt64 = 1 << 16

  init(console: Console) { self.console = console }

  /// The program is another one: nothing has changed since.
  mutating func forget() {
    (registers, stackWords, memoryBytes, residentPages) = ([:], [:], [:], [])
    (codeAddress, memoryAddress, isFirst) = (nil, nil, true)
  }

  /// - Parameter isNew: the program ran since the last time; else the marks of what changed stay as they are.
  mutating func gather(_ stop: Stop, status: String, isNew: Bool, old: Picture) -> Picture {
    let cpu = stop.thread.cpu
    var picture = Picture()
    let path = String(decoding: debugger.process.image.executablePath, as: UTF8.self)
    picture.program = path.split(separator: "/").last.map(String.init) ?? path
    picture.status = status
    picture.instructions = cpu.pointee.instructions
    picture.rip = cpu.pointee.rip
    picture.center = codeAddress ?? picture.rip
    gatherCode(&picture, cpu)
    picture.registers = gatherRegisters(cpu, isNew: isNew, old.registers)
    picture.stack = gatherStack(cpu, isNew: isNew, old.stack)
    picture.memory = gatherMemory(memoryAddress ?? cpu.rsp, isNew: isNew, old.memory)
    picture.map = gatherMap(isNew: isNew, old.map)
    picture.calls = console.events.history
    picture.effects = debugger.lastEffects.map { Console.lines($0) } ?? []
    isFirst = false
    return picture
  }

  // MARK: - Code

  private func gatherCode(_ picture: inout Picture, _ cpu: CPU) {
    let center = picture.center
    let (start, name) = function(at: center)
    picture.function = name
    var list = listing(from: start, to: center)
    // In the middle of what was taken for an instruction: begin there.
    if !list.contains(where: { $0.address == center }) { list = listing(from: center, to: center) }
    picture.code = list.map { row($0, cpu) }
    if let current = list.first(where: { $0.address == picture.rip }), current.isConditionalBranch {
      picture.isTaken = Self.isTaken(current, cpu)
    }
  }

  private func function(at address: UInt64) -> (start: UInt64, name: String) {
    guard let module = debugger.modules.module(at: address) else { return (address, "") }
    let linked = address &- module.bias
    var start = address
    if let (symbol, offset) = module.symbols.find(linked), symbol.size > 0 {
      start = address &- offset
    } else if let found = module.frames.functionStart(linked) {
      start = found &+ module.bias
    }
    let name = debugger.modules.describe(address) ?? module.name
    return (address &- start < Self.longestFunction ? start : address, name)
  }

  /// Instructions from `start` to well behind `center`; of those in front of it only the last.
  private func listing(from start: UInt64, to center: UInt64) -> [Instruction] {
    var found: [Instruction] = []
    var address = start
    var left = Self.shownInstructions
    while left > 0, let instruction = debugger.process.instruction(at: address) {
      found.append(instruction)
      if address >= center { left -= 1 }
      address = instruction.nextAddress
    }
    let before = found.prefix { $0.address < center }.count
    return Array(found.dropFirst(max(0, before - Self.shownInstructions)))
  }

  private func row(_ instruction: Instruction, _ cpu: CPU) -> Picture.Instruction {
    var row = Picture.Instruction(address: instruction.address, text: instruction.description)
    if let name = debugger.modules.describe(instruction.address), !name.contains("+") { row.label = name }
    row.hasBreakpoint = debugger.breakpoints.contains { !$0.isInternal && $0.address == instruction.address }
    row.isConditional = instruction.isConditionalBranch
    if let target = instruction.branchTarget {
      row.note = debugger.modules.describe(target).map { "<\($0)>" } ?? ""
      if instruction.isJump { row.target = target }
    } else if let operand = instruction.memory, operand.base.file == .rip {
      let target = instruction.nextAddress &+ UInt64(bitPattern: operand.displacement)
      row.note = debugger.modules.describe(target).map { "<\($0)>" } ?? ""
    }
    if showsSource, let place = debugger.modules.line(at: instruction.address),
      place.range.lowerBound == instruction.address
    {
      row.source = "\(place.line)  \(console.sources.line(place.file, place.line) ?? place.file)"
    }
    return row
  }

  /// Whether a conditional branch will branch, with the flags and RCX as they are (SDM vol. 2A, Jcc and LOOP).
  static func isTaken(_ instruction: Instruction, _ cpu: CPU) -> Bool? {
    let flags = cpu.flags
    let (carry, zero) = (flags.contains(.carry), flags.contains(.zero))
    let (sign, overflow, parity) = (flags.contains(.sign), flags.contains(.overflow), flags.contains(.parity))
    let count = instruction.addressWidth == 32 ? cpu.rcx & 0xffff_ffff : cpu.rcx
    switch instruction.mnemonic {
    case .jo: return overflow
    case .jno: return !overflow
    case .jb: return carry
    case .jae: return !carry
    case .je: return zero
    case .jne: return !zero
    case .jbe: return carry || zero
    case .ja: return !carry && !zero
    case .js: return sign
    case .jns: return !sign
    case .jp: return parity
    case .jnp: return !parity
    case .jl: return sign != overflow
    case .jge: return sign == overflow
    case .jle: return zero || sign != overflow
    case .jg: return !zero && sign == overflow
    case .loop: return count != 1
    case .loope: return count != 1 && zero
    case .loopne: return count != 1 && !zero
    case .jrcxz, .jecxz: return count == 0
    default: return nil
    }
  }

  // MARK: - Registers, stack, memory

  private mutating func gatherRegisters(_ cpu: CPU, isNew: Bool, _ old: [Picture.Register]) -> [Picture.Register] {
    var values: [(String, String)] = ["rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp"].compactMap { name in
      debugger.value(named: name, cpu).map { (name, hexadecimal($0, digits: 16)) }
    }
    values += (8..<16).map { ("r\($0)", hexadecimal(cpu[gpr: $0], digits: 16)) }
    values.append(("rip", hexadecimal(cpu.pointee.rip, digits: 16)))
    let flags = cpu.flags.rawValue
    // Large letters are set.
    let letters: [(String, UInt64)] = [("c", 0), ("z", 6), ("s", 7), ("o", 11), ("p", 2), ("a", 4), ("d", 10)]
    let text = letters.map { flags >> $0.1 & 1 != 0 ? $0.0.uppercased() : $0.0 }.joined()
    values.append(("flags", "\(text)  \(hexadecimal(flags))"))
    values.append(("fs", hexadecimal(cpu.pointee.fs_base, digits: 16)))
    values.append(("mxcsr", hexadecimal(UInt64(cpu.pointee.mxcsr))))
    let earlier = Dictionary(old.map { ($0.name, $0.isChanged) }, uniquingKeysWith: { $1 })
    let result = values.map { name, value in
      let isChanged = isNew ? !isFirst && registers[name] != value : earlier[name] ?? false
      return Picture.Register(name, value, isChanged: isChanged || registers[name].map { $0 != value } ?? false)
    }
    registers = Dictionary(values, uniquingKeysWith: { $1 })
    return result
  }

  private mutating func gatherStack(_ cpu: CPU, isNew: Bool, _ old: [Picture.StackWord]) -> [Picture.StackWord] {
    let frames = debugger.backtrace(cpu, limit: 40)
    var returns: [UInt64: Int] = [:]
    for (number, frame) in frames.enumerated().dropLast() where frames[number + 1].rip != 0 {
      returns[frame.cfa &- 8] = number + 1
    }
    let bytes = debugger.read(cpu.rsp, Self.stackDepth * 8)
    var words: [Picture.StackWord] = []
    var values: [UInt64: UInt64] = [:]
    for index in 0..<bytes.count / 8 {
      let address = cpu.rsp &+ UInt64(index * 8)
      let value = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[index * 8 + $1]) << UInt64($1 * 8) }
      values[address] = value
      let number = returns[address]
      var note = self.note(value)
      if let number { note = "return #\(number) \(note)" }
      words.append(
        Picture.StackWord(
          address: address, value: value, note: note, isReturn: number != nil,
          isChanged: !isFirst && stackWords[address] != value))
    }
    if !isNew, old.count == words.count {
      for index in words.indices where old[index].address == words[index].address {
        words[index].isChanged = words[index].isChanged || old[index].isChanged
      }
    }
    stackWords = values
    return words
  }

  /// What a word points to: code and variables by name, text by its characters.
  private func note(_ value: UInt64) -> String {
    guard value >= 0x1000, let vma = debugger.memory.vma(containing: value) else { return "" }
    if vma.protection.contains(.execute) || vma.backing != nil {
      if let name = debugger.modules.describe(value) { return name }
    }
    let bytes = debugger.read(value, 24).prefix { $0 != 0 }
    guard bytes.count >= 3, bytes.allSatisfy({ (0x20..<0x7f).contains($0) }) else { return "" }
    return "\"\(String(decoding: bytes, as: UTF8.self))\""
  }

  private mutating func gatherMemory(_ start: UInt64, isNew: Bool, _ old: [Picture.MemoryRow]) -> [Picture.MemoryRow] {
    let start = start & ~15
    var rows: [Picture.MemoryRow] = []
    var bytesNow: [UInt64: UInt8] = [:]
    let earlier = Dictionary(old.map { ($0.address, $0.changed) }, uniquingKeysWith: { $1 })
    for index in 0..<Self.memoryRows {
      let (address, hasWrapped) = start.addingReportingOverflow(UInt64(index * 16))
      if hasWrapped { break }
      let bytes = debugger.read(address, 16)
      var changed: Set<Int> = isNew ? [] : earlier[address] ?? []
      for (offset, byte) in bytes.enumerated() {
        let place = address &+ UInt64(offset)
        bytesNow[place] = byte
        if let before = memoryBytes[place], before != byte { changed.insert(offset) }
      }
      rows.append(
        Picture.MemoryRow(
          address: address, bytes: (0..<16).map { $0 < bytes.count ? bytes[$0] : nil }, changed: changed))
    }
    memoryBytes = bytesNow
    return rows
  }

  // MARK: - The address space

  private mutating func gatherMap(isNew: Bool, _ old: [Picture.Mapping]) -> [Picture.Mapping] {
    if !isNew, !old.isEmpty, !isFirst { return old }
    var now: Set<UInt64> = []
    let names = debugger.memory.mapsText.split(separator: "\n").map { line -> String in
      let fields = line.split(separator: " ", maxSplits: 5)
      return fields.count == 6 ? fields[5].split(separator: "/").last.map { $0.trimmed } ?? "" : ""
    }
    let vmas = debugger.memory.vmas
    let result = vmas.enumerated().map { index, vma in
      var pages: [Picture.Mapping.Page] = []
      for page in 0..<min(vma.pages, Self.longestMapping) {
        let number = vma.start >> 12 &+ page
        let bits = debugger.memory.pageBits(at: number << 12)
        guard bits & PageBits.present != 0 else {
          pages.append(.absent)
          continue
        }
        now.insert(number)
        let isFresh = !isFirst && !residentPages.contains(number)
        pages.append(isFresh ? .fresh : bits & PageBits.watched != 0 ? .watched : .resident)
      }
      let rights = vma.protection
      let text =
        (rights.contains(.read) ? "r" : "-") + (rights.contains(.write) ? "w" : "-")
        + (rights.contains(.execute) ? "x" : "-")
      return Picture.Mapping(
        start: vma.start, end: vma.end, rights: text, name: index < names.count ? names[index] : "", pages: pages)
    }
    residentPages = now
    return result
  }
}

extension Substring {
  fileprivate var trimmed: String { String(self).trimmed }
}
