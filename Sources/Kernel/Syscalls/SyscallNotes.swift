import LinuxABI

/// What `docs/Syscalls.md` says about calls that are not served as Linux serves them: what is missing, or why.
package enum SyscallNotes {
  package static subscript(_ number: SyscallNumber) -> String? { notes[number] ?? groups[number] }

  private static let notes: [SyscallNumber: String] = [
    .clone:
      "processes: with CLONE_VM memory is a copy whose changes come back when the child executes a program or ends",
    .clone3:
      "processes: with CLONE_VM memory is a copy whose changes come back when the child executes a program or ends",
    .vfork: "memory is a copy, and what the child changes comes back when it executes a program or ends; files and "
      + "shared memory that it maps do not",
    .fcntl: "commands up to Linux 6.12; others are EINVAL",
    .getsockopt: "options whose values hold no pointers; TCP_ZEROCOPY_RECEIVE is refused",
    .setsockopt: "options whose values hold no pointers, and socket filters",
    .ioctl: "requests of terminals, files, sockets and network devices from a table; others are ENOTTY",
    .personality: "kept and reported; only the machine name of PER_LINUX32 has an effect",
    .prctl: "options that are numbers, names and auxiliary vector; PR_SET_MM is EPERM, seccomp filters EINVAL",
    .rt_sigaction: "see docs/Architecture.md",
    .rt_sigreturn: "see docs/Architecture.md",
    .rseq: "ENOSYS: nobody would tell an interpreted sequence that it was preempted; C libraries do without",
    .modify_ldt: "ENOSYS: 16-bit and 32-bit segments", .set_thread_area: "ENOSYS: 32-bit programs",
    .get_thread_area: "ENOSYS: 32-bit programs",
    .ptrace: "EPERM: a tracer would see the emulator", .process_vm_readv: "guest memory of this and other guests",
    .process_vm_writev: "guest memory; another guest does not notice that its code was changed",
    .seccomp: "ENOSYS", .memfd_secret: "ENOSYS", .pidfd_getfd: "ENOSYS: a descriptor of the emulator's could be taken",
    .name_to_handle_at: "ENOSYS", .open_by_handle_at: "ENOSYS", .sysfs: "ENOSYS", .vhangup: "EPERM",
    .pkey_alloc: "ENOSPC: the processor model has no protection keys", .pkey_free: "EINVAL, as without keys",
    .remap_file_pages: "ENOSYS", .unshare: "EPERM: namespaces of a running emulator", .setns: "EPERM: as unshare",
    .cachestat: "the host's",
  ]

  private static let groups: [SyscallNumber: String] = {
    var table: [SyscallNumber: String] = [:]
    for (note, numbers) in [
      (
        "EPERM: the administrator's",
        [
          .mount, .umount2, .pivot_root, .swapon, .swapoff, .reboot, .acct, .quotactl, .iopl, .ioperm, .init_module,
          .finit_module, .delete_module, .kexec_load, .kexec_file_load, .sethostname, .setdomainname,
        ]
      ),
      (
        "ENOSYS: programs fall back on other calls",
        [
          .io_uring_setup, .io_uring_enter, .io_uring_register, .userfaultfd, .bpf, .perf_event_open,
          .landlock_create_ruleset, .landlock_add_rule, .landlock_restrict_self, .fanotify_init, .fanotify_mark,
        ]
      ),
    ] as [(String, [SyscallNumber])] {
      for number in numbers { table[number] = note }
    }
    return table
  }()
}
