import CHost
import Glibc
import LinuxABI
import Machine

/// A copy of the guest that the host's processor executes: a fork of swemu itself, in which the guest's memory lies at
/// the guest's addresses.
final class NativeTwin {
  private let process: Int32
  private let memory: AddressSpace
  /// What the twin has mapped.
  private var regions: [Region]

  struct Region: Equatable {
    var start: UInt64
    var end: UInt64
    var protection: UInt64
    var isAnonymous: Bool
  }

  /// What is read of the twin at a time.
  private let window = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)

  /// Bytes of an XSAVE image with AVX state.
  static let stateSize = XSAVEImage.avxOffset + XSAVEImage.avxSize

  init?(memory: AddressSpace) {
    self.memory = memory
    regions = Self.regions(memory)
    let list = regions.map { swemu_trace_region(start: $0.start, end: $0.end, protection: $0.protection) }
    process = list.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { swemu_trace_fork($0, UInt64(buffer.count)) } ?? -1
    }
    if process <= 0 { return nil }
  }

  func end() { swemu_trace_end(process) }

  private static func regions(_ memory: AddressSpace) -> [Region] {
    memory.vmas.map {
      Region(
        start: $0.start, end: $0.end, protection: UInt64($0.flags.protection.rawValue), isAnonymous: $0.isAnonymous)
    }
  }

  // MARK: - Registers

  var registers: swemu_trace_registers {
    get {
      var registers = swemu_trace_registers()
      _ = swemu_trace_get(process, &registers)
      return registers
    }
    set {
      var registers = newValue
      _ = swemu_trace_set(process, &registers)
    }
  }

  /// The x87, SSE and AVX state as an XSAVE image.
  func state() -> [UInt8] {
    var image = [UInt8](repeating: 0, count: 1 << 14)
    let size = image.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { swemu_trace_get_state(process, $0, UInt64(buffer.count)) } ?? -1
    }
    return Array(image.prefix(Int(max(0, size))))
  }

  func setState(_ image: [UInt8]) {
    // Components beyond AVX stay as they are.
    var whole = state()
    whole.replaceSubrange(0..<min(image.count, whole.count), with: image.prefix(whole.count))
    whole.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { _ = swemu_trace_set_state(process, base, UInt64(buffer.count)) }
    }
  }

  /// Executes one instruction: 0, the signal that it raised, or -1.
  func step() -> Int32 { swemu_trace_step(process) }

  // MARK: - Memory

  /// Copies bytes of the guest's memory into the twin's.
  func copy(_ address: UInt64, _ count: UInt64) {
    guard let host = UnsafeRawPointer(bitPattern: UInt(address)) else { return }
    _ = swemu_trace_write(process, address, host, count)
  }

  func word(at address: UInt64) -> UInt64 {
    var word: UInt64 = 0
    _ = swemu_trace_read(process, address, &word, 8)
    return word
  }

  func setWord(_ word: UInt64, at address: UInt64) {
    var word = word
    _ = swemu_trace_write(process, address, &word, 8)
  }

  /// The first writable address at which the twin's memory is not the guest's.
  func firstDifference() -> UInt64? {
    var found: UInt64?
    forEachDifference { page, own, theirs in
      let offset = (0..<4096).first { own[$0] != theirs[$0] } ?? 0
      found = page &+ UInt64(offset)
      return false
    }
    return found
  }

  /// Gives the twin what the guest has in writable memory.
  func copyDifferences() {
    forEachDifference { page, _, _ in
      copy(page, 4096)
      return true
    }
  }

  private func forEachDifference(
    _ body: (UInt64, UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Bool
  ) {
    for region in regions where region.protection & 2 != 0 {
      var at = region.start
      while at < region.end {
        let count = min(region.end &- at, UInt64(window.count))
        // Pages that the guest never touched have no bits, and are what they were.
        var page = at
        while page < at &+ count, memory.pageTable[Int(page >> 12)] == 0 { page &+= 4096 }
        if page == at &+ count {
          at = page
          continue
        }
        let length = at &+ count &- page
        guard let base = window.baseAddress, swemu_trace_read(process, page, base, length) == 0,
          let host = UnsafeRawPointer(bitPattern: UInt(page))
        else { break }
        for offset in stride(from: 0, to: Int(length), by: 4096)
        where memory.pageTable[Int(page >> 12) + offset >> 12] != 0 {
          guard memcmp(host + offset, base + offset, 4096) != 0 else { continue }
          let own = UnsafeRawBufferPointer(start: host + offset, count: 4096)
          let theirs = UnsafeRawBufferPointer(start: base + offset, count: 4096)
          if !body(page &+ UInt64(offset), own, theirs) { return }
        }
        at = page &+ length
      }
    }
  }

  /// Maps in the twin what the guest has mapped meanwhile. `replaced` was mapped anew even if it looks as before.
  ///
  /// Returns whether anything changed.
  func follow(replaced: Range<UInt64>? = nil) -> Bool {
    let now = Self.regions(memory)
    guard now != regions || replaced != nil else { return false }
    for old in regions { removeUncovered(old, by: now) }
    for region in now {
      for part in parts(of: region, replaced) { map(part) }
      // Old parts may have had other rights.
      call(.mprotect, region.start, region.end &- region.start, region.protection)
    }
    regions = now
    return true
  }

  private func removeUncovered(_ old: Region, by now: [Region]) {
    var at = old.start
    for region in now where region.end > old.start && region.start < old.end {
      if region.start > at { call(.munmap, at, region.start &- at) }
      at = max(at, region.end)
    }
    if at < old.end { call(.munmap, at, old.end &- at) }
  }

  /// The parts of `region` that the twin lacks.
  private func parts(of region: Region, _ replaced: Range<UInt64>?) -> [Region] {
    var missing: [Region] = []
    var at = region.start
    func add(_ start: UInt64, _ end: UInt64) {
      guard start < end else { return }
      var part = region
      (part.start, part.end) = (start, end)
      missing.append(part)
    }
    for old in regions where old.end > region.start && old.start < region.end {
      add(at, min(max(old.start, at), region.end))
      at = max(at, old.end)
    }
    add(at, region.end)
    if let replaced {
      let start = max(replaced.lowerBound, region.start), end = min(replaced.upperBound, region.end)
      add(start, end)
    }
    return missing
  }

  /// Anonymous memory with the guest's contents.
  private func map(_ region: Region) {
    let flags: UInt64 = 0x32  // MAP_PRIVATE, MAP_ANONYMOUS, MAP_FIXED
    call(.mmap, region.start, region.end &- region.start, 3, flags, .max, 0)
    guard region.protection & 1 != 0 else { return }
    for page in stride(from: region.start, to: region.end, by: 4096) {
      guard memory.readablePrefix(page, 4096) == 4096, let host = UnsafeRawPointer(bitPattern: UInt(page)) else {
        break
      }
      let words = UnsafeRawBufferPointer(start: host, count: 4096)
      if words.contains(where: { $0 != 0 }) { copy(page, 4096) }
    }
  }

  private func call(
    _ number: SyscallNumber, _ a: UInt64, _ b: UInt64 = 0, _ c: UInt64 = 0, _ d: UInt64 = 0, _ e: UInt64 = 0,
    _ f: UInt64 = 0
  ) {
    let arguments = [a, b, c, d, e, f]
    arguments.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { _ = swemu_trace_call(process, UInt64(number.rawValue), base) }
    }
  }
}
