import LinuxABI

/// The names that `--strace` prints: the C library's and the kernel's own, as strace spells them.
extension SymbolSet {
  /// What strace writes for values without a name: `0x3001 /* ARCH_??? */`.
  var prefix: String { table.prefix }

  /// A value by name; nil without one.
  func name(_ value: UInt64) -> String? { table.names.first { $0.0 == value }?.1 }

  /// A set of bits as `A|B|0x10`.
  func flags(_ value: UInt64) -> String {
    if let name = name(value) { return name }
    var parts: [String] = []
    var rest = value
    for (bits, name) in table.names where bits != 0 && rest & bits == bits {
      parts.append(name)
      rest &= ~bits
    }
    if parts.isEmpty { return rest == 0 ? "0" : "0x\(hexadecimal(rest)) /* \(prefix) */" }
    if rest != 0 { parts.append("0x\(hexadecimal(rest))") }
    return parts.joined(separator: "|")
  }

  private var table: (prefix: String, names: [(UInt64, String)]) {
    switch self {
    case .access: ("?_OK", [(0, "F_OK"), (4, "R_OK"), (2, "W_OK"), (1, "X_OK")])
    case .advice: ("MADV_???", SymbolTables.advice)
    case .archPrctl: ("ARCH_???", SymbolTables.archPrctl)
    case .atFlags: ("AT_???", SymbolTables.atFlags)
    case .clock: ("CLOCK_???", SymbolTables.clock)
    case .closeRange: ("CLOSE_RANGE_???", [(2, "CLOSE_RANGE_UNSHARE"), (4, "CLOSE_RANGE_CLOEXEC")])
    case .domain: ("AF_???", SymbolTables.domain)
    case .epollControl: ("EPOLL_CTL_???", [(1, "EPOLL_CTL_ADD"), (2, "EPOLL_CTL_DEL"), (3, "EPOLL_CTL_MOD")])
    case .epollCreate: ("EPOLL_???", [(0x80000, "EPOLL_CLOEXEC")])
    case .eventfd: ("EFD_???", [(1, "EFD_SEMAPHORE"), (0x800, "EFD_NONBLOCK"), (0x80000, "EFD_CLOEXEC")])
    case .fallocate: ("FALLOC_FL_???", SymbolTables.fallocate)
    case .fcntl: ("F_???", SymbolTables.fcntl)
    case .fileAdvice: ("POSIX_FADV_???", SymbolTables.fileAdvice)
    case .flock: ("LOCK_???", [(1, "LOCK_SH"), (2, "LOCK_EX"), (4, "LOCK_NB"), (8, "LOCK_UN")])
    case .futex: ("FUTEX_???", SymbolTables.futex)
    case .getrandom: ("GRND_???", [(1, "GRND_NONBLOCK"), (2, "GRND_RANDOM"), (4, "GRND_INSECURE")])
    case .inotifyInit: ("IN_???", [(0x800, "IN_NONBLOCK"), (0x80000, "IN_CLOEXEC")])
    case .inotifyMask: ("IN_???", SymbolTables.inotifyMask)
    case .ioctl: ("", SymbolTables.ioctl)
    case .itimer: ("ITIMER_???", [(0, "ITIMER_REAL"), (1, "ITIMER_VIRTUAL"), (2, "ITIMER_PROF")])
    case .lockAll: ("MCL_???", [(1, "MCL_CURRENT"), (2, "MCL_FUTURE"), (4, "MCL_ONFAULT")])
    case .mapFlags: ("MAP_???", SymbolTables.mapFlags)
    case .maskHow: ("SIG_???", [(0, "SIG_BLOCK"), (1, "SIG_UNBLOCK"), (2, "SIG_SETMASK")])
    case .memfd: ("MFD_???", SymbolTables.memfd)
    case .messageFlags: ("MSG_???", SymbolTables.messageFlags)
    case .mlock: ("MLOCK_???", [(1, "MLOCK_ONFAULT")])
    case .msync: ("MS_???", [(1, "MS_ASYNC"), (2, "MS_INVALIDATE"), (4, "MS_SYNC")])
    case .open: ("O_???", SymbolTables.open)
    case .pipe: ("O_???", [(0x800, "O_NONBLOCK"), (0x4000, "O_DIRECT"), (0x80000, "O_CLOEXEC")])
    case .prctl: ("PR_???", SymbolTables.prctl)
    case .priority: ("PRIO_???", [(0, "PRIO_PROCESS"), (1, "PRIO_PGRP"), (2, "PRIO_USER")])
    case .protection: ("PROT_???", SymbolTables.protection)
    case .readFlags: ("RWF_???", SymbolTables.readFlags)
    case .remapFlags: ("MREMAP_???", [(1, "MREMAP_MAYMOVE"), (2, "MREMAP_FIXED"), (4, "MREMAP_DONTUNMAP")])
    case .renameFlags: ("RENAME_??", [(1, "RENAME_NOREPLACE"), (2, "RENAME_EXCHANGE"), (4, "RENAME_WHITEOUT")])
    case .resource: ("RLIMIT_???", SymbolTables.resource)
    case .rseq: ("RSEQ_FLAG_???", [(1, "RSEQ_FLAG_UNREGISTER")])
    case .rusageWho: ("RUSAGE_???", [(0, "RUSAGE_SELF"), (1, "RUSAGE_THREAD"), (0xffff_ffff, "RUSAGE_CHILDREN")])
    case .scheduler: ("SCHED_???", SymbolTables.scheduler)
    case .shutdown: ("SHUT_???", [(0, "SHUT_RD"), (1, "SHUT_WR"), (2, "SHUT_RDWR")])
    case .signal: ("SIG???", SymbolTables.signal)
    case .socketLevel: ("SOL_???", SymbolTables.socketLevel)
    case .socketType: ("SOCK_???", SymbolTables.socketType)
    case .spliceFlags: ("SPLICE_F_???", SymbolTables.spliceFlags)
    case .statxMask: ("STATX_???", SymbolTables.statxMask)
    case .syncRange: ("SYNC_FILE_RANGE_???", SymbolTables.syncRange)
    case .timerFlags: ("TIMER_???", [(1, "TIMER_ABSTIME")])
    case .timerfd: ("TFD_???", [(0x800, "TFD_NONBLOCK"), (0x80000, "TFD_CLOEXEC")])
    case .unlinkAt: ("AT_???", [(0x200, "AT_REMOVEDIR")])
    case .waitFlags: ("W???", SymbolTables.waitFlags)
    case .whence:
      ("SEEK_???", [(0, "SEEK_SET"), (1, "SEEK_CUR"), (2, "SEEK_END"), (3, "SEEK_DATA"), (4, "SEEK_HOLE")])
    case .xattrFlags: ("XATTR_???", [(1, "XATTR_CREATE"), (2, "XATTR_REPLACE")])
    }
  }
}

/// The longer tables of `SymbolSet`.
private enum SymbolTables {
  static let protection: [(UInt64, String)] = [
    (0, "PROT_NONE"), (1, "PROT_READ"), (2, "PROT_WRITE"), (4, "PROT_EXEC"), (8, "PROT_SEM"),
    (0x0100_0000, "PROT_GROWSDOWN"), (0x0200_0000, "PROT_GROWSUP"),
  ]

  static let mapFlags: [(UInt64, String)] = [
    (3, "MAP_SHARED_VALIDATE"), (1, "MAP_SHARED"), (2, "MAP_PRIVATE"), (0x10, "MAP_FIXED"), (0x20, "MAP_ANONYMOUS"),
    (0x40, "MAP_32BIT"), (0x100, "MAP_GROWSDOWN"), (0x800, "MAP_DENYWRITE"), (0x1000, "MAP_EXECUTABLE"),
    (0x2000, "MAP_LOCKED"), (0x4000, "MAP_NORESERVE"), (0x8000, "MAP_POPULATE"), (0x1_0000, "MAP_NONBLOCK"),
    (0x2_0000, "MAP_STACK"), (0x4_0000, "MAP_HUGETLB"), (0x8_0000, "MAP_SYNC"), (0x10_0000, "MAP_FIXED_NOREPLACE"),
  ]

  static let advice: [(UInt64, String)] = [
    (0, "MADV_NORMAL"), (1, "MADV_RANDOM"), (2, "MADV_SEQUENTIAL"), (3, "MADV_WILLNEED"), (4, "MADV_DONTNEED"),
    (8, "MADV_FREE"), (9, "MADV_REMOVE"), (10, "MADV_DONTFORK"), (11, "MADV_DOFORK"), (12, "MADV_MERGEABLE"),
    (13, "MADV_UNMERGEABLE"), (14, "MADV_HUGEPAGE"), (15, "MADV_NOHUGEPAGE"), (16, "MADV_DONTDUMP"),
    (17, "MADV_DODUMP"), (18, "MADV_WIPEONFORK"), (19, "MADV_KEEPONFORK"), (20, "MADV_COLD"), (21, "MADV_PAGEOUT"),
    (22, "MADV_POPULATE_READ"), (23, "MADV_POPULATE_WRITE"), (24, "MADV_DONTNEED_LOCKED"), (25, "MADV_COLLAPSE"),
  ]

  static let archPrctl: [(UInt64, String)] = [
    (0x1001, "ARCH_SET_GS"), (0x1002, "ARCH_SET_FS"), (0x1003, "ARCH_GET_FS"), (0x1004, "ARCH_GET_GS"),
    (0x1011, "ARCH_GET_CPUID"), (0x1012, "ARCH_SET_CPUID"),
  ]

  static let atFlags: [(UInt64, String)] = [
    (0x100, "AT_SYMLINK_NOFOLLOW"), (0x200, "AT_REMOVEDIR"), (0x400, "AT_SYMLINK_FOLLOW"), (0x800, "AT_NO_AUTOMOUNT"),
    (0x1000, "AT_EMPTY_PATH"), (0x2000, "AT_STATX_FORCE_SYNC"), (0x4000, "AT_STATX_DONT_SYNC"),
    (0x8000, "AT_RECURSIVE"),
  ]

  static let clock: [(UInt64, String)] = [
    (0, "CLOCK_REALTIME"), (1, "CLOCK_MONOTONIC"), (2, "CLOCK_PROCESS_CPUTIME_ID"), (3, "CLOCK_THREAD_CPUTIME_ID"),
    (4, "CLOCK_MONOTONIC_RAW"), (5, "CLOCK_REALTIME_COARSE"), (6, "CLOCK_MONOTONIC_COARSE"), (7, "CLOCK_BOOTTIME"),
    (8, "CLOCK_REALTIME_ALARM"), (9, "CLOCK_BOOTTIME_ALARM"), (11, "CLOCK_TAI"),
  ]

  static let domain: [(UInt64, String)] = [
    (0, "AF_UNSPEC"), (1, "AF_UNIX"), (2, "AF_INET"), (10, "AF_INET6"), (16, "AF_NETLINK"), (17, "AF_PACKET"),
    (38, "AF_ALG"), (40, "AF_VSOCK"),
  ]

  static let fallocate: [(UInt64, String)] = [
    (1, "FALLOC_FL_KEEP_SIZE"), (2, "FALLOC_FL_PUNCH_HOLE"), (4, "FALLOC_FL_NO_HIDE_STALE"),
    (8, "FALLOC_FL_COLLAPSE_RANGE"), (16, "FALLOC_FL_ZERO_RANGE"), (32, "FALLOC_FL_INSERT_RANGE"),
    (64, "FALLOC_FL_UNSHARE_RANGE"),
  ]

  static let fcntl: [(UInt64, String)] = [
    (0, "F_DUPFD"), (1, "F_GETFD"), (2, "F_SETFD"), (3, "F_GETFL"), (4, "F_SETFL"), (5, "F_GETLK"), (6, "F_SETLK"),
    (7, "F_SETLKW"), (8, "F_SETOWN"), (9, "F_GETOWN"), (10, "F_SETSIG"), (11, "F_GETSIG"), (15, "F_SETOWN_EX"),
    (16, "F_GETOWN_EX"), (17, "F_GETOWNER_UIDS"), (36, "F_OFD_GETLK"), (37, "F_OFD_SETLK"), (38, "F_OFD_SETLKW"),
    (1024, "F_SETLEASE"), (1025, "F_GETLEASE"), (1026, "F_NOTIFY"), (1029, "F_CANCELLK"), (1030, "F_DUPFD_CLOEXEC"),
    (1031, "F_SETPIPE_SZ"), (1032, "F_GETPIPE_SZ"), (1033, "F_ADD_SEALS"), (1034, "F_GET_SEALS"),
    (1035, "F_GET_RW_HINT"), (1036, "F_SET_RW_HINT"), (1037, "F_GET_FILE_RW_HINT"), (1038, "F_SET_FILE_RW_HINT"),
  ]

  static let fileAdvice: [(UInt64, String)] = [
    (0, "POSIX_FADV_NORMAL"), (1, "POSIX_FADV_RANDOM"), (2, "POSIX_FADV_SEQUENTIAL"), (3, "POSIX_FADV_WILLNEED"),
    (4, "POSIX_FADV_DONTNEED"), (5, "POSIX_FADV_NOREUSE"),
  ]

  static let futex: [(UInt64, String)] = [
    (0, "FUTEX_WAIT"), (1, "FUTEX_WAKE"), (3, "FUTEX_REQUEUE"), (4, "FUTEX_CMP_REQUEUE"), (5, "FUTEX_WAKE_OP"),
    (6, "FUTEX_LOCK_PI"), (7, "FUTEX_UNLOCK_PI"), (8, "FUTEX_TRYLOCK_PI"), (9, "FUTEX_WAIT_BITSET"),
    (10, "FUTEX_WAKE_BITSET"), (128, "FUTEX_WAIT_PRIVATE"), (129, "FUTEX_WAKE_PRIVATE"),
    (131, "FUTEX_REQUEUE_PRIVATE"), (132, "FUTEX_CMP_REQUEUE_PRIVATE"), (133, "FUTEX_WAKE_OP_PRIVATE"),
    (134, "FUTEX_LOCK_PI_PRIVATE"), (135, "FUTEX_UNLOCK_PI_PRIVATE"), (137, "FUTEX_WAIT_BITSET_PRIVATE"),
    (138, "FUTEX_WAKE_BITSET_PRIVATE"), (265, "FUTEX_WAIT_BITSET|FUTEX_CLOCK_REALTIME"),
    (393, "FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME"),
  ]

  static let inotifyMask: [(UInt64, String)] = [
    (0xfff, "IN_ALL_EVENTS"), (1, "IN_ACCESS"), (2, "IN_MODIFY"), (4, "IN_ATTRIB"), (8, "IN_CLOSE_WRITE"),
    (0x10, "IN_CLOSE_NOWRITE"), (0x20, "IN_OPEN"), (0x40, "IN_MOVED_FROM"), (0x80, "IN_MOVED_TO"), (0x100, "IN_CREATE"),
    (0x200, "IN_DELETE"), (0x400, "IN_DELETE_SELF"), (0x800, "IN_MOVE_SELF"), (0x0100_0000, "IN_ONLYDIR"),
    (0x0200_0000, "IN_DONT_FOLLOW"), (0x2000_0000, "IN_MASK_ADD"), (0x8000_0000, "IN_ONESHOT"),
  ]

  static let ioctl: [(UInt64, String)] = [
    (0x5401, "TCGETS"), (0x5402, "TCSETS"), (0x5403, "TCSETSW"), (0x5404, "TCSETSF"), (0x5409, "TCSBRK"),
    (0x540a, "TCXONC"), (0x540b, "TCFLSH"), (0x540e, "TIOCSCTTY"), (0x540f, "TIOCGPGRP"), (0x5410, "TIOCSPGRP"),
    (0x5411, "TIOCOUTQ"), (0x5413, "TIOCGWINSZ"), (0x5414, "TIOCSWINSZ"), (0x541b, "FIONREAD"), (0x5421, "FIONBIO"),
    (0x5422, "TIOCNOTTY"), (0x5429, "TIOCGSID"), (0x5450, "FIONCLEX"), (0x5451, "FIOCLEX"), (0x5452, "FIOASYNC"),
    (0x8004_5430, "TIOCGPTN"), (0x4004_5431, "TIOCSPTLCK"), (0x8008_6601, "FS_IOC_GETFLAGS"),
    (0x4008_6602, "FS_IOC_SETFLAGS"), (0x4004_9409, "FICLONE"), (0x8912, "SIOCGIFCONF"), (0x4b33, "KDGKBTYPE"),
    (0x5603, "VT_GETSTATE"), (0x8008_1272, "BLKGETSIZE64"),
  ]

  static let memfd: [(UInt64, String)] = [
    (1, "MFD_CLOEXEC"), (2, "MFD_ALLOW_SEALING"), (4, "MFD_HUGETLB"), (8, "MFD_NOEXEC_SEAL"), (16, "MFD_EXEC"),
  ]

  static let messageFlags: [(UInt64, String)] = [
    (1, "MSG_OOB"), (2, "MSG_PEEK"), (4, "MSG_DONTROUTE"), (8, "MSG_CTRUNC"), (0x20, "MSG_TRUNC"),
    (0x40, "MSG_DONTWAIT"), (0x80, "MSG_EOR"), (0x100, "MSG_WAITALL"), (0x800, "MSG_CONFIRM"),
    (0x4000, "MSG_NOSIGNAL"), (0x8000, "MSG_MORE"), (0x10000, "MSG_WAITFORONE"), (0x4000_0000, "MSG_CMSG_CLOEXEC"),
  ]

  /// The access mode is printed apart.
  static let open: [(UInt64, String)] = [
    (0o100, "O_CREAT"), (0o200, "O_EXCL"), (0o400, "O_NOCTTY"), (0o1000, "O_TRUNC"), (0o2000, "O_APPEND"),
    (0o4000, "O_NONBLOCK"), (0o4010000, "O_SYNC"), (0o10000, "O_DSYNC"), (0o20000, "O_ASYNC"), (0o40000, "O_DIRECT"),
    (0o100000, "O_LARGEFILE"), (0o20200000, "O_TMPFILE"), (0o200000, "O_DIRECTORY"), (0o400000, "O_NOFOLLOW"),
    (0o1000000, "O_NOATIME"), (0o2000000, "O_CLOEXEC"), (0o10000000, "O_PATH"),
  ]

  static let prctl: [(UInt64, String)] = [
    (1, "PR_SET_PDEATHSIG"), (2, "PR_GET_PDEATHSIG"), (3, "PR_GET_DUMPABLE"), (4, "PR_SET_DUMPABLE"),
    (7, "PR_GET_KEEPCAPS"), (8, "PR_SET_KEEPCAPS"), (15, "PR_SET_NAME"), (16, "PR_GET_NAME"), (21, "PR_GET_SECCOMP"),
    (22, "PR_SET_SECCOMP"), (23, "PR_CAPBSET_READ"), (24, "PR_CAPBSET_DROP"), (25, "PR_GET_TSC"), (26, "PR_SET_TSC"),
    (27, "PR_GET_SECUREBITS"), (28, "PR_SET_SECUREBITS"), (29, "PR_SET_TIMERSLACK"), (30, "PR_GET_TIMERSLACK"),
    (35, "PR_SET_MM"), (36, "PR_SET_CHILD_SUBREAPER"), (37, "PR_GET_CHILD_SUBREAPER"), (38, "PR_SET_NO_NEW_PRIVS"),
    (39, "PR_GET_NO_NEW_PRIVS"), (40, "PR_GET_TID_ADDRESS"), (41, "PR_SET_THP_DISABLE"), (42, "PR_GET_THP_DISABLE"),
    (47, "PR_CAP_AMBIENT"), (0x5356_4d41, "PR_SET_VMA"),
  ]

  static let readFlags: [(UInt64, String)] = [
    (1, "RWF_HIPRI"), (2, "RWF_DSYNC"), (4, "RWF_SYNC"), (8, "RWF_NOWAIT"), (16, "RWF_APPEND"),
  ]

  static let resource: [(UInt64, String)] = [
    (0, "RLIMIT_CPU"), (1, "RLIMIT_FSIZE"), (2, "RLIMIT_DATA"), (3, "RLIMIT_STACK"), (4, "RLIMIT_CORE"),
    (5, "RLIMIT_RSS"), (6, "RLIMIT_NPROC"), (7, "RLIMIT_NOFILE"), (8, "RLIMIT_MEMLOCK"), (9, "RLIMIT_AS"),
    (10, "RLIMIT_LOCKS"), (11, "RLIMIT_SIGPENDING"), (12, "RLIMIT_MSGQUEUE"), (13, "RLIMIT_NICE"),
    (14, "RLIMIT_RTPRIO"), (15, "RLIMIT_RTTIME"),
  ]

  static let scheduler: [(UInt64, String)] = [
    (0, "SCHED_OTHER"), (1, "SCHED_FIFO"), (2, "SCHED_RR"), (3, "SCHED_BATCH"), (5, "SCHED_IDLE"),
    (6, "SCHED_DEADLINE"),
  ]

  static let signal: [(UInt64, String)] = (1...64).map { (UInt64($0), Signal($0).name) }

  static let socketLevel: [(UInt64, String)] = [
    (0, "SOL_IP"), (1, "SOL_SOCKET"), (6, "SOL_TCP"), (17, "SOL_UDP"), (41, "SOL_IPV6"), (58, "SOL_ICMPV6"),
    (255, "SOL_RAW"), (270, "SOL_NETLINK"),
  ]

  static let socketType: [(UInt64, String)] = [
    (5, "SOCK_SEQPACKET"), (3, "SOCK_RAW"), (1, "SOCK_STREAM"), (2, "SOCK_DGRAM"), (0x800, "SOCK_NONBLOCK"),
    (0x80000, "SOCK_CLOEXEC"),
  ]

  static let spliceFlags: [(UInt64, String)] = [
    (1, "SPLICE_F_MOVE"), (2, "SPLICE_F_NONBLOCK"), (4, "SPLICE_F_MORE"), (8, "SPLICE_F_GIFT"),
  ]

  static let statxMask: [(UInt64, String)] = [
    (0xfff, "STATX_ALL"), (0x7ff, "STATX_BASIC_STATS"), (1, "STATX_TYPE"), (2, "STATX_MODE"), (4, "STATX_NLINK"),
    (8, "STATX_UID"), (0x10, "STATX_GID"), (0x20, "STATX_ATIME"), (0x40, "STATX_MTIME"), (0x80, "STATX_CTIME"),
    (0x100, "STATX_INO"), (0x200, "STATX_SIZE"), (0x400, "STATX_BLOCKS"), (0x800, "STATX_BTIME"),
    (0x1000, "STATX_MNT_ID"),
  ]

  static let syncRange: [(UInt64, String)] = [
    (1, "SYNC_FILE_RANGE_WAIT_BEFORE"), (2, "SYNC_FILE_RANGE_WRITE"), (4, "SYNC_FILE_RANGE_WAIT_AFTER"),
  ]

  static let waitFlags: [(UInt64, String)] = [
    (1, "WNOHANG"), (2, "WSTOPPED"), (4, "WEXITED"), (8, "WCONTINUED"), (0x0100_0000, "WNOWAIT"),
    (0x2000_0000, "__WNOTHREAD"), (0x4000_0000, "__WALL"), (0x8000_0000, "__WCLONE"),
  ]
}
