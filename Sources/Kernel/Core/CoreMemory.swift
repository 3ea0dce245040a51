import ELF
import Glibc
import Machine

/// Which parts of a process's memory a core file holds (man 5 core, "Controlling which mappings are written"; mm's
/// vma_dump_size in fs/coredump.c).
struct CoreMemory {
  /// Bits of /proc/PID/coredump_filter.
  private enum Filter {
    static let privateAnonymous = 1, sharedAnonymous = 2, privateFile = 4, sharedFile = 8, headers = 16
  }

  private let filter: Int
  private let pages: PageMap?
  private let memory: Int32

  static let pageSize = 4096

  init() {
    let text = String(decoding: HostFile.readAll(path: "/proc/self/coredump_filter"), as: UTF8.self)
    filter = Int(text.prefix { $0.isHexDigit }, radix: 16) ?? 0x33
    pages = PageMap()
    // It reads what the program may not, as the kernel does.
    memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
  }

  func close() {
    pages?.close()
    Glibc.close(memory)
  }

  /// How many bytes of a VMA, from its start, the file holds.
  func size(of vma: VMA) -> UInt64 {
    if vma.flags.contains(.dontDump) { return 0 }
    if vma.isShared {
      let isNameless = vma.backing.map { $0.isAnonymous || $0.currentPath.hasSuffix(" (deleted)") } ?? true
      return filter & (isNameless ? Filter.sharedAnonymous : Filter.sharedFile) != 0 ? vma.size : 0
    }
    guard vma.backing != nil else { return filter & Filter.privateAnonymous != 0 ? vma.size : 0 }
    if filter & Filter.privateAnonymous != 0, pages?.hasOwnPages(vma) ?? true { return vma.size }
    if filter & Filter.privateFile != 0 { return vma.size }
    // The first page of a program or library, by which debuggers recognise it.
    guard filter & Filter.headers != 0, vma.pageOffset == 0, vma.protection.contains(.read) else { return 0 }
    return read(vma.start, count: 4) == [0x7f, 0x45, 0x4c, 0x46] ? UInt64(Self.pageSize) : 0
  }

  /// Writes the bytes of a VMA, with holes for pages that it never touched.
  func write(_ vma: VMA, _ size: UInt64, to file: CoreFile) {
    guard size > 0 else { return }
    guard vma.isAnonymous, let pages else { return write(vma.start, vma.start + size, to: file) }
    var at = vma.start
    pages.forEachRun(vma.start, vma.start + size) { start, end in
      file.skip(start - at)
      write(start, end, to: file)
      at = end
      return !file.isCut
    }
    file.skip(vma.start + size - at)
  }

  private func write(_ start: UInt64, _ end: UInt64, to file: CoreFile) {
    withUnsafeTemporaryAllocation(byteCount: Self.pageSize, alignment: Self.pageSize) { buffer in
      var at = start
      while at < end, !file.isCut {
        // What cannot be read, such as a page beyond the end of its file, is a hole.
        if pread(memory, buffer.baseAddress, buffer.count, off_t(at)) == buffer.count {
          file.emit(UnsafeRawBufferPointer(buffer))
        } else {
          file.skip(UInt64(Self.pageSize))
        }
        at += UInt64(Self.pageSize)
      }
    }
  }

  private func read(_ address: UInt64, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      used = max(0, pread(memory, buffer.baseAddress, count, off_t(address)))
    }
  }
}

/// What /proc/self/pagemap says about pages (Documentation/admin-guide/mm/pagemap.rst).
struct PageMap {
  private let descriptor: Int32
  private static let present: UInt64 = 3 << 62, ofFile: UInt64 = 1 << 61
  private static let batch = 8192

  init?() {
    descriptor = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { return nil }
  }

  func close() { Glibc.close(descriptor) }

  /// Whether the process has private copies of pages of a file.
  func hasOwnPages(_ vma: VMA) -> Bool {
    var found = false
    forEachEntry(vma.start, vma.end) { _, entry in
      found = entry & Self.present != 0 && entry & Self.ofFile == 0
      return !found
    }
    return found
  }

  /// Calls `body` for each run of pages that are there, until it returns false.
  func forEachRun(_ start: UInt64, _ end: UInt64, _ body: (_ start: UInt64, _ end: UInt64) -> Bool) {
    var runStart: UInt64?
    var goesOn = true
    forEachEntry(start, end) { address, entry in
      if entry & Self.present != 0 {
        if runStart == nil { runStart = address }
      } else if let first = runStart {
        runStart = nil
        goesOn = body(first, address)
      }
      return goesOn
    }
    if goesOn, let runStart { _ = body(runStart, end) }
  }

  private func forEachEntry(_ start: UInt64, _ end: UInt64, _ body: (_ address: UInt64, _ entry: UInt64) -> Bool) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.batch) { buffer in
      var at = start
      while at < end {
        let wanted = min(UInt64(Self.batch), (end - at) / UInt64(CoreMemory.pageSize))
        let got = pread(descriptor, buffer.baseAddress, Int(wanted) * 8, off_t(at / UInt64(CoreMemory.pageSize) * 8))
        // Unknown counts as there.
        let known = max(0, got / 8)
        for index in 0..<Int(wanted) {
          guard body(at, index < known ? buffer[index] : Self.present) else { return }
          at += UInt64(CoreMemory.pageSize)
        }
        if wanted == 0 { return }
      }
    }
  }
}
