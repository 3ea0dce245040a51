import Kernel
import LinuxABI
import Machine

/// Why a thread stands still.
package enum StopReason: Sendable {
  /// The program was loaded and has not run an instruction.
  case start
  /// What was asked for is done: steps, a range, a place to be reached.
  case stepped
  case breakpoint(Breakpoint)
  case watchpoint(WatchReport)
  /// A caught system call; on return its result is in RAX.
  case systemCall(number: Int, isReturn: Bool)
  case signal(SignalInfo)
  case pageFault(FaultEvent)
  /// A new program was executed.
  case exec
  /// A child was made; it waits.
  case fork(child: Int32, isVfork: Bool)
  /// The child of a vfork executed a program, or is over.
  case vforkDone
  /// This process is the child of a fork and stays under the debugger; its parent runs free.
  case becameChild
  /// `Debugger.interrupt`
  case interrupt
  /// The limit of `--max-instructions` was reached.
  case instructionLimit
}

/// A thread that stands still at an instruction boundary, with all others.
package struct Stop: Sendable {
  package var thread: DebugThread
  package var reasons: [StopReason]
}

/// What was seen at a watchpoint.
package struct WatchReport: Sendable {
  package var watchpoint: Watchpoint
  package var isWrite: Bool
  /// Whether a system call made the access.
  package var isKernel: Bool
  /// The bytes of the range that were touched, before and after.
  package var address: UInt64
  package var before: [UInt8]
  package var after: [UInt8]
  /// The instruction that made the access; 0 for a system call.
  package var rip: UInt64
}

/// A guest thread as the debugger sees it.
///
/// `@unchecked Sendable`: the state belongs to the thread's own host thread, and is looked at only while that stands
/// still in `Debugger`.
package struct DebugThread: @unchecked Sendable {
  /// Linux' thread identifier.
  package var identifier: Int
  package var cpu: CPU
  package var name: String
}

/// How to go on after a stop.
package enum Resume: Sendable {
  case run
  /// So many instructions; a system call is one, and so is a repeated string instruction.
  case steps(UInt64)
  /// Steps until RIP is outside.
  case range(Range<UInt64>)
  /// Until RIP is `address` and RSP is not below `stack`: the return from a call.
  case reach(address: UInt64, stack: UInt64)
  /// To another source line; calls are run through unless `entersCalls` and they have lines of their own.
  case line(entersCalls: Bool)
  /// Forget all breakpoints and let the program go.
  case detach
  /// End the program.
  case kill
}

/// A user's view of a debugged program: console, full screen or gdb.
package protocol DebuggerFrontEnd: AnyObject {
  /// A thread stands still. Returns when it is to go on.
  func stopped(_ stop: Stop) -> Resume
  /// Something worth a line happened without a stop.
  func noticed(_ text: String)
  /// Whether to stop at each fork.
  var wantsForks: Bool { get }
  /// Whether to stop when a new program was executed.
  var wantsExecs: Bool { get }
  /// A new program has taken the place of the old one; points on symbols of the old one mean nothing any more.
  func executed()
  /// In the parent of a fork: the child has this front end now.
  func gaveWay()
  /// In the child of a fork: this front end is the child's from now on. `isRunning` says that it was told to run.
  func tookOver(_ stop: Stop, isRunning: Bool) -> Resume
}

extension DebuggerFrontEnd {
  package var wantsForks: Bool { false }
  package var wantsExecs: Bool { false }
  package func executed() {}
  package func gaveWay() {}
  package func tookOver(_ stop: Stop, isRunning: Bool) -> Resume { stopped(stop) }
}
