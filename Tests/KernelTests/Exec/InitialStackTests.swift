import Decode
import LinuxABI
import Machine
import Testing

@testable import Kernel

/// What a program finds when it starts. (System V ABI 3.4.1; the order of the vector is this kernel's own.)
@Suite struct InitialStackTests {
  private struct Stack {
    let process: Process
    let arguments: [UInt64]
    let environment: [UInt64]
    let vector: [(type: AuxiliaryType, value: UInt64)]

    init(_ process: Process) throws {
      self.process = process
      let memory = process.memory
      var place = process.mainThread.rsp
      func next() throws -> UInt64 {
        defer { place += 8 }
        return try memory.read(place, as: UInt64.self)
      }
      func list() throws -> [UInt64] {
        var words: [UInt64] = []
        while true {
          let word = try next()
          if word == 0 { return words }
          words.append(word)
        }
      }
      let count = try next()
      arguments = try list()
      #expect(arguments.count == Int(count))
      environment = try list()
      var vector: [(AuxiliaryType, UInt64)] = []
      repeat { vector.append((AuxiliaryType(rawValue: try next()), try next())) } while vector.last?.0 != .null
      self.vector = vector
    }

    func string(_ address: UInt64) throws -> String {
      String(decoding: try process.memory.readCString(address, max: 1 << 20), as: UTF8.self)
    }

    func value(_ type: AuxiliaryType) -> UInt64? { vector.first { $0.type == type }?.value }
  }

  /// A position-independent program, so that it shares no address with other tests.
  private func start(_ arguments: [String], _ environment: [String], randomized: Bool = true) throws -> Process {
    let trial = ExecTrial()
    let builder = ELFBuilder(.init(address: 0), .init(type: 0x6474_e551, flags: 6)).with {
      ($0.type, $0.entry) = (3, 0x1000)
    }
    var settings = ProcessSettings()
    settings.isRandomized = randomized
    let process = try Process.make(decoder: try CapstoneDecoder(), settings: settings)
    try process.execute(
      path: Array(trial.write("program", builder.bytes).utf8), arguments: arguments.map { Array($0.utf8) },
      environment: environment.map { Array($0.utf8) })
    return process
  }

  @Test(arguments: [0, 1, 2, 7]) func layout(_ extra: Int) throws {
    let arguments = ["program", "one", ""] + [String](repeating: "x", count: extra)
    let process = try start(arguments, ["A=1", "PATH=/bin"])
    let stack = try Stack(process)
    #expect(process.mainThread.rsp & 15 == 0)
    #expect(try stack.arguments.map { try stack.string($0) } == arguments)
    #expect(try stack.environment.map { try stack.string($0) } == ["A=1", "PATH=/bin"])
    // Strings lie one after another, arguments before the environment before the path.
    #expect(process.image.argumentStart == stack.arguments.first)
    #expect(process.image.argumentEnd == stack.environment.first)
    #expect(process.image.environmentStart == process.image.argumentEnd)
    #expect(stack.value(.executablePath) == process.image.environmentEnd)
    #expect(process.image.startStack == process.mainThread.rsp)
  }

  @Test func auxiliaryVector() throws {
    let process = try start(["program"], [])
    let stack = try Stack(process)
    #expect(
      stack.vector.map(\.type.rawValue)
        == [51, 16, 6, 17, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 23, 25, 26, 31, 15, 27, 28, 0])
    #expect(try stack.string(stack.value(.platform) ?? 0) == "x86_64")
    #expect(
      try stack.string(stack.value(.executablePath) ?? 0) == String(decoding: process.image.filename, as: UTF8.self))
    #expect(stack.value(.programHeaders) == process.image.bias + 64)
    #expect(stack.value(.programHeaderCount) == 2)
    #expect(stack.value(.entry) == process.image.bias + 0x1000)
    #expect(stack.value(.entry) == process.mainThread.pointee.rip)
    #expect(stack.value(.base) == 0)
    #expect(stack.value(.secure) == 0)
    #expect(stack.value(.pageSize) == 4096)
    #expect(stack.value(.clockTicks) == 100)
    #expect(process.image.auxiliaryVector == stack.vector.flatMap { [$0.type.rawValue, $0.value] })
    // 16 random bytes, below the platform's name.
    let random = try process.memory.copyIn(stack.value(.random) ?? 0, count: 16)
    #expect(Set(random).count > 4)
    #expect((stack.value(.random) ?? 0) + 16 == stack.value(.platform))
  }

  @Test func registers() throws {
    let cpu = try start(["program"], []).mainThread
    for number in 0..<16 where number != 4 { #expect(cpu[gpr: number] == 0) }
    #expect(cpu.flags.rawValue == 0x202)
    #expect(cpu.pointee.mxcsr == 0x1f80)
    #expect(cpu.pointee.fcw == 0x37f)
    #expect(cpu.pointee.fs_base == 0 && cpu.pointee.gs_base == 0)
  }

  @Test func stackMapping() throws {
    let process = try start(["program"], [])
    let vma = try #require(process.memory.vma(containing: process.mainThread.rsp))
    #expect(vma.protection == [.read, .write])
    #expect(vma.flags.contains(.growsDown))
    #expect(vma.end == process.memory.layout.stackTop)
    // 128 KiB beyond what the strings take.
    #expect(vma.size == 0x21000)
  }

  @Test func randomPlacesDiffer() throws {
    var stacks: Set<UInt64> = []
    var programs: Set<UInt64> = []
    var heaps: Set<UInt64> = []
    for _ in 0..<4 {
      let process = try start(["program"], [])
      stacks.insert(process.memory.layout.stackTop)
      programs.insert(process.image.bias)
      heaps.insert(process.memory.breakStart)
    }
    #expect(stacks.count == 4 && programs.count == 4 && heaps.count == 4)
  }
}
