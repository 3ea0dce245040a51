import Glibc
import LinuxABI
import Testing

@testable import Machine

extension MemoryTests {
  /// The host kernel and an address space get the same calls; results and maps must be the same after each.
  @Suite struct NativeComparisonTests {
    /// Above the guest's memory, and far from where the kernel puts things by itself.
    static let nativeBase: UInt64 = 0x5000_0000_0000
    static let guestBase: UInt64 = 0x1000_0000_0000
    static let pages: UInt64 = 48

    /// A file with a different byte in each of its 24 pages, open for reading and writing, and for reading.
    struct TestFile: ~Copyable {
      let writable: Int32
      let readOnly: Int32
      init() {
        var name = Array("/tmp/swemu-memory-XXXXXX".utf8CString)
        writable = mkstemp(&name)
        readOnly = open(name, O_RDONLY)
        unlink(name)
        for page in 0..<24 {
          let bytes = [UInt8](repeating: UInt8(page + 1), count: 4096)
          _ = pwrite(writable, bytes, 4096, page * 4096)
        }
      }
      deinit {
        close(writable)
        close(readOnly)
      }
    }

    /// SWEMU_TEST_SEEDS raises the number of sequences from 3.
    @Test(arguments: 1...(getenv("SWEMU_TEST_SEEDS").map { Int(atoi($0)) } ?? 3)) func randomCallsAgree(seed: Int) throws {
      let memory = try AddressSpace()
      // The host runs the tests as root, who may lock what he likes; make the guest equal to whoever runs them.
      memory.limits.mayLockBeyondLimit = geteuid() == 0
      let size = Self.pages << 12
      let native = NativeCalls(base: Self.nativeBase, size: size)
      let guest = GuestCalls(memory: memory, base: Self.guestBase, size: size)
      let nativeFile = TestFile()
      let guestFile = TestFile()
      munmap(UnsafeMutableRawPointer(bitPattern: UInt(Self.nativeBase - size)), Int(size) * 3)
      defer { munmap(UnsafeMutableRawPointer(bitPattern: UInt(Self.nativeBase - size)), Int(size) * 3) }

      var random = Random(state: UInt64(seed))
      var history: [String] = []
      var before: [MapsLine] = []
      for _ in 0..<800 {
        let call = RandomCall(&random, pages: Self.pages)
        history.append("\(call)")
        let expected = call.run(native, nativeFile.writable, nativeFile.readOnly)
        let actual = call.run(guest, guestFile.writable, guestFile.readOnly)
        var (wanted, found) = (native.lines(), guest.lines())
        // Two files, so that their contents stay apart; their names are alike.
        for index in wanted.indices where wanted[index].label.hasPrefix("/tmp") {
          (wanted[index].inode, wanted[index].label) = ("*", "file")
        }
        for index in found.indices where found[index].label.hasPrefix("/tmp") {
          (found[index].inode, found[index].label) = ("*", "file")
        }
        guard expected == actual, wanted == found else {
          Issue.record(
            """
            seed \(seed), after \(history.count) calls: \(history.suffix(6).joined(separator: "; "))
            before:
            \(before.map(\.description).joined(separator: "\n"))
            native \(expected), guest \(actual)
            native:
            \(wanted.map(\.description).joined(separator: "\n"))
            guest:
            \(found.map(\.description).joined(separator: "\n"))
            """)
          return
        }
        before = found
      }
    }
  }
}

/// A call with arguments, made of random numbers.
struct RandomCall: CustomStringConvertible {
  var name: String
  var arguments: [UInt64]
  var description: String { "\(name)(\(arguments.map { String($0, radix: 16) }.joined(separator: ", ")))" }

  init(_ random: inout Random, pages: UInt64) {
    func start() -> UInt64 { random.below(pages) << 12 }
    let at = random.below(pages) << 12
    let room = pages - at >> 12
    func length(_ limit: UInt64) -> UInt64 { (random.below(min(limit, 8)) + 1) << 12 }
    let protections: [UInt64] = [0, 1, 2, 3, 3, 3, 4, 5, 7]
    switch random.below(110) {
    case 0..<30:
      name = "mmap"
      let sharing = random.pick([1, 2, 2, 2, 2, 3] as [UInt64])
      let extra = random.pick([0, 0, 0, 0, 0x4000, 0x20000, 0x8000, 0x2000, 0x100, 0x100000] as [UInt64])
      let anonymous: UInt64 = random.below(3) == 0 ? 0 : 0x20
      let file = random.below(3)
      arguments = [
        at, length(room), random.pick(protections), 0x10 | sharing | extra | anonymous, file, random.below(20) << 12,
      ]
    case 30..<45:
      name = "munmap"
      arguments = [at, length(room)]
    case 45..<62:
      name = "mprotect"
      let growth: UInt64 = random.below(12) == 0 ? 0x0100_0000 : 0
      arguments = [at, length(room), random.pick(protections) | growth]
    case 62..<74:
      name = "mremap"
      let to = start()
      let new = length(pages - to >> 12)
      let old = random.below(10) == 0 ? 0 : random.below(3) == 0 ? new : length(room)
      arguments = [at, old, new, random.pick([0, 0, 3, 3, 3, 5, 7, 2]), to]
      // What would move to a place of the kernel's choosing cannot be compared.
      if arguments[3] == 5 { arguments[3] = 7 }
    case 74..<84:
      name = "madvise"
      arguments = [at, length(room), random.pick([0, 1, 2, 3, 4, 4, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 22, 23, 5, 999])]
    case 84..<88:
      name = "mlock"
      arguments = [at, length(room), random.below(3)]
    case 88..<91:
      name = "munlock"
      arguments = [at, length(room)]
    case 91..<93:
      name = "msync"
      arguments = [at, length(room), random.below(8)]
    case 93..<103:
      name = "store"
      arguments = [at + random.below(4096), random.below(256)]
    default:
      name = "load"
      arguments = [at + random.below(4096)]
    }
    if random.below(6) == 0 { spoil(&random) }
  }

  /// Makes one or two arguments such as the kernel refuses, or should.
  ///
  /// Never a length that would take the test's own memory along.
  private mutating func spoil(_ random: inout Random) {
    for _ in 0...random.below(2) {
      switch (name, random.below(5)) {
      case ("store", _), ("load", _): return
      case (_, 0): arguments[0] += random.pick([1, 0x800, 0xfff] as [UInt64])
      case ("mmap", 1): arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, 1 << 47, 0x7fff_ffff_f000])
      case ("mmap", 2): arguments[2] |= random.pick([8, 0x10, 0x0100_0000, 1 << 31] as [UInt64])
      case ("mmap", 3):
        arguments[3] ^= random.pick([1, 2, 0x40000, 0x40000 | 21 << 26, 0x40000 | 20 << 26, 4, 0x40, 0x100, 0x80000])
      case ("mmap", _):
        if random.below(2) == 0 { arguments[4] = 3 } else { arguments[5] = random.pick([1, 0x7ff, ~0xfff, 1 << 63]) }
      case ("munmap", 1): arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, 1 << 47])
      case ("mprotect", 1): arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, 1 << 47])
      case ("mprotect", _): arguments[2] ^= random.pick([8, 0x10, 0x0100_0000, 0x0200_0000, 0x0300_0000] as [UInt64])
      case ("mremap", 1): arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, 1 << 47])
      case ("mremap", 2): arguments[2] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, 1 << 47, 0x7fff_ffff_f000])
      case ("mremap", 3): arguments[3] = random.pick([8, 2, 4, 6, 0])
      case ("mremap", _): arguments[4] = random.pick([1, ~0xfff, 0x7fff_ffff_f000, arguments[0]])
      case ("madvise", 1), ("mlock", 1), ("munlock", 1):
        arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, ~0x1fff])
      case ("msync", 1): arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff])
      case ("msync", _): arguments[2] = random.pick([8, 0x10, 5, 7])
      case ("mlock", _): arguments[2] = random.pick([2, 3, 0x10])
      default: break
      }
    }
    // Huge pages without a reservation can be mapped natively, though never touched.
    if name == "mmap", arguments[3] & 0x40000 != 0 { arguments[3] &= ~0x4000 }
    // Fixed mappings of a size that would cover the process.
    if name == "mremap", arguments[3] & 1 == 1, arguments[3] & 2 == 0 { arguments[3] = 0 }
  }

  func run(_ calls: some MemoryCalls, _ writable: Int32, _ readOnly: Int32) -> CallResult {
    let a = arguments
    switch name {
    case "mmap": return calls.map(a[0], a[1], a[2], a[3], [readOnly, writable, writable, -1][Int(a[4])], a[5])
    case "munmap": return calls.unmap(a[0], a[1])
    case "mprotect": return calls.protect(a[0], a[1], a[2])
    case "mremap": return calls.remap(a[0], a[1], a[2], a[3], a[4])
    case "madvise": return calls.advise(a[0], a[1], a[2])
    case "mlock": return calls.lock(a[0], a[1], a[2])
    case "munlock": return calls.unlock(a[0], a[1])
    case "msync": return calls.sync(a[0], a[1], a[2])
    case "store":
      guard let line = calls.lines().first(where: { $0.start <= a[0] && a[0] < $0.end }),
        line.permissions.contains("w")
      else { return 1 }
      return calls.store(a[0], UInt8(truncatingIfNeeded: a[1]))
    default:
      // Elsewhere x86 reads what the kernel's own access may not.
      guard let line = calls.lines().first(where: { $0.start <= a[0] && a[0] < $0.end }),
        line.permissions.contains("r")
      else { return -1 }
      return calls.load(a[0])
    }
  }
}
