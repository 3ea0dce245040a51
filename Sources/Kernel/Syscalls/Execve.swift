import CHost
import Glibc
import LinuxABI
import Machine

/// Executing programs (man 2 execve, execveat): the new program takes the place of the old one in this process, under
/// emulation as before.
enum ExecCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.execve, [.path, .pointer, .pointer], execve),
    SyscallRow(.execveat, [.atFD, .path, .pointer, .pointer, .flags(.atFlags)], execveat),
  ]

  private static let emptyPath: UInt64 = 0x1000, noFollow: UInt64 = 0x100

  private static func execve(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let text = try c.memory.readCString(c.raw(0))
    guard !text.isEmpty else { throw .ENOENT }
    let place = c.programPlace(c.path(0), under: -100)
    return try execute(c, name: text, place: place, argv: c.raw(1), envp: c.raw(2))
  }

  /// The program is named by a directory and a path under it, or by a descriptor alone; a script's interpreter, and
  /// the program itself, then learn of /dev/fd/N (do_execveat_common).
  private static func execveat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let flags = UInt64(UInt32(truncatingIfNeeded: c.raw(4)))
    guard flags & ~(emptyPath | noFollow) == 0 else { throw .EINVAL }
    let text = try c.memory.readCString(c.raw(1))
    guard !text.isEmpty || flags & emptyPath != 0 else { throw .ENOENT }
    let base = c.int(0)
    let path = c.path(1)
    if text.first == UInt8(ascii: "/") || base == -100 && !text.isEmpty {
      if flags & noFollow != 0 { try refuseLink(String(decoding: text, as: UTF8.self)) }
      return try execute(c, name: text, place: c.programPlace(path, under: -100), argv: c.raw(2), envp: c.raw(3))
    }
    let descriptor = c.fd(0)
    _ = try c.host(.fcntl, descriptor, 1)
    let tail = text.isEmpty ? [] : [UInt8(ascii: "/")] + text
    let place = c.system.sandbox?.replaced[1] ?? Array("/proc/self/fd/\(descriptor)".utf8) + tail
    if flags & noFollow != 0, !text.isEmpty { try refuseLink(String(decoding: place, as: UTF8.self)) }
    let name = Array("/dev/fd/\(descriptor)".utf8) + tail
    return try execute(c, name: name, place: place, argv: c.raw(2), envp: c.raw(3), viaDescriptor: base)
  }

  private static func refuseLink(_ path: String) throws(Errno) {
    var status = stat()
    if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK { throw .ELOOP }
  }

  // MARK: - The strings

  /// An array of pointers to strings, up to the null pointer; a null array is an empty one (count, get_user_arg_ptr).
  private static func pointers(_ c: SyscallContext, _ address: UInt64) throws(Errno) -> [UInt64] {
    guard address != 0 else { return [] }
    var pointers: [UInt64] = []
    var at = address
    while true {
      let pointer: UInt64 = try c.load(at)
      if pointer == 0 { return pointers }
      pointers.append(pointer)
      // Eight bytes each are more than the strings may take together.
      guard pointers.count <= 1 << 20 else { throw .E2BIG }
      at &+= 8
    }
  }

  private static func strings(
    _ c: SyscallContext, _ pointers: [UInt64], _ total: inout Int
  ) throws(Errno) -> [[UInt8]] {
    var strings: [[UInt8]] = []
    strings.reserveCapacity(pointers.count)
    for pointer in pointers {
      let string = try c.memory.readCString(
        pointer, max: UInt64(BinaryParameters.maxStringLength), tooLong: .E2BIG)
      total += string.count + 1
      // _STK_LIM / 4 * 3 is the most that any limit allows.
      guard total <= 6 << 20 else { throw .E2BIG }
      strings.append(string)
    }
    return strings
  }

  // MARK: - Executing

  private static func execute(
    _ c: SyscallContext, name: [UInt8], place: [UInt8], argv: UInt64, envp: UInt64, viaDescriptor: Int32? = nil
  ) throws(Errno) -> SyscallOutcome {
    let process = c.process
    do throws(ExecFailure) {
      let file = try ExecutableFile(name, at: place)
      let arguments: [[UInt8]]
      let environment: [[UInt8]]
      do throws(Errno) {
        if let viaDescriptor, isScript(file), try c.host(.fcntl, Int(viaDescriptor), 1) & 1 != 0 {
          // BINPRM_FLAGS_PATH_INACCESSIBLE: the interpreter could not open it any more.
          throw .ENOENT
        }
        let argumentPointers = try pointers(c, argv)
        let environmentPointers = try pointers(c, envp)
        var total = 0
        environment = try strings(c, environmentPointers, &total)
        arguments = try strings(c, argumentPointers, &total)
      } catch {
        throw ExecFailure(error)
      }
      try process.execute(path: name, arguments: arguments, environment: environment, file: file, call: c)
    } catch {
      guard error.isFatal else { throw error.errno }
      process.diagnostics?("\(String(decoding: name, as: UTF8.self)): \(error.reason ?? error.errno.message)")
      return .killed(SIGSEGV)
    }
    process.closeOnExec()
    process.handOverToLeader(c.thread)
    return .resumed
  }

  private static func isScript(_ file: ExecutableFile) -> Bool {
    (try? file.read(0, 2)).map { $0.elementsEqual("#!".utf8) } ?? false
  }
}

extension SyscallContext {
  /// Where the host finds a program: another place than the guest's path where that leads to the emulator's own file,
  /// as /proc/PID/exe does.
  func programPlace(_ path: GuestPath, under base: Int) -> [UInt8] {
    if let program = programLink(path, under: base) { return program }
    if let status = HostStatus(path: path), let program = reachedProgram(status, path, under: base) { return program }
    return Array(path.bytes)
  }
}

extension Process {
  /// do_close_on_exec: closes the guest's descriptors that are marked so. swemu's own stay.
  func closeOnExec() {
    files.forgetAll()
    for descriptor in HostDescriptors.open() where !files.isHidden(descriptor) {
      let flags = fcntl(descriptor, F_GETFD)
      if flags >= 0, flags & FD_CLOEXEC != 0 { close(descriptor) }
    }
  }
}

/// The descriptors of the emulator's process, the guest's and its own.
enum HostDescriptors {
  static func open() -> [Int32] {
    guard let directory = opendir("/proc/self/fd") else {
      // Without /proc every number has to be tried.
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      return (0..<Int32(min(limit.rlim_cur, 65536))).filter { fcntl($0, F_GETFD) >= 0 }
    }
    defer { closedir(directory) }
    let own = dirfd(directory)
    var numbers: [Int32] = []
    while let entry = readdir(directory) {
      let number = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { Int32(atoi($0)) }
      }
      // "." and ".." read as 0, which comes by itself too.
      if entry.pointee.d_name.0 != 0x2e, number != own { numbers.append(number) }
    }
    return numbers
  }
}
