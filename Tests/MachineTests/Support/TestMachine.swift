import Decode
import LinuxABI
import X86

@testable import Machine

/// A machine over a few pages of host memory at fixed addresses, which the guest sees at the same addresses.
final class TestMachine {
  /// Readable and writable pages; those right below and above are not mapped in the guest.
  static let dataAddress: UInt64 = 0x2000_0000
  static let dataSize = 0x4000
  static let codeAddress: UInt64 = 0x1100_0000
  static let codeSize = 0x100000

  let machine: Machine
  let cpu: CPU
  private let memory: AddressSpace
  /// The first page is for tests that need a certain address.
  private var codeUsed = 0x1000

  init() {
    do {
      memory = try AddressSpace()
      machine = Machine(memory: memory, decoder: try CapstoneDecoder())
      let fixed = MapFlags(rawValue: 0x100032)  // MAP_PRIVATE, MAP_ANONYMOUS, MAP_FIXED_NOREPLACE
      _ = try memory.map(
        at: TestMachine.dataAddress, length: UInt64(TestMachine.dataSize), protection: ProtectionFlags(rawValue: 3),
        flags: fixed)
      _ = try memory.map(
        at: TestMachine.codeAddress, length: UInt64(TestMachine.codeSize), protection: ProtectionFlags(rawValue: 7),
        flags: fixed)
    } catch {
      preconditionFailure("no memory at a fixed address: \(error)")
    }
    cpu = machine.makeThread()
  }

  /// Puts `code` somewhere new, followed by INT3, and returns its address.
  func place(_ code: [UInt8]) -> UInt64 {
    if codeUsed + code.count + 32 > TestMachine.codeSize {
      codeUsed = 0x1000
    }
    let address = TestMachine.codeAddress + UInt64(codeUsed)
    // What an earlier round left in the page's blocks is dropped where the code is overwritten.
    try? memory.copyOut(code + [0xcc], to: address)
    codeUsed += (code.count + 1 + 15) & ~15
    return address
  }

  func overwrite(_ code: [UInt8], at address: UInt64) { try? memory.copyOut(code, to: address) }

  /// Host memory at a guest address.
  static func data(_ address: UInt64 = dataAddress, _ count: Int = dataSize) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: UnsafeMutableRawPointer(bitPattern: UInt(address)), count: count)
  }
}
