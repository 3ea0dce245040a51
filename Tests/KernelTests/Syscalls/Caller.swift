import CHost
import Decode
import Glibc
import LinuxABI
import Machine
import Testing

@testable import Kernel

/// All tests of system calls, one after another: they share descriptors, working directory and signals of one process.
@Suite(.serialized) enum SyscallTests {}

/// A process without a program, whose system calls a test makes by hand.
///
/// Its memory: 16 pages to read and write at `base`, one to read, one without rights, then nothing.
final class Caller {
  let process: Process
  let base: UInt64

  static let pageSize: UInt64 = 4096
  var readOnly: UInt64 { base + 16 * Self.pageSize }
  var inaccessible: UInt64 { base + 17 * Self.pageSize }
  var unmapped: UInt64 { base + 18 * Self.pageSize }
  /// The last byte that can be written.
  var lastByte: UInt64 { readOnly - 1 }

  init() throws {
    process = try Process.make(decoder: try CapstoneDecoder(), settings: ProcessSettings())
    let flags: MapFlags = [.private, .anonymous]
    base = try process.memory.map(at: 0, length: 32 * Self.pageSize, protection: [.read, .write], flags: flags)
    try process.memory.protect(base + 16 * Self.pageSize, Self.pageSize, .read)
    try process.memory.protect(base + 17 * Self.pageSize, Self.pageSize, [])
    try process.memory.unmap(base + 18 * Self.pageSize, 14 * Self.pageSize)
  }

  /// Makes a system call and returns the outcome; the result is in RAX.
  @discardableResult
  func outcome(_ number: Int, _ arguments: [UInt64]) -> SyscallOutcome {
    let cpu = process.mainThread
    cpu.pointee.rip = base + 2
    cpu.rax = UInt64(bitPattern: Int64(number))
    for (index, register) in [7, 6, 2, 10, 8, 9].enumerated() {
      cpu[gpr: register] = index < arguments.count ? arguments[index] : 0
    }
    return process.serveSystemCall(cpu)
  }

  /// Makes a system call as a program would: the result, or the negated error.
  @discardableResult
  func call(_ number: SyscallNumber, _ arguments: UInt64...) -> Int64 {
    _ = outcome(number.rawValue, arguments)
    return Int64(bitPattern: process.mainThread.rax)
  }

  /// Makes the same call natively: guest addresses are host addresses.
  func native(_ number: SyscallNumber, _ arguments: [UInt64]) -> Int64 {
    let all = (arguments + [0, 0, 0, 0, 0, 0]).map { Int(truncatingIfNeeded: $0) }
    return Int64(swemu_syscall(number.rawValue, all[0], all[1], all[2], all[3], all[4], all[5]))
  }

  // MARK: - Memory

  func put<T: BitwiseCopyable>(_ value: T, at address: UInt64) {
    do { try process.memory.write(value, to: address) } catch { Issue.record("cannot write \(address): \(error)") }
  }

  func get<T: BitwiseCopyable>(_ address: UInt64, as type: T.Type = T.self) throws -> T {
    try process.memory.read(address, as: type)
  }

  func put(_ text: String, at address: UInt64) {
    do {
      try process.memory.copyOut(Array(text.utf8) + [0], to: address)
    } catch {
      Issue.record("cannot write \(address): \(error)")
    }
  }

  /// The pages that can be written.
  func snapshot() -> [UInt8] { (try? bytes(base, Int(readOnly - base))) ?? [] }
  func clear() { restore([UInt8](repeating: 0, count: Int(readOnly - base))) }
  func restore(_ snapshot: [UInt8]) { try? process.memory.copyOut(snapshot, to: base) }

  func bytes(_ address: UInt64, _ count: Int) throws -> [UInt8] {
    try process.memory.copyIn(address, count: UInt64(count))
  }

  func text(_ address: UInt64) throws -> String {
    String(decoding: try process.memory.readCString(address), as: UTF8.self)
  }
}

/// The result of a failed call.
func failure(_ error: Errno) -> Int64 { -Int64(error.rawValue) }

/// -1, -100 and the like as arguments.
func word(_ value: Int) -> UInt64 { UInt64(bitPattern: Int64(value)) }

/// A directory of a test's own, removed at the end.
final class TemporaryDirectory {
  let path: String
  init() throws {
    var template = Array("/tmp/swemu-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno(errno) }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }
  deinit {
    for name in ["a", "b", "c", "d", "link", "dir/x", "dir"] {
      unlink(path + "/" + name)
      rmdir(path + "/" + name)
    }
    rmdir(path)
  }
}

/// An empty file in memory, closed by exec.
func memoryFile(flags: Int = 1) -> Int32 {
  "test".withCString { Int32(hostCall(.memfd_create, Int(bitPattern: $0), flags)) }
}
