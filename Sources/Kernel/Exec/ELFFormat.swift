import ELF
import LinuxABI
import Machine

/// ELF programs for x86-64 (fs/binfmt_elf.c, load_elf_binary).
///
/// The checks are exactly the kernel's, in its order: EI_CLASS, EI_DATA, e_version and e_ehsize are not looked at.
package struct ELFFormat: BinaryFormat {
  package var name: String { "ELF" }

  package init() {}

  package func load(_ parameters: inout BinaryParameters, into process: Process) throws(ExecFailure) -> LoadOutcome {
    guard let header = parameters.head.withUnsafeBytes({ ELFHeader($0) }),
      header.type == .executable || header.type == .shared, header.machine == .x86_64
    else { throw ExecFailure(.ENOEXEC) }
    var why = ""
    guard let program = ELFImageFile(parameters.file, header, why: &why) else {
      throw ExecFailure(.ENOEXEC, "is not a valid ELF program: \(why)")
    }
    process.story?.recognized(
      "ELF x86-64, \(header.type == .executable ? "fixed address" : "position-independent")", parameters)
    if let story = process.story { program.describe(in: story) }
    let interpreter = try openInterpreter(program, parameters)
    var stackIsExecutable = false
    for segment in program.programHeaders where segment.type == .gnuStack {
      stackIsExecutable = segment.flags.contains(.execute)
    }

    // The point of no return: from here on a failure kills the process.
    process.beginNewImage(parameters)
    do throws(ExecFailure) {
      var loader = ImageLoader(process: process, program: program, interpreter: interpreter)
      try loader.load(parameters, stackIsExecutable: stackIsExecutable)
    } catch {
      var failure = error
      failure.isFatal = true
      throw failure
    }
    return .loaded
  }

  /// Reads the first PT_INTERP and opens what it names.
  private func openInterpreter(_ program: ELFImageFile, _ parameters: BinaryParameters) throws(ExecFailure)
    -> ELFImageFile?
  {
    guard let segment = program.programHeaders.first(where: { $0.type == .interpreter }) else { return nil }
    guard segment.fileSize <= 4096, segment.fileSize >= 2 else {
      throw ExecFailure(
        .ENOEXEC, "is not a valid ELF program: its PT_INTERP has \(segment.fileSize) bytes, not 2 to 4096")
    }
    let text: [UInt8]
    do throws(Errno) {
      text = try program.file.read(segment.offset, Int(segment.fileSize))
    } catch {
      throw ExecFailure(error, "has its PT_INTERP at \(hex(segment.offset)), where no file has bytes")
    }
    guard text.count == Int(segment.fileSize) else {
      throw ExecFailure(.EIO, "ends before the name of its dynamic linker does")
    }
    guard text.last == 0 else {
      throw ExecFailure(.ENOEXEC, "is not a valid ELF program: its PT_INTERP does not end with a zero byte")
    }
    let path = Array(text.prefix { $0 != 0 })
    let shown = String(decoding: path, as: UTF8.self)
    let file: ExecutableFile
    do throws(ExecFailure) {
      file = try parameters.open(path)
    } catch {
      var failure = ExecFailure(error.errno, "needs the dynamic linker \(shown), which ")
      if error.errno == .ENOENT {
        failure.reason? += "does not exist"
        failure.remedy = "install its C library, or give the place of one with -L SYSROOT"
      } else {
        failure.reason? += error.reason ?? "cannot be opened: \(error.errno.message)"
      }
      throw failure
    }
    guard let head = try? file.read(0, ELFHeader.size), head.count == ELFHeader.size else {
      throw ExecFailure(.EIO, "needs the dynamic linker \(shown), which is shorter than an ELF header")
    }
    guard let header = head.withUnsafeBytes({ ELFHeader($0) }), header.machine == .x86_64 else {
      throw ExecFailure(.ELIBBAD, "needs the dynamic linker \(shown), which is not an x86-64 ELF file")
    }
    var why = ""
    guard let interpreter = ELFImageFile(file, header, why: &why) else {
      throw ExecFailure(.ELIBBAD, "needs the dynamic linker \(shown), which is no valid ELF file: \(why)")
    }
    return interpreter
  }
}
