import CHost
import CMachine
import Glibc
import LinuxABI
import Machine

/// How a thread came to its end.
enum ThreadEnd {
  /// It ends the whole process.
  case process(ProcessEnd)
  /// It alone ends, with this status.
  case thread(Int32)
  /// Another thread has ended it.
  case ended
}

extension Process {
  /// clone with CLONE_THREAD: a guest thread is a host thread, with the same number.
  func startThread(_ request: CloneRequest, _ parent: GuestThread) throws(Errno) -> SyscallOutcome {
    try request.check()
    guard mayHaveThreads, supervisor?.supportsThreads ?? true else {
      // As where RLIMIT_NPROC is reached: programs report it and go on.
      diagnostics?("a second thread was asked for, which is not possible here")
      throw .EAGAIN
    }
    // Descriptors are the process's here; and nobody has a thread suspend its maker.
    guard request.flags.contains(.files), !request.flags.contains(.suspendsParent),
      request.flags.isDisjoint(with: [.newMounts, .parent]), request.wantedNumbers.isEmpty
    else {
      system.countUnknownRequest("clone", request.flags.rawValue)
      throw .EINVAL
    }
    if !machine.isParallel { machine.becomeParallel() }
    guard let cpu = machine.makeThread(copying: parent.cpu) else { throw .ENOMEM }
    cpu.rax = 0
    if request.stackPointer != 0 { cpu.rsp = request.stackPointer }
    if request.flags.contains(.setTLS) { cpu.pointee.fs_base = request.tls }
    let thread = GuestThread(process: self, cpu: cpu, mask: parent.mask, number: 0)
    thread.request = request
    if request.flags.contains(.clearChildTID) { thread.clearChildTID = request.childTID }
    guard let stack = hostStacks.take() else {
      machine.freeThread(cpu)
      throw .EAGAIN
    }
    let argument = Unmanaged.passRetained(thread)
    let number = swemu_start_thread(
      stack.base, hostStacks.usableSize, thread.gate,
      { Unmanaged<GuestThread>.fromOpaque($0).takeRetainedValue().begin() }, argument.toOpaque())
    guard number > 0 else {
      argument.release()
      hostStacks.giveBack(stack)
      machine.freeThread(cpu)
      throw Errno(Int32(truncatingIfNeeded: -number))
    }
    thread.number = Int32(truncatingIfNeeded: number)
    thread.hostStack = HostStacks.Stack(base: stack.base, owner: thread.number)
    // The kernel too lets these fail without a word.
    if request.flags.contains(.setParentTID) { try? memory.write(thread.number, to: request.parentTID) }
    if request.flags.contains(.pidDescriptor) {
      let descriptor = hostCall(.pidfd_open, Int(number), Int(O_EXCL))
      try? memory.write(Int32(truncatingIfNeeded: descriptor), to: request.pidDescriptor)
    }
    threads.add(thread)
    swemu_open_gate(thread.gate, 1)
    return .value(Int(number))
  }

  // MARK: - The life of a thread

  /// Runs a thread until it is over. Returns how the process ends if the thread ends it.
  func live(_ thread: GuestThread) -> ProcessEnd? {
    while true {
      switch run(thread) {
      case .process(let end): return end
      case .thread(let status):
        if thread === leader {
          thread.releaseMemory(clears: true)
        } else if system.sandbox != nil {
          RobustList(memory: memory, owner: UInt32(bitPattern: thread.number)).walk(thread.robustList)
        }
        if threads.remove(thread) { return .exited(status) }
      case .ended:
        if thread === leader, let end = leaderFate.end { return end }
        thread.releaseMemory(clears: false)
        if threads.remove(thread) { return .exited(0) }
      }
      supervisor?.threadEnded(thread)
      guard thread === leader else {
        machine.freeThread(thread.cpu)
        return nil
      }
      if let end = waitAsLeader(thread) { return end }
    }
  }

  /// The leader has ended, others go on. Returns when it runs another program, or with the end of the process.
  private func waitAsLeader(_ thread: GuestThread) -> ProcessEnd? {
    // No signal of the process is meant for it.
    _ = swemu_block_signals()
    thread.forwardRecordedSignal()
    thread.pause()
    let verdict = leaderFate.wait()
    thread.resume()
    switch verdict {
    case .end(let end): return end
    case .newProgram:
      swemu_attention_clear(thread.cpu, SWEMU_ATTENTION_END.rawValue)
      thread.setMask(thread.mask)
      return nil
    }
  }

  /// Ends the process from a thread on whose stack nobody waits for the end. Comes back if the leader is to see to it;
  /// the thread has to end then.
  func conclude(_ end: ProcessEnd, _ thread: GuestThread) {
    if let finisher {
      prepareEnd(thread)
      releaseVforkParent()
      supervisor?.processEnded(end)
      finisher(end)
    }
    if thread === leader {
      // The child of a fork.
      switch end {
      case .exited(let status): _exit(status)
      case .killed(let signal): Process.die(of: signal)
      case .instructionLimit, .stopped: _exit(1)
      }
    }
    leaderFate.decide(.end(end))
    leader.interrupt(SWEMU_ATTENTION_END)
    thread.releaseMemory(clears: false)
    _ = threads.remove(thread)
    machine.freeThread(thread.cpu)
  }

  /// From here on no other thread does anything; who comes second waits for ever.
  func prepareEnd(_ thread: GuestThread) {
    guard machine.isParallel else { return }
    thread.rest { endLock.lock() }
    threads.hold(thread, patience: 100)
  }

  // MARK: - Exec

  /// de_thread: ends all threads but the calling one, at the point of no return of an exec.
  ///
  /// The new program runs on the leader's host thread, whose number is the process's.
  func becomeOnlyThread(_ thread: GuestThread, isLocked: Bool) {
    guard machine.isParallel else { return }
    // Those that wait for the lock have to get it, to see that they must end.
    if isLocked { callLock.unlock() }
    threads.endOthers(than: thread)
    hostStacks.waitUntilGone(living: [thread.number, leader.number])
    if isLocked { thread.rest { callLock.lock() } }
    if thread === leader {
      machine.becomeAlone()
    } else {
      leader.mask = thread.mask
    }
  }

  /// The program that `thread` has executed goes on as the leader, and `thread` ends.
  func handOverToLeader(_ thread: GuestThread) {
    guard thread !== leader else { return }
    threads.add(leader)
    swemu_attention_set(thread.cpu, SWEMU_ATTENTION_END.rawValue)
    leaderFate.decide(.newProgram)
  }
}

extension GuestThread {
  /// A signal that was recorded for a thread that ends is another's, if it was the process's (exit_signals).
  fileprivate func forwardRecordedSignal() {
    let info = scratch.allocate(128)
    let signal = swemu_slot_take(slot, info)
    // SI_TKILL, and what the thread's own timers send, are lost.
    guard signal != 0, info.load(fromByteOffset: 8, as: Int32.self) != -6 else { return }
    hostCall(.rt_sigqueueinfo, Int(getpid()), Int(signal), Int(bitPattern: info))
  }

  /// The first and the last thing that its host thread does.
  fileprivate func begin() {
    let process = process
    adopt()
    resume()
    tellHostOfEnd()
    if let request {
      let unshared = CloneFlags([.fileSystem, .semaphoreUndo]).subtracting(request.flags)
      if !unshared.isEmpty { hostCall(.unshare, Int(truncatingIfNeeded: unshared.rawValue)) }
      if request.flags.contains(.setChildTID) { try? process.memory.write(number, to: request.childTID) }
    }
    request = nil
    process.supervisor?.threadStarted(self)
    setMask(mask)
    if let end = process.live(self) { process.conclude(end, self) }
    _ = swemu_block_signals()
    forwardRecordedSignal()
    swemu_set_signal_slot(nil)
    if let hostStack { process.hostStacks.giveBack(hostStack) }
    pause()
  }
}
