import Debugger
import GDBRemote
import Glibc
import Kernel
import LinuxABI

/// `-g`: runs the program under gdb.
struct GDBSupport {
  let launcher: Launcher

  func run(_ endpoint: GDBEndpoint) -> Never {
    Interruption.install()
    let process = launcher.makeProcess()
    let connection: GDBConnection
    do throws(Errno) {
      connection = try GDBConnection(endpoint, files: process.files)
    } catch {
      Launcher.fail("cannot wait for gdb there: \(error.message)")
    }
    launcher.start(process, program: launcher.options.program)
    let debugger = Debugger(process: process)
    let frontEnd = GDBFrontEnd(debugger: debugger, connection: connection)
    announce(endpoint, connection)
    guard connection.accept() else { Launcher.fail("nobody called") }
    let end = process.run()
    _ = frontEnd.ended(end)
    connection.close()
    if debugger.isKilled { _exit(128 + Signal.SIGKILL.rawValue) }
    launcher.finish(process, end)
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
