import CHost
import ELF
import Glibc
import LinuxABI
import Machine

extension Process {
  /// Writes a core file if the process ends of a signal that leaves one, and its limit and its attributes allow it
  /// (man 5 core). Returns whether the kernel would tell of one (WCOREDUMP).
  ///
  /// The process is over: none of its threads runs any more.
  package func writeCore(_ signal: Int32) -> Bool {
    guard Signal(signal).defaultAction == .dumpCore else { return false }
    let limit = Self.coreLimit
    // Less than a page is no core file (elf_format.min_coredump).
    guard limit >= UInt64(CoreMemory.pageSize) else { return false }
    guard hostCall(.prctl, 3) == 1, system.sandbox?.mayWriteCore ?? true else { return false }
    var fatal = fatalSignal ?? FatalSignal(signal: signal, info: Self.signalInfo(signal, code: 0x80), thread: leader)
    if fatal.signal != signal { (fatal.signal, fatal.systemCall) = (signal, -1) }
    let pattern = CorePattern.host
    let path = pattern.path(coreFacts(fatal, limit))
    guard let file = CoreFile(path: path, limit: limit) else { return false }
    write(file, fatal)
    if pattern.isForProgram {
      let name = String(decoding: path, as: UTF8.self)
      diagnostics?(
        "core file written to \(name): the host's core_pattern names a program, which would see the emulator")
    }
    // Behind a pipe the kernel's own core file would show the emulator.
    return !pattern.isForProgram
  }

  /// RLIMIT_CORE, which is the host's.
  static var coreLimit: UInt64 {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    return UInt64(limit.rlim_cur)
  }

  /// Deadly signals from outside have to come to swemu where they leave a core file: the host's would be the
  /// emulator's.
  func noticeCoreLimit() { system.signals.setWritesCores(Self.coreLimit > 0) }

  /// All threads, `first` before the others.
  private func coreThreads(_ first: GuestThread) -> [GuestThread] { [first] + threads.all.filter { $0 !== first } }

  private func coreFacts(_ fatal: FatalSignal, _ limit: UInt64) -> CoreFacts {
    var facts = CoreFacts()
    facts.process = getpid()
    facts.thread = fatal.thread.number
    (facts.user, facts.group) = (getuid(), getgid())
    facts.signal = fatal.signal
    facts.time = time(nil)
    facts.limit = limit
    var processor: Int32 = 0
    _ = withUnsafeMutablePointer(to: &processor) { hostCall(.getcpu, Int(bitPattern: $0)) }
    facts.processor = processor
    var name = utsname()
    uname(&name)
    facts.host = withUnsafeBytes(of: name.nodename) { Array($0.prefix { $0 != 0 }) }
    facts.commandName = commandName
    facts.executablePath = image.executablePath
    return facts
  }

  /// A siginfo_t with nothing but signal and code.
  static func signalInfo(_ signal: Int32, code: Int32) -> [UInt8] {
    var info = CoreRecord()
    info.put(signal)
    info.put(0 as Int32)
    info.put(code)
    return info.bytes + [UInt8](repeating: 0, count: 128 - info.bytes.count)
  }

  // MARK: - The file

  /// elf_core_dump: header, program headers, notes, and the memory from the next page on.
  private func write(_ file: CoreFile, _ fatal: FatalSignal) {
    defer { file.finish() }
    let vmas = memory.vmas
    let contents = CoreMemory()
    defer { contents.close() }
    let sizes = vmas.map { contents.size(of: $0) }
    let notes = CoreNotes(self, fatal, threads: coreThreads(fatal.thread), vmas: vmas).bytes
    let segmentCount = vmas.count + 1
    let notesOffset = UInt64(ELFHeader.size + segmentCount * ProgramHeader.size)
    let page = UInt64(CoreMemory.pageSize)
    var offset = (notesOffset + UInt64(notes.count) + page - 1) / page * page

    file.emit(Self.coreHeader(segmentCount))
    file.emit(
      Self.coreSegment(
        ProgramHeader(type: .note, offset: notesOffset, fileSize: UInt64(notes.count), alignment: 4)))
    for (vma, size) in zip(vmas, sizes) {
      let rights = vma.protection
      var flags: SegmentFlags = []
      if rights.contains(.read) { flags.insert(.read) }
      if rights.contains(.write) { flags.insert(.write) }
      if rights.contains(.execute) { flags.insert(.execute) }
      file.emit(
        Self.coreSegment(
          ProgramHeader(
            type: .load, flags: flags, offset: offset, virtualAddress: vma.start, fileSize: size, memorySize: vma.size,
            alignment: page)))
      offset += size
    }
    file.emit(notes)
    file.align(page)
    for (vma, size) in zip(vmas, sizes) where !file.isCut { contents.write(vma, size, to: file) }
  }

  /// Elf64_Ehdr of a core file.
  private static func coreHeader(_ segmentCount: Int) -> [UInt8] {
    var header = CoreRecord()
    header.put([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 8))
    header.put(4 as UInt16)  // ET_CORE
    header.put(62 as UInt16)  // EM_X86_64
    header.put(1 as UInt32)
    header.put(0 as UInt64)
    header.put(UInt64(ELFHeader.size))
    header.put(0 as UInt64)
    header.put(0 as UInt32)
    header.put(UInt16(ELFHeader.size))
    header.put(UInt16(ProgramHeader.size))
    // The host's limit on mappings keeps the number below PN_XNUM.
    header.put(UInt16(truncatingIfNeeded: segmentCount))
    for _ in 0..<3 { header.put(0 as UInt16) }
    return header.bytes
  }

  private static func coreSegment(_ segment: ProgramHeader) -> [UInt8] {
    var record = CoreRecord()
    record.put(segment.type.rawValue)
    record.put(segment.flags.rawValue)
    for word in [
      segment.offset, segment.virtualAddress, segment.physicalAddress, segment.fileSize, segment.memorySize,
      segment.alignment,
    ] { record.put(word) }
    return record.bytes
  }
}
