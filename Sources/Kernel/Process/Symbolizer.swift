import ELF
import Glibc
import LinuxABI
import Machine

/// Names for guest addresses, read from the files that are mapped there, each when it is first asked about.
package final class Symbolizer {
  private struct Module {
    let segments: [ProgramHeader]
    let symbols: SymbolTable?
    let name: String
  }

  private let memory: AddressSpace
  private var modules: [String: Module] = [:]
  private var lastVMA: VMA?

  package init(memory: AddressSpace) { self.memory = memory }

  /// `main+0x12`, for code outside the program `libc.so.6:puts+0x5`; nil where no file is mapped.
  ///
  /// - Parameter program: the file whose symbols are shown without its name.
  package func describe(_ address: UInt64, program: [UInt8]) -> String? {
    guard let vma = vma(address) else { return nil }
    guard let path = vma.backing?.path else { return nil }
    let module = module(path)
    let prefix = path.utf8.elementsEqual(program) ? "" : module.name + ":"
    let fileOffset = vma.pageOffset << GuestAddress.pageShift &+ (address &- vma.start)
    guard let linked = module.segments.virtualAddress(ofFileOffset: fileOffset),
      let symbols = module.symbols, let (symbol, offset) = symbols.find(linked)
    else { return "\(module.name)+\(hex(fileOffset))" }
    return prefix + symbols.name(of: symbol) + (offset == 0 ? "" : "+\(hex(offset))")
  }

  private func vma(_ address: UInt64) -> VMA? {
    if let lastVMA, address >= lastVMA.start, address < lastVMA.end { return lastVMA }
    lastVMA = memory.vma(containing: address)
    return lastVMA
  }

  private func module(_ path: String) -> Module {
    if let known = modules[path] { return known }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    // The descriptor is closed again at once: the guest's own are numbered from the lowest free one.
    let file = FileSource(path: path).flatMap { ELFFile($0) }
    let made = Module(segments: file?.programHeaders ?? [], symbols: file.map { SymbolTable($0) }, name: name)
    modules[path] = made
    return made
  }
}

/// A file on disk, read as needed.
final class FileSource: ELFSource {
  private let descriptor: Int32
  let size: UInt64

  init?(path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size >= 0 else {
      close(descriptor)
      return nil
    }
    size = UInt64(status.st_size)
  }

  deinit { close(descriptor) }

  func bytes(_ offset: UInt64, _ count: UInt64) -> [UInt8]? {
    guard offset <= size, count <= size - offset else { return nil }
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, used in
      while used < count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[used...])
        guard let start = rest.baseAddress else { break }
        let got = pread(descriptor, start, rest.count, off_t(offset) + used)
        if got > 0 {
          used += got
        } else if got == 0 || errno != EINTR {
          failed = true
          return
        }
      }
    }
    return failed ? nil : bytes
  }
}
