import Glibc
import LinuxABI
import Machine

/// System V IPC: shared memory, semaphores, message queues (man 7 sysvipc). The objects are the host's.
enum SystemVCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.shmget, [.hex, .size, .hex], PassThrough.numbers),
    SyscallRow(.shmat, [.int, .pointer, .hex], shmat),
    SyscallRow(.shmdt, [.pointer], shmdt),
    SyscallRow(.shmctl, [.int, .int, .pointer], shmctl),
    SyscallRow(.semget, [.hex, .int, .hex], PassThrough.numbers),
    SyscallRow(.semop, [.int, .pointer, .unsigned], semop),
    SyscallRow(.semtimedop, [.int, .pointer, .unsigned, .in(.timespec)], semtimedop),
    SyscallRow(.semctl, [.int, .int, .int, .hex], semctl),
    SyscallRow(.msgget, [.hex, .hex], PassThrough.numbers),
    SyscallRow(.msgsnd, [.int, .pointer, .size, .hex], msgsnd),
    SyscallRow(.msgrcv, [.int, .pointer, .size, .long, .hex], msgrcv),
    SyscallRow(.msgctl, [.int, .int, .pointer], msgctl),
  ]

  /// Commands of the ctl calls (linux/ipc.h); IPC_64 is taken away as the kernel takes it.
  private enum Command {
    static let remove: Int32 = 0, set: Int32 = 1, status: Int32 = 2, info: Int32 = 3
    /// SHM_STAT, SHM_INFO, SHM_STAT_ANY; MSG_STAT, MSG_INFO, MSG_STAT_ANY.
    static let sharedStatus: Int32 = 13, sharedInfo: Int32 = 14, sharedStatusAny: Int32 = 15
    static let messageStatus: Int32 = 11, messageInfo: Int32 = 12, messageStatusAny: Int32 = 13
    /// GETALL, SETALL, SEM_STAT, SEM_INFO, SEM_STAT_ANY.
    static let getAll: Int32 = 13, setAll: Int32 = 17
    static let semaphoreStatus: Int32 = 18, semaphoreInfo: Int32 = 19, semaphoreStatusAny: Int32 = 20
  }

  // MARK: - Shared memory

  /// SHM_RDONLY, SHM_RND, SHM_REMAP, SHM_EXEC.
  private static let readOnly: UInt64 = 0o10000, rounded: UInt64 = 0o20000, remap: UInt64 = 0o40000
  private static let executable: UInt64 = 0o100000

  private static func shmat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let flags = c.raw(2)
    guard c.int(0) >= 0 else { throw .EINVAL }
    var address = c.raw(1)
    if address != 0 {
      if !GuestAddress.isAligned(address) {
        guard flags & rounded != 0 else { throw .EINVAL }
        address = GuestAddress.pageStart(address)
        if address == 0, flags & remap != 0 { throw .EINVAL }
      }
    } else if flags & remap != 0 {
      throw .EINVAL
    }
    // struct shmid64_ds has 112 bytes: ipc64_perm (48, the key first), then the size.
    let status = c.scratch.allocate(112)
    let number = c.arg(0)
    // A segment that may not be read says EACCES, which is shmat's answer too.
    _ = try c.host(.shmctl, number, Int(Command.status), Int(bitPattern: status))
    var protection: Protection = flags & readOnly != 0 ? .read : [.read, .write]
    if flags & executable != 0 { protection.insert(.execute) }
    let place = try c.memory.attachSegment(
      at: address, size: status.load(fromByteOffset: 48, as: UInt64.self), protection: protection,
      replacing: flags & remap != 0, identifier: UInt64(number), key: status.load(as: UInt32.self)
    ) { place in
      c.hostOnce(.shmat, number, Int(truncatingIfNeeded: place), Int(truncatingIfNeeded: flags & readOnly))
    }
    return .value(place)
  }

  private static func shmdt(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.detachSegment(c.raw(0))
    return .zero
  }

  private static func shmctl(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let size: (Int, Access)
    switch c.int(1) & ~0x100 {
    case Command.set: size = (112, .read)
    case Command.status, Command.sharedStatus, Command.sharedStatusAny: size = (112, .write)
    // struct shminfo64, struct shm_info.
    case Command.info: size = (72, .write)
    case Command.sharedInfo: size = (48, .write)
    default: size = (0, .read)
    }
    return try c.pass(c.arg(0), c.arg(1), pointer(c, 2, size))
  }

  /// A structure, or the argument as it is where the command takes none.
  private static func pointer(_ c: SyscallContext, _ index: Int, _ size: (count: Int, access: Access)) -> Int {
    c.structure(c.raw(index), size.count, size.access)
  }

  // MARK: - Semaphores

  /// struct sembuf has 6 bytes; SEMOPM is 500, more is E2BIG.
  private static func operations(_ c: SyscallContext) -> Int {
    let count = UInt64(UInt32(truncatingIfNeeded: c.raw(2)))
    return c.readable(c.raw(1), min(count, 500) * 6).address
  }

  private static func semop(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), operations(c), c.arg(2), restart: .ERESTARTNOHAND)
  }

  private static func semtimedop(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), operations(c), c.arg(2), c.input(3, 16), restart: .ERESTARTNOHAND)
  }

  private static func semctl(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let argument: Int
    switch c.int(2) & ~0x100 {
    case Command.set: argument = c.input(3, 104)
    case Command.status, Command.semaphoreStatus, Command.semaphoreStatusAny: argument = c.output(3, 104)
    case Command.info, Command.semaphoreInfo: argument = c.output(3, 40)
    case Command.getAll: argument = c.writable(c.raw(3), 2 * semaphoreCount(c)).address
    case Command.setAll: argument = c.readable(c.raw(3), 2 * semaphoreCount(c)).address
    default: argument = c.arg(3)
    }
    return try c.pass(c.arg(0), c.arg(1), c.arg(2), argument)
  }

  /// How many semaphores a set has: sem_nsems in struct semid64_ds. The largest number there is (SEMMSL) where it may
  /// not be asked for.
  private static func semaphoreCount(_ c: SyscallContext) -> UInt64 {
    let status = c.scratch.allocate(104)
    let result = c.hostOnce(.semctl, c.arg(0), 0, Int(Command.status), Int(bitPattern: status))
    return result >= 0 ? min(status.load(fromByteOffset: 80, as: UInt64.self), 32000) : 32000
  }

  // MARK: - Message queues

  /// A message is a long and its text; MSGMAX bounds the text, and the host refuses more.
  private static func msgsnd(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let size = c.raw(2)
    guard size <= 1 << 30 else { throw .EINVAL }
    return try c.pass(
      c.arg(0), c.structure(c.raw(1), Int(size) + 8, .read), c.arg(2), c.arg(3), restart: .ERESTARTNOHAND)
  }

  private static func msgrcv(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let size = c.raw(2)
    guard size <= UInt64(Int64.max) else { throw .EINVAL }
    let range = c.writable(c.raw(1), min(size, 1 << 20) &+ 8)
    let count = try c.host(
      c.number, c.arg(0), range.address, max(0, range.count - 8), c.arg(3), c.arg(4), restart: .ERESTARTNOHAND)
    c.filled(range, count + 8)
    return .value(count)
  }

  private static func msgctl(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let size: (Int, Access)
    switch c.int(1) & ~0x100 {
    case Command.set: size = (120, .read)
    case Command.status, Command.messageStatus, Command.messageStatusAny: size = (120, .write)
    case Command.info, Command.messageInfo: size = (32, .write)
    default: size = (0, .read)
    }
    return try c.pass(c.arg(0), c.arg(1), pointer(c, 2, size))
  }
}
