import Glibc

extension SyscallContext {
  /// The same path below the sysroot (`-L`), where something is there: so a dynamic linker from another system finds
  /// its own libraries. As in qemu-user, what is not there is looked for in the host's root, and symbolic links that
  /// are absolute lead to it.
  func inSysroot(_ path: GuestPath) -> GuestPath? {
    let root = process.settings.sysroot
    guard !root.isEmpty, path.isAbsolute, root.count + path.count < Int(PATH_MAX) else { return nil }
    let copy = scratch.allocate(root.count + path.count + 1)
    copy.copyMemory(from: root, byteCount: root.count)
    (copy + root.count).copyMemory(from: path.pointer, byteCount: path.count + 1)
    let pointer = UnsafePointer(copy.assumingMemoryBound(to: CChar.self))
    guard faccessat(AT_FDCWD, pointer, F_OK, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    return GuestPath(pointer: pointer, count: root.count + path.count)
  }
}
