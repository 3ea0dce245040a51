import Glibc
import LinuxABI

/// How the host names core files (man 5 core, "Naming of core dump files"; fs/coredump.c, format_corename).
package struct CorePattern: Equatable {
  /// The text of /proc/sys/kernel/core_pattern.
  package var text: [UInt8]
  /// Whether ".PID" is added to a name without %p (/proc/sys/kernel/core_uses_pid).
  package var addsProcess: Bool

  package init(text: [UInt8], addsProcess: Bool) {
    self.text = text
    self.addsProcess = addsProcess
  }

  /// The host's; "core" where it cannot be read.
  static var host: CorePattern {
    let line = HostFile.readAll(path: "/proc/sys/kernel/core_pattern").prefix { $0 != UInt8(ascii: "\n") }
    let usesPID = HostFile.readAll(path: "/proc/sys/kernel/core_uses_pid").first
    return CorePattern(
      text: line.isEmpty ? Array("core".utf8) : Array(line), addsProcess: usesPID.map { $0 != 0x30 } ?? false)
  }

  /// A program behind a pipe, or a socket, takes the host's core files: no place for one of swemu's.
  package var isForProgram: Bool { text.first == UInt8(ascii: "|") || text.first == UInt8(ascii: "@") }

  /// Where a core file goes. For a pattern that names a program it is `core` in the working directory.
  package func path(_ facts: CoreFacts) -> [UInt8] {
    guard !isForProgram else { return Array("core".utf8) }
    var path: [UInt8] = []
    var namesProcess = false
    var rest = text[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        path.append(byte)
        continue
      }
      // A single % at the end is dropped.
      guard let letter = rest.popFirst() else { break }
      if letter == UInt8(ascii: "p") { namesProcess = true }
      path += facts.value(letter)
    }
    if addsProcess, !namesProcess { path += Array(".\(facts.process)".utf8) }
    return path
  }
}

/// What a core file's name can tell.
package struct CoreFacts {
  package var process: Int32 = 0
  package var thread: Int32 = 0
  package var user: UInt32 = 0
  package var group: UInt32 = 0
  package var signal: Int32 = 0
  package var time = 0
  package var limit: UInt64 = 0
  package var processor: Int32 = 0
  package var host: [UInt8] = []
  package var commandName: [UInt8] = []
  package var executablePath: [UInt8] = []

  package init() {}

  /// What stands for `%letter`; nothing for letters without a meaning.
  func value(_ letter: UInt8) -> [UInt8] {
    func number<T: BinaryInteger>(_ value: T) -> [UInt8] { Array("\(value)".utf8) }
    switch UnicodeScalar(letter) {
    case "%": return [letter]
    case "p", "P": return number(process)
    case "i", "I": return number(thread)
    case "u": return number(user)
    case "g": return number(group)
    // Only a process that is dumpable writes a core file here.
    case "d": return number(1)
    case "s": return number(signal)
    case "t": return number(time)
    case "c": return number(limit)
    case "C": return number(processor)
    case "h": return Self.component(host)
    case "e": return Self.component(commandName)
    case "f": return Self.component(executablePath.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? [])
    case "E": return executablePath.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "!") : $0 }
    default: return []
    }
  }

  /// Part of a file's name: neither `.` nor `..` nor empty, and without a slash (cn_printf).
  private static func component(_ text: [UInt8]) -> [UInt8] {
    let bang = UInt8(ascii: "!")
    var text = text.map { $0 == UInt8(ascii: "/") ? bang : $0 }
    if text.isEmpty { return [bang] }
    if text == Array(".".utf8) || text == Array("..".utf8) { text[0] = bang }
    return text
  }
}
