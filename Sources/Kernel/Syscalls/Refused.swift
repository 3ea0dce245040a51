import LinuxABI

/// Calls that are answered as by a kernel that was built without them: programs are prepared for ENOSYS.
enum RefusedCalls {
  /// What the kernel itself has long given up (man 2 unimplemented), and what needs more than a process may do.
  private static let absent: [SyscallNumber] = [
    .uselib, ._sysctl, .create_module, .get_kernel_syms, .query_module, .nfsservctl, .getpmsg, .putpmsg, .afs_syscall,
    .tuxcall, .security, .lookup_dcookie, .epoll_ctl_old, .epoll_wait_old, .vserver,
    // Asynchronous I/O: its completion ring would be mapped by the host where it likes.
    .io_setup, .io_destroy, .io_getevents, .io_submit, .io_cancel, .io_pgetevents,
    // Keys, NUMA placement, new ways to mount, security modules.
    .add_key, .request_key, .keyctl, .mbind, .set_mempolicy, .get_mempolicy, .migrate_pages, .move_pages,
    .set_mempolicy_home_node, .open_tree, .move_mount, .fsopen, .fsconfig, .fsmount, .fspick, .mount_setattr,
    .open_tree_attr, .quotactl_fd, .statmount, .listmount, .lsm_get_self_attr, .lsm_set_self_attr, .lsm_list_modules,
    // Memory of others, sealed mappings, shadow stacks.
    .process_madvise, .process_mrelease, .mseal, .map_shadow_stack,
    // Calls of Linux 6.13 and later.
    .setxattrat, .getxattrat, .listxattrat, .removexattrat, .file_getattr, .file_setattr,
  ]

  static let rows: [SyscallRow] =
    absent.map { SyscallRow($0, [.hex, .hex, .hex, .hex, .hex, .hex], .refused, DescriptorCalls.refuse) } + [
      SyscallRow(.cachestat, [.fd, .pointer, .pointer, .hex], cachestat)
    ]

  /// struct cachestat_range has 16 bytes, struct cachestat 40.
  private static func cachestat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.input(1, 16), c.output(2, 40), c.arg(3))
  }
}
