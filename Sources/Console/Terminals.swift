import Glibc
import Kernel

/// Commands from a file or a pipe, each shown behind the prompt, so that the output reads like a session.
package final class ScriptTerminal: ConsoleTerminal {
  private var lines: ArraySlice<String>
  private let output: ConsoleOutput
  package var isInteractive: Bool { false }

  package init(lines: [String], output: ConsoleOutput) {
    self.lines = lines[...]
    self.output = output
  }

  /// The commands of a file; nil with errno set where it cannot be read.
  package convenience init?(path: String, output: ConsoleOutput) {
    guard let bytes = HostFile.read(path) else { return nil }
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.init(lines: lines.map(String.init), output: output)
  }

  package func readLine(prompt: String, complete: (String) -> [String]) -> String? {
    while let line = lines.popFirst() {
      let text = line.trimmed
      if text.isEmpty || text.hasPrefix("#") { continue }
      output.write(prompt + text + "\n")
      return text
    }
    return nil
  }

  package func write(_ text: String) { output.write(text) }
}

/// Commands from a pipe, as they come.
package final class PipeTerminal: ConsoleTerminal {
  private let input: Int32
  private let output: ConsoleOutput
  private var pending: [UInt8] = []
  package var isInteractive: Bool { false }

  package init(input: Int32, output: ConsoleOutput) {
    self.input = input
    self.output = output
  }

  package func readLine(prompt: String, complete: (String) -> [String]) -> String? {
    output.write(prompt)
    while true {
      if let end = pending.firstIndex(of: 0x0a) {
        let line = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeSubrange(...end)
        output.write(line + "\n")
        return line
      }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = read(input, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        guard !pending.isEmpty else { return nil }
        pending.append(0x0a)
        continue
      }
      pending += buffer[..<count]
    }
  }

  package func write(_ text: String) { output.write(text) }
}

/// Keeps what commands say, for a front end that shows it in its own way.
package final class CapturingTerminal: ConsoleTerminal {
  private var text = ""
  package var isInteractive: Bool { true }

  package init() {}

  package func readLine(prompt: String, complete: (String) -> [String]) -> String? { nil }
  package func write(_ text: String) { self.text += text }

  /// What was said, which is then forgotten.
  package func take() -> String {
    defer { text = "" }
    return text
  }
}

/// A person at a terminal.
package final class EditingTerminal: ConsoleTerminal {
  private let editor: LineEditor
  private let output: ConsoleOutput
  package var isInteractive: Bool { true }

  package init(input: Int32, output: ConsoleOutput) {
    self.output = output
    editor = LineEditor(input: input) { output.write($0) }
  }

  package func readLine(prompt: String, complete: (String) -> [String]) -> String? {
    editor.readLine(prompt: prompt, complete: complete)
  }

  package func write(_ text: String) { output.write(text) }
}

/// The console's own copy of a descriptor, which the guest neither sees nor closes.
package final class ConsoleOutput {
  private var descriptor: Int32
  private var owned: OwnDescriptor?

  package init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Takes a copy that is hidden from the guest.
  package func detach(in files: FileTable) {
    let copy = dup(owned?.number ?? descriptor)
    if copy >= 0 { owned = files.adopt(copy) }
  }

  package func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(owned?.number ?? descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
