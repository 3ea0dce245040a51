import CHost
import Glibc
import LinuxABI
import Machine

/// A signal that ends a process, as its core file shows it.
package struct FatalSignal {
  package var signal: Int32
  /// siginfo_t.
  package var info: [UInt8]
  /// The thread that it came to, first in the core file.
  package var thread: GuestThread
  /// The system call that the thread was in, -1 for none.
  package var systemCall = -1
}

/// The notes of a core file (fs/binfmt_elf.c, fill_note_info; linux/elf.h, NT_*).
struct CoreNotes {
  private(set) var bytes: [UInt8] = []
  private let process: Process
  private let fatal: FatalSignal

  private enum Kind {
    static let status: UInt32 = 1, floatState: UInt32 = 2, processInfo: UInt32 = 3, auxiliaryVector: UInt32 = 6
    static let signalInfo: UInt32 = 0x5349_4749, files: UInt32 = 0x4649_4c45, extendedState: UInt32 = 0x202
  }

  /// - Parameter threads: all threads of the process, the one that died first; none of them runs any more.
  init(_ process: Process, _ fatal: FatalSignal, threads: [GuestThread], vmas: [VMA]) {
    self.process = process
    self.fatal = fatal
    for (index, thread) in threads.enumerated() {
      add(Kind.status, status(thread))
      if index == 0 {
        add(Kind.processInfo, processInfo)
        add(Kind.signalInfo, fatal.info)
        add(Kind.auxiliaryVector, process.image.auxiliaryVector.withUnsafeBytes { Array($0) })
        add(Kind.files, files(vmas))
      }
      let state = extendedState(thread)
      add(Kind.floatState, Array(state.prefix(FXSAVEImage.size)))
      if state.count > FXSAVEImage.size { add(Kind.extendedState, state, owner: "LINUX") }
    }
  }

  /// Elf64_Nhdr, the name, the contents, each padded to four bytes.
  private mutating func add(_ kind: UInt32, _ contents: [UInt8], owner: String = "CORE") {
    var note = CoreRecord()
    note.put(UInt32(owner.utf8.count + 1))
    note.put(UInt32(contents.count))
    note.put(kind)
    note.put(Array(owner.utf8) + [0])
    note.align(4)
    note.put(contents)
    note.align(4)
    bytes += note.bytes
  }

  // MARK: - Threads

  /// struct elf_prstatus.
  private func status(_ thread: GuestThread) -> [UInt8] {
    var record = CoreRecord()
    func field(_ offset: Int) -> Int32 {
      fatal.info.withUnsafeBytes {
        $0.count >= offset + 4 ? $0.loadUnaligned(fromByteOffset: offset, as: Int32.self) : 0
      }
    }
    // si_signo, si_code, si_errno; siginfo_t has the last two the other way round.
    record.put(fatal.signal)
    record.put(field(8))
    record.put(field(4))
    record.put(Int16(truncatingIfNeeded: fatal.signal))
    record.align(8)
    record.put(thread === fatal.thread ? pending(thread) : thread.ownPending)
    record.put(thread.mask)
    record.put(thread.number)
    record.put(getppid())
    record.put(getpgrp())
    record.put(getsid(0))
    // RUSAGE_SELF, RUSAGE_CHILDREN
    for who: Int32 in [0, -1] {
      var usage = rusage()
      getrusage(who, &usage)
      for time in [usage.ru_utime, usage.ru_stime] {
        record.put(time.tv_sec)
        record.put(time.tv_usec)
      }
    }
    for register in registers(thread) { record.put(register) }
    // pr_fpvalid
    record.put(1 as Int32)
    record.align(8)
    return record.bytes
  }

  private func pending(_ thread: GuestThread) -> UInt64 {
    var set: UInt64 = 0
    _ = withUnsafeMutablePointer(to: &set) { hostCall(.rt_sigpending, Int(bitPattern: $0), 8) }
    return set | thread.ownPending
  }

  /// struct user_regs_struct (sys/user.h).
  private func registers(_ thread: GuestThread) -> [UInt64] {
    let cpu = thread.cpu
    let general = [15, 14, 13, 12, 5, 3, 11, 10, 9, 8, 0, 1, 2, 6, 7].map { cpu[gpr: $0] }
    let call = UInt64(bitPattern: Int64(thread === fatal.thread ? fatal.systemCall : -1))
    return general + [
      call, cpu.pointee.rip, 0x33, cpu.flags.rawValue, cpu.rsp, 0x2b, cpu.pointee.fs_base, cpu.pointee.gs_base, 0, 0, 0,
      0,
    ]
  }

  private func extendedState(_ thread: GuestThread) -> [UInt8] {
    let area = XSaveArea(process.machine.model)
    var bytes = [UInt8](repeating: 0, count: area.size)
    bytes.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      area.store(thread.cpu, toCore: base)
    }
    return bytes
  }

  // MARK: - The process

  /// struct elf_prpsinfo.
  private var processInfo: [UInt8] {
    var record = CoreRecord()
    // Running, as all are that write their core file.
    record.put([0, UInt8(ascii: "R"), 0, UInt8(truncatingIfNeeded: getpriority(0, 0))])
    record.align(8)
    // PF_DUMPCORE, PF_SIGNALED, PF_RANDOMIZE.
    record.put((process.settings.isRandomized ? 0x40_0600 : 0x600) as UInt64)
    record.put(getuid())
    record.put(getgid())
    record.put(getpid())
    record.put(getppid())
    record.put(getpgrp())
    record.put(getsid(0))
    record.put(process.commandName, count: 16)
    let image = process.image
    let size = image.argumentEnd &- image.argumentStart
    let arguments = process.memory.peek(image.argumentStart, count: min(size, 79))
    record.put(arguments.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, count: 80)
    return record.bytes
  }

  /// Files by address (fill_files_note): count, page size, ranges with their place in the file in pages, names.
  private func files(_ vmas: [VMA]) -> [UInt8] {
    var ranges = CoreRecord()
    var names = CoreRecord()
    var count: UInt64 = 0
    for vma in vmas {
      guard let path = vma.backing?.currentPath, !path.isEmpty else { continue }
      count += 1
      ranges.put(vma.start)
      ranges.put(vma.end)
      ranges.put(vma.pageOffset)
      names.put(Array(path.utf8) + [0])
    }
    var record = CoreRecord()
    record.put(count)
    record.put(UInt64(CoreMemory.pageSize))
    return record.bytes + ranges.bytes + names.bytes
  }
}

/// Bytes of a C structure, field after field.
struct CoreRecord {
  private(set) var bytes: [UInt8] = []

  mutating func put<T: FixedWidthInteger>(_ value: T) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ contents: [UInt8]) { bytes += contents }

  /// At most `count - 1` bytes, and zeros after them.
  mutating func put(_ text: [UInt8], count: Int) {
    let kept = text.prefix(count - 1)
    bytes += kept + [UInt8](repeating: 0, count: count - kept.count)
  }

  mutating func align(_ size: Int) {
    while bytes.count % size != 0 { bytes.append(0) }
  }
}
