import CHost
import Glibc
import LinuxABI
import Machine

/// The descriptors of a process. The guest's numbers are the host's; what is kept here is what the host cannot know:
/// which descriptors are swemu's own, and which files the guest's writes go to.
package final class FileTable {
  let proc = ProcFS()
  /// Descriptors of swemu's own, which the guest must not see.
  private(set) var hidden: [Int32] = []
  private var owners: [OwnDescriptor] = []
  /// What descriptors below `knownLimit` are, as far as it was asked for.
  private var known: [Kind] = []
  private static let knownLimit = 1024

  private enum Kind {
    case unknown
    /// Nothing that mmap takes: a pipe, a socket, a terminal.
    case stream
    case file(FileBacking.Key)
  }

  package init() {}

  // MARK: - Descriptors of swemu's own

  /// A guest's descriptor as the host gets it: -1 in the place of one that is hidden, so that it fails with EBADF.
  @inline(__always) func visible(_ descriptor: Int32) -> Int {
    hidden.isEmpty ? Int(descriptor) : visibleSlow(descriptor)
  }

  @inline(never) private func visibleSlow(_ descriptor: Int32) -> Int {
    hidden.contains(descriptor) ? -1 : Int(descriptor)
  }

  /// Whether a descriptor is swemu's own.
  func isHidden(_ descriptor: Int32) -> Bool { hidden.contains(descriptor) }

  /// Takes over a descriptor for swemu's own use: moves it out of the guest's way, close-on-exec, and hides it.
  ///
  /// The old number is closed. Read `number` each time: the descriptor moves again when the guest asks for its place.
  package func adopt(_ descriptor: Int32) -> OwnDescriptor {
    let owned = OwnDescriptor(number: moveUp(descriptor))
    owners.append(owned)
    hidden.append(owned.number)
    return owned
  }

  /// Hides a descriptor that is swemu's own where it is.
  package func hide(_ descriptor: Int32) -> OwnDescriptor {
    let owned = OwnDescriptor(number: descriptor)
    owners.append(owned)
    hidden.append(descriptor)
    return owned
  }

  /// Closes a descriptor of swemu's own.
  package func release(_ owned: OwnDescriptor) {
    owners.removeAll { $0 === owned }
    hidden.removeAll { $0 == owned.number }
    close(owned.number)
  }

  /// Makes sure that `descriptor` is free for the guest to use (dup2).
  func makeRoom(_ descriptor: Int32) {
    guard !hidden.isEmpty, let index = hidden.firstIndex(of: descriptor) else { return }
    owners[index].number = moveUp(descriptor)
    hidden[index] = owners[index].number
  }

  /// Moves a descriptor to beyond what the guest may open (RLIMIT_NOFILE), raising the limit for that moment only.
  /// Where it may not be raised, the highest numbers below it have to do.
  private func moveUp(_ descriptor: Int32) -> Int32 {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    // The kernel's table grows to the highest number: keep it within reason where the limit is huge.
    let ceiling = min(limit.rlim_cur, 65536)
    var raised = rlimit(rlim_cur: limit.rlim_cur &+ 64, rlim_max: max(limit.rlim_max, limit.rlim_cur &+ 64))
    let isRaised =
      ceiling == limit.rlim_cur && setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0
    let start = isRaised ? Int32(ceiling) : Int32(max(ceiling, 64) &- 32)
    let moved = swemu_syscall(
      SyscallNumber.fcntl.rawValue, Int(descriptor), Int(F_DUPFD_CLOEXEC), Int(start), 0, 0, 0)
    if isRaised { setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) }
    guard moved >= 0 else { return descriptor }
    close(descriptor)
    return Int32(truncatingIfNeeded: moved)
  }

  // MARK: - Files written to

  /// The file behind a descriptor that the guest wrote to; nil if nothing of it can be mapped.
  func writtenFile(_ descriptor: Int32) -> FileBacking.Key? {
    let index = Int(descriptor)
    if index >= 0, index < known.count {
      switch known[index] {
      case .stream: return nil
      case .file(let key): return key
      case .unknown: break
      }
    }
    var status = stat()
    guard index >= 0, fstat(descriptor, &status) == 0 else { return nil }
    let type = status.st_mode & S_IFMT
    let kind: Kind =
      type == S_IFREG || type == S_IFBLK
      ? .file(FileBacking.Key(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))) : .stream
    if index < Self.knownLimit {
      while known.count <= index { known.append(.unknown) }
      known[index] = kind
    }
    guard case .file(let key) = kind else { return nil }
    return key
  }

  /// Descriptor `descriptor` is closed, or becomes another file.
  @inline(__always) func forget(_ descriptor: Int32) {
    let index = Int(descriptor)
    if index >= 0, index < known.count { known[index] = .unknown }
  }

  /// Any descriptor may be closed.
  func forgetAll() { known.removeAll(keepingCapacity: true) }
}

/// A descriptor that belongs to swemu and not to the guest.
package final class OwnDescriptor {
  /// Its number now.
  package fileprivate(set) var number: Int32
  init(number: Int32) { self.number = number }
}

extension SyscallContext {
  /// The guest wrote to a file: code cached from its pages may have changed.
  func wrote(_ descriptor: Int32) {
    guard let key = files.writtenFile(descriptor) else { return }
    memory.fileWritten(device: key.device, inode: key.inode, start: 0, end: .max)
  }

  /// The guest made a file `size` bytes long.
  func truncated(_ descriptor: Int32, size: UInt64) {
    guard let key = files.writtenFile(descriptor) else { return }
    memory.fileWritten(device: key.device, inode: key.inode, start: size, end: .max, truncated: true)
  }
}
