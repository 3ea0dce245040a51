// Writes docs/Syscalls.md from the table of system calls, or checks that the file is as it would be written.
//
//   SyscallReference [--check] FILE

import Glibc
import Kernel
import LinuxABI

/// The page, line by line.
struct Reference {
  private static let head = """
    # System calls

    Made from the table in `Sources/Kernel/Syscalls` by `make syscalls`; `make test` checks that it is up to date.

    *full*: as Linux does it. *partial*: what programs use; the note says what is missing. *refused*: an error that
    programs are prepared for. A number that is not listed is ENOSYS.


    """

  private static let tail = """

    ## What is not supported

    | what | what happens instead |
    |---|---|
    | memory shared with a child that runs on (clone with CLONE_VM, without CLONE_THREAD or CLONE_VFORK) | each has a copy; the parent gets the child's changes when it ends |
    | set-user-ID programs | run with the rights of their caller, as on a file system mounted nosuid |
    | writing to a program that runs | is allowed where Linux says ETXTBSY |
    | executing what is open for writing, in files of others | is allowed; ETXTBSY comes only for files that the user owns |
    | executing what may be executed but not read | EACCES: an emulator has to read it |
    | setpgid for a child that has executed a program | is allowed where Linux says EACCES |
    | namespaces other than those of a new child, mounting, modules, tracing | EPERM |
    | asynchronous I/O (io_setup, io_uring), eBPF, perf, userfaultfd, landlock, seccomp, fanotify, keys, NUMA | ENOSYS |
    | `/proc/PID/mem`, `pagemap`, `map_files`, `clear_refs` of guests | EACCES: they show the emulator |
    | `/proc/PID/smaps_rollup` and `auxv` of other guests | are empty |

    """

  static func make() -> String {
    var text = head
    let rows = SyscallTable.rows.compactMap { $0 }.sorted { $0.number.rawValue < $1.number.rawValue }
    let levels = [SupportLevel.full, .partial, .refused]
    let counts = levels.map { level in "\(rows.filter { $0.level == level }.count) \(level.rawValue)" }
    text += "\(rows.count) calls: \(counts.joined(separator: ", ")).\n\n"
    text += "| number | name | support | note |\n|---:|---|---|---|\n"
    for row in rows {
      let fallback = row.level == .refused ? "ENOSYS" : ""
      text +=
        "| \(row.number.rawValue) | `\(row.name)` | \(row.level.rawValue) | \(SyscallNotes[row.number] ?? fallback) |\n"
    }
    return text + tail
  }

  /// Partial support without a word about what is missing would be no help.
  static var unexplained: [String] {
    SyscallTable.rows.compactMap { $0 }.filter { $0.level == .partial && SyscallNotes[$0.number] == nil }.map(\.name)
  }
}

func fail(_ message: String) -> Never {
  let line = Array("SyscallReference: \(message)\n".utf8)
  _ = write(2, line, line.count)
  exit(1)
}

var arguments = CommandLine.arguments.dropFirst()
let isCheck = arguments.first == "--check"
if isCheck { arguments = arguments.dropFirst() }
guard let path = arguments.first, arguments.count == 1 else { fail("usage: SyscallReference [--check] FILE") }
guard Reference.unexplained.isEmpty else {
  fail("partial support without a note in SyscallNotes.swift: \(Reference.unexplained.joined(separator: ", "))")
}
let wanted = Array(Reference.make().utf8)
if isCheck {
  guard let file = fopen(path, "r") else { fail("\(path): \(String(cString: strerror(errno)))") }
  var found: [UInt8] = []
  var byte = getc(file)
  while byte != EOF {
    found.append(UInt8(truncatingIfNeeded: byte))
    byte = getc(file)
  }
  guard found == wanted else { fail("\(path) is not up to date: make syscalls") }
} else {
  guard let file = fopen(path, "w") else { fail("\(path): \(String(cString: strerror(errno)))") }
  guard fwrite(wanted, 1, wanted.count, file) == wanted.count, fclose(file) == 0 else { fail("\(path): not written") }
}
