import LinuxABI
import Machine

/// Prints system calls as strace does (man 1 strace), from the kinds of their arguments.
///
/// What a call reads is printed before it runs, for it may not come back, or change it; the rest, and the result, after.
package final class StracePrinter {
  private let memory: AddressSpace
  private let sink: (String) -> Void
  private var line = ""
  /// What a line begins with: which thread it is about.
  private let start: String

  /// - Parameter sink: gets whole lines without a line feed.
  package init(memory: AddressSpace, sink: @escaping (String) -> Void) {
    self.memory = memory
    self.sink = sink
    start = ""
  }

  /// The same for one of several threads.
  init(_ other: StracePrinter, thread: Int32) {
    memory = other.memory
    sink = other.sink
    start = "[pid \(thread)] "
  }

  /// The column of the result, as strace has it.
  private static let resultColumn = 40

  // MARK: - A call

  /// The call begins. Returns how many arguments are printed.
  func enter(_ context: SyscallContext, _ row: SyscallRow?) -> Int {
    line = start + SyscallTable.name(context.number) + "("
    guard let row else {
      line += (0..<6).map { "0x\(hexadecimal(context.raw($0)))" }.joined(separator: ", ")
      return 6
    }
    var index = 0
    while index < row.arguments.count, !isResult(row.arguments[index]) {
      append(context, row, index, result: nil)
      index += 1
    }
    return index
  }

  /// The call is over.
  func leave(_ context: SyscallContext, _ row: SyscallRow?, printed: Int, _ outcome: SyscallOutcome) {
    let result = Int64(bitPattern: context.cpu.rax)
    if let row {
      for index in printed..<max(printed, row.arguments.count) { append(context, row, index, result: result) }
    }
    line += ")"
    if line.utf8.count < Self.resultColumn {
      line += String(repeating: " ", count: Self.resultColumn - line.utf8.count)
    }
    switch outcome {
    case .value: line += " = " + text(of: result, context, row)
    case .resumed where row?.number == .execve || row?.number == .execveat: line += " = 0"
    case .resumed: line += " = ? ERESTARTSYS (To be restarted if SA_RESTART is set)"
    case .exit, .killed, .threadEnded: line += " = ?"
    }
    sink(line)
    line = ""
    switch outcome {
    case .exit(let status), .threadEnded(let status): sink(start + "+++ exited with \(status) +++")
    case .killed(let signal): sink(start + "+++ killed by \(Signal(signal).name) +++")
    default: break
    }
  }

  /// Whether an argument is known only after the call.
  private func isResult(_ kind: ArgumentKind) -> Bool {
    switch kind {
    case .out, .output, .vectorOut: true
    default: false
    }
  }

  // MARK: - Results

  private func text(of result: Int64, _ context: SyscallContext, _ row: SyscallRow?) -> String {
    if result < 0, result >= -4095 {
      let error = Errno(Int32(truncatingIfNeeded: -result))
      return "-1 \(error.name) (\(error.message))"
    }
    switch row?.number {
    case .mmap, .mremap, .brk: return result == 0 ? "NULL" : hex(UInt64(bitPattern: result))
    case .umask: return StraceText.octal(UInt64(bitPattern: result))
    case .personality: return hex(UInt64(bitPattern: result))
    case .poll, .ppoll, .select, .pselect6: return result == 0 ? "0 (Timeout)" : "\(result)"
    case .fcntl where context.int(1) == 3:
      return hex(UInt64(bitPattern: result)) + " (flags \(StraceText.openFlags(UInt64(bitPattern: result))))"
    case .fcntl where context.int(1) == 1 && result == 1: return "0x1 (flags FD_CLOEXEC)"
    default: return "\(result)"
    }
  }

  // MARK: - Arguments

  private func append(_ context: SyscallContext, _ row: SyscallRow, _ index: Int, result: Int64?) {
    guard let text = argument(context, row, index, result: result) else { return }
    if index > 0 { line += ", " }
    line += text
  }

  /// One argument; nil where the call has none there.
  private func argument(_ context: SyscallContext, _ row: SyscallRow, _ index: Int, result: Int64?) -> String? {
    let value = context.raw(index)
    let failed = result.map { $0 < 0 && $0 >= -4095 } ?? false
    let values = StraceText(memory: memory)
    switch row.arguments[index] {
    case .int, .fd: return "\(Int32(truncatingIfNeeded: value))"
    case .atFD:
      let descriptor = Int32(truncatingIfNeeded: value)
      return descriptor == -100 ? "AT_FDCWD" : "\(descriptor)"
    case .unsigned: return "\(UInt32(truncatingIfNeeded: value))"
    case .long: return "\(Int64(bitPattern: value))"
    case .size: return "\(value)"
    case .hex:
      if row.number == .fcntl { return fcntlArgument(context) }
      if row.number == .ioctl { return ioctlArgument(context, values) }
      return value == 0 ? "0" : hex(value)
    case .pointer: return StraceText.pointer(value)
    case .path: return values.path(value)
    case .string: return values.string(value)
    case .mode:
      // open has a mode only where it creates a file.
      if index > 0, case .flags(.open) = row.arguments[index - 1], context.raw(index - 1) & 0o20000100 == 0 {
        return nil
      }
      return StraceText.mode(value)
    case .device:
      return "makedev(\(hex(value >> 8 & 0xfff)), \(hex(value & 0xff | value >> 12 & 0xfff00)))"
    case .buffer: return values.bytes(value, count: context.raw(index + 1))
    case .output:
      guard !failed else { return StraceText.pointer(value) }
      return values.bytes(value, count: UInt64(max(0, result ?? 0)), isRandom: row.number == .getrandom)
    case .vectorIn: return values.vector(value, count: context.raw(index + 1), limit: .max)
    case .vectorOut:
      return failed
        ? StraceText.pointer(value)
        : values.vector(value, count: context.raw(index + 1), limit: UInt64(max(0, result ?? 0)))
    case .flags(.open): return StraceText.openFlags(value & 0xffff_ffff)
    case .flags(.access): return SymbolSet.access.flags(value & 0xffff_ffff)
    case .flags(let set): return set.flags(value & 0xffff_ffff)
    case .symbol(let set): return symbol(set, value & 0xffff_ffff)
    case .in(let layout): return values.structure(layout, value, context, index)
    case .out(let layout):
      return failed ? StraceText.pointer(value) : values.structure(layout, value, context, index)
    }
  }

  private func symbol(_ set: SymbolSet, _ value: UInt64) -> String {
    if let name = set.name(value) { return name }
    switch set {
    case .signal: return "\(Int32(truncatingIfNeeded: value))"
    case .ioctl: return StraceText.ioctl(value)
    default: return hex(value) + (set.prefix.isEmpty ? "" : " /* \(set.prefix) */")
    }
  }

  private func fcntlArgument(_ context: SyscallContext) -> String? {
    let value = context.raw(2)
    switch context.int(1) {
    case 1, 3, 9, 11, 1025, 1032, 1034: return nil
    case 2: return value & 1 != 0 ? "FD_CLOEXEC" : "0"
    case 4: return StraceText.openFlags(value & 0xffff_ffff)
    case 5, 6, 7, 15, 16, 17, 36, 37, 38, 1035...1038: return StraceText.pointer(value)
    default: return "\(Int32(truncatingIfNeeded: value))"
    }
  }

  private func ioctlArgument(_ context: SyscallContext, _ values: StraceText) -> String? {
    switch context.raw(1) & 0xffff_ffff {
    case 0x540e, 0x5422, 0x5450, 0x5451: nil
    case 0x5410, 0x5421, 0x5452, 0x4004_5431: values.structure(.int, context.raw(2), context, 2)
    default: StraceText.pointer(context.raw(2))
    }
  }
}

extension Process {
  /// Serves a call while somebody watches.
  func serveTraced(_ context: inout SyscallContext, _ printer: StracePrinter) -> SyscallOutcome {
    var printer = printer
    if machine.isParallel {
      let own = context.thread.tracer ?? StracePrinter(printer, thread: context.thread.number)
      context.thread.tracer = own
      printer = own
    }
    let row = SyscallTable.row(context.number)
    let printed = printer.enter(context, row)
    let outcome = serve(&context)
    printer.leave(context, row, printed: printed, outcome)
    return outcome
  }
}
