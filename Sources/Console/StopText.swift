import Debugger
import Kernel
import LinuxABI
import Machine
import X86

// What a stop looks like.
extension Console {
  func showStop(_ stop: Stop) {
    for reason in stop.reasons { showReason(reason) }
    if let effects = debugger.lastEffects { show(effects) }
    for line in events.lines(debugger) { say("  " + line) }
    showPlace(stop.thread.cpu, withSource: true)
    for display in displays where display.isEnabled { show(display) }
  }

  private func showReason(_ reason: StopReason) {
    switch reason {
    case .start, .stepped: break
    case .breakpoint(let point):
      let kind = point.isTemporary ? "Temporary breakpoint" : "Breakpoint"
      say("\(kind) \(point.number), \(placeText(point.address))")
    case .watchpoint(let report): show(report)
    case .systemCall(let number, let isReturn):
      let name = SyscallTable.name(number)
      let result = isReturn ? " = \(Int64(bitPattern: cpu.rax))" : ""
      say("Catchpoint: \(isReturn ? "returned from" : "call to") system call \(name)\(result)")
    case .signal(let info):
      var text = "Program received signal \(info.signal.name), \(info.code.name(with: info.signal))"
      if info.code != .kernel, info.address != 0 { text += ", address \(hex(info.address))" }
      say(text)
    case .pageFault(let event): say("Catchpoint: page fault at \(hex(event.address)), \(EventLog.text(event))")
    case .exec:
      say("Catchpoint: executed \(String(decoding: debugger.process.image.executablePath, as: UTF8.self))")
    case .fork(let child, let isVfork): say("Catchpoint: \(isVfork ? "vforked" : "forked") process \(child)")
    case .vforkDone: say("The child of the vfork is done.")
    case .becameChild: say("Catchpoint: fork, here in the child")
    case .interrupt: say("Interrupted.")
    case .instructionLimit: say("The limit of instructions was reached.")
    }
  }

  /// A reason in a few words, for a status line.
  func shortText(_ reason: StopReason) -> String {
    switch reason {
    case .start: "at its beginning"
    case .stepped: "stepped"
    case .breakpoint(let point): "breakpoint \(point.number)"
    case .watchpoint(let report):
      "watchpoint \(report.watchpoint.number) \(report.watchpoint.text): "
        + (report.isWrite ? "\(Debugger.text(number: report.before)) -> " : "read ")
        + Debugger.text(number: report.after)
    case .systemCall(let number, let isReturn): (isReturn ? "returned from " : "calls ") + SyscallTable.name(number)
    case .signal(let info): "signal \(info.signal.name)"
    case .pageFault(let event): "page fault at \(hex(event.address)), \(EventLog.text(event))"
    case .exec: "executed a new program"
    case .fork(let child, _): "forked process \(child)"
    case .vforkDone: "the child of the vfork is done"
    case .becameChild: "the child of a fork"
    case .interrupt: "interrupted"
    case .instructionLimit: "at the limit of instructions"
    }
  }

  private func show(_ report: WatchReport) {
    let point = report.watchpoint
    let kind =
      switch point.kind {
      case .write: "Watchpoint"
      case .read: "Read watchpoint"
      case .access: "Access watchpoint"
      }
    say("\(kind) \(point.number): \(point.text)")
    var report = report
    // Of a small thing, all of it: who writes one byte of a number changes the number.
    if point.length <= 16, report.address >= point.address {
      let whole = debugger.read(point.address, Int(point.length))
      let start = Int(report.address &- point.address)
      if whole.count == Int(point.length), start + report.before.count <= whole.count {
        var before = whole
        before.replaceSubrange(start..<start + report.before.count, with: report.before)
        var after = whole
        after.replaceSubrange(start..<start + report.after.count, with: report.after)
        (report.address, report.before, report.after) = (point.address, before, after)
      }
    }
    let place = report.address == point.address ? "" : " at \(hex(report.address))"
    if report.isWrite, report.before != report.after {
      say("  old value\(place) \(valueText(report.before))")
      say("  new value\(place) \(valueText(report.after))")
    } else {
      say("  \(report.isWrite ? "written" : "read"), value\(place) \(valueText(report.after))")
    }
    if report.isKernel {
      say("  by the system call \(debugger.systemCall.map { SyscallTable.name($0) } ?? "before")")
    } else if let instruction = debugger.process.instruction(at: report.rip) {
      say("  by \(placeText(report.rip)): \(text(instruction))")
    }
  }

  /// A little-endian number, in decimal too where that says more.
  private func valueText(_ bytes: [UInt8]) -> String {
    let text = Debugger.text(number: bytes)
    guard [1, 2, 4, 8].contains(bytes.count) else { return text }
    let value = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let decimal = self.text(value, bytes.count < 4 ? "u" : "d", size: bytes.count)
    return value < 10 ? text : "\(text) = \(decimal)"
  }

  /// What an instruction did, in lines that begin with two blanks.
  func show(_ effects: Effects) {
    say("\(placeText(effects.instruction.address)): \(text(effects.instruction))")
    for line in Self.lines(effects) { say("  " + line) }
  }

  static func lines(_ effects: Effects) -> [String] {
    var lines: [String] = []
    var reads = effects.registersRead.map { "\($0.name)=\($0.value)" }
    reads += effects.memoryRead.map { "[\(hex($0.address))]=\(Debugger.text(number: $0.bytes))" }
    if !reads.isEmpty { lines.append("read   " + reads.joined(separator: ", ")) }
    for change in effects.registersWritten { lines.append("wrote  \(change.name) \(change.old) -> \(change.new)") }
    for change in effects.memoryWritten {
      lines.append(
        "wrote  [\(hex(change.address))] \(Debugger.text(number: change.before)) -> \(Debugger.text(number: change.after))"
      )
    }
    return lines
  }

  /// The instruction at RIP, with its source line if there is one.
  func showPlace(_ cpu: CPU, withSource: Bool) {
    let rip = cpu.pointee.rip
    if withSource, let line = debugger.modules.line(at: rip), let text = sources.line(line.file, line.line) {
      say("\(line.line)\t\(text)")
      (listedFile, listedLine) = (line.file, line.line)
    }
    guard let instruction = debugger.process.instruction(at: rip) else {
      return say("=> \(placeText(rip)): (no instruction can be fetched here)")
    }
    say("=> \(placeText(rip)): \(text(instruction))")
  }

  /// `0x401136 <main+4>`
  func placeText(_ address: UInt64) -> String {
    hex(address) + (debugger.modules.describe(address).map { " <\($0)>" } ?? "")
  }

  /// An instruction, with what its addresses are called.
  func text(_ instruction: Instruction) -> String {
    var note: String?
    if let target = instruction.branchTarget {
      note = debugger.modules.describe(target)
    } else if let operand = instruction.memory, operand.base.file == .rip {
      let target = instruction.nextAddress &+ UInt64(bitPattern: operand.displacement)
      note = hex(target) + (debugger.modules.describe(target).map { " <\($0)>" } ?? "")
    }
    return instruction.description + (note.map { "  # \($0)" } ?? "")
  }
}
