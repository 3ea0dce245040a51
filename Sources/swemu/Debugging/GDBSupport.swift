import Console
import Debugger
import GDBRemote
import Glibc
import Kernel
import LinuxABI

/// `-g`: runs the program under gdb.
struct GDBSupport {
  let launcher: Launcher

  func run(_ endpoint: GDBEndpoint) -> Never {
    var process = launcher.makeProcess()
    let connection: GDBConnection
    do throws(Errno) {
      connection = try GDBConnection(endpoint, files: process.files)
    } catch {
      Launcher.fail("cannot wait for gdb there: \(error.message)")
    }
    launcher.start(process, program: launcher.options.program)
    let debugger = Debugger(process: process)
    let frontEnd = GDBFrontEnd(debugger: debugger, connection: connection)
    let captured = CapturingTerminal()
    let console = Console(commandsOf: debugger, terminal: captured)
    frontEnd.onMonitorCommand { line, stop in
      // gdb has its own notion of whether the program runs.
      let resume = console.perform(line, at: stop)
      return resume == nil ? captured.take() : "Use gdb's own command to let the program run.\n"
    }
    announce(endpoint, connection)
    guard connection.accept() else { Launcher.fail("nobody called") }
    var end = process.run()
    while let wanted = frontEnd.ended(end) {
      guard let next = restart(wanted, frontEnd, process, connection) else { break }
      process = next
      debugger.adopt(process)
      end = process.run()
    }
    connection.close()
    if debugger.isKilled { _exit(128 + Signal.SIGKILL.rawValue) }
    launcher.finish(process, end)
  }

  /// The program that gdb wants (`vRun`); nil if gdb gave up.
  private func restart(_ wanted: GDBProgram, _ frontEnd: GDBFrontEnd, _ old: Process, _ connection: GDBConnection)
    -> Process?
  {
    old.dispose()
    var wanted = wanted
    while true {
      if let directory = wanted.workingDirectory { _ = chdir(directory.map { CChar(bitPattern: $0) } + [0]) }
      var again = launcher
      again.options.isRandomized = wanted.isRandomized ?? launcher.options.isRandomized
      for entry in wanted.environment {
        let name = Array(entry.prefix { $0 != UInt8(ascii: "=") })
        again.options.environmentChanges.append(
          name.count < entry.count ? .set(name: name, entry: entry) : .unset(name))
      }
      let process = again.makeProcess()
      connection.move(to: process.files)
      do throws(ExecFailure) {
        var program = launcher.options.program
        if wanted.path != nil || !wanted.arguments.isEmpty { program = [wanted.path ?? program[0]] + wanted.arguments }
        try again.load(process, program: program)
        return process
      } catch {
        process.dispose()
        guard let another = frontEnd.startFailed() else { return nil }
        wanted = another
      }
    }
  }

  /// As gdbserver does, so that scripts find the port.
  private func announce(_ endpoint: GDBEndpoint, _ connection: GDBConnection) {
    let text: String
    switch endpoint {
    case .port: text = "listening on port \(connection.port ?? 0)"
    case .path(let path): text = "listening on \(Options.shown(path))"
    case .standard: return
    }
    let line = Array("swemu: \(text)\n".utf8)
    _ = write(2, line, line.count)
  }
}
