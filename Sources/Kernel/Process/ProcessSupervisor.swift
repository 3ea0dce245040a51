import LinuxABI
import Machine

/// Stands between a process and its processor: a debugger, a tracer.
///
/// All of it is called on the guest's own thread, while that thread is outside guest code.
package protocol ProcessSupervisor: AnyObject {
  /// Runs the thread in place of `Machine.run`, until it needs the kernel. `.breakpoint` and `.observed` are the
  /// supervisor's own affair and must not be returned.
  func run(_ cpu: CPU) -> Exit
  /// A system call is about to be served; number and arguments are in the registers.
  func systemCallEntered(_ cpu: CPU)
  /// A system call was served; its result is in RAX. Not called for one that ends the process.
  func systemCallReturned(_ cpu: CPU)
  /// A signal is about to be delivered: one that an instruction caused, or that somebody sent. Returns the number of the
  /// signal to deliver instead, or 0 for none.
  func signalArrived(_ signal: SignalInfo, _ cpu: CPU) -> Int32
  /// The process has come to its end.
  func processEnded(_ end: ProcessEnd)
  /// The host was about to make a child, or has made one (`child`, negative where it could not), in the parent. Not
  /// called in the child: see `ForkObserver`. A parent that waits for the child of a vfork has not begun to wait.
  func willFork(_ cpu: CPU)
  func forked(_ child: Int32, isVfork: Bool, _ cpu: CPU)

  /// Whether `run` may be called for several threads at the same time. Where it may not, the program cannot make any.
  var supportsThreads: Bool { get }
  /// A thread is about to begin; called on its own host thread. Its maker goes on meanwhile.
  func threadStarted(_ thread: GuestThread)
  /// A thread ends, and others go on.
  func threadEnded(_ thread: GuestThread)
}

extension ProcessSupervisor {
  package func willFork(_ cpu: CPU) {}
  package func forked(_ child: Int32, isVfork: Bool, _ cpu: CPU) {}
  package var supportsThreads: Bool { false }
  package func threadStarted(_ thread: GuestThread) {}
  package func threadEnded(_ thread: GuestThread) {}
}
