import CHost
import Glibc
import LinuxABI
import Machine

extension SyscallContext {
  /// What a call that opened `path` returns: the descriptor that the host gave, or one with the guest's view in its place.
  func opened(
    _ descriptor: Int, _ path: GuestPath, under base: Int = -100, flags: UInt64
  ) throws(Errno) -> SyscallOutcome {
    if flags & OpenFlags.truncate != 0 { truncated(Int32(truncatingIfNeeded: descriptor), size: 0) }
    guard let status = HostStatus(descriptor: descriptor) else { return .value(descriptor) }
    if files.proc.isProc(status, descriptor) {
      return .value(try openedInProc(descriptor, flags: flags))
    }
    if let program = reachedProgram(status, path, under: base) {
      close(Int32(truncatingIfNeeded: descriptor))
      let kept = flags & ~(OpenFlags.create | OpenFlags.exclusive)
      return .value(try host(.open, hostPath(program).address, Int(truncatingIfNeeded: kept)))
    }
    return .value(descriptor)
  }

  /// Replaces an open file of /proc that shows the emulator.
  private func openedInProc(_ descriptor: Int, flags: UInt64) throws(Errno) -> Int {
    guard let text = HostLink.target(ofDescriptor: descriptor) else { return descriptor }
    if text.hasSuffix("/cpuinfo") { return try openedProcessors(descriptor, name: text, flags: flags) }
    guard let path = ProcPath(text) else { return descriptor }
    let other = path.isOwn ? nil : GuestIdentity.read(path.process)
    switch ProcFile(path.rest) {
    case nil: return descriptor
    // Another process's memory is the emulator's too, if that process is a guest.
    case .forbidden where !path.isOwn && other == nil && path.rest != "mem": return descriptor
    case .forbidden:
      close(Int32(truncatingIfNeeded: descriptor))
      throw .EACCES
    case let file?:
      // An O_PATH descriptor can only be opened again, and comes by here then.
      guard flags & OpenFlags.path == 0 else { return descriptor }
      do throws(Errno) {
        let host = HostFile.readAll(descriptor)
        let content: [UInt8]
        if path.isOwn {
          content = file.content(of: process, host: host)
        } else {
          guard let shown = other.flatMap({ file.content(of: $0, host: host) }) else { return descriptor }
          content = shown
        }
        try replace(descriptor, by: content, name: text, flags: flags)
      } catch {
        close(Int32(truncatingIfNeeded: descriptor))
        throw error
      }
      return descriptor
    }
  }

  /// The processors are those that the program sees.
  private func openedProcessors(_ descriptor: Int, name: String, flags: UInt64) throws(Errno) -> Int {
    guard flags & OpenFlags.path == 0, ProcPath(name) == nil else { return descriptor }
    do throws(Errno) {
      let content = ProcCPUInfo.text(process.machine.model, host: HostFile.readAll(descriptor))
      try replace(descriptor, by: content, name: name, flags: flags)
    } catch {
      close(Int32(truncatingIfNeeded: descriptor))
      throw error
    }
    return descriptor
  }

  /// Makes `descriptor` an open file with this content.
  private func replace(_ descriptor: Int, by content: [UInt8], name: String, flags: UInt64) throws(Errno) {
    let memory = try name.withHostPointer { (pointer) throws(Errno) in
      try host(.memfd_create, pointer, 1)
    }
    defer { close(Int32(truncatingIfNeeded: memory)) }
    files.proc.hasStandIns = true
    var done = 0
    while done < content.count {
      let count = content.withUnsafeBytes { bytes in
        write(Int32(truncatingIfNeeded: memory), bytes.baseAddress! + done, bytes.count - done)
      }
      guard count > 0 else { throw .ENOMEM }
      done += count
    }
    fchmod(Int32(truncatingIfNeeded: memory), 0o444)
    let kept = flags & (OpenFlags.accessMode | OpenFlags.closeOnExec)
    let again = try "/proc/self/fd/\(memory)".withHostPointer { (pointer) throws(Errno) in
      try host(.open, pointer, Int(truncatingIfNeeded: kept))
    }
    defer { close(Int32(truncatingIfNeeded: again)) }
    _ = try host(.dup3, again, descriptor, Int(truncatingIfNeeded: flags & OpenFlags.closeOnExec))
    files.forget(Int32(truncatingIfNeeded: descriptor))
  }
}

extension String {
  /// Calls `body` with the address of a NUL-terminated copy.
  func withHostPointer<Result>(_ body: (Int) throws(Errno) -> Result) throws(Errno) -> Result {
    guard let copy = strdup(self) else { throw .ENOMEM }
    defer { free(copy) }
    return try body(Int(bitPattern: copy))
  }
}

/// Reads small files of the host.
enum HostFile {
  /// Everything of a file; empty where it cannot be read.
  static func readAll(path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    return readAll(Int(descriptor))
  }

  /// Everything from the beginning of an open file.
  static func readAll(_ descriptor: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < 1 << 20 {
      let chunk = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
        let got = pread(Int32(truncatingIfNeeded: descriptor), buffer.baseAddress, buffer.count, bytes.count)
        count = max(got, 0)
      }
      if chunk.isEmpty { break }
      bytes.append(contentsOf: chunk)
    }
    return bytes
  }
}
