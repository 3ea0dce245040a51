import DWARF
import Kernel
import Machine

/// A function's activation, as far as it can be told.
package struct Frame: Sendable {
  package var rip: UInt64
  /// The canonical frame address: RSP in the caller, just before its call.
  package var cfa: UInt64
  /// Interrupted by a signal, or the innermost: RIP is at an instruction of its own, not behind a call.
  package var isExact: Bool
  /// How the frame that it returns to was found.
  package enum Method: Sendable { case callFrameInformation, framePointer, returnAddress, none }
  package var method: Method
}

extension Debugger {
  /// The frames of a thread, innermost first: by call frame information, by frame pointers where a function has none,
  /// and for a function that has just been entered by the return address on the stack.
  package func backtrace(_ cpu: CPU, limit: Int = 100) -> [Frame] {
    var registers = [UInt64?](repeating: nil, count: 17)
    // DWARF's numbers (System V ABI, figure 3.36): RAX RDX RCX RBX RSI RDI RBP RSP R8…R15, return address.
    for (number, place) in [0, 2, 1, 3, 6, 7, 5, 4].enumerated() { registers[number] = cpu[gpr: place] }
    for number in 8..<16 { registers[number] = cpu[gpr: number] }
    registers[16] = cpu.pointee.rip
    var frames: [Frame] = []
    var isExact = true
    while frames.count < limit, let rip = registers[16], rip != 0 {
      guard memory.vma(containing: rip)?.protection.contains(.execute) ?? false else {
        // A jump to nowhere: the address may have been pushed by a call.
        if frames.isEmpty, let stack = registers[7], let caller = word(stack) {
          frames.append(Frame(rip: rip, cfa: stack &+ 8, isExact: true, method: .returnAddress))
          registers[16] = caller
          registers[7] = stack &+ 8
          isExact = false
          continue
        }
        break
      }
      let (next, frame, wasSignal) = caller(of: registers, isExact: isExact)
      if let last = frames.last, frame.cfa <= last.cfa, !isExact, frame.method != .none { break }
      frames.append(frame)
      guard let next else { break }
      registers = next
      isExact = wasSignal
    }
    return frames
  }

  private func caller(of registers: [UInt64?], isExact: Bool) -> (next: [UInt64?]?, frame: Frame, isSignal: Bool) {
    let rip = registers[16] ?? 0
    let stack = registers[7] ?? 0
    // A return address lies behind its call, which may be the last instruction of the function.
    let lookup = isExact ? rip : rip &- 1
    var frame = Frame(rip: rip, cfa: stack, isExact: isExact, method: .none)
    if let module = modules.module(at: lookup), let row = module.frames.row(at: lookup &- module.bias) {
      guard let cfa = address(row.cfa, registers) else { return (nil, frame, false) }
      frame.cfa = cfa
      var next = registers
      next[7] = cfa
      for (number, rule) in row.rules where number < 17 {
        next[Int(number)] = value(rule, cfa, registers, registers[Int(number)])
      }
      // The return address is undefined in the outermost function.
      if row.rules[row.returnRegister] == nil || row.rules[row.returnRegister] == .undefined {
        return (nil, frame, false)
      }
      frame.method = .callFrameInformation
      return (next, frame, row.isSignalFrame)
    }
    return byPointers(registers, frame)
  }

  private func byPointers(_ registers: [UInt64?], _ frame: Frame) -> (next: [UInt64?]?, frame: Frame, isSignal: Bool) {
    var frame = frame
    var next = registers
    guard let stack = registers[7] else { return (nil, frame, false) }
    // At a function's first instruction the return address is on top, after `push rbp` below it.
    if frame.isExact, let instruction = process.instruction(at: frame.rip) {
      var isEntry = false
      if let module = modules.module(at: frame.rip) {
        isEntry = module.symbols.find(frame.rip &- module.bias)?.offset == 0
      }
      if isEntry || instruction.mnemonic == .ret, let caller = word(stack), isCode(caller) {
        frame.cfa = stack &+ 8
        frame.method = .returnAddress
        next[16] = caller
        next[7] = stack &+ 8
        return (next, frame, false)
      }
    }
    guard let base = registers[6], base >= stack, base & 7 == 0, let saved = word(base), let caller = word(base &+ 8),
      isCode(caller)
    else { return (nil, frame, false) }
    frame.cfa = base &+ 16
    frame.method = .framePointer
    next[6] = saved
    next[16] = caller
    next[7] = base &+ 16
    return (next, frame, false)
  }

  private func isCode(_ address: UInt64) -> Bool {
    memory.vma(containing: address)?.protection.contains(.execute) ?? false
  }

  private func address(_ rule: FrameTable.CFA, _ registers: [UInt64?]) -> UInt64? {
    switch rule {
    case .register(let number, let offset):
      guard number < 17, let value = registers[Int(number)] else { return nil }
      return value &+ UInt64(bitPattern: offset)
    case .expression(let bytes): return evaluate(bytes, [], registers)
    }
  }

  private func value(_ rule: FrameTable.Rule, _ cfa: UInt64, _ registers: [UInt64?], _ current: UInt64?) -> UInt64? {
    switch rule {
    case .undefined: return nil
    case .same: return current
    case .offset(let offset): return word(cfa &+ UInt64(bitPattern: offset))
    case .valueOffset(let offset): return cfa &+ UInt64(bitPattern: offset)
    case .register(let number): return number < 17 ? registers[Int(number)] : nil
    case .expression(let bytes): return evaluate(bytes, [cfa], registers).flatMap { word($0) }
    case .valueExpression(let bytes): return evaluate(bytes, [cfa], registers)
    }
  }

  private func evaluate(_ bytes: [UInt8], _ initial: [UInt64], _ registers: [UInt64?]) -> UInt64? {
    StackExpression.evaluate(
      bytes, initial: initial, register: { $0 < 17 ? registers[Int($0)] : nil }, load: { self.word($0) })
  }
}
