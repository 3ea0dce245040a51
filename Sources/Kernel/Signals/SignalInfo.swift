import LinuxABI
import Machine
import X86

/// A signal with what its handler is told (man 2 sigaction, siginfo_t).
package struct SignalInfo: Sendable, Hashable {
  package var signal: Signal
  package var code: SignalCode
  /// `si_addr`; 0 where the kernel gives none.
  package var address: UInt64 = 0
  /// The 112 bytes of siginfo_t behind its three numbers, of a signal that somebody sent; empty for faults.
  package var details: [UInt8] = []
  /// The exception vector, which the signal frame shows (`REG_TRAPNO`).
  package var trap: UInt32 = 0
  /// The error code that the exception pushed (`REG_ERR`).
  package var errorCode: UInt32 = 0
}

extension SignalInfo {
  /// The signal that the kernel makes of a processor exception (arch/x86/kernel/traps.c, arch/x86/mm/fault.c).
  package init(_ exception: Exception, cpu: CPU) {
    let rip = cpu.pointee.rip
    switch exception.vector {
    case .divideError: self.init(signal: .SIGFPE, code: .integerDivide, address: rip)
    case .debug:
      // Without the trap flag it was ICEBP (get_si_code).
      let isStep = cpu.pointee.rflags & 0x100 != 0
      self.init(signal: .SIGTRAP, code: isStep ? .trace : .breakpoint, address: rip)
    case .breakpoint: self.init(signal: .SIGTRAP, code: .kernel)
    case .overflow, .generalProtection: self.init(signal: .SIGSEGV, code: .kernel)
    case .invalidOpcode: self.init(signal: .SIGILL, code: .illegalOperand, address: rip)
    case .stackFault: self.init(signal: .SIGBUS, code: .kernel)
    case .pageFault:
      switch exception.reason {
      case .busError: self.init(signal: .SIGBUS, code: .address, address: exception.address)
      case .accessError: self.init(signal: .SIGSEGV, code: .accessError, address: exception.address)
      case .generalProtection: self.init(signal: .SIGSEGV, code: .kernel)
      case .mapError, nil: self.init(signal: .SIGSEGV, code: .mapError, address: exception.address)
      }
    case .x87:
      let status = cpu.pointee.fsw & ~cpu.pointee.fcw
      self.init(signal: .SIGFPE, code: Self.floatCode(UInt32(status)), address: rip)
    case .simd:
      let status = cpu.pointee.mxcsr & ~(cpu.pointee.mxcsr >> 7)
      self.init(signal: .SIGFPE, code: Self.floatCode(status), address: rip)
    case .alignmentCheck: self.init(signal: .SIGBUS, code: .alignment)
    }
    trap = exception.vector.rawValue
    errorCode = exception.errorCode
  }

  /// fpu__exception_code: the unmasked exception that counts (arch/x86/kernel/fpu/core.c).
  private static func floatCode(_ unmasked: UInt32) -> SignalCode {
    if unmasked & 0x01 != 0 { return .floatInvalid }
    if unmasked & 0x04 != 0 { return .floatDivide }
    if unmasked & 0x08 != 0 { return .floatOverflow }
    // Denormal operands count as underflow.
    if unmasked & 0x12 != 0 { return .floatUnderflow }
    if unmasked & 0x20 != 0 { return .floatInexact }
    return SignalCode(rawValue: 0)
  }
}

extension SignalCode {
  /// `SI_TKILL`: sent with tkill or tgkill.
  static let thread = Self(rawValue: -6)
}
