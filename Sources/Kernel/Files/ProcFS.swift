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
  /// `/proc/PID/exe` of a guest becomes the path of its program.
  func followedPath(_ index: Int, under base: Int = -100) -> GuestPath {
    let path = path(index)
    return programLink(path, under: base).map(hostPath) ?? path
  }

  /// The program that a path leads to if it is named like `/proc/PID/exe` and leads there, for this or another guest.
  func programLink(_ path: GuestPath, under base: Int) -> [UInt8]? {
    guard path.lastComponent.elementsEqual("exe".utf8) else { return nil }
    return PathWalk(path, under: base).programLink(follow: false).flatMap(program)
  }

  /// The program of a process that is a guest.
  private func program(of number: Int) -> [UInt8]? {
    if ProcPath(process: number, rest: "exe").isOwn { return process.image.executablePath }
    return GuestIdentity.read(number)?.executablePath
  }

  /// A path for the host.
  func hostPath(_ bytes: [UInt8]) -> GuestPath {
    let copy = scratch.allocate(bytes.count + 1)
    bytes.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: $0.count) }
    copy.storeBytes(of: 0, toByteOffset: bytes.count, as: UInt8.self)
    return GuestPath(pointer: UnsafePointer(copy.assumingMemoryBound(to: CChar.self)), count: bytes.count)
  }

  /// The guest's program that a path meant, if the file that it led to is the emulator's own.
  func reachedProgram(_ status: HostStatus, _ path: GuestPath, under base: Int) -> [UInt8]? {
    guard files.proc.isEmulator(status) else { return nil }
    return PathWalk(path, under: base).programLink(follow: true).flatMap(program)
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

  /// The process to whose `exe` in its directory in /proc the walk comes at its end.
  ///
  /// - Parameter follow: whether the last component may be another link that leads there.
  func programLink(follow: Bool) -> Int? {
    var process: Int?
    var walk = self
    walk.walk(follow: follow) { walk in
      guard walk.pending.isEmpty, walk.resolved.last == "exe", let path = walk.procPath, path.rest == "exe" else {
        return false
      }
      process = path.process
      return true
    }
    return process
  }

  /// Whether the walk passes a descriptor in /proc that the predicate knows: `/proc/PID/fd/N`, `/proc/PID/fdinfo/N`.
  func passesDescriptor(_ isHidden: (_ process: Int, _ descriptor: Int32) -> Bool) -> Bool {
    var found = false
    var walk = self
    walk.walk(follow: true) { walk in
      guard let last = walk.resolved.last, let number = Int32(last), let path = walk.procPath,
        path.rest == "fd/\(number)" || path.rest == "fdinfo/\(number)"
      else { return false }
      found = isHidden(path.process, number)
      return found
    }
    return found
  }

  /// Resolves component after component until `isEnd`, which sees each before it is followed.
  private mutating func walk(follow: Bool, until isEnd: (PathWalk) -> Bool) {
    var links = 0
    while let part = pending.popLast() {
      if part == "." { continue }
      if part == ".." {
        _ = resolved.popLast()
        continue
      }
      resolved.append(part)
      if isEnd(self) { return }
      if pending.isEmpty, !follow { return }
      guard let target = HostLink.read(text) else { continue }
      links += 1
      guard links <= Self.linkLimit else { return }
      if target.hasPrefix("/") { resolved = [] } else { _ = resolved.popLast() }
      pending.append(contentsOf: target.split(separator: "/").reversed())
    }
  }

  /// What has been resolved so far as a file of a process in /proc.
  private var procPath: ProcPath? {
    guard let path = ProcPath(text) else { return nil }
    let directory = "/" + resolved.dropLast().joined(separator: "/")
    return HostFileSystem.isProc(path: directory) ? path : nil
  }
}
