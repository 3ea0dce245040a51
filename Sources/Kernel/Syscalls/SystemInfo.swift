import LinuxABI

/// The system as a whole (man 2 uname, sysinfo, syslog), and what only its administrator may do with it.
enum SystemCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.uname, [.out(.utsname)], uname),
    SyscallRow(.sysinfo, [.out(.sysinfo)], sysinfo),
    SyscallRow(.syslog, [.int, .pointer, .int], syslog),
    SyscallRow(.getrandom, [.output, .size, .flags(.getrandom)], getrandom),
    SyscallRow(.sethostname, [.string, .size], .refused, DescriptorCalls.forbid),
    SyscallRow(.setdomainname, [.string, .size], .refused, DescriptorCalls.forbid),
    SyscallRow(.mount, [.path, .path, .string, .hex, .pointer], .refused, DescriptorCalls.forbid),
    SyscallRow(.umount2, [.path, .hex], .refused, DescriptorCalls.forbid),
    SyscallRow(.pivot_root, [.path, .path], .refused, DescriptorCalls.forbid),
    SyscallRow(.swapon, [.path, .hex], .refused, DescriptorCalls.forbid),
    SyscallRow(.swapoff, [.path], .refused, DescriptorCalls.forbid),
    SyscallRow(.reboot, [.hex, .hex, .hex, .pointer], .refused, DescriptorCalls.forbid),
    SyscallRow(.acct, [.path], .refused, DescriptorCalls.forbid),
    SyscallRow(.quotactl, [.hex, .path, .int, .pointer], .refused, DescriptorCalls.forbid),
    SyscallRow(.iopl, [.int], .refused, DescriptorCalls.forbid),
    SyscallRow(.ioperm, [.hex, .hex, .int], .refused, DescriptorCalls.forbid),
    SyscallRow(.init_module, [.pointer, .size, .string], .refused, DescriptorCalls.forbid),
    SyscallRow(.finit_module, [.fd, .string, .hex], .refused, DescriptorCalls.forbid),
    SyscallRow(.delete_module, [.string, .hex], .refused, DescriptorCalls.forbid),
    SyscallRow(.kexec_load, [.hex, .hex, .pointer, .hex], .refused, DescriptorCalls.forbid),
    SyscallRow(.kexec_file_load, [.fd, .fd, .size, .string, .hex], .refused, DescriptorCalls.forbid),
    SyscallRow(.unshare, [.hex], .refused, DescriptorCalls.forbid),
    SyscallRow(.setns, [.fd, .hex], .refused, DescriptorCalls.forbid),
    SyscallRow(.ptrace, [.int, .int, .pointer, .pointer], .refused, DescriptorCalls.forbid),
    SyscallRow(.io_uring_setup, [.unsigned, .pointer], .refused, DescriptorCalls.refuse),
    SyscallRow(.io_uring_enter, [.fd, .unsigned, .unsigned, .hex], .refused, DescriptorCalls.refuse),
    SyscallRow(.io_uring_register, [.fd, .unsigned, .pointer, .unsigned], .refused, DescriptorCalls.refuse),
    SyscallRow(.userfaultfd, [.hex], .refused, DescriptorCalls.refuse),
    SyscallRow(.bpf, [.int, .pointer, .unsigned], .refused, DescriptorCalls.refuse),
    SyscallRow(.perf_event_open, [.pointer, .int, .int, .int, .hex], .refused, DescriptorCalls.refuse),
    SyscallRow(.landlock_create_ruleset, [.pointer, .size, .hex], .refused, DescriptorCalls.refuse),
    SyscallRow(.landlock_add_rule, [.fd, .int, .pointer, .hex], .refused, DescriptorCalls.refuse),
    SyscallRow(.landlock_restrict_self, [.fd, .hex], .refused, DescriptorCalls.refuse),
    SyscallRow(.seccomp, [.unsigned, .hex, .pointer], .refused, DescriptorCalls.refuse),
    SyscallRow(.process_vm_readv, [.int, .pointer, .size, .pointer, .size, .hex], processMemory),
    SyscallRow(.process_vm_writev, [.int, .pointer, .size, .pointer, .size, .hex], processMemory),
    SyscallRow(.kcmp, [.int, .int, .int, .hex, .hex], PassThrough.numbers),
  ]

  /// sizeof(struct new_utsname) is 390; `machine` is its fifth field of 65 bytes.
  private static func uname(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let result = try c.pass(c.output(0, 390))
    // override_architecture: what PER_LINUX32 is for.
    if c.system.personality & 0xff == 8 { try c.memory.copyOut(Array("i686\0\0".utf8), to: c.raw(0) &+ 4 * 65) }
    return result
  }

  /// sizeof(struct sysinfo) is 112.
  private static func sysinfo(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.output(0, 112))
  }

  private static func syslog(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.writable(c.raw(1), UInt64(max(0, c.int(2))))
    let count = try c.host(c.number, c.arg(0), range.address, min(c.arg(2), range.count))
    c.filled(range, min(count, range.count))
    return .value(count)
  }

  private static func getrandom(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.writable(c.raw(0), min(c.raw(1), SyscallContext.maxTransfer))
    let count = try c.host(c.number, range.address, range.count, c.arg(2))
    c.filled(range, count)
    return .value(count)
  }

  /// process_vm_readv and process_vm_writev: neither side can name memory above the guest's, so a guest, this one or
  /// another, keeps to guests' memory.
  private static func processMemory(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let isRead = c.number == SyscallNumber.process_vm_readv.rawValue
    let isOwn = c.int(0) == (try Int32(truncatingIfNeeded: c.host(.getpid)))
    let local = c.vector(c.raw(1), count: c.raw(2), isRead ? .write : .read)
    let remote = c.vector(c.raw(3), count: c.raw(4), isOwn && !isRead ? .write : .read)
    let count = try c.host(c.number, c.arg(0), local.address, c.arg(2), remote.address, c.arg(4), c.arg(5))
    if isRead { c.filled(local, count) } else if isOwn { c.filled(remote, count) }
    return .value(count)
  }
}
