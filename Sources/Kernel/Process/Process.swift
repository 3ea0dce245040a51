import LinuxABI
import Machine
import X86

/// A guest process: its memory, its processor, and what the kernel keeps about it.
///
/// Aspects live in extensions: exec, the run loop, signals, and each family of system calls.
package final class Process {
  package let machine: Machine
  package var memory: AddressSpace { machine.memory }
  /// Descriptors.
  package let files = FileTable()
  /// What system calls keep.
  package let system = SyscallState()

  /// The main thread's registers.
  package var mainThread: CPU { leader.cpu }
  /// The thread that the process began with.
  package internal(set) var leader: GuestThread!
  /// Held while a system call is served, once there is a second thread, except while it waits.
  let callLock = HostLock()
  /// The threads that run.
  package let threads = ThreadGroup()
  let hostStacks = HostStacks()
  /// Ends the emulator as the guest ended, on whichever thread: reports, exit status. Without it, other threads than the
  /// leader have the leader come back from `run`.
  package var finisher: ((ProcessEnd) -> Never)?
  /// Whether the program may have more than one thread; `--verify` follows only one.
  package var mayHaveThreads = true
  /// Taken, for good, by the thread that ends the process.
  let endLock = HostLock()
  /// What comes of a leader that ended before the other threads, or was ended.
  let leaderFate = LeaderFate()
  package let settings: ProcessSettings
  /// The program, once one was executed.
  package var image = ProgramImage()
  /// What prctl(PR_GET_NAME) and /proc/self/comm show: at most 15 bytes.
  package var commandName: [UInt8] = []
  /// The signal that ended the process, if an exception caused it.
  package internal(set) var lastSignal: SignalInfo?
  /// The signal that ended the process, as its core file shows it.
  package internal(set) var fatalSignal: FatalSignal?

  /// Told the steps of exec, for `--trace=load`.
  package var story: LoadStory?
  /// A debugger or tracer between the process and its processor.
  package var supervisor: (any ProcessSupervisor)?
  /// Told of each fork.
  package var forkObservers: [ForkObserver] = []
  /// The execve that is being served.
  var executingCall: SyscallContext?
  /// Where the parent waits, while this process is the child of a vfork.
  var vforkChannel: VforkChannel?
  /// Told what the user has to know: a line without the program's name in front.
  package var diagnostics: ((String) -> Void)?
  /// Names for addresses.
  package internal(set) lazy var symbolizer = Symbolizer(memory: memory)

  package init(machine: Machine, settings: ProcessSettings = ProcessSettings()) {
    self.machine = machine
    self.settings = settings
    leader = GuestThread(
      process: self, cpu: machine.makeThread(), mask: system.signals.inheritedMask,
      number: Int32(truncatingIfNeeded: hostCall(.gettid)))
    threads.add(leader)
  }
}

/// What the user chose for a process.
package struct ProcessSettings: Sendable {
  /// Where PT_INTERP, interpreters of scripts and absolute paths of the guest are looked for first; empty for the root.
  package var sysroot: [UInt8] = []
  /// Whether stack, mappings, programs and heaps go to random places.
  package var isRandomized = true
  /// RLIMIT_STACK in bytes.
  package var stackLimit: UInt64 = 8 << 20
  /// The processor that the program sees.
  package var processor = CPUModel.best

  package init() {}
}
