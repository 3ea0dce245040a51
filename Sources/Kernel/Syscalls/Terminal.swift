import LinuxABI
import Machine

/// Device control (man 2 ioctl, ioctl_tty, ioctl_fs; man 7 netdevice).
enum TerminalCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.ioctl, [.fd, .symbol(.ioctl), .hex], .partial, ioctl),
    SyscallRow(.vhangup, [], .refused, DescriptorCalls.forbid),
  ]

  /// Requests that are not in the table are refused: their arguments may hold pointers that nobody checks.
  private static func ioctl(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let request = UInt32(truncatingIfNeeded: c.raw(1))
    guard let argument = IOControl.argument(of: request) else {
      _ = try c.host(.fcntl, c.fd(0), 1)
      c.system.countUnknownRequest("ioctl", UInt64(request))
      throw .ENOTTY
    }
    switch argument {
    case .number: return try c.pass(c.fd(0), c.arg(1), c.arg(2))
    case .descriptor: return try c.pass(c.fd(0), c.arg(1), c.fd(2))
    case .reads(let size): return try c.pass(c.fd(0), c.arg(1), c.input(2, size))
    case .writes(let size): return try c.pass(c.fd(0), c.arg(1), c.output(2, size))
    case .cloneRange: return try cloneRange(c)
    case .interfaceList: return try interfaceList(c)
    }
  }

  /// FICLONERANGE: struct file_clone_range begins with the source's descriptor.
  private static func cloneRange(_ c: SyscallContext) throws(Errno) -> SyscallOutcome {
    let copy = try c.copyIn(c.raw(2), 32)
    let source = Int64(c.files.visible(Int32(truncatingIfNeeded: copy.loadUnaligned(as: Int64.self))))
    copy.storeBytes(of: source, as: Int64.self)
    let result = try c.pass(c.fd(0), c.arg(1), Int(bitPattern: copy.baseAddress))
    c.wrote(c.int(0))
    return result
  }

  /// SIOCGIFCONF: struct ifconf holds a length and a pointer to the buffer.
  private static func interfaceList(_ c: SyscallContext) throws(Errno) -> SyscallOutcome {
    let copy = try c.copyIn(c.raw(2), 16)
    let length = copy.loadUnaligned(as: Int32.self)
    let buffer = copy.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    if buffer != 0 {
      guard length >= 0 else { throw .EINVAL }
      let range = c.writable(buffer, UInt64(length))
      copy.storeBytes(of: Int32(truncatingIfNeeded: range.count), as: Int32.self)
      copy.storeBytes(of: range.address, toByteOffset: 8, as: Int.self)
    }
    let result = try c.pass(c.fd(0), c.arg(1), Int(bitPattern: copy.baseAddress))
    try c.store(copy.loadUnaligned(as: Int32.self), to: c.raw(2))
    return result
  }
}

/// What the third argument of a request is.
enum IOControl {
  enum Argument {
    case number, descriptor
    case reads(Int), writes(Int)
    case cloneRange, interfaceList
  }

  static func argument(of request: UInt32) -> Argument? {
    if let argument = terminal[request] ?? file[request] ?? device[request] { return argument }
    // struct ifreq: the requests about one network interface, but for those with pointers in it.
    if request >= 0x8910, request <= 0x8970, !interfacePointers.contains(request) { return .writes(40) }
    return nil
  }

  /// man 2 ioctl_tty; asm-generic/ioctls.h.
  private static let terminal: [UInt32: Argument] = [
    // TCGETS, TCSETS, TCSETSW, TCSETSF: the kernel's struct termios.
    0x5401: .writes(36), 0x5402: .reads(36), 0x5403: .reads(36), 0x5404: .reads(36),
    // TCGETA, TCSETA, TCSETAW, TCSETAF: struct termio.
    0x5405: .writes(18), 0x5406: .reads(18), 0x5407: .reads(18), 0x5408: .reads(18),
    // TCGETS2, TCSETS2, TCSETSW2, TCSETSF2: struct termios2.
    0x802c_542a: .writes(44), 0x402c_542b: .reads(44), 0x402c_542c: .reads(44), 0x402c_542d: .reads(44),
    // TCSBRK, TCXONC, TCFLSH, TIOCEXCL, TIOCNXCL, TIOCSCTTY.
    0x5409: .number, 0x540a: .number, 0x540b: .number, 0x540c: .number, 0x540d: .number, 0x540e: .number,
    // TIOCGPGRP, TIOCSPGRP, TIOCOUTQ, TIOCSTI, TIOCGWINSZ, TIOCSWINSZ.
    0x540f: .writes(4), 0x5410: .reads(4), 0x5411: .writes(4), 0x5412: .reads(1), 0x5413: .writes(8), 0x5414: .reads(8),
    // TIOCMGET, TIOCMBIS, TIOCMBIC, TIOCMSET, TIOCGSOFTCAR, TIOCSSOFTCAR.
    0x5415: .writes(4), 0x5416: .reads(4), 0x5417: .reads(4), 0x5418: .reads(4), 0x5419: .writes(4), 0x541a: .reads(4),
    // FIONREAD, TIOCCONS, TIOCGSERIAL, TIOCPKT, FIONBIO, TIOCNOTTY.
    0x541b: .writes(4), 0x541d: .number, 0x541e: .writes(72), 0x5420: .reads(4), 0x5421: .reads(4), 0x5422: .number,
    // TIOCSETD, TIOCGETD, TCSBRKP, TIOCSBRK, TIOCCBRK, TIOCGSID.
    0x5423: .reads(4), 0x5424: .writes(4), 0x5425: .number, 0x5427: .number, 0x5428: .number, 0x5429: .writes(4),
    // TIOCGPTN, TIOCSPTLCK, TIOCGDEV, TIOCSIG, TIOCVHANGUP, TIOCGPKT, TIOCGPTLCK, TIOCGEXCL, TIOCGPTPEER.
    0x8004_5430: .writes(4), 0x4004_5431: .reads(4), 0x8004_5432: .writes(4), 0x4004_5436: .number, 0x5437: .number,
    0x8004_5438: .writes(4), 0x8004_5439: .writes(4), 0x8004_5440: .writes(4), 0x5441: .number,
    // FIONCLEX, FIOCLEX, FIOASYNC, FIOQSIZE.
    0x5450: .number, 0x5451: .number, 0x5452: .reads(4), 0x5460: .writes(8),
    // KDGKBTYPE, KDGETMODE, KDGKBMODE, VT_GETSTATE, VT_OPENQRY, VT_ACTIVATE, VT_WAITACTIVE.
    0x4b33: .writes(1), 0x4b3b: .writes(4), 0x4b44: .writes(4), 0x5603: .writes(6), 0x5600: .writes(4), 0x5606: .number,
    0x5607: .number,
  ]

  /// man 2 ioctl_fs and its relatives; linux/fs.h.
  private static let file: [UInt32: Argument] = [
    // FS_IOC_GETFLAGS, SETFLAGS, GETVERSION, SETVERSION; FSGETXATTR, FSSETXATTR.
    0x8008_6601: .writes(8), 0x4008_6602: .reads(8), 0x8008_7601: .writes(8), 0x4008_7602: .reads(8),
    0x801c_581f: .writes(28), 0x401c_5820: .reads(28),
    // FIBMAP, FIGETBSZ, FICLONE, FICLONERANGE, FS_IOC_GETFSLABEL, FS_IOC_GETFSUUID.
    0x0001: .writes(4), 0x0002: .writes(4), 0x4004_9409: .descriptor, 0x4020_940d: .cloneRange,
    0x8100_9431: .writes(256), 0x8011_1500: .writes(17),
    // NS_GET_USERNS, NS_GET_PARENT, NS_GET_NSTYPE, NS_GET_OWNER_UID.
    0xb701: .number, 0xb702: .number, 0xb703: .number, 0xb704: .writes(4),
  ]

  /// Block devices, random number generator, clock, sockets.
  private static let device: [UInt32: Argument] = [
    // BLKROGET, BLKGETSIZE, BLKFLSBUF, BLKRAGET, BLKSSZGET, BLKIOMIN, BLKIOOPT, BLKALIGNOFF, BLKPBSZGET, BLKGETSIZE64.
    0x125e: .writes(4), 0x1260: .writes(8), 0x1261: .number, 0x1263: .writes(8), 0x1268: .writes(4), 0x1278: .writes(4),
    0x1279: .writes(4), 0x127a: .writes(4), 0x127b: .writes(4), 0x8008_1272: .writes(8), 0x8008_1270: .writes(8),
    // HDIO_GETGEO; RNDGETENTCNT; RTC_RD_TIME.
    0x0301: .writes(16), 0x8004_5200: .writes(4), 0x8024_7009: .writes(36),
    // FIOSETOWN, SIOCSPGRP, FIOGETOWN, SIOCGPGRP, SIOCATMARK, SIOCGSTAMP, SIOCGSTAMPNS (old and new).
    0x8901: .reads(4), 0x8902: .reads(4), 0x8903: .writes(4), 0x8904: .writes(4), 0x8905: .writes(4),
    0x8906: .writes(16), 0x8907: .writes(16), 0x8010_8906: .writes(16), 0x8010_8907: .writes(16),
    // SIOCGIFCONF; SIOCOUTQNSD.
    0x8912: .interfaceList, 0x894b: .writes(4),
  ]

  /// SIOCETHTOOL, SIOCGIFMAP and SIOCSIFMAP aside from it, bonding, bridges, SIOCSHWTSTAMP, SIOCGHWTSTAMP.
  private static let interfacePointers: Set<UInt32> = [
    0x8940, 0x8941, 0x8944, 0x8945, 0x8946, 0x8947, 0x8948, 0x8949, 0x894a,
  ]
}
