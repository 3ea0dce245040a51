import CHost
import Decode
import Glibc
import Kernel
import LinuxABI
import Machine

/// Statuses of swemu's own (`--help` lists them).
enum ExitStatus {
  static let instructionLimit: Int32 = 120
  static let difference: Int32 = 121
  static let timeout: Int32 = 124
  static let failure: Int32 = 125
  static let notExecutable: Int32 = 126
  static let notFound: Int32 = 127
}

/// From the command line to the end of the guest.
struct Launcher {
  var options: Options
  private let output: Output
  private let messages: Output

  /// RLIMIT_STACK as the user had it.
  private let stackLimit: UInt64

  init(_ options: Options, stackLimit: UInt64) {
    self.options = options
    self.stackLimit = stackLimit
    messages = Output(sharing: 2)
    if let path = options.traceFile {
      guard let file = Output(path: path) else {
        let reason = Errno(errno).message
        Launcher.fail("\(Options.shown(path)): cannot be written: \(reason)")
      }
      output = file
    } else {
      output = messages
    }
  }

  /// Says what is wrong, with swemu's name in front, and ends.
  static func fail(_ message: String, remedy: String? = nil, status: Int32 = ExitStatus.failure) -> Never {
    var text = "swemu: \(message)\n"
    if let remedy { text += "swemu: \(remedy)\n" }
    let bytes = Array(text.utf8)
    _ = write(2, bytes, bytes.count)
    _exit(status)
  }

  func run() -> Never {
    if options.usesFullScreen { FullScreenSupport(launcher: self).run() }
    if options.usesConsole { ConsoleSupport(launcher: self, commands: options.commands).run() }
    if let endpoint = options.gdb { GDBSupport(launcher: self).run(endpoint) }
    let process = makeProcess()
    let reports = ProfileReports(options, process: process)
    start(process, program: options.program)
    if !options.sandbox.isEmpty {
      process.system.sandbox = Sandbox(options.sandbox) { [messages] line in messages.line("swemu: " + line) }
    }
    if options.verifies {
      process.mayHaveThreads = false
      verify(process)
    }
    let deadline = options.timeout.map { Watchdog.now + $0 }
    watch(process, until: deadline)
    process.forkObservers.append(
      ForkObserver(
        willFork: { [output, messages] in
          output.flush()
          messages.flush()
        },
        isChild: { [unowned process] in
          output.becomeForkChild(in: process.files)
          if messages !== output { messages.becomeForkChild(in: process.files) }
          watch(process, until: deadline)
        }))
    process.finisher = { [unowned process] end in
      reports?.write()
      finish(process, end)
    }
    let end = process.run()
    reports?.write()
    finish(process, end)
  }

  /// Starts the watchdog, which a fork leaves behind in the parent.
  private func watch(_ process: Process, until deadline: Double?) {
    guard let deadline else { return }
    Watchdog(deadline: deadline, cpu: process.mainThread) { finish(process, .stopped, inSystemCall: true) }.start()
  }

  /// A process that is ready for `start`, with the traces that were asked for.
  func makeProcess() -> Process {
    var settings = ProcessSettings()
    settings.sysroot = options.sysroot
    settings.isRandomized = options.isRandomized
    if let processor = options.processor { settings.processor = processor }
    settings.stackLimit = options.stackSize ?? stackLimit
    var limits = MemoryLimits()
    limits.addressSpace = liftAddressSpaceLimit()
    if let bytes = options.maxMemory { limits.committed = bytes }
    guard let decoder = try? CapstoneDecoder() else { Self.fail("the instruction decoder cannot be opened") }
    do throws(Errno) {
      let process = try Process.make(decoder: decoder, settings: settings, limits: limits)
      if let limit = options.maxInstructions { process.machine.instructionLimit = limit }
      prepare(process)
      return process
    } catch {
      Self.fail(
        "no address space for the program: \(error.message)",
        remedy: error == .ENOMEM ? "lift the limit on virtual memory (ulimit -v unlimited)" : nil)
    }
  }

  private func prepare(_ process: Process) {
    // A descriptor of our own costs some system calls: only where something will be written for sure.
    if !options.traces.isEmpty || options.showsStatistics || !options.reports.isEmpty {
      output.detach(in: process.files)
    }
    process.diagnostics = { [messages] line in messages.line("swemu: " + line) }
    Tracing(process: process, output: output).install(options.traces)
  }

  /// RLIMIT_AS is the guest's; the emulator needs more. Returns what the user had set, after raising it for itself.
  private func liftAddressSpaceLimit() -> UInt64 {
    let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur != rlim_t.max else { return .max }
    let wanted = UInt64(limit.rlim_cur)
    limit.rlim_cur = limit.rlim_max
    setrlimit(resource, &limit)
    return wanted
  }

  /// `--verify`.
  private func verify(_ process: Process) -> Never {
    switch Verifier(process: process, output: messages).run() {
    case .ended(let end): finish(process, end)
    case .differs:
      output.flush()
      _exit(ExitStatus.difference)
    case .impossible(let reason): Self.fail("--verify: \(reason)")
    }
  }

  // MARK: - Start

  /// Loads the program; says why and ends where that cannot be.
  func start(_ process: Process, program: [[UInt8]]) {
    let name = program[0]
    do throws(ExecFailure) {
      try load(process, program: program)
    } catch {
      output.flush()
      var line = "\(Options.shown(name)): \(error.reason ?? error.errno.message)"
      if error.isFatal { line += " (Linux kills such a program with SIGSEGV)" }
      messages.line("swemu: " + line)
      if let remedy = error.remedy { messages.line("swemu: \(remedy)") }
      if error.isFatal {
        let signal = Signal.SIGSEGV.rawValue
        Process.die(of: signal, hasCore: process.writeCore(signal))
      }
      _exit(error.errno == .ENOENT ? ExitStatus.notFound : ExitStatus.notExecutable)
    }
  }

  func load(_ process: Process, program: [[UInt8]]) throws(ExecFailure) {
    var arguments = program
    if let argv0 = options.argv0 { arguments[0] = argv0 }
    let path = try ProgramSearch.find(program[0])
    try process.execute(path: path, arguments: arguments, environment: environment())
  }

  /// swemu's own environment with the changes that `-E` and `-U` ask for.
  private func environment() -> [[UInt8]] {
    var entries: [[UInt8]] = []
    var pointer = environ
    while let entry = pointer.pointee {
      entries.append(bytes(entry))
      pointer += 1
    }
    for change in options.environmentChanges {
      switch change {
      case .unset(let name): entries.removeAll { Self.entry($0, isNamed: name) }
      case .set(let name, let entry):
        if let index = entries.firstIndex(where: { Self.entry($0, isNamed: name) }) {
          entries[index] = entry
        } else {
          entries.append(entry)
        }
      }
    }
    return entries
  }

  private static func entry(_ entry: [UInt8], isNamed name: [UInt8]) -> Bool {
    entry.count > name.count && entry[name.count] == UInt8(ascii: "=") && entry.starts(with: name)
  }

  // MARK: - End

  /// - Parameter inSystemCall: called from another thread because the guest's does not come back from the host.
  func finish(_ process: Process, _ end: ProcessEnd, inSystemCall: Bool = false) -> Never {
    #if CHAIN_PROFILE
      process.machine.writeChainProfile()
    #endif
    let report = Report(process: process, output: messages)
    switch end {
    case .instructionLimit: report.stoppedPlace("stopped by --max-instructions")
    case .stopped: report.stoppedPlace("stopped by --timeout", inSystemCall: inSystemCall)
    case .exited, .killed: break
    }
    if case .killed = end, options.traces.contains(.syscalls), let signal = process.lastSignal {
      report.deadlySignal(signal, to: output)
    }
    if options.reports.contains(.cpuLevel) { Report(process: process, output: output).cpuLevel() }
    if options.showsStatistics { Report(process: process, output: output).statistics() }
    output.flush()
    switch end {
    case .exited(let status): _exit(status)
    case .killed(let signal): Process.die(of: signal, hasCore: process.writeCore(signal))
    case .instructionLimit: _exit(ExitStatus.instructionLimit)
    case .stopped: _exit(ExitStatus.timeout)
    }
  }
}
