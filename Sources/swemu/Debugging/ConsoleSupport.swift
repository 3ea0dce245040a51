import Console
import Debugger
import Glibc
import Kernel
import LinuxABI

/// `--step`: runs the program under the console.
struct ConsoleSupport {
  var launcher: Launcher
  /// `--commands`
  let commands: [UInt8]?

  func run() -> Never {
    var launcher = launcher
    // As gdb does: the same addresses each time.
    launcher.options.isRandomized = false
    var process = launcher.makeProcess()
    let output = ConsoleOutput(1)
    let terminal = makeTerminal(output)
    output.detach(in: process.files)
    launcher.start(process, program: launcher.options.program)
    let debugger = Debugger(process: process)
    let console = Console(debugger: debugger, terminal: terminal)
    if terminal.isInteractive { InterruptKey.install { [unowned debugger] in debugger.interrupt() } }
    while true {
      let end = process.run()
      switch console.ended(end) {
      case .ended, .quit:
        // A child that was let go ends as it would without a debugger.
        if debugger.isDetached, case .killed(let signal) = end { Process.die(of: signal) }
        leave(end)
      case .failed: _exit(1)
      case .restart:
        if let arguments = console.nextArguments {
          launcher.options.program = [launcher.options.program[0]] + arguments
          console.nextArguments = nil
        }
        process.dispose()
        process = launcher.makeProcess()
        output.detach(in: process.files)
        launcher.start(process, program: launcher.options.program)
        debugger.adopt(process)
        console.adopted()
      }
    }
  }

  private func makeTerminal(_ output: ConsoleOutput) -> any ConsoleTerminal {
    if let commands {
      guard let terminal = ScriptTerminal(path: Options.shown(commands), output: output) else {
        Launcher.fail("\(Options.shown(commands)): \(Errno(errno).message)")
      }
      return terminal
    }
    return isatty(0) != 0 ? EditingTerminal(input: 0, output: output) : PipeTerminal(input: 0, output: output)
  }

  /// The program's own status where it came to its end by itself.
  private func leave(_ end: ProcessEnd) -> Never {
    switch end {
    case .exited(let status): _exit(status)
    case .killed(let signal): _exit(128 + signal)
    case .instructionLimit, .stopped: _exit(0)
    }
  }
}

/// Ctrl-C at the console stops the program instead of ending it.
enum InterruptKey {
  nonisolated(unsafe) private static var action: (() -> Void)?

  static func install(_ body: @escaping () -> Void) {
    action = body
    var disposition = sigaction()
    disposition.__sigaction_handler.sa_handler = { _ in InterruptKey.action?() }
    sigaction(SIGINT, &disposition, nil)
  }
}
