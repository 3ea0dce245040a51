/// A signal number (asm/signal.h, man 7 signal).
package struct Signal: RawRepresentable, Hashable, Sendable {
  package var rawValue: Int32
  @inlinable package init(rawValue: Int32) { self.rawValue = rawValue }
  @inlinable package init(_ rawValue: Int32) { self.rawValue = rawValue }

  package static let SIGHUP = Signal(1), SIGINT = Signal(2), SIGQUIT = Signal(3), SIGILL = Signal(4)
  package static let SIGTRAP = Signal(5), SIGABRT = Signal(6), SIGBUS = Signal(7), SIGFPE = Signal(8)
  package static let SIGKILL = Signal(9), SIGUSR1 = Signal(10), SIGSEGV = Signal(11), SIGUSR2 = Signal(12)
  package static let SIGPIPE = Signal(13), SIGALRM = Signal(14), SIGTERM = Signal(15), SIGSTKFLT = Signal(16)
  package static let SIGCHLD = Signal(17), SIGCONT = Signal(18), SIGSTOP = Signal(19), SIGTSTP = Signal(20)
  package static let SIGTTIN = Signal(21), SIGTTOU = Signal(22), SIGURG = Signal(23), SIGXCPU = Signal(24)
  package static let SIGXFSZ = Signal(25), SIGVTALRM = Signal(26), SIGPROF = Signal(27), SIGWINCH = Signal(28)
  package static let SIGIO = Signal(29), SIGPWR = Signal(30), SIGSYS = Signal(31)

  /// SIGRTMIN of the kernel; C libraries keep the first two or three for themselves.
  package static let firstRealTime: Int32 = 32
  /// _NSIG: the highest number.
  package static let highest: Int32 = 64

  /// What happens to a process that did not choose otherwise (linux/signal.h, "default actions").
  package enum DefaultAction: Sendable { case terminate, dumpCore, stop, resume, ignore }

  package var defaultAction: DefaultAction {
    switch self {
    case .SIGQUIT, .SIGILL, .SIGTRAP, .SIGABRT, .SIGBUS, .SIGFPE, .SIGSEGV, .SIGXCPU, .SIGXFSZ, .SIGSYS: .dumpCore
    case .SIGCHLD, .SIGURG, .SIGWINCH: .ignore
    case .SIGCONT: .resume
    case .SIGSTOP, .SIGTSTP, .SIGTTIN, .SIGTTOU: .stop
    default: .terminate
    }
  }

  /// `SIGSEGV`, `SIGRT_3`.
  package var name: String {
    if rawValue >= Self.firstRealTime, rawValue <= Self.highest { return "SIGRT_\(rawValue - Self.firstRealTime)" }
    guard rawValue > 0, rawValue < Self.names.count else { return "signal \(rawValue)" }
    return "SIG" + Self.names[Int(rawValue)]
  }

  private static let names = [
    "0", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
    "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH",
    "IO", "PWR", "SYS",
  ]
}

/// `si_code`: why a signal was sent (asm-generic/siginfo.h, man 2 sigaction).
package struct SignalCode: RawRepresentable, Hashable, Sendable {
  package var rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }

  package static let user = Self(rawValue: 0)
  package static let kernel = Self(rawValue: 0x80)
  // SIGILL
  package static let illegalOperand = Self(rawValue: 2)
  // SIGFPE
  package static let integerDivide = Self(rawValue: 1)
  package static let floatDivide = Self(rawValue: 3)
  package static let floatOverflow = Self(rawValue: 4)
  package static let floatUnderflow = Self(rawValue: 5)
  package static let floatInexact = Self(rawValue: 6)
  package static let floatInvalid = Self(rawValue: 7)
  // SIGSEGV
  package static let mapError = Self(rawValue: 1)
  package static let accessError = Self(rawValue: 2)
  // SIGBUS
  package static let alignment = Self(rawValue: 1)
  package static let address = Self(rawValue: 2)
  // SIGTRAP
  package static let breakpoint = Self(rawValue: 1)
  package static let trace = Self(rawValue: 2)

  /// `SEGV_MAPERR`: what the code means with this signal, of those that processor exceptions have.
  package func name(with signal: Signal) -> String {
    let names: [String]
    switch signal {
    case _ where self == .kernel: return "SI_KERNEL"
    case _ where self == .user: return "SI_USER"
    // SI_QUEUE and those below it, whatever the signal.
    case _ where rawValue < 0 && rawValue >= -6:
      return ["SI_QUEUE", "SI_TIMER", "SI_MESGQ", "SI_ASYNCIO", "SI_SIGIO", "SI_TKILL"][Int(-1 - rawValue)]
    case .SIGILL:
      names = ["ILL_ILLOPC", "ILL_ILLOPN", "ILL_ILLADR", "ILL_ILLTRP", "ILL_PRVOPC", "ILL_PRVREG", "ILL_COPROC"]
    case .SIGFPE: names = ["INTDIV", "INTOVF", "FLTDIV", "FLTOVF", "FLTUND", "FLTRES", "FLTINV"].map { "FPE_" + $0 }
    case .SIGSEGV: names = ["SEGV_MAPERR", "SEGV_ACCERR"]
    case .SIGBUS: names = ["BUS_ADRALN", "BUS_ADRERR", "BUS_OBJERR"]
    case .SIGTRAP: names = ["TRAP_BRKPT", "TRAP_TRACE"]
    default: names = []
    }
    let index = Int(rawValue) - 1
    return names.indices.contains(index) ? names[index] : String(rawValue)
  }
}
