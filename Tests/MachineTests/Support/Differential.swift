import CNativeOracle
import Glibc
import Synchronization
import Testing
import X86

@testable import Machine

/// One piece of code to run on the host processor and in the machine.
struct InstructionCase {
  var name: String
  var bytes: [UInt8]
  /// Status flags that the architecture leaves undefined, so that they are not compared.
  var undefined: RFlags = []
  /// Changes the random state before the run, for instance to keep a divisor from zero or a pointer in place.
  var prepare: ((inout ProcessorState, inout SplitMix) -> Void)?
  /// Undefined flags that depend on the state (a shift's OF for counts other than 1).
  var undefinedFor: ((ProcessorState) -> RFlags)?

  init(
    _ name: String, _ bytes: [UInt8], undefined: RFlags = [],
    prepare: ((inout ProcessorState, inout SplitMix) -> Void)? = nil,
    undefinedFor: ((ProcessorState) -> RFlags)? = nil
  ) {
    self.name = name
    self.bytes = bytes
    self.undefined = undefined
    self.undefinedFor = undefinedFor
    self.prepare = prepare
  }
}

/// Runs the same bytes from the same state on the host and in the machine, and compares what is left: registers, defined
/// flags, x87 and SSE state, memory, and how it ended.
final class Differential {
  private let target = TestMachine()
  /// The data pages as they were before a run, and as the host left them.
  private let before = UnsafeMutableRawBufferPointer.allocate(byteCount: TestMachine.dataSize, alignment: 64)
  private let expectedMemory = UnsafeMutableRawBufferPointer.allocate(byteCount: TestMachine.dataSize, alignment: 64)

  /// What to leave out of the comparison beside flags.
  struct Options: OptionSet {
    let rawValue: Int
    static let withoutX87 = Options(rawValue: 1)
  }

  /// Only one thread at a time may run code natively; all suites share one machine, under the lock.
  private static let lock = Mutex(())
  nonisolated(unsafe) private static let shared = Differential()

  /// Compares each case in `count` random states; the failures name case, seed and difference.
  static func compare(
    _ cases: [InstructionCase], count: Int = 60, seed: UInt64 = 1, options: Options = [.withoutX87],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    lock.withLock { _ in
      var failures = 0
      for (number, item) in cases.enumerated() {
        let caseSeed = seed &* 0x1_0000_0001 &+ UInt64(number) << 16
        if let difference = shared.firstDifference(item, count: count, seed: caseSeed, options: options) {
          Issue.record("\(item.name): \(difference)", sourceLocation: sourceLocation)
          failures += 1
          if failures >= 12 { return }
        }
      }
    }
  }

  /// Lends the machine to a test without a host's side: guest addresses are there once in the process.
  static func withMachine<Result>(_ body: (TestMachine) throws -> Result) rethrows -> Result {
    try lock.withLock { _ in try body(shared.target) }
  }

  /// Pointers as `prepare` finds them: RBX in the middle of the data pages, RSP a page above their start.
  static let middle = TestMachine.dataAddress + UInt64(TestMachine.dataSize / 2)
  static let stackTop = TestMachine.dataAddress + 0x1000

  static func randomState(_ generator: inout SplitMix) -> ProcessorState {
    var state = ProcessorState()
    for i in 0..<16 { state.gpr[i] = generator.interesting() }
    state.gpr[R.rbx] = middle
    state.gpr[R.rsp] = stackTop
    // The status flags at random; DF clear, IF and bit 1 set as always.
    state.rflags = (generator.next() & RFlags.status.rawValue) | 0x202
    for i in 0..<16 { state.xmm[i] = SIMD2(generator.interesting(), generator.interesting()) }
    if CPUModel.best.features.contains(.avx) {
      for i in 0..<16 { state.ymmHigh[i] = SIMD2(generator.interesting(), generator.interesting()) }
    }
    return state
  }

  /// Runs `code` at a fixed address in the machine alone. RBX points at `pointer`; what is not code is INT3.
  static func run(
    _ code: [UInt8], at address: UInt64, pointer: [UInt8] = [], flags: UInt64 = 0x202, _ body: (CPU, Exit) -> Void
  ) {
    lock.withLock { _ in
      let target = shared.target
      target.overwrite(code + [UInt8](repeating: 0xcc, count: 256), at: address)
      TestMachine.data(middle, pointer.count).copyBytes(from: pointer)
      var state = ProcessorState()
      state.gpr[R.rbx] = middle
      state.gpr[R.rsp] = stackTop
      state.rflags = flags
      state.store(to: target.cpu)
      target.cpu.pointee.rip = address
      target.cpu.pointee.instructions = 0
      body(target.cpu, target.machine.run(target.cpu))
    }
  }

  private func firstDifference(_ item: InstructionCase, count: Int, seed: UInt64, options: Options) -> String? {
    let address = target.place(item.bytes)
    var generator = SplitMix(seed: seed)
    for offset in stride(from: 0, to: before.count, by: 8) {
      before.storeBytes(of: generator.interesting(), toByteOffset: offset, as: UInt64.self)
    }
    for _ in 0..<count {
      let runSeed = generator.next()
      var run = SplitMix(seed: runSeed)
      if let text = difference(item, at: address, &run, options) {
        let code = item.bytes.map { String($0, radix: 16) }.joined(separator: " ")
        return "\(text) [bytes \(code), seed \(runSeed)]"
      }
    }
    return nil
  }

  private func difference(
    _ item: InstructionCase, at address: UInt64, _ generator: inout SplitMix, _ options: Options
  ) -> String? {
    var state = Differential.randomState(&generator)
    let memory = TestMachine.data()
    memory.copyMemory(from: UnsafeRawBufferPointer(before))
    item.prepare?(&state, &generator)
    return difference(item, from: state, at: address, options)
  }

  /// Gives the machine to the oracle, which places code and makes states itself.
  static func withShared<Result>(_ body: (Differential) throws -> Result) rethrows -> Result {
    try lock.withLock { _ in try body(shared) }
  }

  func place(_ bytes: [UInt8]) -> UInt64 { target.place(bytes) }

  /// Runs `item`, placed at `address`, from `state` and the data pages as they are; they are so again afterwards.
  func difference(_ item: InstructionCase, from state: ProcessorState, at address: UInt64, _ options: Options)
    -> String?
  {
    let memory = TestMachine.data()
    before.copyMemory(from: UnsafeRawBufferPointer(memory))
    defer { memory.copyMemory(from: UnsafeRawBufferPointer(before)) }

    var native = native_state()
    state.store(to: &native)
    guard
      item.bytes.withUnsafeBufferPointer({ code in
        code.baseAddress.map { native_run(&native, $0, UInt64(code.count)) } ?? -1
      }) == 0
    else { return "cannot run natively" }
    var expected = ProcessorState(&native)
    // Addresses within the code are the machine's own.
    let isCode = { (value: UInt64) in value &- native.base <= UInt64(item.bytes.count) }
    for i in 0..<16 where isCode(expected.gpr[i]) { expected.gpr[i] = expected.gpr[i] &- native.base &+ address }
    let expectedEnding = Ending(
      signal: native.signal, rip: native.signal == 0 ? 0 : native.rip,
      address: native.signal == SIGSEGV ? native.address : 0)
    expectedMemory.copyMemory(from: UnsafeRawBufferPointer(memory))
    let top = Int(truncatingIfNeeded: state.gpr[R.rsp] &- TestMachine.dataAddress)
    if top >= 0, top <= memory.count - 8 {
      let pushed = expectedMemory.loadUnaligned(fromByteOffset: top, as: UInt64.self)
      if isCode(pushed) {
        expectedMemory.storeBytes(of: pushed &- native.base &+ address, toByteOffset: top, as: UInt64.self)
      }
    }

    memory.copyMemory(from: UnsafeRawBufferPointer(before))
    state.store(to: target.cpu)
    target.cpu.pointee.rip = address
    let ending = run(address, item.bytes.count)
    let actual = ProcessorState(target.cpu)

    var mask: UInt64 = RFlags.status.union([.direction, .nestedTask, .identification]).rawValue
    mask &= ~item.undefined.union(item.undefinedFor?(state) ?? []).rawValue
    if ending != expectedEnding { return "ends \(ending), host \(expectedEnding)" + note(state) }
    for i in 0..<16 where actual.gpr[i] != expected.gpr[i] {
      return "register \(i) is \(hex(actual.gpr[i])), host \(hex(expected.gpr[i]))" + note(state)
    }
    if expectedEnding.signal == 0, actual.rflags & mask != expected.rflags & mask {
      return "flags are \(hex(actual.rflags & mask)), host \(hex(expected.rflags & mask))" + note(state)
    }
    for i in 0..<16 where actual.xmm[i] != expected.xmm[i] {
      return "xmm\(i) is \(actual.xmm[i]), host \(expected.xmm[i])" + note(state)
    }
    for i in 0..<16 where actual.ymmHigh[i] != expected.ymmHigh[i] {
      return "ymm\(i)'s upper half is \(actual.ymmHigh[i]), host \(expected.ymmHigh[i])" + note(state)
    }
    if actual.mxcsr != expected.mxcsr {
      return "mxcsr is \(hex(UInt64(actual.mxcsr))), host \(hex(UInt64(expected.mxcsr)))"
    }
    if !options.contains(.withoutX87), actual.x87 != expected.x87 {
      return "x87 is \(actual.x87), host \(expected.x87), from \(state.x87)"
    }
    if let here = memory.baseAddress, let there = expectedMemory.baseAddress, memcmp(here, there, memory.count) == 0 {
      return nil
    }
    for (offset, value) in memory.enumerated() where value != expectedMemory[offset] {
      return "memory at \(hex(TestMachine.dataAddress + UInt64(offset))) is \(hex(UInt64(value))), host "
        + hex(UInt64(expectedMemory[offset])) + note(state)
    }
    return nil
  }

  private func run(_ address: UInt64, _ length: Int) -> Ending {
    guard case .exception(let exception) = target.machine.run(target.cpu) else { return Ending(signal: -1) }
    let offset = target.cpu.pointee.rip &- address
    if exception.vector == .breakpoint, offset == UInt64(length) + 1 { return Ending() }
    return Ending(
      signal: exception.signal, rip: offset, address: exception.vector == .pageFault ? exception.address : 0)
  }

  private func hex(_ value: UInt64) -> String { String(value, radix: 16) }
  private func note(_ state: ProcessorState) -> String {
    "; from rax \(hex(state.gpr[0])) rcx \(hex(state.gpr[1])) rdx \(hex(state.gpr[2])) rsi \(hex(state.gpr[6])) rdi "
      + "\(hex(state.gpr[7])) flags \(hex(state.rflags))"
  }
}

extension Exception {
  /// The signal that Linux makes of it.
  var signal: Int32 {
    switch vector {
    case .divideError, .x87, .simd: 8
    case .debug, .breakpoint: 5
    case .invalidOpcode: 4
    case .alignmentCheck: 7
    case .stackFault: 7
    default: reason == .busError ? 7 : 11
    }
  }
}

extension Exit {
  func isBreakpoint(at address: UInt64, _ cpu: CPU) -> Bool {
    guard case .exception(let exception) = self else { return false }
    return exception.vector == .breakpoint && cpu.pointee.rip == address + 1
  }

  func isException(_ vector: Vector, at address: UInt64, _ cpu: CPU) -> Bool {
    guard case .exception(let exception) = self else { return false }
    return exception.vector == vector && cpu.pointee.rip == address
  }
}
