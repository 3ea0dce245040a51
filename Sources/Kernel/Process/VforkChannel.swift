import CHost
import Glibc
import LinuxABI
import Machine

/// Through which the child of a vfork hands the changes that it made to memory back to its parent, which waits.
///
/// The child has a copy of the parent's memory. Before it executes a program, or ends, it sends every byte that it
/// changed, so the parent finds what it would have found in shared memory. Were the memory really shared, a child
/// killed at a bad moment would leave the emulator's own locks held for ever, and could execute nothing in place.
///
/// Memory shared by the two processes: a word that says whose turn it is, a count of bytes, then records.
final class VforkChannel {
  private let base: UnsafeMutableRawPointer
  private static let size = 1 << 18
  private static let dataOffset = 64
  private static let capacity = size - dataOffset

  private enum Turn {
    static let running: UInt32 = 0, chunk: UInt32 = 1, consumed: UInt32 = 2, last: UInt32 = 3, done: UInt32 = 4
    /// The parent has ended the thread that waited.
    static let abandoned: UInt32 = 5
  }

  private var turn: UnsafeMutablePointer<UInt32> { base.assumingMemoryBound(to: UInt32.self) }
  private var count: UnsafeMutablePointer<Int> { (base + 8).assumingMemoryBound(to: Int.self) }
  private var data: UnsafeMutableRawPointer { base + Self.dataOffset }
  private var used = 0

  init?() {
    let memory = mmap(
      nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    base = memory
  }

  deinit { munmap(base, Self.size) }

  /// A record: what it is, two words, and for writes that many bytes, padded to 8.
  private struct Record {
    var kind: UInt64
    var first: UInt64
    var second: UInt64
    static let unmapped: UInt64 = 1, mapped: UInt64 = 2, protected: UInt64 = 3, breakMoved: UInt64 = 4
    static let written: UInt64 = 5
  }

  // MARK: - The child's side

  /// Sends what changed and waits until the parent has taken it; the parent goes on then.
  func handOver(_ memory: AddressSpace) {
    memory.forEachChange(send)
    flush(Turn.last, until: Turn.done)
  }

  private func send(_ change: MemoryChange) {
    switch change {
    case .unmapped(let start, let end): put(Record(kind: Record.unmapped, first: start, second: end))
    case .mapped(let start, let end, let protection):
      put(Record(kind: Record.mapped | UInt64(protection.rawValue) << 8, first: start, second: end))
    case .protected(let start, let end, let protection):
      put(Record(kind: Record.protected | UInt64(protection.rawValue) << 8, first: start, second: end))
    case .breakMoved(let address): put(Record(kind: Record.breakMoved, first: address, second: 0))
    case .written(let address, let bytes):
      put(Record(kind: Record.written, first: address, second: UInt64(bytes.count)), bytes)
    }
  }

  private func put(_ record: Record, _ bytes: UnsafeRawBufferPointer = .init(start: nil, count: 0)) {
    let size = MemoryLayout<Record>.size + (bytes.count + 7) & ~7
    if used + size > Self.capacity { flush(Turn.chunk, until: Turn.consumed) }
    (data + used).storeBytes(of: record, as: Record.self)
    if let start = bytes.baseAddress {
      (data + used + MemoryLayout<Record>.size).copyMemory(from: start, byteCount: bytes.count)
    }
    used += size
  }

  private func flush(_ value: UInt32, until answer: UInt32) {
    count.pointee = used
    used = 0
    let parent = getppid()
    if swemu_host_futex_load(turn) == Turn.abandoned { return }
    swemu_host_futex_store(turn, value)
    while swemu_host_futex_load(turn) != answer {
      if swemu_host_futex_load(turn) == Turn.abandoned { return }
      swemu_host_futex_wait(turn, value, 100)
      // Nobody is left to take it.
      if getppid() != parent { return }
    }
  }

  // MARK: - The parent's side

  /// Waits until the child has handed over, and applies what it sends; or until it is no more.
  ///
  /// - Parameter isAbandoned: whether nobody is interested any more; the child goes on then.
  func wait(for child: Int32, _ memory: AddressSpace, isAbandoned: () -> Bool = { false }) {
    while true {
      let value = swemu_host_futex_load(turn)
      switch value {
      case Turn.chunk, Turn.last:
        receive(memory)
        if value == Turn.last { memory.finishApplying() }
        swemu_host_futex_store(turn, value == Turn.last ? Turn.done : Turn.consumed)
        if value == Turn.last { return }
      default:
        swemu_host_futex_wait(turn, value, 20)
        if swemu_host_futex_load(turn) == value, Self.isGone(child) { return }
        if isAbandoned() {
          swemu_host_futex_store(turn, Turn.abandoned)
          return
        }
      }
    }
  }

  private func receive(_ memory: AddressSpace) {
    var offset = 0
    let end = min(count.pointee, Self.capacity)
    while offset + MemoryLayout<Record>.size <= end {
      let record = (data + offset).load(as: Record.self)
      offset += MemoryLayout<Record>.size
      let protection = Protection(rawValue: UInt8(truncatingIfNeeded: record.kind >> 8))
      switch record.kind & 0xff {
      case Record.unmapped: memory.apply(.unmapped(start: record.first, end: record.second))
      case Record.mapped: memory.apply(.mapped(start: record.first, end: record.second, protection: protection))
      case Record.protected: memory.apply(.protected(start: record.first, end: record.second, protection: protection))
      case Record.breakMoved: memory.apply(.breakMoved(to: record.first))
      default:
        let size = Int(truncatingIfNeeded: record.second)
        guard size >= 0, offset + size <= end else { return }
        memory.apply(
          .written(address: record.first, bytes: UnsafeRawBufferPointer(start: data + offset, count: size)))
        offset += (size + 7) & ~7
      }
    }
  }

  /// Whether a child has ended, without taking notice of its end (WNOWAIT); also one that nobody has to wait for.
  private static func isGone(_ child: Int32) -> Bool {
    var info = siginfo_t()
    let flags = WEXITED | WNOHANG | 0x0100_0000 | 0x4000_0000  // WNOWAIT, __WALL
    let result = withUnsafeMutablePointer(to: &info) {
      hostCall(.waitid, 1, Int(child), Int(bitPattern: $0), Int(flags))
    }
    return result < 0 || info.si_signo != 0
  }
}
