import Kernel
import Machine

/// Runs a thread instruction by instruction (`--trace=instructions`).
final class InstructionTracer: ProcessSupervisor {
  private unowned let process: Process
  private let show: (CPU) -> Void

  init(process: Process, show: @escaping (CPU) -> Void) {
    self.process = process
    self.show = show
  }

  func run(_ cpu: CPU) -> Exit {
    while true {
      if cpu.pointee.attention != 0 { return .attention }
      if cpu.pointee.instructions >= process.machine.instructionLimit { return .instructionLimit }
      show(cpu)
      if let exit = process.machine.step(cpu) { return exit }
    }
  }

  func systemCallEntered(_ cpu: CPU) {}
  func systemCallReturned(_ cpu: CPU) {}
  func signalArrived(_ signal: SignalInfo, _ cpu: CPU) -> Int32 { signal.signal.rawValue }
  func processEnded(_ end: ProcessEnd) {}
}
