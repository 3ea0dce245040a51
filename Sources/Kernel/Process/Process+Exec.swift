import CHost
import Glibc
import LinuxABI
import Machine
import X86

extension Process {
  /// A process with an empty address space.
  ///
  /// - Throws: ENOMEM where the host cannot reserve the page table.
  package static func make(
    decoder: any InstructionDecoder, settings: ProcessSettings, limits: MemoryLimits = .init()
  ) throws(Errno) -> Process {
    var limits = limits
    limits.stack = settings.stackLimit
    let layout = AddressSpaceLayout(
      stackLimit: settings.stackLimit, random: settings.isRandomized ? { randomWord() } : nil)
    let memory = try AddressSpace(layout: layout, limits: limits)
    let machine = Machine(memory: memory, decoder: decoder)
    machine.model = settings.processor
    return Process(machine: machine, settings: settings)
  }

  /// execve(2): replaces the program.
  ///
  /// When this throws with `isFatal`, the old program is gone and the process must die of SIGSEGV.
  ///
  /// - Parameters:
  ///   - file: the program, where it is open already.
  ///   - call: the system call that asks for it.
  package func execute(
    path: [UInt8], arguments: [[UInt8]], environment: [[UInt8]], file: ExecutableFile? = nil,
    call: SyscallContext? = nil
  ) throws(ExecFailure) {
    executingCall = call
    defer { executingCall = nil }
    do throws(ExecFailure) {
      var parameters = try BinaryParameters(
        path: path, arguments: arguments, environment: environment, credentials: .current,
        stackLimit: memory.limits.stack, sysroot: settings.sysroot, file: file)
      try BinaryFormatRegistry.standard.execute(&parameters, in: self)
    } catch {
      story?.say("refused with \(error.errno.name)\(error.isFatal ? ", too late to return it: SIGSEGV" : "")")
      throw error
    }
  }

  /// begin_new_exec: the old program goes.
  func beginNewImage(_ parameters: BinaryParameters) {
    if let call = executingCall {
      becomeOnlyThread(call.thread, isLocked: call.isLocked)
      call.thread.releaseMemory(clears: false)
    }
    releaseVforkParent()
    memory.removeAll()
    system.becomeNewProgram()
    leader.becomeNewProgram()
    symbolizer = Symbolizer(memory: memory)
    image = ProgramImage()
    let name = parameters.filename
    let base = name.lastIndex(of: UInt8(ascii: "/")).map { name[($0 + 1)...] } ?? name[...]
    commandName = Array(base.prefix(15))
    nameHostThread()
    story?.say("point of no return: a failure from here on is a SIGSEGV")
  }

  /// The host's /proc tells the name of the thread, so let it be the program's (PR_SET_NAME).
  private func nameHostThread() {
    guard let call = executingCall, call.thread !== leader else {
      (commandName + [0]).withUnsafeBytes { _ = swemu_syscall(157, 15, Int(bitPattern: $0.baseAddress), 0, 0, 0, 0) }
      return
    }
    let file = Glibc.open("/proc/self/task/\(leader.number)/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    commandName.withUnsafeBytes { _ = write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  /// start_thread: the registers with which a program begins (asm/elf.h, ELF_PLAT_INIT; System V ABI 3.4.1).
  func startThread(image: ProgramImage, entry: UInt64) {
    self.image = image
    let cpu = mainThread
    GuestIdentity.publish(self)
    machine.resetForProgram(cpu)
    cpu.rsp = image.startStack
    cpu.pointee.rip = entry
    story?.say(
      "start at \(hex(entry, 12)): all general registers 0 but RSP \(hex(image.startStack, 12)), RFLAGS 0x202, "
        + "MXCSR 0x1f80, FCW 0x37f")
  }

  /// A random word for placing things; nil where places are fixed.
  func randomWord() -> UInt64? { settings.isRandomized ? Self.randomWord() : nil }

  /// A word of the host's random number generator.
  static func randomWord() -> UInt64 {
    var word: UInt64 = 0
    return swemu_host_random(&word, 8) == 8 ? word : .random(in: 0 ... .max)
  }
}
