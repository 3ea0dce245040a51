import Decode
import Glibc
import LinuxABI
import Testing
import X86

@testable import Machine

/// Random bytes as code: whatever they do, the machine comes back with a reason and keeps to its own memory.
///
/// SWEMU_FUZZ_COUNT sets how many strings are run (1,000,000 for the long run), SWEMU_FUZZ_SEED where they begin.
@Suite struct RandomCodeTests {
  @Test func randomBytesNeverBreakTheMachine() throws {
    let count = number("SWEMU_FUZZ_COUNT") ?? 5_000
    let first = number("SWEMU_FUZZ_SEED") ?? 1
    let fuzzer = try CodeFuzzer()
    for seed in first..<(first &+ count) { try fuzzer.run(seed: seed) }
    #expect(fuzzer.outcomes.values.reduce(0, +) == Int(count))
    // Both kinds of end must occur, or the harness tests nothing.
    #expect(fuzzer.outcomes["exception", default: 0] > 0)
    print(
      "random code: \(fuzzer.outcomes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))"
    )
  }

  private func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }
}

/// Runs one random string after the other in the same address space.
private final class CodeFuzzer {
  let memory: AddressSpace
  let machine: Machine
  var outcomes: [String: Int] = [:]
  private let code: UInt64 = 0x1_0000_0000
  private let data: UInt64 = 0x1_0010_0000
  private let dataSize: UInt64 = 0x4000

  init() throws {
    memory = try AddressSpace()
    machine = Machine(memory: memory, decoder: try CapstoneDecoder())
    let fixed = MapFlags(rawValue: 0x32)
    _ = try memory.map(at: code, length: 0x2000, protection: ProtectionFlags(rawValue: 7), flags: fixed)
    _ = try memory.map(at: data, length: dataSize, protection: ProtectionFlags(rawValue: 3), flags: fixed)
  }

  func run(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    // Now and then across a page border.
    let start = random.next() & 15 == 0 ? code + 0x1000 - 7 : code + (random.next() & 0x7ff)
    var bytes = [UInt8](repeating: 0, count: 64)
    for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: random.next()) }
    // Prefix-like and two-byte opcodes are where instructions are; pure noise rarely gets there.
    if random.next() & 3 == 0 {
      bytes[0] = [0x0f, 0x66, 0xf2, 0xf3, 0x48, 0xf0, 0xd8 + UInt8(random.next() & 7)][Int(random.next() % 7)]
    }
    try memory.copyOut(bytes, to: start)
    let cpu = machine.makeThread()
    defer { machine.freeThread(cpu) }
    for register in 0..<16 {
      cpu[gpr: register] = random.next() & 3 == 0 ? random.next() : data + (random.next() & (dataSize - 1))
    }
    cpu.rsp = data + 0x2000 + (random.next() & 0xff)
    // A string instruction may count as far as it likes, but not for minutes.
    if random.next() & 7 != 0 { cpu.rcx = random.next() & 0xff }
    cpu.pointee.rip = start
    machine.instructionLimit = 300
    var calls = 0
    while calls < 10 {
      switch machine.run(cpu) {
      case .systemCall:
        calls += 1
        continue
      case .exception: outcomes["exception", default: 0] += 1
      case .attention: outcomes["attention", default: 0] += 1
      case .instructionLimit: outcomes["limit", default: 0] += 1
      case .breakpoint, .observed: Issue.record("nobody observes")
      }
      return
    }
    outcomes["calls", default: 0] += 1
  }
}
