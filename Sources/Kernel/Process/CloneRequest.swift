import LinuxABI

/// `CLONE_*` (linux/sched.h).
package struct CloneFlags: OptionSet, Sendable {
  package var rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }

  package static let memory = Self(rawValue: 0x100)
  package static let fileSystem = Self(rawValue: 0x200)
  package static let files = Self(rawValue: 0x400)
  package static let signalHandlers = Self(rawValue: 0x800)
  package static let pidDescriptor = Self(rawValue: 0x1000)
  package static let traced = Self(rawValue: 0x2000)
  package static let suspendsParent = Self(rawValue: 0x4000)
  package static let parent = Self(rawValue: 0x8000)
  package static let thread = Self(rawValue: 0x1_0000)
  package static let newMounts = Self(rawValue: 0x2_0000)
  package static let semaphoreUndo = Self(rawValue: 0x4_0000)
  package static let setTLS = Self(rawValue: 0x8_0000)
  package static let setParentTID = Self(rawValue: 0x10_0000)
  package static let clearChildTID = Self(rawValue: 0x20_0000)
  package static let detached = Self(rawValue: 0x40_0000)
  package static let untraced = Self(rawValue: 0x80_0000)
  package static let setChildTID = Self(rawValue: 0x100_0000)
  package static let newUsers = Self(rawValue: 0x1000_0000)
  package static let newProcesses = Self(rawValue: 0x2000_0000)
  package static let clearHandlers = Self(rawValue: 0x1_0000_0000)
  package static let intoControlGroup = Self(rawValue: 0x2_0000_0000)

  /// What the emulator does itself; the host is asked for the rest.
  static let emulated: Self = [
    .memory, .signalHandlers, .suspendsParent, .thread, .setTLS, .setParentTID, .clearChildTID, .setChildTID,
    .clearHandlers, .detached,
  ]
}

/// What fork, vfork, clone and clone3 ask for (the kernel's struct kernel_clone_args).
package struct CloneRequest {
  package var flags: CloneFlags
  /// The signal that the parent gets when the child ends, 0 for none.
  package var exitSignal: UInt64
  /// The child's stack pointer, 0 to go on with the parent's.
  package var stackPointer: UInt64 = 0
  package var tls: UInt64 = 0
  /// Guest addresses for numbers of the child.
  package var parentTID: UInt64 = 0
  package var childTID: UInt64 = 0
  package var pidDescriptor: UInt64 = 0
  /// Numbers that the child is to have (clone3), and the control group that it is to be in.
  package var wantedNumbers: [Int32] = []
  package var controlGroup: UInt64 = 0

  package init(flags: CloneFlags = [], exitSignal: UInt64 = 17) {
    self.flags = flags
    self.exitSignal = exitSignal
  }

  /// The checks of copy_process (kernel/fork.c), in its order.
  package func check() throws(Errno) {
    if flags.isSuperset(of: [.newMounts, .fileSystem]) || flags.isSuperset(of: [.newUsers, .fileSystem]) {
      throw .EINVAL
    }
    if flags.contains(.thread), !flags.contains(.signalHandlers) { throw .EINVAL }
    if flags.contains(.signalHandlers), !flags.contains(.memory) { throw .EINVAL }
    if flags.contains(.thread), !flags.isDisjoint(with: [.newUsers, .newProcesses]) { throw .EINVAL }
    if flags.isSuperset(of: [.clearHandlers, .signalHandlers]) { throw .EINVAL }
    if flags.isSuperset(of: [.pidDescriptor, .detached]) { throw .EINVAL }
    if flags.contains(.setTLS), tls >= 0x7fff_ffff_f000 { throw .EPERM }
  }
}

extension CloneRequest {
  /// clone(2): flags, stack, parent_tid, child_tid, tls. A pidfd goes where the parent's number would.
  init(legacy c: SyscallContext) throws(Errno) {
    let flags = CloneFlags(rawValue: c.raw(0) & 0xffff_ff00)
    self.init(flags: flags, exitSignal: c.raw(0) & 0xff)
    stackPointer = c.raw(1)
    parentTID = c.raw(2)
    childTID = c.raw(3)
    tls = c.raw(4)
    if flags.contains(.pidDescriptor) {
      if flags.contains(.setParentTID) { throw .EINVAL }
      pidDescriptor = parentTID
    }
  }

  /// CLONE_ARGS_SIZE_VER0 and VER2.
  private static let smallest: UInt64 = 64, known: UInt64 = 88
  private static let numberLimit: UInt64 = 32

  /// clone3(2): struct clone_args (copy_clone_args_from_user, clone3_args_valid).
  init(extended c: SyscallContext) throws(Errno) {
    let (address, size) = (c.raw(0), c.raw(1))
    guard size <= 4096 else { throw .E2BIG }
    guard size >= Self.smallest else { throw .EINVAL }
    var words: [UInt64] = []
    let bytes = try c.memory.copyIn(address, count: size)
    guard bytes.dropFirst(Int(Self.known)).allSatisfy({ $0 == 0 }) else { throw .E2BIG }
    bytes.withUnsafeBytes { bytes in
      for index in 0..<11 {
        words.append(index * 8 + 8 <= bytes.count ? bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) : 0)
      }
    }
    let (setNumbers, setCount) = (words[8], words[9])
    guard setCount <= Self.numberLimit, (setNumbers == 0) == (setCount == 0) else { throw .EINVAL }
    guard words[4] & ~0xff == 0, words[4] <= 64 else { throw .EINVAL }
    let flags = CloneFlags(rawValue: words[0])
    if flags.contains(.intoControlGroup), words[10] > 0x7fff_ffff || size < Self.known { throw .EINVAL }
    self.init(flags: flags, exitSignal: words[4])
    pidDescriptor = words[1]
    childTID = words[2]
    parentTID = words[3]
    tls = words[7]
    controlGroup = words[10]
    if setCount != 0 { wantedNumbers = try c.memory.readArray(setNumbers, count: setCount, as: Int32.self) }
    // Only these bits exist; CLONE_NEWTIME is among the low ones.
    guard words[0] & ~0x3_ffff_ffff == 0, words[0] & 0x7f == 0, !flags.contains(.detached) else { throw .EINVAL }
    if !flags.isDisjoint(with: [.thread, .parent]), exitSignal != 0 { throw .EINVAL }
    let (stack, stackSize) = (words[5], words[6])
    guard (stack == 0) == (stackSize == 0) else { throw .EINVAL }
    if stack != 0 {
      let (top, overflow) = stack.addingReportingOverflow(stackSize)
      guard !overflow, top <= 0x7fff_ffff_f000 else { throw .EINVAL }
      stackPointer = top
    }
  }
}
