import Glibc
import Kernel
import LinuxABI
import Machine

/// What swemu says about a run when it is over.
struct Report {
  let process: Process
  let output: Output

  // MARK: - Where the program stood

  /// The lines for a program that was stopped from outside.
  func stoppedPlace(_ why: String, inSystemCall: Bool = false) {
    let rip = process.mainThread.pointee.rip
    if inSystemCall {
      let name = SyscallTable.name(Int(truncatingIfNeeded: process.mainThread.rax))
      output.line("swemu: \(why) in the system call \(name), called from \(process.place(rip &- 2))")
      return
    }
    var text = "swemu: \(why) after \(process.mainThread.pointee.instructions) instructions, at \(process.place(rip))"
    if let instruction = process.instruction(at: rip) { text += ": \(instruction.description)" }
    output.line(text)
  }

  /// As strace tells of a signal.
  func deadlySignal(_ info: SignalInfo, to output: Output) {
    let name = info.signal.name
    var line = "--- \(name) {si_signo=\(name), si_code=\(info.code.name(with: info.signal))"
    if info.code != .kernel { line += ", si_addr=\(info.address == 0 ? "NULL" : hex(info.address))" }
    output.line(line + "} ---")
    output.line("+++ killed by \(name) +++")
  }

  /// Names for `--report`.
  enum Kind: String, CaseIterable {
    case cpuLevel = "cpu-level"
  }

  /// The lowest level of x86-64 that the run needed, and the first instruction of each level and feature beyond.
  func cpuLevel() {
    let uses = process.machine.featureUses
    let levels = CPUModel.levels.map(\.name)
    let highest = uses.compactMap { use in use.level.flatMap { levels.firstIndex(of: $0) } }.max() ?? 0
    output.line("swemu: the run needed \(levels[highest])")
    for use in uses where !use.names.isEmpty {
      let level = use.level.map { " (\($0))" } ?? ""
      output.line(
        "swemu: \(use.names.joined(separator: ", "))\(level): first \(use.instruction.description) at "
          + process.place(use.instruction.address))
    }
  }

  // MARK: - Statistics

  func statistics() {
    let memory = process.memory.statistics
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
    let system = Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
    let instructions = process.mainThread.pointee.instructions
    row("instructions", Self.grouped(instructions))
    row("blocks built", Self.grouped(process.machine.builtBlockCount))
    row(
      "page faults",
      "\(Self.grouped(memory.minorFaults)) minor (\(Self.grouped(memory.copyOnWriteFaults)) copy on write), "
        + "\(Self.grouped(memory.majorFaults)) major")
    let resident = process.memory.residentPages
    row("resident pages", "\(Self.grouped(resident)) (\(resident * 4) KiB)")
    let calls = process.system.served.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    let unknown = process.system.unknown.sorted { $0.key < $1.key }
    let total = calls.reduce(0) { $0 + $1.count } + unknown.reduce(0) { $0 + $1.value }
    row("system calls", Self.grouped(total) + (calls.isEmpty ? "" : ": ") + Self.list(calls))
    if !unknown.isEmpty {
      row("unknown calls", unknown.map { "number \($0.key) (\($0.value))" }.joined(separator: ", "))
    }
    var time = "\(Self.milliseconds(user)) ms user, \(Self.milliseconds(system)) ms system"
    if user > 0.01 {
      time += ", \(Self.grouped(UInt64(Double(instructions) / user / 1e6))) million instructions a second"
    }
    row("time", time)
    row("memory of swemu", "\(usage.ru_maxrss) KiB at most")
  }

  private func row(_ name: String, _ value: String) {
    output.line("swemu: " + name + String(repeating: " ", count: max(1, 16 - name.utf8.count)) + value)
  }

  private static func list(_ calls: [(name: String, count: UInt64)]) -> String {
    calls.map { $0.count == 1 ? $0.name : "\($0.name) \(grouped($0.count))" }.joined(separator: ", ")
  }

  /// 1234567 as 1,234,567.
  static func grouped(_ value: UInt64) -> String {
    var text = ""
    for (index, digit) in String(value).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  private static func milliseconds(_ seconds: Double) -> String {
    let tenths = UInt64(max(0, seconds) * 10_000 + 0.5)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
