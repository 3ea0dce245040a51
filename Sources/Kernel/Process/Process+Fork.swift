import CHost
import CMachine
import Glibc
import LinuxABI
import Machine

/// Who wants to know of a fork: the owner of buffers, files and threads of the emulator that a child shares or lacks.
package struct ForkObserver {
  /// In the parent, before the host copies it.
  package var willFork: () -> Void
  /// In the child, before it runs anything of the guest.
  package var isChild: () -> Void

  package init(willFork: @escaping () -> Void, isChild: @escaping () -> Void) {
    self.willFork = willFork
    self.isChild = isChild
  }
}

extension Process {
  /// fork, vfork, and clone without CLONE_THREAD: a guest process is a host process.
  ///
  /// The host copies everything: guest memory, blocks, descriptors. With CLONE_VM the child logs what it changes, and
  /// hands it to the parent when it executes a program or ends; with CLONE_VFORK the parent waits until then.
  ///
  /// Other threads stand still meanwhile, so that none of them is in the middle of anything in the child, where they do
  /// not exist.
  func fork(_ request: CloneRequest, _ c: SyscallContext) throws(Errno) -> SyscallOutcome {
    let thread = c.thread
    try request.check()
    let sharesMemory = request.flags.contains(.memory)
    let channel = sharesMemory ? VforkChannel() : nil
    if sharesMemory, channel == nil { throw .ENOMEM }
    for observer in forkObservers { observer.willFork() }
    supervisor?.willFork(thread.cpu)
    var pidDescriptor: Int32 = -1
    let copy = { [memory] in
      memory.whileForking { request.needsHostClone ? request.hostClone(&pidDescriptor) : swemu_host_fork() }
    }
    if machine.isParallel, request.needsHostClone { hostStacks.waitUntilGone(living: Set(threads.all.map(\.number))) }
    let child = machine.isParallel ? threads.holdingOthers(than: thread, copy) : copy()
    if child != 0 {
      supervisor?.forked(
        Int32(truncatingIfNeeded: child), isVfork: request.flags.contains(.suspendsParent), thread.cpu)
    }
    guard child >= 0 else { throw Errno(Int32(truncatingIfNeeded: -child)) }
    guard child == 0 else {
      let number = Int32(truncatingIfNeeded: child)
      // The kernel too lets these fail without a word.
      if request.flags.contains(.setParentTID) { try? memory.write(number, to: request.parentTID) }
      if request.flags.contains(.pidDescriptor) { try? memory.write(pidDescriptor, to: request.pidDescriptor) }
      if request.flags.contains(.files) { files.forgetAll() }
      guard let channel else { return .value(Int(child)) }
      if request.flags.contains(.suspendsParent) {
        c.unlocked {
          channel.wait(for: number, memory) { c.cpu.pointee.attention & SWEMU_ATTENTION_END.rawValue != 0 }
        }
      } else {
        VforkHelper(channel: channel, child: number, memory: memory).start()
      }
      return .value(Int(child))
    }
    becomeForkChild(request, thread)
    if let channel {
      vforkChannel = channel
      memory.beginWriteLog()
    }
    return .zero
  }

  /// In the child: what copy_process gives a new process.
  private func becomeForkChild(_ request: CloneRequest, _ thread: GuestThread) {
    let cpu = thread.cpu
    leader = thread
    // The lock of calls is held by this very call, or by nobody.
    threads.becomeForkChild(thread)
    leaderFate.becomeForkChild()
    endLock.reset()
    hostStacks.becomeForkChild(forgets: request.needsHostClone)
    machine.becomeForkChild(cpu)
    vforkChannel = nil
    memory.becomeForkChild()
    system.becomeForkChild()
    thread.becomeForkChild()
    if request.flags.contains(.clearHandlers) { system.signals.resetHandlers() }
    cpu.pointee.instructions = 0
    if request.stackPointer != 0 { cpu.rsp = request.stackPointer }
    if request.flags.contains(.setTLS) { cpu.pointee.fs_base = request.tls }
    if request.flags.contains(.clearChildTID) { thread.clearChildTID = request.childTID }
    thread.tellHostOfEnd()
    if request.flags.contains(.setChildTID) { try? memory.write(getpid(), to: request.childTID) }
    for observer in forkObservers { observer.isChild() }
    if !files.hidden.isEmpty { GuestIdentity.publish(self) }
  }

  /// The child of a vfork lets its parent go on: it ends, or has another program from here on.
  package func releaseVforkParent() {
    guard let channel = vforkChannel else { return }
    vforkChannel = nil
    channel.handOver(memory)
    memory.endWriteLog()
  }
}

extension CloneRequest {
  /// Whether the host's fork would not do.
  var needsHostClone: Bool {
    !flags.subtracting(.emulated).isEmpty || exitSignal != 17 || !wantedNumbers.isEmpty
  }

  /// Makes the child with the host's clone3.
  func hostClone(_ pidDescriptor: inout Int32) -> Int64 {
    var numbers = wantedNumbers
    return numbers.withUnsafeMutableBufferPointer { numbers in
      withUnsafeMutablePointer(to: &pidDescriptor) { descriptor in
        var words: [UInt64] = [
          flags.subtracting(.emulated).rawValue, UInt64(UInt(bitPattern: descriptor)), 0, 0, exitSignal, 0, 0, 0,
        ]
        if !numbers.isEmpty || controlGroup != 0 {
          words += [UInt64(UInt(bitPattern: numbers.baseAddress)), UInt64(numbers.count), controlGroup]
          if numbers.isEmpty { words[8] = 0 }
        }
        return words.withUnsafeBytes { bytes in
          guard let start = bytes.baseAddress else { return -22 }
          return swemu_host_clone3(start, UInt64(bytes.count))
        }
      }
    }
  }
}

/// Takes what the child of a clone with CLONE_VM but without CLONE_VFORK hands over, while its parent runs on.
///
/// `@unchecked Sendable`: the channel is used by this thread alone, and the address space has a lock.
private final class VforkHelper: @unchecked Sendable {
  private let channel: VforkChannel
  private let child: Int32
  private let memory: AddressSpace

  init(channel: VforkChannel, child: Int32, memory: AddressSpace) {
    self.channel = channel
    self.child = child
    self.memory = memory
  }

  func start() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let result = pthread_create(
      &thread, nil,
      { context in
        if let context {
          let helper = Unmanaged<VforkHelper>.fromOpaque(context).takeRetainedValue()
          helper.channel.wait(for: helper.child, helper.memory)
        }
        return nil
      }, context)
    if result == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<VforkHelper>.fromOpaque(context).release()
      channel.wait(for: child, memory)
    }
  }
}
