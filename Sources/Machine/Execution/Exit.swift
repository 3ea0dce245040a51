import CMachine

/// Why a guest thread came back to the kernel. RIP, RFLAGS and the instruction count are exact.
package enum Exit: Sendable {
  /// SYSCALL: number and arguments are in the registers, RIP is the next instruction, RCX and R11 are set.
  case systemCall
  /// An exception; RIP is the faulting instruction, or the next one for traps (#BP, #OF, #DB).
  case exception(Exception)
  /// Somebody set the attention word; RIP is at an instruction boundary.
  case attention
  /// A breakpoint lies at RIP (`Machine.setBreakpoint`); its instruction has not run.
  case breakpoint
  /// An instruction completed that an observer wants to be told of (`Machine.takeWatchHits`, `stopAfterInstruction`).
  case observed
  /// The instruction limit was reached.
  case instructionLimit
}

/// A processor exception as the kernel would see it.
package struct Exception: Sendable, Equatable {
  package var vector: Vector
  package var errorCode: UInt32 = 0
  /// For page faults: the address (CR2).
  package var address: UInt64 = 0
  /// For page faults: why.
  package var reason: FaultReason?
  /// For #UD where the bytes are an instruction that swemu lacks rather than one that does not exist.
  package var isUnimplemented = false
}
