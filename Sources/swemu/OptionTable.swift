import Debugger
import Machine

/// One option: all about it in one row.
struct OptionRow: Sendable {
  /// `-E`, where there is a short form.
  let short: String?
  let long: String
  /// What its value is called; nil for an option without one.
  let valueName: String?
  let help: String
  let apply: @Sendable (inout Options, [UInt8]) throws(UsageError) -> Void

  init(
    _ short: String?, _ long: String, _ valueName: String? = nil, _ help: String,
    _ apply: @escaping @Sendable (inout Options, [UInt8]) throws(UsageError) -> Void
  ) {
    self.short = short
    self.long = long
    self.valueName = valueName
    self.help = help
    self.apply = apply
  }
}

enum OptionTable {
  static func find(_ name: [UInt8]) -> OptionRow? {
    rows.first { row in
      name.elementsEqual(row.long.utf8) || row.short.map { name.elementsEqual($0.utf8) } ?? false
    }
  }

  /// In the order in which `--help` prints them. Short names are those of qemu-user.
  static let rows: [OptionRow] = [
    OptionRow("-0", "--argv0", "ARGV0", "give the program this argv[0]") { (options, value) throws(UsageError) in
      options.argv0 = value
    },
    OptionRow("-E", "--setenv", "VAR=VALUE", "set a variable in the program's environment") {
      (options, value) throws(UsageError) in
      options.environmentChanges.append(try change(value))
    },
    OptionRow("-U", "--unsetenv", "VAR", "take a variable out of it") { (options, value) throws(UsageError) in
      options.environmentChanges.append(.unset(value))
    },
    OptionRow("-L", "--sysroot", "DIR", "look here first for absolute paths, such as the dynamic linker's") {
      (options, value) throws(UsageError) in
      var directory = value
      while directory.last == UInt8(ascii: "/") { directory.removeLast() }
      options.sysroot = directory
    },
    OptionRow("-s", "--stack-size", "SIZE", "limit of the program's stack (RLIMIT_STACK), 8M if the shell sets none") {
      (options, value) throws(UsageError) in
      options.stackSize = try size(value)
    },
    OptionRow(nil, "--cpu", "MODEL", "the processor: x86-64, x86-64-v2 or x86-64-v3, then ,+FEATURE ,-FEATURE; or help")
    {
      (options, value) throws(UsageError) in
      if value.elementsEqual("help".utf8) {
        options.information = options.information ?? .processors
        return
      }
      do throws(CPUModel.Refusal) {
        options.processor = try CPUModel.named(Options.shown(value))
      } catch {
        throw UsageError(error.reason)
      }
    },
    OptionRow(nil, "--strace", nil, "print each system call, its arguments and its result") {
      (options, _) throws(UsageError) in
      options.traces.insert(.syscalls)
    },
    OptionRow(nil, "--trace", "LIST", "trace any of load, faults, blocks, instructions, syscalls (comma-separated)") {
      (options, value) throws(UsageError) in
      for name in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: true) {
        guard let trace = Options.Trace(rawValue: String(decoding: name, as: UTF8.self)) else {
          let known = Options.Trace.allCases.map(\.rawValue).joined(separator: ", ")
          throw UsageError("\(String(decoding: name, as: UTF8.self)) is none of \(known)")
        }
        options.traces.insert(trace)
      }
    },
    OptionRow(nil, "--trace-file", "FILE", "write traces and statistics there instead of to standard error") {
      (options, value) throws(UsageError) in
      options.traceFile = value
    },
    OptionRow(nil, "--stats", nil, "at the end print instructions, blocks, page faults, system calls, time") {
      (options, _) throws(UsageError) in
      options.showsStatistics = true
    },
    OptionRow(
      nil, "--report", "LIST", "at the end tell of: cpu-level (which level of x86-64 the run needed, and where)"
    ) {
      (options, value) throws(UsageError) in
      for name in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: true) {
        guard let kind = Report.Kind(rawValue: String(decoding: name, as: UTF8.self)) else {
          let known = Report.Kind.allCases.map(\.rawValue).joined(separator: ", ")
          throw UsageError("\(String(decoding: name, as: UTF8.self)) is none of \(known)")
        }
        options.reports.insert(kind)
      }
    },
    OptionRow(
      nil, "--verify", nil, "have the host's processor execute the program alongside; stop where the two differ"
    ) {
      (options, _) throws(UsageError) in
      options.verifies = true
    },
    OptionRow(nil, "--max-instructions", "N", "stop after N instructions, with status 120") {
      (options, value) throws(UsageError) in
      options.maxInstructions = try count(value)
    },
    OptionRow(nil, "--timeout", "SECONDS", "stop after so many seconds, with status 124") {
      (options, value) throws(UsageError) in
      options.timeout = try seconds(value)
    },
    OptionRow(nil, "--max-memory", "SIZE", "let the program have no more memory than this") {
      (options, value) throws(UsageError) in
      options.maxMemory = try size(value)
    },
    OptionRow(nil, "--no-aslr", nil, "put stack, mappings, program and heap to the same addresses each time") {
      (options, _) throws(UsageError) in
      options.isRandomized = false
    },
    OptionRow(nil, "--profile", "FILE", "count instructions by call stack: for flame graphs, or as callgrind.FILE") {
      (options, value) throws(UsageError) in
      options.profile = value
    },
    OptionRow(nil, "--coverage", "FILE", "write which lines were executed (lcov), or which blocks (drcov)") {
      (options, value) throws(UsageError) in
      options.coverage = value
    },
    OptionRow(
      nil, "--sandbox", "LIST", "any of read-only, no-network, no-processes (comma-separated), or all of them: all"
    ) { (options, value) throws(UsageError) in
      for name in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: true) {
        let text = String(decoding: name, as: UTF8.self)
        let isAll = text == "all"
        guard isAll || ["read-only", "no-network", "no-processes"].contains(text) else {
          throw UsageError("\(text) is none of read-only, no-network, no-processes, all")
        }
        if isAll || text == "read-only" { options.sandbox.isReadOnly = true }
        if isAll || text == "no-network" { options.sandbox.deniesNetwork = true }
        if isAll || text == "no-processes" { options.sandbox.deniesProcesses = true }
      }
    },
    OptionRow(nil, "--allow", "PATH", "let the program see nothing but this, and what is below it; may be repeated") {
      (options, value) throws(UsageError) in
      options.sandbox.readable = (options.sandbox.readable ?? []) + [value]
    },
    OptionRow(nil, "--allow-write", "PATH", "let it write there all the same; may be repeated") {
      (options, value) throws(UsageError) in
      options.sandbox.writable.append(value)
    },
    OptionRow(
      "-g", "--gdb", "PORT|PATH|-", "wait for gdb on a TCP port of this host, a socket or standard input/output"
    ) {
      (options, value) throws(UsageError) in
      guard let endpoint = GDBEndpoint(value) else {
        throw UsageError("\(Options.shown(value)) is neither a port (0 to 65535), nor the path of a socket, nor -")
      }
      options.gdb = endpoint
    },
    OptionRow(nil, "--step", nil, "run under a console with gdb's commands; `help` there explains them") {
      (options, _) throws(UsageError) in
      options.usesConsole = true
    },
    OptionRow(nil, "--tui", nil, "run under a debugger that uses the whole screen; `?` there explains the keys") {
      (options, _) throws(UsageError) in
      options.usesFullScreen = true
    },
    OptionRow(nil, "--commands", "FILE", "take the console's commands from a file") {
      (options, value) throws(UsageError) in
      options.commands = value
      options.usesConsole = true
    },
    OptionRow("-V", "--version", nil, "print the version") { (options, _) throws(UsageError) in
      options.information = options.information ?? .version
    },
    OptionRow("-h", "--help", nil, "print this") { (options, _) throws(UsageError) in
      options.information = options.information ?? .help
    },
  ]

  private static func change(_ value: [UInt8]) throws(UsageError) -> Options.EnvironmentChange {
    guard let equals = value.firstIndex(of: UInt8(ascii: "=")), equals > 0 else {
      throw UsageError("\(Options.shown(value)) is not of the form VAR=VALUE")
    }
    return .set(name: Array(value[..<equals]), entry: value)
  }

  /// Bytes, with k, M, G or T for powers of 1024.
  private static func size(_ value: [UInt8]) throws(UsageError) -> UInt64 {
    guard let bytes = scaled(value, by: 1024) else {
      throw UsageError("\(Options.shown(value)) is not a size such as 65536, 64k, 8M or 1G")
    }
    return bytes
  }

  /// A number, with k, M, G or T for powers of 1000.
  private static func count(_ value: [UInt8]) throws(UsageError) -> UInt64 {
    guard let count = scaled(value, by: 1000) else {
      throw UsageError("\(Options.shown(value)) is not a number such as 1000000, 500k or 2G")
    }
    return count
  }

  private static func scaled(_ value: [UInt8], by unit: UInt64) -> UInt64? {
    var digits = String(decoding: value, as: UTF8.self)[...]
    var factor: UInt64 = 1
    for (power, letters) in ["kK", "mM", "gG", "tT"].enumerated() {
      if let last = digits.last, letters.contains(last) {
        digits.removeLast()
        for _ in 0...power { factor *= unit }
        break
      }
    }
    guard let number = UInt64(digits) else { return nil }
    let (result, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : result
  }

  private static func seconds(_ value: [UInt8]) throws(UsageError) -> Double {
    guard let seconds = Double(String(decoding: value, as: UTF8.self)), seconds > 0, seconds < 1e9 else {
      throw UsageError("\(Options.shown(value)) is not a number of seconds such as 10 or 0.5")
    }
    return seconds
  }
}
