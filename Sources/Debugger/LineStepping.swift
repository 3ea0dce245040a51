import DWARF
import Kernel
import Machine
import X86

// Steps by source line, and over calls.
extension Debugger {
  /// A plan that ends at another line than the one at RIP.
  func linePlan(_ cpu: CPU, entersCalls: Bool) -> Plan {
    guard let place = modules.line(at: cpu.pointee.rip) else { return .steps(1) }
    return .line(LinePlan(range: place.range, frame: frame(cpu), entersCalls: entersCalls))
  }

  /// The canonical frame address: what tells a function's activation from its callees and callers.
  func frame(_ cpu: CPU) -> UInt64 { backtrace(cpu, limit: 1).first?.cfa ?? cpu.rsp }

  /// One step of a line plan.
  func advance(_ cpu: CPU, _ plan: LinePlan) -> Exit? {
    let instruction = process.instruction(at: cpu.pointee.rip)
    let before = cpu.rsp
    let exit = machine.step(cpu)
    if exit != nil { return exit }
    let rip = cpu.pointee.rip
    if let instruction, instruction.isCall, instruction.nextAddress != rip {
      // Into a function with lines only if asked to; through everything else.
      let lines = plan.entersCalls ? modules.line(at: rip) : nil
      if lines == nil {
        plans.append(.reach(address: instruction.nextAddress, stack: before))
        markStale()
        return afterStep(cpu, nil)
      }
      plans[plans.count - 1] = .range(prologue(at: rip))
      return afterStep(cpu, nil)
    }
    if machine.breakpoints.contains(rip) { return .breakpoint }
    if plan.range.contains(rip) { return nil }
    guard let place = modules.line(at: rip) else {
      // Code without lines: a return into the C library, or a jump there. Back to where it returns to, if anywhere.
      if let instruction, instruction.isReturn { return finishPlan(cpu) }
      if let back = returnAddress(cpu), modules.line(at: back) != nil {
        plans.append(.reach(address: back, stack: cpu.rsp))
        markStale()
        return nil
      }
      return finishPlan(cpu)
    }
    // A line is left when another begins; the middle of one (a return to it) is gone through.
    if place.range.lowerBound == rip { return finishPlan(cpu) }
    plans[plans.count - 1] = .line(LinePlan(range: place.range, frame: plan.frame, entersCalls: plan.entersCalls))
    return nil
  }

  /// Whether another line than the plan's begins at `rip`.
  func beginsAnotherLine(_ rip: UInt64, _ plan: LinePlan) -> Bool {
    !plan.range.contains(rip) && modules.line(at: rip)?.range.lowerBound == rip
  }

  /// From a function's first instruction to its first statement.
  private func prologue(at address: UInt64) -> Range<UInt64> {
    let end = afterPrologue(address)
    return end > address ? address..<end : address..<address &+ 1
  }

  /// Where a breakpoint on a function goes: behind its prologue if there are lines, else to its first instruction.
  package func afterPrologue(_ address: UInt64) -> UInt64 {
    guard let module = modules.module(at: address), let (symbol, offset) = module.symbols.find(address &- module.bias),
      offset == 0
    else { return address }
    let end = symbol.address &+ max(symbol.size, 1)
    return module.lines.afterPrologue(address &- module.bias, end: end) &+ module.bias
  }

  /// Where the innermost function returns to.
  package func returnAddress(_ cpu: CPU) -> UInt64? {
    let frames = backtrace(cpu, limit: 2)
    return frames.count == 2 ? frames[1].rip : nil
  }

  /// How to run to behind the instruction at RIP, calls and repetitions included.
  package func stepOver(_ cpu: CPU) -> Resume {
    guard let instruction = process.instruction(at: cpu.pointee.rip), instruction.isCall else { return .steps(1) }
    return .reach(address: instruction.nextAddress, stack: cpu.rsp)
  }

  /// How to run until the innermost function has returned; nil for the outermost.
  package func stepOut(_ cpu: CPU) -> Resume? {
    let frames = backtrace(cpu, limit: 2)
    guard frames.count == 2 else { return nil }
    return .reach(address: frames[1].rip, stack: frames[0].cfa)
  }
}
