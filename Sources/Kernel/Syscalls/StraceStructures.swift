import Glibc
import LinuxABI
import Machine

/// Structures in guest memory, member by member as strace shows them without `-v`.
extension StraceText {
  func structure(_ layout: ArgumentKind.Layout, _ address: UInt64, _ context: SyscallContext, _ index: Int) -> String {
    guard address != 0 else { return "NULL" }
    return members(layout, address, context, index) ?? hex(address)
  }

  private func members(
    _ layout: ArgumentKind.Layout, _ address: UInt64, _ context: SyscallContext, _ index: Int
  ) -> String? {
    switch layout {
    case .stat: fileStatus(address)
    case .timespec: time(address, "tv_nsec")
    case .timeval: time(address, "tv_usec")
    case .timespecs: pair("[", time(address, "tv_nsec"), ", ", time(address &+ 16, "tv_nsec"), "]")
    case .timevals: pair("[", time(address, "tv_usec"), ", ", time(address &+ 16, "tv_usec"), "]")
    case .itimerval: pair("{it_interval=", time(address, "tv_usec"), ", it_value=", time(address &+ 16, "tv_usec"), "}")
    case .itimerspec:
      pair("{it_interval=", time(address, "tv_nsec"), ", it_value=", time(address &+ 16, "tv_nsec"), "}")
    case .rlimit: limits(address)
    case .signalSet: read(address, as: UInt64.self).map(signalSet)
    case .sigaction: action(address)
    case .stack: alternateStack(address)
    case .winsize: windowSize(address)
    case .utsname: systemName(address)
    case .pollfds: polled(address, count: context.raw(index + 1) & 0xffff_ffff)
    case .socketAddress: socketAddress(address, length: context, index)
    case .epollEvent: read(address, as: UInt32.self).map { "{events=\(Self.pollEvents($0, "EPOLL")), data=...}" }
    case .int: read(address, as: Int32.self).map { "[\($0)]" }
    case .socketLength: read(address, as: Int32.self).map { "[\($0)]" }
    case .twoInts: pair("[", number(address), ", ", number(address &+ 4), "]")
    case .unsignedLong: read(address, as: UInt64.self).map { "[\($0)]" }
    case .offset:
      context.number == SyscallNumber.getcwd.rawValue ? path(address) : read(address, as: Int64.self).map { "[\($0)]" }
    case .fdSet: descriptorSet(address, count: context.int(0))
    case .timezone: pair("{tz_minuteswest=", number(address), ", tz_dsttime=", number(address &+ 4), "}")
    case .statx, .statfs, .termios, .epollEvents, .sysinfo, .rusage, .tms: nil
    }
  }

  private func pair(_ open: String, _ first: String?, _ middle: String, _ second: String?, _ close: String) -> String? {
    guard let first, let second else { return nil }
    return open + first + middle + second + close
  }

  private func number(_ address: UInt64) -> String? { read(address, as: Int32.self).map { "\($0)" } }

  private func time(_ address: UInt64, _ fraction: String) -> String? {
    guard let seconds: Int64 = read(address), let rest: Int64 = read(address &+ 8) else { return nil }
    if fraction == "tv_nsec", rest == 0x3fff_ffff { return "UTIME_NOW" }
    if fraction == "tv_nsec", rest == 0x3fff_fffe { return "UTIME_OMIT" }
    return "{tv_sec=\(seconds), \(fraction)=\(rest)}"
  }

  /// struct stat (asm/stat.h): st_mode at 24, st_rdev at 40, st_size at 48.
  private func fileStatus(_ address: UInt64) -> String? {
    guard let mode: UInt32 = read(address &+ 24), let device: UInt64 = read(address &+ 40),
      let size: Int64 = read(address &+ 48)
    else { return nil }
    let isDevice = mode & 0o170000 == 0o020000 || mode & 0o170000 == 0o060000
    let rest =
      isDevice
      ? "st_rdev=makedev(\(hex(device >> 8 & 0xfff)), \(hex(device & 0xff | device >> 12 & 0xfff00)))"
      : "st_size=\(size)"
    return "{st_mode=\(Self.mode(UInt64(mode))), \(rest), ...}"
  }

  private func limits(_ address: UInt64) -> String? {
    guard let current: UInt64 = read(address), let maximum: UInt64 = read(address &+ 8) else { return nil }
    return "{rlim_cur=\(limit(current)), rlim_max=\(limit(maximum))}"
  }

  private func limit(_ value: UInt64) -> String {
    if value == .max { return "RLIM64_INFINITY" }
    return value > 1024 && value % 1024 == 0 ? "\(value / 1024)*1024" : "\(value)"
  }

  // MARK: - Signals

  private func signalSet(_ set: UInt64) -> String {
    func names(_ set: UInt64) -> String {
      (1...64).filter { set >> UInt64($0 - 1) & 1 != 0 }.map { String(Signal(Int32($0)).name.dropFirst(3)) }
        .joined(separator: " ")
    }
    // The shorter way to say it.
    return set.nonzeroBitCount > 42 ? "~[\(names(~set))]" : "[\(names(set))]"
  }

  private func action(_ address: UInt64) -> String? {
    guard let action: SignalAction = read(address) else { return nil }
    let handler = action.isDefault ? "SIG_DFL" : action.isIgnored ? "SIG_IGN" : hex(action.handler)
    let names: [(UInt64, String)] = [
      (0x0400_0000, "SA_RESTORER"), (0x0800_0000, "SA_ONSTACK"), (0x1000_0000, "SA_RESTART"), (1, "SA_NOCLDSTOP"),
      (2, "SA_NOCLDWAIT"), (4, "SA_SIGINFO"), (0x4000_0000, "SA_NODEFER"), (0x8000_0000, "SA_RESETHAND"),
    ]
    let flags = names.filter { action.flags & $0.0 != 0 }.map(\.1).joined(separator: "|")
    var text = "{sa_handler=\(handler), sa_mask=\(signalSet(action.mask)), sa_flags=\(flags.isEmpty ? "0" : flags)"
    if action.flags & 0x0400_0000 != 0 { text += ", sa_restorer=\(hex(action.restorer))" }
    return text + "}"
  }

  private func alternateStack(_ address: UInt64) -> String? {
    guard let stack: AlternateStack = read(address) else { return nil }
    let flags = stack.flags == 0 ? "0" : stack.flags == 1 ? "SS_ONSTACK" : stack.flags == 2 ? "SS_DISABLE" : nil
    return
      "{ss_sp=\(Self.pointer(stack.address)), ss_flags=\(flags ?? hex(UInt64(stack.flags))), ss_size=\(stack.size)}"
  }

  // MARK: - Others

  private func windowSize(_ address: UInt64) -> String? {
    guard let words = try? memory.readArray(address, count: 4, as: UInt16.self) else { return nil }
    return "{ws_row=\(words[0]), ws_col=\(words[1]), ws_xpixel=\(words[2]), ws_ypixel=\(words[3])}"
  }

  private func systemName(_ address: UInt64) -> String? {
    guard (try? memory.read(address &+ 389, as: UInt8.self)) != nil else { return nil }
    return "{sysname=\(string(address)), nodename=\(string(address &+ 65)), ...}"
  }

  private func polled(_ address: UInt64, count: UInt64) -> String? {
    guard count <= 1024, let words = try? memory.readArray(address, count: count * 2, as: UInt32.self) else {
      return nil
    }
    let parts = stride(from: 0, to: words.count, by: 2).prefix(32).map { index in
      "{fd=\(Int32(bitPattern: words[index])), events=\(Self.pollEvents(words[index + 1] & 0xffff, "POLL"))}"
    }
    return "[\(parts.joined(separator: ", "))]"
  }

  private static func pollEvents(_ events: UInt32, _ prefix: String) -> String {
    let names: [(UInt32, String)] = [
      (1, "IN"), (2, "PRI"), (4, "OUT"), (8, "ERR"), (0x10, "HUP"), (0x20, "NVAL"), (0x40, "RDNORM"), (0x80, "RDBAND"),
      (0x100, "WRNORM"), (0x200, "WRBAND"), (0x2000, "RDHUP"), (0x4000_0000, "ONESHOT"), (0x8000_0000, "ET"),
    ]
    let parts = names.filter { events & $0.0 != 0 }.map { prefix + $0.1 }
    return parts.isEmpty ? "0" : parts.joined(separator: "|")
  }

  private func descriptorSet(_ address: UInt64, count: Int32) -> String? {
    guard count >= 0, count <= 4096,
      let words = try? memory.readArray(address, count: UInt64(count + 63) / 64, as: UInt64.self)
    else { return nil }
    let members = (0..<Int(count)).filter { words[$0 / 64] >> UInt64($0 % 64) & 1 != 0 }
    return "[\(members.map(String.init).joined(separator: " "))]"
  }

  /// The families that are common (man 7 unix, ip, ipv6).
  private func socketAddress(_ address: UInt64, length context: SyscallContext, _ index: Int) -> String? {
    guard let family: UInt16 = read(address) else { return nil }
    switch family {
    case 1:
      let length = min(128, Int(context.raw(index + 1) & 0xffff_ffff))
      guard length > 2, let bytes = try? memory.copyIn(address &+ 2, count: UInt64(length - 2)) else { return nil }
      let isAbstract = bytes.first == 0
      let name = isAbstract ? Array(bytes.dropFirst()) : Array(bytes.prefix { $0 != 0 })
      return "{sa_family=AF_UNIX, sun_path=\(isAbstract ? "@" : "")\"\(String(decoding: name, as: UTF8.self))\"}"
    case 2:
      guard let port: UInt16 = read(address &+ 2), let host: UInt32 = read(address &+ 4) else { return nil }
      let parts = [host & 0xff, host >> 8 & 0xff, host >> 16 & 0xff, host >> 24].map { "\($0)" }.joined(separator: ".")
      return "{sa_family=AF_INET, sin_port=htons(\(port.byteSwapped)), sin_addr=inet_addr(\"\(parts)\")}"
    default: return "{sa_family=\(SymbolSet.domain.name(UInt64(family)) ?? "\(family)"), ...}"
    }
  }
}
