import Console
import Debugger
import Glibc
import Kernel
import LinuxABI

/// `--tui`: runs the program under the full screen.
struct FullScreenSupport {
  var launcher: Launcher

  func run() -> Never {
    var launcher = launcher
    // As gdb does: the same addresses each time.
    launcher.options.isRandomized = false
    var process = launcher.makeProcess()
    // What cannot be loaded is told on the terminal as it is.
    launcher.start(process, program: launcher.options.program)
    guard let terminals = FullScreen.Terminals() else {
      Launcher.fail("--tui needs a terminal: \(Errno(errno).message)", remedy: "--step works without one")
    }
    terminals.hide(in: process.files)
    let debugger = Debugger(process: process)
    let screen = FullScreen(debugger: debugger, terminals: terminals)
    while true {
      let end = process.run()
      if debugger.isDetached, debugger.frontEnd == nil {
        // A forked child, which runs free.
        launcher.finish(process, end)
      }
      switch screen.ended(end) {
      case .restart:
        if let arguments = screen.nextArguments {
          launcher.options.program = [launcher.options.program[0]] + arguments
          screen.nextArguments = nil
        }
        process.dispose()
        process = launcher.makeProcess()
        screen.adopted(process)
        launcher.start(process, program: launcher.options.program)
        debugger.adopt(process)
        screen.watch()
      case .ended, .quit, .failed:
        screen.close()
        _exit(status(end))
      }
    }
  }

  private func status(_ end: ProcessEnd) -> Int32 {
    switch end {
    case .exited(let status): status
    case .killed, .instructionLimit, .stopped: 0
    }
  }
}
