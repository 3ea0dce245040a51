import Glibc
import LinuxABI

/// Who runs the program (the kernel's struct cred, as far as the auxiliary vector shows it).
package struct Credentials: Hashable, Sendable {
  package var userID: UInt32
  package var effectiveUserID: UInt32
  package var groupID: UInt32
  package var effectiveGroupID: UInt32

  package init(userID: UInt32, effectiveUserID: UInt32, groupID: UInt32, effectiveGroupID: UInt32) {
    self.userID = userID
    self.effectiveUserID = effectiveUserID
    self.groupID = groupID
    self.effectiveGroupID = effectiveGroupID
  }

  /// Those of the emulator, which are the guest's: setuid bits have no effect under emulation.
  package static var current: Credentials {
    Credentials(userID: getuid(), effectiveUserID: geteuid(), groupID: getgid(), effectiveGroupID: getegid())
  }

  /// `bprm->secureexec`: libc then ignores LD_PRELOAD and the like.
  package var isSecure: Bool { userID != effectiveUserID || groupID != effectiveGroupID }
}

/// A program on its way to being executed: the kernel's struct linux_binprm (linux/binfmts.h, fs/exec.c).
///
/// The kernel writes the strings straight into the new stack, downwards; here they are kept aside until the point of
/// no return, with the same accounting: `used` is the distance from the top of the stack to `bprm->p`.
package struct BinaryParameters {
  /// BINPRM_BUF_SIZE: how much of the file a format sees at first.
  package static let headSize = 256
  /// MAX_ARG_STRLEN: 32 pages for one string, its NUL included.
  package static let maxStringLength = 32 * 4096
  /// MAX_ARG_STRINGS.
  package static let maxStringCount = 0x7fff_ffff
  /// ARG_MAX: granted even when the stack limit is small.
  private static let minimumStringSpace: UInt64 = 131072
  /// _STK_LIM, of which strings get at most three quarters.
  private static let defaultStackLimit: UInt64 = 8 << 20

  /// The first `headSize` bytes of `file`, padded with zeros.
  package private(set) var head: [UInt8]
  package private(set) var file: ExecutableFile
  /// What was asked to be executed (AT_EXECFN, and the name that the process gets).
  package let filename: [UInt8]
  /// What `file` is called: `filename`, or the interpreter of a script.
  package private(set) var interpreterPath: [UInt8]
  package private(set) var arguments: [[UInt8]]
  package let environment: [[UInt8]]
  package let credentials: Credentials
  /// RLIMIT_STACK at the start of exec.
  package let stackLimit: UInt64
  /// Where PT_INTERP and interpreters of scripts are looked for first; empty for the root itself.
  package let sysroot: [UInt8]

  /// Bytes of strings pushed so far, and of the pointer-sized hole that the kernel leaves at the very top.
  private(set) var used: UInt64 = 8
  private let spaceLimit: UInt64

  /// Opens the file, unless it is open already, and accounts for the strings, in the order and with the errors of `do_execveat_common`.
  package init(
    path: [UInt8], arguments: [[UInt8]], environment: [[UInt8]], credentials: Credentials, stackLimit: UInt64,
    sysroot: [UInt8] = [], file opened: ExecutableFile? = nil
  ) throws(ExecFailure) {
    if let opened { file = opened } else { file = try ExecutableFile(path) }
    filename = path
    interpreterPath = path
    self.arguments = arguments
    self.environment = environment
    self.credentials = credentials
    self.stackLimit = stackLimit
    self.sysroot = sysroot
    head = []

    // bprm_stack_limits
    var limit = min(Self.defaultStackLimit / 4 * 3, stackLimit / 4)
    limit = max(limit, Self.minimumStringSpace)
    let pointers = (UInt64(max(arguments.count, 1)) &+ UInt64(environment.count)) &* 8
    guard arguments.count <= Self.maxStringCount, environment.count <= Self.maxStringCount, limit > pointers else {
      throw Self.tooBig
    }
    spaceLimit = limit - pointers

    try push(filename)
    for string in environment.reversed() { try push(string) }
    for string in arguments.reversed() { try push(string) }
    if arguments.isEmpty {
      try push([])
      self.arguments = [[]]
    }
  }

  private static let tooBig = ExecFailure(.E2BIG, "the arguments and environment take too much space")

  /// Accounts for a string, as copy_strings does.
  private mutating func push(_ string: [UInt8]) throws(ExecFailure) {
    let length = string.count + 1
    guard length <= Self.maxStringLength else {
      throw ExecFailure(.E2BIG, "one argument or environment string is longer than 128 KiB")
    }
    used &+= UInt64(length)
    guard used - 8 <= spaceLimit else { throw Self.tooBig }
    // The stack may have to grow for it (get_arg_page); its first page is there already.
    let size = (used &+ 4095) & ~4095
    guard size <= max(stackLimit, 4096) else { throw Self.tooBig }
  }

  // MARK: - For formats

  /// prepare_binprm: reads the head of the file.
  package mutating func readHead() throws(ExecFailure) {
    do throws(Errno) {
      head = try file.read(0, Self.headSize)
    } catch {
      throw ExecFailure(error)
    }
    head.append(contentsOf: repeatElement(0, count: Self.headSize - head.count))
  }

  /// Replaces the program by the interpreter of a script: its name and the optional argument go in front of the
  /// arguments, the script's path takes the place of the first (binfmt_script.c, bprm_change_interp).
  package mutating func substitute(interpreter: [UInt8], argument: [UInt8]?) throws(ExecFailure) {
    // remove_arg_zero, then three strings in reverse order.
    if let first = arguments.first {
      used &-= UInt64(first.count + 1)
      arguments.removeFirst()
    }
    try push(interpreterPath)
    arguments.insert(interpreterPath, at: 0)
    if let argument {
      try push(argument)
      arguments.insert(argument, at: 0)
    }
    try push(interpreter)
    arguments.insert(interpreter, at: 0)
    file = try open(interpreter)
    interpreterPath = interpreter
  }

  /// Opens a program that this one needs, in the sysroot if it is there.
  ///
  /// The kernel's own lookup takes an empty name for the current directory, where execve itself would say ENOENT.
  package func open(_ path: [UInt8]) throws(ExecFailure) -> ExecutableFile {
    guard !path.isEmpty else { throw ExecFailure(.EACCES, "has an empty name") }
    if !sysroot.isEmpty, path.first == UInt8(ascii: "/"), let file = try? ExecutableFile(sysroot + path) {
      return file
    }
    return try ExecutableFile(path)
  }

  /// What goes to the top of the stack: arguments, environment, path, each with its NUL, and eight zero bytes.
  var stringArea: [UInt8] {
    var area: [UInt8] = []
    area.reserveCapacity(Int(used))
    for string in arguments {
      area += string
      area.append(0)
    }
    for string in environment {
      area += string
      area.append(0)
    }
    area += filename
    area.append(contentsOf: repeatElement(0, count: 9))
    return area
  }
}
