import CMachine
import X86

extension Machine {
  /// The reason in the CPU state as a value.
  func exit(_ cpu: CPU) -> Exit {
    switch cpu.pointee.exit_reason {
    case SWEMU_EXIT_SYSCALL.rawValue: return .systemCall
    case SWEMU_EXIT_EXCEPTION.rawValue:
      let vector = Vector(rawValue: cpu.pointee.exit_vector) ?? .invalidOpcode
      // The instruction did not complete: what it touched before does not count.
      observers.forgetEvents()
      return .exception(
        Exception(
          vector: vector, errorCode: cpu.pointee.exit_error, address: cpu.pointee.exit_address,
          reason: vector == .pageFault ? FaultReason(rawValue: UInt8(truncatingIfNeeded: cpu.pointee.exit_detail)) : nil
        ))
    case SWEMU_EXIT_OBSERVER.rawValue: return .breakpoint
    default: return .attention
    }
  }

  func setException(
    _ cpu: CPU, _ vector: Vector, error: UInt32 = 0, address: UInt64 = 0, detail: UInt32 = 0, rip: UInt64
  ) {
    cpu.pointee.rip = rip
    cpu.pointee.exit_reason = SWEMU_EXIT_EXCEPTION.rawValue
    cpu.pointee.exit_vector = vector.rawValue
    cpu.pointee.exit_error = error
    cpu.pointee.exit_address = address
    cpu.pointee.exit_detail = detail
  }

  /// Instructions of `p`'s block that have run when `p` has not.
  private static func settleCount(_ cpu: CPU, _ p: OpPointer) {
    let before = Int(p.pointee.position) - Int(p.header.pointee.prologueCount)
    if before > 0 { cpu.pointee.instructions &+= UInt64(before) }
  }

  /// An exception raised by the micro-op `p`.
  @inline(never) static func raise(_ cpu: CPU, _ vector: Vector, _ error: UInt32, _ p: OpPointer) {
    settleCount(cpu, p)
    of(cpu).setException(cpu, vector, error: error, rip: p.rip)
  }

  /// Leaves in front of the pair `p`; `run` executes its instructions one by one.
  @inline(never) static func takeApart(_ cpu: CPU, _ p: OpPointer) -> OpPointer? {
    settleCount(cpu, p)
    cpu.pointee.rip = p.rip
    cpu.pointee.exit_reason = SWEMU_EXIT_PAIR.rawValue
    return nil
  }

  @inline(never) static func stopForAttention(_ cpu: CPU, _ p: OpPointer) {
    settleCount(cpu, p)
    cpu.pointee.rip = p.rip
    cpu.pointee.exit_reason = SWEMU_EXIT_ATTENTION.rawValue
  }

  /// After `p` changed code: the rest of the block must be decoded again. Always leaves, unless `next` does so itself.
  @inline(never) static func resumeAfterCodeChange(_ cpu: CPU, _ p: OpPointer, _ next: OpPointer) -> OpPointer? {
    let machine = of(cpu)
    if next == machine.resumeOp || next.pointee.handler == Handlers.stub { return next }
    settleCount(cpu, next)
    cpu.pointee.rip = next.rip
    cpu.pointee.exit_reason = SWEMU_EXIT_RESUME.rawValue
    return nil
  }

  /// The block at an indirect target, remembered in the jump cache. Where there is none, the micro-op that leaves with
  /// RIP at the target: the branch completes, the fault is the next instruction's.
  @inline(never) static func resolveIndirect(_ cpu: CPU, _ target: UInt64) throws(Departure) -> OpPointer {
    let machine = of(cpu)
    if !machine.isStepping(cpu), let found = machine.findBlock(target, cpu) { return found }
    cpu.pointee.rip = target
    return machine.resumeOp
  }

  /// Resolves a fault at `address` or sets the exception. True if the access may be tried again.
  func pageFault(_ cpu: CPU, _ address: UInt64, _ access: Access, size: Int, rip: UInt64) -> Bool {
    let guest = MXCSR.suspend()
    defer { swemu_load_mxcsr(guest) }
    let outcome = outsideGuestCode(cpu) { memory.fault(address: address, access: access, size: size) }
    switch outcome {
    case .resolved: return true
    case .failed(let reason, let at):
      if reason == .generalProtection {
        setException(
          cpu, isStackAccess(access, rip: rip) ? .stackFault : .generalProtection, address: address, rip: rip)
        return false
      }
      // Page-fault error code (SDM vol. 3A, 4.7): P, W, U, I.
      var error: UInt32 = 4
      if reason == .accessError { error |= 1 }
      if access == .write { error |= 2 }
      if access == .execute { error |= 16 }
      setException(cpu, .pageFault, error: error, address: at, detail: UInt32(reason.rawValue), rip: rip)
      return false
    }
  }
}

/// The host address of guest bytes after all checks, page by page; faults pages in. Out of line.
@inline(never)
func slowHost(_ cpu: CPU, _ address: UInt64, _ count: Int, _ right: UInt8, _ p: OpPointer) throws(Departure)
  -> UnsafeMutableRawPointer
{
  let machine = Machine.of(cpu)
  let access: Access = right == Right.write ? .write : .read
  let last = address &+ UInt64(truncatingIfNeeded: count) &- 1
  var tries = 0
  while true {
    var hasFaulted = false
    var page = address
    while true {
      let allowed = page < 1 << 46 && machine.memory.pageTable[Int(truncatingIfNeeded: page >> 12)] & right != 0
      if !allowed {
        hasFaulted = true
        if !machine.pageFault(cpu, page, access, size: count, rip: p.rip) {
          let before = Int(p.pointee.position) - Int(p.header.pointee.prologueCount)
          if before > 0 { cpu.pointee.instructions &+= UInt64(before) }
          throw Departure()
        }
      }
      if page >> 12 == last >> 12 { break }
      page = (page | 0xfff) &+ 1
    }
    tries += 1
    // While this thread waited for the lock, another may have taken away what was found before: code that it runs on
    // the page, most likely. (Watched pages never show their rights, so there is an end to it.)
    if !hasFaulted || !machine.isParallel || tries == (machine.memory.watches == nil ? 10_000 : 8) { break }
  }
  guard let host = UnsafeMutableRawPointer(bitPattern: UInt(address)) else { throw Departure() }
  if let watches = machine.memory.watches {
    machine.noteAccess(cpu, address, count, isWrite: right == Right.write, rip: p.rip, watches)
  }
  return host
}
