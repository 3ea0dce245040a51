import Glibc
import LinuxABI
import Machine

/// What the emulator must not show of itself in /proc, and how the guest sees itself instead.
///
/// A guest process is a host process with the same number and the same descriptors, so most of /proc/PID is true as it
/// is. What is about memory, program and arguments is the emulator's: such files are recognised when the host has
/// opened them, by the file system that they are on and the path that their descriptor leads to, so symbolic links and
/// paths relative to a directory of /proc need no care of their own. `exe` leads out of the file system: it is
/// recognised by its name, and else by being the emulator's own file.
final class ProcFS {
  /// The emulator's own program.
  private lazy var emulator = HostStatus(path: "/proc/self/exe")
  /// Devices without a disk, and whether they are proc file systems.
  private var devices: [UInt64: Bool] = [:]

  /// Whether a descriptor may be a file of memory that stands in for one of /proc.
  var hasStandIns = false

  /// Whether an open file is on a proc file system.
  func isProc(_ status: HostStatus, _ descriptor: Int) -> Bool {
    // A file system without a disk has a device of major number 0 (man 3 makedev).
    guard status.device >> 8 & 0xfff == 0, status.device >> 32 == 0 else { return false }
    if let known = devices[status.device] { return known }
    let result = HostFileSystem.isProc(descriptor: descriptor)
    if devices.count < 64 { devices[status.device] = result }
    return result
  }

  func isEmulator(_ status: HostStatus) -> Bool { emulator.map(status.isSameFile) ?? false }
}

// MARK: - Recognising

extension SyscallContext {
  /// The path of an open file in a proc file system; nil for other files.
  func procPath(of descriptor: Int) -> String? {
    guard let status = HostStatus(descriptor: descriptor), files.proc.isProc(status, descriptor) else { return nil }
    return HostLink.target(ofDescriptor: descriptor)
  }

  /// Argument `index` as a path whose last component is followed if it is a link, under the directory `base`.
  ///
  /// `/proc/PID/exe` of this process becomes the path of its program.
  func followedPath(_ index: Int, under base: Int = -100) -> GuestPath {
    let path = path(index)
    return isProgramLink(path, under: base) ? programPath() : path
  }

  /// Whether a path is named like `/proc/PID/exe` and leads there, for this process.
  func isProgramLink(_ path: GuestPath, under base: Int) -> Bool {
    path.lastComponent.elementsEqual("exe".utf8) && PathWalk(path, under: base).endsAtProgramLink(follow: false)
  }

  /// The path of the guest's program.
  func programPath() -> GuestPath {
    let bytes = process.image.executablePath
    let copy = scratch.allocate(bytes.count + 1)
    bytes.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: $0.count) }
    copy.storeBytes(of: 0, toByteOffset: bytes.count, as: UInt8.self)
    return GuestPath(pointer: UnsafePointer(copy.assumingMemoryBound(to: CChar.self)), count: bytes.count)
  }

  /// Whether a file that a path led to is the emulator's program, reached as this process's own.
  func reachedProgram(_ status: HostStatus, _ path: GuestPath, under base: Int) -> Bool {
    files.proc.isEmulator(status) && PathWalk(path, under: base).endsAtProgramLink(follow: true)
  }
}

/// Follows a path component by component, as the kernel does.
struct PathWalk {
  private var resolved: [Substring] = []
  private var pending: [Substring]

  /// MAXSYMLINKS.
  private static let linkLimit = 40

  init(_ path: GuestPath, under base: Int) {
    let text = String(decoding: path.bytes, as: UTF8.self)
    pending = text.split(separator: "/").reversed()
    if !path.isAbsolute {
      let start = base == -100 ? HostLink.read("/proc/self/cwd") : HostLink.target(ofDescriptor: base)
      resolved = (start ?? "").split(separator: "/")
    }
  }

  private var text: String { "/" + resolved.joined(separator: "/") }

  /// Whether the walk comes to `exe` of this process's directory in /proc at its end.
  ///
  /// - Parameter follow: whether the last component may be another link that leads there.
  func endsAtProgramLink(follow: Bool) -> Bool {
    var walk = self
    var links = 0
    while let part = walk.pending.popLast() {
      if part == "." { continue }
      if part == ".." {
        _ = walk.resolved.popLast()
        continue
      }
      walk.resolved.append(part)
      let isLast = walk.pending.isEmpty
      if isLast, part == "exe", walk.isProgramLink { return true }
      if isLast, !follow { return false }
      guard let target = HostLink.read(walk.text) else { continue }
      links += 1
      guard links <= Self.linkLimit else { return false }
      if target.hasPrefix("/") { walk.resolved = [] } else { _ = walk.resolved.popLast() }
      walk.pending.append(contentsOf: target.split(separator: "/").reversed())
    }
    return false
  }

  private var isProgramLink: Bool {
    guard let path = ProcPath(text), path.rest == "exe", path.isOwn else { return false }
    let directory = "/" + resolved.dropLast().joined(separator: "/")
    return HostFileSystem.isProc(path: directory)
  }
}
