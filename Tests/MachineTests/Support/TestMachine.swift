import Decode
import Glibc
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
  private var codeUsed = 0

  init() {
    let table = TestMachine.map(nil, 1 << 34, PROT_READ | PROT_WRITE).assumingMemoryBound(to: UInt8.self)
    memory = AddressSpace(pageTable: table)
    _ = TestMachine.map(TestMachine.dataAddress, TestMachine.dataSize, PROT_READ | PROT_WRITE)
    _ = TestMachine.map(TestMachine.codeAddress, TestMachine.codeSize, PROT_READ | PROT_WRITE)
    guard let decoder = try? CapstoneDecoder() else { preconditionFailure("capstone does not start") }
    machine = Machine(memory: memory, decoder: decoder)
    cpu = machine.makeThread()
    for page in 0..<TestMachine.dataSize >> 12 { setRights(TestMachine.dataAddress + UInt64(page) << 12, 3) }
    for page in 0..<TestMachine.codeSize >> 12 { setRights(TestMachine.codeAddress + UInt64(page) << 12, 5) }
  }

  /// Page table bits: 1 read, 2 write, 4 execute.
  func setRights(_ address: UInt64, _ bits: UInt8) { memory.pageTable[Int(address >> 12)] = bits }

  private static func map(_ address: UInt64?, _ size: Int, _ protection: Int32) -> UnsafeMutableRawPointer {
    let wanted = address.flatMap { UnsafeMutableRawPointer(bitPattern: UInt($0)) }
    let fixed = address == nil ? 0 : Int32(MAP_FIXED_NOREPLACE)
    let memory = mmap(wanted, size, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | fixed, -1, 0)
    guard let memory, memory != MAP_FAILED else { preconditionFailure("no memory at a fixed address") }
    return memory
  }

  /// Puts `code` somewhere new, followed by INT3, and returns its address.
  func place(_ code: [UInt8]) -> UInt64 {
    if codeUsed + code.count + 32 > TestMachine.codeSize {
      memory.codeObserver?(TestMachine.codeAddress, TestMachine.codeAddress + UInt64(TestMachine.codeSize))
      codeUsed = 0
    }
    let address = TestMachine.codeAddress + UInt64(codeUsed)
    TestMachine.data(address, code.count + 1).copyBytes(from: code + [0xcc])
    codeUsed += (code.count + 1 + 15) & ~15
    return address
  }

  /// Host memory at a guest address.
  static func data(_ address: UInt64 = dataAddress, _ count: Int = dataSize) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: UnsafeMutableRawPointer(bitPattern: UInt(address)), count: count)
  }
}
