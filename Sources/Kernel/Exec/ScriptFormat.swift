import LinuxABI

/// `#!` scripts (fs/binfmt_script.c, load_script).
package struct ScriptFormat: BinaryFormat {
  package var name: String { "#! script" }

  package init() {}

  package func load(_ parameters: inout BinaryParameters, into process: Process) throws(ExecFailure) -> LoadOutcome {
    guard let line = try ScriptLine(head: parameters.head) else { throw ExecFailure(.ENOEXEC) }
    process.story?.recognized(name, parameters)
    process.story?.interpreter(line)
    do throws(ExecFailure) {
      try parameters.substitute(interpreter: line.interpreter, argument: line.argument)
    } catch {
      let path = String(decoding: line.interpreter, as: UTF8.self)
      var failure = error
      failure.reason =
        "needs the interpreter \(path), which " + (error.reason ?? "cannot be opened: \(error.errno.message)")
      if line.interpreter.isEmpty {
        failure.reason = "is a script whose first line names no interpreter"
      } else if error.errno == .ENOENT {
        failure.reason = "needs the interpreter \(path), which does not exist"
        failure.remedy = "install \(path), correct the first line of the script, or give its place with -L"
        if line.interpreter.last == UInt8(ascii: "\r") {
          failure.reason = "is a script whose first line ends with a carriage return"
          failure.remedy = "convert the script to Unix line ends: sed -i 's/\\r$//' FILE"
        }
      }
      throw failure
    }
    return .substituted
  }
}

/// The first line of a script, taken apart.
package struct ScriptLine: Hashable, Sendable {
  package var interpreter: [UInt8]
  /// All the rest of the line, spaces inside included.
  package var argument: [UInt8]?

  /// Nil unless `head` starts with `#!`; ENOEXEC where the kernel refuses the line.
  ///
  /// A line that does not end within the buffer is accepted if at least the interpreter's path does, because the
  /// interpreter can read the arguments again, but a cut path would run another program.
  package init?(head: [UInt8]) throws(ExecFailure) {
    guard head.count >= 2, head[0] == UInt8(ascii: "#"), head[1] == UInt8(ascii: "!") else { return nil }
    let last = head.count - 1
    var end: Int
    if let newline = head.firstIndex(of: UInt8(ascii: "\n")) {
      end = newline
    } else {
      guard let start = Self.firstNonBlank(head, 2, last) else {
        throw ExecFailure(.ENOEXEC, "is a script whose first line names no interpreter")
      }
      guard Self.firstTerminator(head, start, last) != nil else {
        throw ExecFailure(.ENOEXEC, "is a script whose interpreter path is longer than the kernel reads (256 bytes)")
      }
      end = last
    }
    while end > 2, Self.isBlank(head[end - 1]) { end -= 1 }
    guard let start = Self.firstNonBlank(head, 2, end), start != end else {
      throw ExecFailure(.ENOEXEC, "is a script whose first line names no interpreter")
    }
    // From here on the byte at `end` counts as a NUL, and strings end at the first NUL.
    let separator = Self.firstTerminator(head, start, end)
    var argumentStart: Int?
    if let separator, separator < end, head[separator] != 0 {
      argumentStart = Self.firstNonBlank(head, separator, end)
    }
    interpreter = Self.text(head, start, argumentStart == nil ? end : separator ?? end)
    if let argumentStart { argument = Self.text(head, argumentStart, end) }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  private static func firstNonBlank(_ head: [UInt8], _ first: Int, _ last: Int) -> Int? {
    first <= last ? (first...last).first { !isBlank(head[$0]) } : nil
  }

  private static func firstTerminator(_ head: [UInt8], _ first: Int, _ last: Int) -> Int? {
    first <= last ? (first...last).first { isBlank(head[$0]) || head[$0] == 0 } : nil
  }

  private static func text(_ head: [UInt8], _ start: Int, _ end: Int) -> [UInt8] {
    guard start < end else { return [] }
    return Array(head[start..<end].prefix { $0 != 0 })
  }
}
