import Glibc
import LinuxABI

/// The pages that the child of a vfork wrote, each with what it held before.
///
/// Such a child has a copy of its parent's memory, and what it changes is carried back when it is done
/// (`AddressSpace.changes`). Keeping the old bytes means that only bytes which the child really changed travel, so
/// what other threads of the parent write meanwhile, to the same page even, stays.
package final class WriteLog {
  /// The VMAs when the log was begun.
  let vmas: [VMA]
  let breakEnd: UInt64
  private(set) var pages: [UInt64: UnsafeMutableRawPointer] = [:]

  init(vmas: [VMA], breakEnd: UInt64) {
    self.vmas = vmas
    self.breakEnd = breakEnd
  }

  deinit { for copy in pages.values { copy.deallocate() } }

  /// A page of private memory is about to be written for the first time; the host has it mapped readable.
  func note(_ page: UInt64) {
    guard pages[page] == nil, let source = UnsafeRawPointer(bitPattern: UInt(page << GuestAddress.pageShift)) else {
      return
    }
    let copy = UnsafeMutableRawPointer.allocate(byteCount: Int(GuestAddress.pageSize), alignment: 16)
    copy.copyMemory(from: source, byteCount: Int(GuestAddress.pageSize))
    pages[page] = copy
  }
}

/// One change that the child of a vfork made to the memory that it shares with its parent.
package enum MemoryChange {
  case unmapped(start: UInt64, end: UInt64)
  /// Private memory that was mapped, at first filled with zeros.
  case mapped(start: UInt64, end: UInt64, protection: Protection)
  case protected(start: UInt64, end: UInt64, protection: Protection)
  case breakMoved(to: UInt64)
  case written(address: UInt64, bytes: UnsafeRawBufferPointer)
}

extension AddressSpace {
  /// Begins to log writes: every page of private memory takes a fault before its next one.
  package func beginWriteLog() {
    locked {
      writeLog = WriteLog(vmas: tree.vmas, breakEnd: breakEnd)
      for vma in tree.vmas where !vma.flags.contains(.shared) {
        let (first, end) = pages(vma.start, vma.end)
        table.clean(first, end)
      }
    }
  }

  /// Forgets the log.
  package func endWriteLog() { locked { writeLog = nil } }

  package var isLoggingWrites: Bool { writeLog != nil }

  /// Calls `body` with each change since `beginWriteLog`, mappings first; the bytes are valid during the call only.
  ///
  /// Files and shared memory that were mapped meanwhile are not told of.
  package func forEachChange(_ body: (MemoryChange) -> Void) {
    guard let log = writeLog else { return }
    let old = log.vmas
    let new = vmas
    if breakEnd != log.breakEnd { body(.breakMoved(to: breakEnd)) }
    Self.forEachPart(of: old, missingIn: new) { body(.unmapped(start: $0, end: $1)) }
    for vma in new where !vma.isShared {
      Self.forEachPart(of: [vma], missingIn: old) { start, end in
        body(.mapped(start: start, end: end, protection: vma.protection))
        sendWhole(start, end, vma, body)
      }
      for before in old where before.start < vma.end && vma.start < before.end && before.protection != vma.protection {
        body(
          .protected(
            start: max(before.start, vma.start), end: min(before.end, vma.end), protection: vma.protection))
      }
    }
    for (page, before) in log.pages.sorted(by: { $0.key < $1.key }) {
      let address = page << GuestAddress.pageShift
      guard let vma = vma(containing: address), vma.protection.contains(.read) else { continue }
      Self.forEachDifference(before, address, body)
    }
  }

  /// The bytes of pages that are new, as far as they are not zero.
  private func sendWhole(_ start: UInt64, _ end: UInt64, _ vma: VMA, _ body: (MemoryChange) -> Void) {
    guard vma.protection.contains(.read) else { return }
    let zeros = UnsafeMutableRawPointer.allocate(byteCount: Int(GuestAddress.pageSize), alignment: 16)
    defer { zeros.deallocate() }
    memset(zeros, 0, Int(GuestAddress.pageSize))
    var address = start
    while address < end {
      // A log of the page exists where it was written, and then it is compared with that below.
      if readablePrefix(address, GuestAddress.pageSize) == GuestAddress.pageSize,
        vma.backing != nil || table[address >> GuestAddress.pageShift] & PageBits.dirty != 0
      {
        Self.forEachDifference(UnsafeRawPointer(zeros), address, body)
      }
      address &+= GuestAddress.pageSize
    }
  }

  /// Calls `body` with each run of bytes in the page at `address` that differs from `before`.
  private static func forEachDifference(
    _ before: UnsafeRawPointer, _ address: UInt64, _ body: (MemoryChange) -> Void
  ) {
    guard let now = UnsafeRawPointer(bitPattern: UInt(address)) else { return }
    let size = Int(GuestAddress.pageSize)
    var index = 0
    while index < size {
      if index & 7 == 0,
        before.load(fromByteOffset: index, as: UInt64.self) == now.load(fromByteOffset: index, as: UInt64.self)
      {
        index += 8
        continue
      }
      let start = index
      while index < size,
        before.load(fromByteOffset: index, as: UInt8.self) != now.load(fromByteOffset: index, as: UInt8.self)
      { index += 1 }
      if index > start {
        let bytes = UnsafeRawBufferPointer(start: now + start, count: index - start)
        body(.written(address: address &+ UInt64(start), bytes: bytes))
      } else {
        index += 1
      }
    }
  }

  /// The parts of `first` that no VMA of `second` covers; both are in order of addresses.
  private static func forEachPart(
    of first: [VMA], missingIn second: [VMA], _ body: (_ start: UInt64, _ end: UInt64) -> Void
  ) {
    for vma in first {
      var position = vma.start
      for other in second where other.end > position && other.start < vma.end {
        if other.start > position { body(position, other.start) }
        position = max(position, other.end)
      }
      if position < vma.end { body(position, vma.end) }
    }
  }

  /// Makes a change that the child of a vfork made.
  package func apply(_ change: MemoryChange) {
    switch change {
    case .unmapped(let start, let end): try? unmap(start, end &- start)
    case .mapped(let start, let end, let protection):
      _ = try? map(
        at: start, length: end &- start, protection: [.read, .write],
        flags: [.private, .anonymous, .fixedNoReplace])
      if !protection.contains(.write) { lateProtections.append((start, end, protection)) }
    case .protected(let start, let end, let protection):
      lateProtections.append((start, end, protection))
    case .breakMoved(let address): _ = setBreakEnd(address)
    case .written(let address, let bytes):
      if (try? copyOut(bytes, to: address)) == nil, let base = bytes.baseAddress {
        // What it was written to has been made read-only since.
        _ = poke(address, Array(UnsafeRawBufferPointer(start: base, count: bytes.count)))
      }
    }
  }

  /// Makes the changes of protection that `apply` put off, because writes may still have come.
  package func finishApplying() {
    for (start, end, protection) in lateProtections {
      try? protect(start, end &- start, ProtectionFlags(rawValue: UInt64(protection.rawValue)))
    }
    lateProtections = []
  }

  /// Holds the lock while the host copies the process, so that the child gets it free of any other thread.
  package func whileForking<Result>(_ body: () -> Result) -> Result { locked(body) }
}
