import Kernel
import LinuxABI
import Machine
import X86

/// Connects the traces that the user asked for to the process.
struct Tracing {
  let process: Process
  let output: Output

  func install(_ traces: Set<Options.Trace>) {
    for trace in traces {
      switch trace {
      case .load: process.story = LoadStory { [output] line in output.line("load: " + line) }
      case .faults: process.memory.faultObserver = { [output] event in output.line("fault: " + Self.text(event)) }
      case .blocks: traceBlocks()
      case .instructions: traceInstructions()
      case .syscalls:
        process.system.tracer = StracePrinter(memory: process.memory) { [output] line in output.line(line) }
      }
    }
  }

  private static func text(_ event: FaultEvent) -> String {
    let access =
      switch event.access {
      case .read: "read"
      case .write: "write"
      case .execute: "fetch"
      }
    let kind =
      switch event.kind {
      case .minor: "minor"
      case .major: "major, from the file"
      case .copyOnWrite: "first write to the page"
      case .stackGrowth: "the stack grows"
      case .codeWrite: "write to a page with code"
      case .failed(.mapError): "failed: nothing is mapped there"
      case .failed(.accessError): "failed: the mapping does not allow it"
      case .failed(.busError): "failed: beyond the end of the file"
      case .failed(.generalProtection): "failed: the address is not canonical"
      }
    return "\(hex(event.address, 12)) \(access): \(kind)"
  }

  private func traceBlocks() {
    process.machine.blockObserver = { [unowned process, output] address, instructions, bytes in
      output.line("block: \(process.place(address)): \(instructions) instructions, \(bytes) bytes")
    }
  }

  private func traceInstructions() {
    process.supervisor = InstructionTracer(process: process) { [unowned process, output] cpu in
      let rip = cpu.pointee.rip
      let instruction = process.instruction(at: rip)
      output.line("\(process.place(rip)): \(instruction?.description ?? "(cannot be fetched or decoded)")")
    }
  }
}
