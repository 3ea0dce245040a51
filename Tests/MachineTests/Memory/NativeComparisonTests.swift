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
    @Test(arguments: 1...(getenv("SWEMU_TEST_SEEDS").map { Int(atoi($0)) } ?? 3)) func randomCallsAgree(seed: Int)
      throws
    {
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
