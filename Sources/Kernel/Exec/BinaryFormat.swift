import ELF
import LinuxABI

/// A format of executable files: the kernel's struct linux_binfmt.
package protocol BinaryFormat: Sendable {
  /// What `--trace=load` calls it.
  var name: String { get }

  /// Loads the program, or puts its interpreter in its place, or refuses with ENOEXEC so that the next format is tried
  /// (`load_binary`).
  func load(_ parameters: inout BinaryParameters, into process: Process) throws(ExecFailure) -> LoadOutcome
}

package enum LoadOutcome {
  /// The registers are set; the program can run.
  case loaded
  /// `parameters` now names another program, which has to be loaded instead.
  case substituted
}

/// The formats that are known, in the order in which they are tried.
package struct BinaryFormatRegistry: Sendable {
  package var formats: [any BinaryFormat]

  /// script before ELF, as the kernel's initcalls order them.
  package static let standard = BinaryFormatRegistry(formats: [ScriptFormat(), ELFFormat()])

  /// exec_binprm and search_binary_handler (fs/exec.c): an interpreter may itself need an interpreter, five deep.
  package func execute(_ parameters: inout BinaryParameters, in process: Process) throws(ExecFailure) {
    var depth = 0
    while true {
      guard depth <= 5 else {
        throw ExecFailure(.ELOOP, "is a script whose interpreter is a script, and so on, more than five deep")
      }
      if try search(&parameters, process) == .loaded { return }
      depth += 1
    }
  }

  private func search(_ parameters: inout BinaryParameters, _ process: Process) throws(ExecFailure) -> LoadOutcome {
    try parameters.readHead()
    var refusal: ExecFailure?
    for format in formats {
      do throws(ExecFailure) {
        let outcome = try format.load(&parameters, into: process)
        return outcome
      } catch {
        guard error.errno == .ENOEXEC, !error.isFatal else { throw error }
        if error.reason != nil { refusal = error }
      }
    }
    if let refusal { throw refusal }
    let kind = FileKind(parameters.head.withUnsafeBytes { ByteView($0) }.bytes, size: parameters.file.size)
    throw ExecFailure(.ENOEXEC, kind.sentence, remedy: kind.remedy)
  }
}
