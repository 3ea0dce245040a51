import CHost
import Glibc
import LinuxABI

@testable import Machine

/// What a memory call came to: its value, or the errno, negated.
typealias CallResult = Int64

/// The memory calls that the host kernel and the address space under test are both asked, on windows of their own.
///
/// Addresses are offsets into the window, so that answers can be compared.
protocol MemoryCalls {
  var base: UInt64 { get }
  func map(_ at: UInt64, _ length: UInt64, _ protection: UInt64, _ flags: UInt64, _ file: Int32, _ offset: UInt64)
    -> CallResult
  func unmap(_ at: UInt64, _ length: UInt64) -> CallResult
  func protect(_ at: UInt64, _ length: UInt64, _ protection: UInt64) -> CallResult
  func remap(_ at: UInt64, _ old: UInt64, _ new: UInt64, _ flags: UInt64, _ to: UInt64) -> CallResult
  func advise(_ at: UInt64, _ length: UInt64, _ advice: UInt64) -> CallResult
  func lock(_ at: UInt64, _ length: UInt64, _ flags: UInt64) -> CallResult
  func unlock(_ at: UInt64, _ length: UInt64) -> CallResult
  func sync(_ at: UInt64, _ length: UInt64, _ flags: UInt64) -> CallResult
  /// Stores to a byte of a writable mapping; EFAULT beyond the end of a file.
  func store(_ at: UInt64, _ value: UInt8) -> CallResult
  /// Loads a byte of a readable mapping; EFAULT beyond the end of a file.
  func load(_ at: UInt64) -> CallResult
  /// The lines of /proc/self/maps in the window.
  func lines() -> [MapsLine]
}

/// One line of /proc/self/maps.
struct MapsLine: Equatable, CustomStringConvertible {
  var start: UInt64
  var end: UInt64
  var permissions: String
  var offset: UInt64
  var device: String
  var inode: String
  var label: String

  var description: String {
    "\(String(start, radix: 16))-\(String(end, radix: 16)) \(permissions) \(String(offset, radix: 16)) \(device) \(inode) \(label)"
  }

  /// The lines of `text` that start in the window of `size` bytes at `base`, relative to it.
  ///
  /// The window must not cross a multiple of 256 MiB.
  static func parse(_ text: String, base: UInt64, size: UInt64) -> [MapsLine] {
    let prefix = String(base >> 28, radix: 16)
    return text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { utf8 in
      guard utf8.starts(with: prefix.utf8) else { return nil }
      let line = Substring(utf8)
      let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
      let bounds = fields[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
      guard bounds[0] >= base, bounds[0] < base + size else { return nil }
      let label = fields.count > 5 ? String(fields[5].drop { $0 == " " }) : ""
      // Shared anonymous memory gets inode numbers of the kernel's own counting.
      let isSharedMemory = label.hasPrefix("/dev/zero")
      return MapsLine(
        start: bounds[0] - base, end: bounds[1] - base, permissions: String(fields[1]),
        offset: UInt64(fields[2], radix: 16) ?? .max, device: String(fields[3]),
        inode: isSharedMemory ? "*" : String(fields[4]), label: label)
    }
  }
}

/// The host kernel.
struct NativeCalls: MemoryCalls {
  let base: UInt64
  let size: UInt64

  private func pointer(_ at: UInt64) -> UnsafeMutableRawPointer? { .init(bitPattern: UInt(base &+ at)) }
  private func result(_ value: Int32) -> CallResult { value == 0 ? 0 : -Int64(errno) }

  func map(_ at: UInt64, _ length: UInt64, _ protection: UInt64, _ flags: UInt64, _ file: Int32, _ offset: UInt64)
    -> CallResult
  {
    let address = mmap(
      pointer(at), Int(bitPattern: UInt(length)), Int32(truncatingIfNeeded: protection),
      Int32(truncatingIfNeeded: flags), file, Int(bitPattern: UInt(offset)))
    return address == MAP_FAILED ? -Int64(errno) : Int64(UInt64(UInt(bitPattern: address)) &- base)
  }
  func unmap(_ at: UInt64, _ length: UInt64) -> CallResult {
    result(munmap(pointer(at)!, Int(bitPattern: UInt(length))))
  }
  func protect(_ at: UInt64, _ length: UInt64, _ protection: UInt64) -> CallResult {
    result(mprotect(pointer(at)!, Int(bitPattern: UInt(length)), Int32(truncatingIfNeeded: protection)))
  }
  func remap(_ at: UInt64, _ old: UInt64, _ new: UInt64, _ flags: UInt64, _ to: UInt64) -> CallResult {
    let value = swemu_host_mremap(base &+ at, old, new, flags, base &+ to)
    return value < 0 ? value : value - Int64(base)
  }
  func advise(_ at: UInt64, _ length: UInt64, _ advice: UInt64) -> CallResult {
    result(madvise(pointer(at), Int(bitPattern: UInt(length)), Int32(truncatingIfNeeded: advice)))
  }
  func lock(_ at: UInt64, _ length: UInt64, _ flags: UInt64) -> CallResult {
    typealias Lock = @convention(c) (UnsafeMutableRawPointer?, Int, UInt32) -> Int32
    let mlock2 = Self.function("mlock2", Lock.self)
    return result(mlock2(pointer(at), Int(bitPattern: UInt(length)), UInt32(truncatingIfNeeded: flags)))
  }
  func unlock(_ at: UInt64, _ length: UInt64) -> CallResult {
    result(munlock(pointer(at)!, Int(bitPattern: UInt(length))))
  }
  func sync(_ at: UInt64, _ length: UInt64, _ flags: UInt64) -> CallResult {
    result(msync(pointer(at)!, Int(bitPattern: UInt(length)), Int32(truncatingIfNeeded: flags)))
  }
  func store(_ at: UInt64, _ value: UInt8) -> CallResult {
    var value = value
    return copy("process_vm_writev", at, &value) ?? 0
  }
  func load(_ at: UInt64) -> CallResult {
    var value: UInt8 = 0
    return copy("process_vm_readv", at, &value) ?? Int64(value)
  }

  /// Copies a byte as another process would, so that what would be a signal is an error. Nil if that went well.
  private func copy(_ name: String, _ at: UInt64, _ byte: UnsafeMutablePointer<UInt8>) -> CallResult? {
    typealias Copy =
      @convention(c) (
        pid_t, UnsafePointer<iovec>, UInt, UnsafePointer<iovec>, UInt, UInt
      ) -> Int
    var local = iovec(iov_base: byte, iov_len: 1)
    var remote = iovec(iov_base: pointer(at), iov_len: 1)
    return Self.function(name, Copy.self)(getpid(), &local, 1, &remote, 1, 0) == 1 ? nil : -Int64(errno)
  }

  /// A function that Glibc's module lacks.
  private static func function<F>(_ name: String, _ type: F.Type) -> F { unsafeBitCast(dlsym(nil, name), to: type) }

  func lines() -> [MapsLine] { MapsLine.parse(Self.maps(), base: base, size: size) }

  static func maps() -> String {
    let file = open("/proc/self/maps", O_RDONLY)
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = read(file, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The address space under test.
struct GuestCalls: MemoryCalls {
  let memory: AddressSpace
  let base: UInt64
  let size: UInt64

  private func result(_ body: () throws(Errno) -> Void) -> CallResult {
    do throws(Errno) {
      try body()
      return 0
    } catch { return -Int64(error.rawValue) }
  }
  private func address(_ body: () throws(Errno) -> UInt64) -> CallResult {
    do throws(Errno) { return Int64(bitPattern: try body() &- base) } catch { return -Int64(error.rawValue) }
  }

  func map(_ at: UInt64, _ length: UInt64, _ protection: UInt64, _ flags: UInt64, _ file: Int32, _ offset: UInt64)
    -> CallResult
  {
    address { () throws(Errno) in
      try memory.map(
        at: base &+ at, length: length, protection: .init(rawValue: protection), flags: .init(rawValue: flags),
        descriptor: file, offset: offset)
    }
  }
  func unmap(_ at: UInt64, _ length: UInt64) -> CallResult {
    result { () throws(Errno) in try memory.unmap(base &+ at, length) }
  }
  func protect(_ at: UInt64, _ length: UInt64, _ protection: UInt64) -> CallResult {
    result { () throws(Errno) in try memory.protect(base &+ at, length, .init(rawValue: protection)) }
  }
  func remap(_ at: UInt64, _ old: UInt64, _ new: UInt64, _ flags: UInt64, _ to: UInt64) -> CallResult {
    address { () throws(Errno) in try memory.remap(base &+ at, old, new, .init(rawValue: flags), to: base &+ to) }
  }
  func advise(_ at: UInt64, _ length: UInt64, _ advice: UInt64) -> CallResult {
    result { () throws(Errno) in try memory.advise(base &+ at, length, advice) }
  }
  func lock(_ at: UInt64, _ length: UInt64, _ flags: UInt64) -> CallResult {
    result { () throws(Errno) in try memory.lock(base &+ at, length, flags: flags) }
  }
  func unlock(_ at: UInt64, _ length: UInt64) -> CallResult {
    result { () throws(Errno) in try memory.unlock(base &+ at, length) }
  }
  func sync(_ at: UInt64, _ length: UInt64, _ flags: UInt64) -> CallResult {
    result { () throws(Errno) in try memory.sync(base &+ at, length, .init(rawValue: flags)) }
  }
  func store(_ at: UInt64, _ value: UInt8) -> CallResult {
    result { () throws(Errno) in try memory.write(value, to: base &+ at) }
  }
  func load(_ at: UInt64) -> CallResult {
    do throws(Errno) { return Int64(try memory.read(base &+ at, as: UInt8.self)) } catch {
      return -Int64(error.rawValue)
    }
  }
  func lines() -> [MapsLine] { MapsLine.parse(memory.mapsText, base: base, size: size) }
}
