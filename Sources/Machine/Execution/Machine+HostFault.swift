import CMachine
import Glibc

extension Machine {
  /// What the host's handler of SIGSEGV and SIGBUS calls for a fault of this thread; see `swemu_recover`.
  ///
  /// A file that shrinks under a mapping is one cause (SIGBUS). The other is a page that went away between the check of
  /// one operand and its use, while the thread waited for the page of another operand: then the instruction runs again
  /// and finds out. Returns the exception, or nil if the thread is to go on.
  func settleHostFault(_ cpu: CPU) -> Exit? {
    let address = cpu.pointee.exit_address
    guard let op = faultingOp(cpu) else { return lostPlace(cpu) }
    let before = Int(op.pointee.position) - Int(op.header.pointee.prologueCount)
    if before > 0 { cpu.pointee.instructions &+= UInt64(before) }
    cpu.pointee.rip = op.rip
    if cpu.pointee.exit_detail == UInt32(SIGBUS) {
      return busError(cpu, address)
    }
    cpu.pointee.fault_count = cpu.pointee.fault_last == address ? cpu.pointee.fault_count &+ 1 : 0
    cpu.pointee.fault_last = address
    // The page table and the host disagree: never seen, but it must not become an endless loop.
    guard cpu.pointee.fault_count < 64 else {
      setException(
        cpu, .pageFault, error: 4, address: address, detail: UInt32(FaultReason.mapError.rawValue), rip: op.rip)
      return exit(cpu)
    }
    return nil
  }

  private func busError(_ cpu: CPU, _ address: UInt64) -> Exit {
    let rip = cpu.pointee.rip
    setException(cpu, .pageFault, error: 4, address: address, detail: UInt32(FaultReason.busError.rawValue), rip: rip)
    return exit(cpu)
  }

  /// The block's start is all that is known: better than nothing for a program that dies of it.
  private func lostPlace(_ cpu: CPU) -> Exit {
    let reason: FaultReason = cpu.pointee.exit_detail == UInt32(SIGBUS) ? .busError : .mapError
    setException(
      cpu, .pageFault, error: 4, address: cpu.pointee.exit_address, detail: UInt32(reason.rawValue),
      rip: cpu.pointee.rip)
    return exit(cpu)
  }

  /// The micro-op that faulted. In its cold compilation it is known; in the fast one it is in the second argument
  /// register, which may have moved on to the next one already: the handler's address tells.
  private func faultingOp(_ cpu: CPU) -> OpPointer? {
    guard let candidate = cpu.pointee.fault_op, UInt(bitPattern: candidate) & 31 == 0 else { return nil }
    let op = candidate.assumingMemoryBound(to: MicroOp.self)
    let rip = UInt(cpu.pointee.fault_rip)
    if rip == 0 { return op }
    return memory.locked {
      guard holdsBlock(UInt(bitPattern: op)) else { return nil }
      let isThis = rip >= op.pointee.handler && rip - op.pointee.handler < 1024
      guard op.pointee.position > 0 else { return isThis ? op : nil }
      let last = op - 1
      let isLast = rip >= last.pointee.handler && rip - last.pointee.handler < 1024
      if isThis, isLast { return op.pointee.handler >= last.pointee.handler ? op : last }
      return isThis ? op : isLast ? last : nil
    }
  }
}
