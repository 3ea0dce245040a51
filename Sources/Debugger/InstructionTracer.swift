import Kernel
import Machine
import X86

/// Runs a thread instruction by instruction and tells of each with its effects (`--trace=instructions`).
///
/// One line an instruction: address and symbol, the instruction, what it read from memory, what it changed. Two runs
/// of the same program at the same addresses (`--no-aslr`) can be compared with diff.
package final class InstructionTracer: ProcessSupervisor {
  private unowned let process: Process
  private let debugger: Debugger
  private let show: (String) -> Void
  private struct Known {
    var instruction: Instruction
    var text: String
  }
  private var known: [UInt64: Known] = [:]
  private static let knownLimit = 1 << 20

  package init(process: Process, show: @escaping (String) -> Void) {
    self.process = process
    self.show = show
    debugger = Debugger(process: process)
    process.supervisor = self
  }

  package func run(_ cpu: CPU) -> Exit {
    while true {
      if cpu.pointee.attention != 0 { return .attention }
      if cpu.pointee.instructions >= process.machine.instructionLimit { return .instructionLimit }
      let rip = cpu.pointee.rip
      guard let known = entry(rip) else {
        show("\(process.place(rip)): (cannot be fetched or decoded)")
        if let exit = process.machine.step(cpu) { return exit }
        continue
      }
      let record = debugger.record(known.instruction, cpu)
      let exit = process.machine.step(cpu)
      show(known.text + Self.text(debugger.finishEffects(record, cpu), exit))
      if let exit { return exit }
    }
  }

  /// The instruction at `rip`, decoded once as long as its bytes stay the same.
  private func entry(_ rip: UInt64) -> Known? {
    if let found = known[rip], debugger.hasBytes(of: found.instruction) { return found }
    guard let instruction = process.instruction(at: rip) else { return nil }
    if known.count >= Self.knownLimit { known = [:] }
    let made = Known(instruction: instruction, text: "\(process.place(rip)): \(instruction.description)")
    known[rip] = made
    return made
  }

  private static func text(_ effects: Effects, _ exit: Exit?) -> String {
    if case .exception? = exit { return " ; exception" }
    var parts = effects.memoryRead.map { "read [\(hex($0.address))] \(Debugger.text(number: $0.bytes))" }
    parts += effects.memoryWritten.map { "[\(hex($0.address))] = \(Debugger.text(number: $0.after))" }
    parts += effects.registersWritten.map { "\($0.name) = \($0.new)" }
    return parts.isEmpty ? "" : " ; " + parts.joined(separator: ", ")
  }

  package func systemCallEntered(_ cpu: CPU) {}
  package func systemCallReturned(_ cpu: CPU) {}
  package func signalArrived(_ signal: SignalInfo, _ cpu: CPU) -> Int32 { signal.signal.rawValue }
  package func processEnded(_ end: ProcessEnd) {}
}
