// What gdb asks of the program under it, in the words of the protocol but without its letters.

/// A thread of a process, as the protocol names it.
package struct GDBThread: Hashable, Sendable {
  package var process: UInt64
  package var thread: UInt64
  package init(process: UInt64, thread: UInt64) {
    self.process = process
    self.thread = thread
  }
}

/// Kinds of breakpoints and watchpoints, with the protocol's numbers (packet `Z`).
package enum GDBPointKind: UInt8, Sendable { case software = 0, hardware, write, read, access }

/// Why the program stopped.
package struct GDBStop: Sendable {
  package enum Detail: Sendable, Equatable {
    case none
    /// A breakpoint of this kind at the program counter.
    case breakpoint(GDBPointKind)
    /// A watched place: the address as gdb asked for it.
    case watchpoint(GDBPointKind, UInt64)
    case systemCallEntry(UInt64), systemCallReturn(UInt64)
    /// A new program was executed.
    case exec([UInt8])
    /// A child was made, and waits to be detached or followed.
    case fork(GDBThread, isVfork: Bool)
    case vforkDone
  }

  package var thread: GDBThread
  /// As the protocol numbers signals, not Linux (`GDBSignal`).
  package var signal: UInt8
  package var detail: Detail

  package init(thread: GDBThread, signal: UInt8, detail: Detail = .none) {
    self.thread = thread
    self.signal = signal
    self.detail = detail
  }
}

/// How the program ended.
package enum GDBEnd: Sendable, Equatable {
  case exited(status: UInt8)
  /// The protocol's number of the signal.
  case killed(signal: UInt8)
}

/// What a thread is to do.
package enum GDBAction: Sendable, Equatable {
  case run, step
  /// Step until the program counter leaves the range.
  case stepRange(Range<UInt64>)
  case stop
}

/// How to go on: the first entry that names a thread counts for it. Threads that none names stay where they are.
package struct GDBResume: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package var action: GDBAction
    /// The protocol's number of a signal to deliver, or 0.
    package var signal: UInt8
    /// Nil for every thread.
    package var thread: UInt64?
    /// Nil for every process.
    package var process: UInt64?
    package init(action: GDBAction, signal: UInt8 = 0, thread: UInt64? = nil, process: UInt64? = nil) {
      self.action = action
      self.signal = signal
      self.thread = thread
      self.process = process
    }
  }
  package var entries: [Entry]
  package init(_ entries: [Entry]) { self.entries = entries }

  package func entry(for thread: UInt64) -> Entry? { entries.first { $0.thread == nil || $0.thread == thread } }
}

/// A program to be started by `vRun`.
package struct GDBProgram: Sendable, Equatable {
  /// Nil for the program of the command line.
  package var path: [UInt8]?
  /// Without argv[0]; where `path` is nil and this is empty, the command line's.
  package var arguments: [[UInt8]]
  package var isRandomized: Bool?
  package var workingDirectory: [UInt8]?
  /// Changes to the environment: `NAME=VALUE`, or `NAME` to take it out.
  package var environment: [[UInt8]]
}

/// Objects that gdb reads in pieces (packet `qXfer`).
package enum GDBObject: String, Sendable {
  case features, auxv, siginfo, threads
  case execFile = "exec-file"
  case libraries = "libraries-svr4"
}

/// The program under gdb.
package protocol GDBTarget: AnyObject {
  var threads: [GDBThread] { get }
  /// The thread that stopped last.
  var currentThread: GDBThread { get }
  /// The child of a fork that was just told: its registers and memory can be read.
  var waitingChild: GDBThread? { get }

  /// Registers in the order of the target description; nil for a thread that does not exist.
  func registers(_ thread: UInt64) -> [UInt8]?
  func setRegisters(_ thread: UInt64, _ bytes: [UInt8]) -> Bool
  func register(_ thread: UInt64, _ number: Int) -> [UInt8]?
  func setRegister(_ thread: UInt64, _ number: Int, _ bytes: [UInt8]) -> Bool

  /// Registers that gdb is going to ask for after a stop, by their numbers.
  func expeditedRegisters(_ thread: UInt64) -> [(number: Int, bytes: [UInt8])]

  /// The bytes from `address` on, as many of `count` as are there.
  func readMemory(_ address: UInt64, _ count: Int) -> [UInt8]
  func writeMemory(_ address: UInt64, _ bytes: [UInt8]) -> Bool

  func insert(_ kind: GDBPointKind, _ address: UInt64, _ length: UInt64) -> Bool
  func remove(_ kind: GDBPointKind, _ address: UInt64, _ length: UInt64) -> Bool
  /// Stop at these system calls; an empty list for all, nil for none.
  func catchSystemCalls(_ numbers: [UInt64]?)
  /// Signals, in the protocol's numbers, that need not be reported.
  func passSignals(_ numbers: [UInt8])

  /// An object's bytes; nil where there is none of this kind.
  func object(_ kind: GDBObject, annex: String) -> [UInt8]?
  /// A file of the program's /proc that the target's own would show wrong; nil to look at the host.
  func file(_ path: [UInt8]) -> [UInt8]?
  /// Where a link of the program's /proc leads, if the target's own would show it wrong; nil to look at the host.
  func link(_ path: [UInt8]) -> [UInt8]?
  /// `monitor COMMAND`: the text to print.
  func monitor(_ command: String) -> String
  func symbolName(_ thread: UInt64) -> String
}
