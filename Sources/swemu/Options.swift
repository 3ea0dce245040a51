import Debugger
import Kernel
import LinuxABI
import Machine

/// What the command line asks for.
///
/// The parser is our own: swift-argument-parser brings FoundationEssentials, which adds 1.9 ms of CPU time to every
/// start and 16 MB to the program, where a whole run of a static hello takes 3 ms.
struct Options {
  /// Names for `--trace`.
  enum Trace: String, CaseIterable {
    case load, faults, blocks, instructions, syscalls
  }

  var argv0: [UInt8]?
  /// Changes of the environment, in order: VAR=VALUE sets, VAR unsets.
  var environmentChanges: [EnvironmentChange] = []
  var sysroot: [UInt8] = []
  var stackSize: UInt64?
  var traces: Set<Trace> = []
  var traceFile: [UInt8]?
  var showsStatistics = false
  var maxInstructions: UInt64?
  var timeout: Double?
  var maxMemory: UInt64?
  var isRandomized = true
  /// The processor that the program sees; nil for the best one.
  var processor: CPUModel?
  /// Whether the host's processor executes the program alongside.
  var verifies = false
  /// What to report at the end.
  var reports: Set<Report.Kind> = []
  var sandbox = Sandbox.Rules()
  /// Files for `--profile` and `--coverage`.
  var profile: [UInt8]?
  var coverage: [UInt8]?
  /// Where gdb is to find the program (`-g`).
  var gdb: GDBEndpoint?
  /// Run under the full screen (`--tui`).
  var usesFullScreen = false
  /// Run under the console (`--step`), perhaps with commands from a file.
  var usesConsole = false
  var commands: [UInt8]?
  /// `--version`, `--help` or `--cpu help` came: print it and stop.
  var information: Information?
  /// The guest's program and its arguments.
  var program: [[UInt8]] = []

  enum Information { case version, help, processors }

  enum EnvironmentChange {
    case set(name: [UInt8], entry: [UInt8])
    case unset([UInt8])
  }
}

/// A mistake in the command line, as a sentence.
struct UsageError: Error {
  var message: String
  init(_ message: String) { self.message = message }
}

extension Options {
  /// Takes options out of `SWEMU_OPTIONS`, then out of the arguments up to the program.
  init(arguments: [[UInt8]], fromEnvironment: [UInt8]?) throws(UsageError) {
    if let fromEnvironment {
      let words = try Self.words(fromEnvironment)
      let rest = try parse(words[...])
      guard rest.isEmpty else {
        throw UsageError("SWEMU_OPTIONS may hold options only, and \(Self.shown(rest[0])) is none")
      }
    }
    program = Array(try parse(arguments[...]))
  }

  /// Parses options and returns what follows them.
  private mutating func parse(_ arguments: ArraySlice<[UInt8]>) throws(UsageError) -> ArraySlice<[UInt8]> {
    var rest = arguments
    while let first = rest.first, first.count > 1, first[0] == UInt8(ascii: "-") {
      rest.removeFirst()
      if first == Array("--".utf8) { break }
      var (name, value) = Self.split(first)
      guard let option = OptionTable.find(name) else { throw Self.unknown(name) }
      if option.valueName == nil {
        guard value == nil else { throw UsageError("\(Self.shown(name)) takes no value") }
      } else if value == nil {
        guard let next = rest.first else {
          throw UsageError("\(Self.shown(name)) needs a value: \(option.valueName ?? "")")
        }
        value = next
        rest.removeFirst()
      }
      do throws(UsageError) {
        try option.apply(&self, value ?? [])
      } catch {
        throw UsageError("\(Self.shown(name)): \(error.message)")
      }
    }
    return rest
  }

  /// `--name=value`, or a short option with its value attached, in two.
  private static func split(_ argument: [UInt8]) -> (name: [UInt8], value: [UInt8]?) {
    if argument[1] == UInt8(ascii: "-") {
      guard let equals = argument.firstIndex(of: UInt8(ascii: "=")) else { return (argument, nil) }
      return (Array(argument[..<equals]), Array(argument[(equals + 1)...]))
    }
    if argument.count > 2, let option = OptionTable.find(Array(argument[..<2])), option.valueName != nil {
      return (Array(argument[..<2]), Array(argument[2...]))
    }
    return (argument, nil)
  }

  private static func unknown(_ name: [UInt8]) -> UsageError {
    let text = shown(name)
    let near = OptionTable.rows.map(\.long).filter { distance($0, text) <= 2 || text.count > 4 && $0.hasPrefix(text) }
    guard let best = near.min(by: { distance($0, text) < distance($1, text) }) else {
      return UsageError("there is no option \(text); swemu --help lists them")
    }
    return UsageError("there is no option \(text); did you mean \(best)?")
  }

  static func shown(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// Levenshtein's distance.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let cost = min(diagonal + (a == b ? 0 : 1), row[j] + 1, row[j + 1] + 1)
        diagonal = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[right.count]
  }

  /// Splits at blanks, with quotes and backslashes as in a shell.
  static func words(_ text: [UInt8]) throws(UsageError) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8]?
    var quote: UInt8?
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'"), index < text.count {
        word = (word ?? []) + [text[index]]
        index += 1
      } else if let open = quote {
        if byte == open { quote = nil } else { word = (word ?? []) + [byte] }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
        word = word ?? []
      } else if byte == 0x20 || (0x09...0x0d).contains(byte) {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? []) + [byte]
      }
    }
    guard quote == nil else { throw UsageError("SWEMU_OPTIONS has an open quote") }
    if let done = word { words.append(done) }
    return words
  }
}
