/// What a file is, told from its first bytes: the explanation that goes with ENOEXEC.
package enum FileKind: Hashable, Sendable {
  case empty
  /// An ELF file of another class, byte order or processor.
  case foreignELF(bits: Int?, isBigEndian: Bool, machine: ELFMachine)
  case relocatable
  case core
  /// ELF for this processor, refused for another reason.
  case otherELF(type: UInt16)
  /// Ends before its header does.
  case shortELF
  case script
  case aout
  case javaClass
  case machO
  case portableExecutable
  case msdos
  case archive
  case compressed(String)
  case zip
  case document(String)
  case wasm
  case bitcode
  case text
  case data

  /// - Parameters:
  ///   - head: at least the first 256 bytes, where the file has so many; padding zeros do no harm.
  ///   - size: of the whole file.
  package init(_ head: UnsafeRawBufferPointer, size: UInt64) {
    let known = UnsafeRawBufferPointer(rebasing: head[..<min(head.count, Int(clamping: size))])
    let view = ByteView(known)
    if known.isEmpty {
      self = .empty
    } else if ELFHeader.hasMagic(view) {
      self = FileKind(elf: view)
    } else if let kind = FileKind.bySignature(view) {
      self = kind
    } else {
      self = FileKind.looksLikeText(known) ? .text : .data
    }
  }

  private init(elf view: ByteView) {
    let isBigEndian = view[5] == ELFIdent.bigEndian
    let ordered = ByteView(view.bytes, isBigEndian: isBigEndian)
    guard let type: UInt16 = ordered.integer(16), let machine: UInt16 = ordered.integer(18), let fileClass = view[4]
    else {
      self = .shortELF
      return
    }
    let bits: Int? = fileClass == ELFIdent.class32 ? 32 : fileClass == ELFIdent.class64 ? 64 : nil
    if machine != ELFMachine.x86_64.rawValue || isBigEndian || bits == 32 {
      self = .foreignELF(bits: bits, isBigEndian: isBigEndian, machine: ELFMachine(rawValue: machine))
    } else if view.count < ELFHeader.size {
      self = .shortELF
    } else if type == ELFType.relocatable.rawValue {
      self = .relocatable
    } else if type == ELFType.core.rawValue {
      self = .core
    } else {
      self = .otherELF(type: type)
    }
  }

  private static func bySignature(_ view: ByteView) -> FileKind? {
    if view.has("#!") { return .script }
    if view.has("MZ") {
      guard let offset: UInt32 = view.integer(0x3c), view.has("PE", at: Int(offset)) else { return .msdos }
      return .portableExecutable
    }
    switch ByteView(view.bytes, isBigEndian: true).integer(0, as: UInt32.self) ?? 0 {
    case 0xcafe_babe:
      // A Mach-O file for several processors has their (small) number here, a class file its (larger) version.
      let count: UInt32 = ByteView(view.bytes, isBigEndian: true).integer(4) ?? 0
      return count < 40 ? .machO : .javaClass
    case 0xfeed_face, 0xfeed_facf, 0xcefa_edfe, 0xcffa_edfe: return .machO
    case 0x504b_0304, 0x504b_0506: return .zip
    case 0x28b5_2ffd: return .compressed("zstd")
    case 0x0061_736d: return .wasm
    case 0x4243_c0de: return .bitcode
    default: break
    }
    if let magic: UInt16 = view.integer(0), [0o407, 0o410, 0o413, 0o314].contains(magic), view.count >= 32 {
      return .aout
    }
    for (signature, offset, kind) in signatures where view.has(signature, at: offset) { return kind }
    if view[0] == 0x1f, view[1] == 0x8b { return .compressed("gzip") }
    if view[0] == 0xfd, view.has("7zXZ", at: 1) { return .compressed("xz") }
    if view[0] == 0x89, view.has("PNG", at: 1) { return .document("a PNG image") }
    return nil
  }

  private static let signatures: [(StaticString, Int, FileKind)] = [
    ("!<arch>\n", 0, .archive), ("!<thin>\n", 0, .archive), ("BZh", 0, .compressed("bzip2")),
    ("%PDF-", 0, .document("a PDF document")), ("ustar", 257, .document("a tar archive")),
    ("SQLite format 3", 0, .document("an SQLite database")),
  ]

  private static func looksLikeText(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f || (0x07...0x0d).contains($0) || $0 == 0x1b }
  }

  /// Continues a sentence that starts with the file's name.
  package var sentence: String {
    switch self {
    case .empty: "is an empty file"
    case .foreignELF(let bits, let isBigEndian, let machine):
      FileKind.describeForeign(bits, isBigEndian, machine)
    case .relocatable: "is an object file that has not been linked"
    case .core: "is a core dump, not a program"
    case .otherELF(let type): "is an ELF file of type \(type), which is no program"
    case .shortELF: "is an ELF file that ends within its header"
    case .script: "is a script that cannot be run"
    case .aout: "is a program in the old a.out format, which Linux no longer runs"
    case .javaClass: "is a Java class file"
    case .machO: "is a macOS program (Mach-O)"
    case .portableExecutable: "is a Windows program (PE)"
    case .msdos: "is an MS-DOS program"
    case .archive: "is an archive of object files (a static library)"
    case .compressed(let format): "is a compressed file (\(format))"
    case .zip: "is a zip archive"
    case .document(let what): "is \(what)"
    case .wasm: "is a WebAssembly module"
    case .bitcode: "is LLVM bitcode"
    case .text: "is a text file without a #! line"
    case .data: "is not in an executable format that swemu knows"
    }
  }

  private static func describeForeign(_ bits: Int?, _ isBigEndian: Bool, _ machine: ELFMachine) -> String {
    if machine == .x86_64, bits == 32, !isBigEndian { return "is an x32 program (32-bit pointers on x86-64)" }
    let width = bits.map { "\($0)-bit " } ?? ""
    return "is a \(width)ELF file for \(machine.name)\(isBigEndian ? ", big-endian" : "")"
  }

  /// What the user can do about it.
  package var remedy: String? {
    switch self {
    case .foreignELF(_, _, .i386), .foreignELF(32, false, .x86_64):
      "swemu runs 64-bit x86-64 programs: build it with -m64"
    case .foreignELF: "swemu runs x86-64 programs; qemu-user runs those of other processors"
    case .relocatable: "link it first: gcc FILE -o PROGRAM"
    case .text: "add a first line such as #!/bin/sh, or name the interpreter: swemu /bin/sh FILE"
    case .javaClass: "run it with swemu java"
    case .compressed: "unpack it first"
    default: nil
    }
  }
}
