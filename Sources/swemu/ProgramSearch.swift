import Glibc
import Kernel
import LinuxABI

/// Finding a program by name, as a shell does (POSIX, Shell Command Language, 2.9.1.4; man 3 execvp).
enum ProgramSearch {
  /// The path of `name`; a name with a slash is its own path.
  static func find(_ name: [UInt8]) throws(ExecFailure) -> [UInt8] {
    if name.contains(UInt8(ascii: "/")) { return name }
    guard !name.isEmpty else { throw ExecFailure(.ENOENT) }
    let path = getenv("PATH").map { bytes($0) } ?? Array("/bin:/usr/bin".utf8)
    var refusal: [UInt8]?
    for directory in path.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
      let candidate = directory.isEmpty ? name : Array(directory) + [UInt8(ascii: "/")] + name
      let text = candidate.map { CChar(bitPattern: $0) } + [0]
      var status = stat()
      guard stat(text, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      if faccessat(AT_FDCWD, text, X_OK, AT_EACCESS) == 0 { return candidate }
      refusal = refusal ?? candidate
    }
    // The loader will say what is the matter with it.
    if let refusal { return refusal }
    let text = name.map { CChar(bitPattern: $0) } + [0]
    let remedy = access(text, X_OK) == 0 ? "for the file in this directory: ./\(Options.shown(name))" : nil
    throw ExecFailure(.ENOENT, "was not found in PATH", remedy: remedy)
  }
}

/// The bytes of a C string, without its NUL.
func bytes(_ string: UnsafePointer<CChar>) -> [UInt8] {
  Array(UnsafeRawBufferPointer(start: string, count: strlen(string)))
}
