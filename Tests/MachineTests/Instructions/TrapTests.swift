import Testing
import X86

@testable import Machine

/// Traps that are not run natively: single steps, INT1; and what POPF does about them.
@Suite struct TrapTests {
  static let start = TestMachine.codeAddress

  /// PUSHF; OR [RSP], TF; POPF: the instruction after POPF is the first to trap.
  static let setTrap: [UInt8] = [0x9c, 0x81, 0x0c, 0x24, 0, 1, 0, 0, 0x9d]

  @Test func popfTrapsAfterTheNextInstruction() {
    Differential.run(Self.setTrap + [0xff, 0xc0, 0xff, 0xc0], at: Self.start) { cpu, exit in
      #expect(exit.isException(.debug, at: Self.start + 11, cpu))
      #expect(cpu.rax == 1)
      #expect(cpu.flags.contains(.trap))
      #expect(cpu.pointee.instructions > 0)
    }
  }

  @Test func trapFlagOnEntry() {
    Differential.run([0xff, 0xc0, 0xff, 0xc0], at: Self.start, flags: 0x302) { cpu, exit in
      #expect(exit.isException(.debug, at: Self.start + 2, cpu))
      #expect(cpu.rax == 1)
    }
  }

  /// A branch is one instruction, too; a fault comes before the trap.
  @Test func trapsAndBranches() {
    Differential.run([0xeb, 2, 0x90, 0x90, 0x90], at: Self.start, flags: 0x302) { cpu, exit in
      #expect(exit.isException(.debug, at: Self.start + 4, cpu))
    }
    Differential.run([0x0f, 0x0b], at: Self.start, flags: 0x302) { cpu, exit in
      #expect(exit.isException(.invalidOpcode, at: Self.start, cpu))
    }
  }

  @Test func popfClearingTheTrapFlagStillTraps() {
    Differential.run([0x6a, 2, 0x9d, 0x90], at: Self.start) { _, _ in }
    Differential.run([0x9d, 0x90], at: Self.start, flags: 0x302) { cpu, exit in
      #expect(exit.isException(.debug, at: Self.start + 1, cpu))
    }
  }

  @Test func int1AndIntoGates() {
    Differential.run([0xf1], at: Self.start) { cpu, exit in
      #expect(exit.isException(.debug, at: Self.start + 1, cpu))
    }
    Differential.run([0xcd, 4], at: Self.start) { cpu, exit in
      #expect(exit.isException(.overflow, at: Self.start + 2, cpu))
    }
  }

  /// AC and ID can be changed and read back.
  @Test func alignmentAndIdentificationFlags() {
    let both: UInt32 = 1 << 18 | 1 << 21
    let code: [UInt8] = [0x9c, 0x81, 0x0c, 0x24] + Encoding.little(both) + [0x9d, 0x9c, 0x58]
    Differential.run(code, at: Self.start) { cpu, exit in
      #expect(exit.isBreakpoint(at: Self.start + UInt64(code.count), cpu))
      #expect(cpu.rax & UInt64(both) == UInt64(both))
    }
  }

  /// Instructions are counted once, whichever way a block is left.
  @Test func instructionCounts() {
    for (code, expected) in [
      ([0x90, 0x90], 3), ([0x90, 0xf4], 1), ([0x90, 0x0f, 0x0b], 1), ([0x90, 0x9c, 0x9d, 0x90], 5),
    ] as [([UInt8], UInt64)] {
      Differential.run(code, at: Self.start) { cpu, _ in #expect(cpu.pointee.instructions == expected) }
    }
  }

  /// FNSTENV tells where the last x87 instruction was, which position-independent code has used.
  @Test func lastInstructionPointer() {
    // FLDZ; FNSTENV [RBX]
    Differential.run([0x90, 0xd9, 0xee, 0xd9, 0x33], at: Self.start) { cpu, _ in
      let environment = TestMachine.data(Differential.middle, 28)
      #expect(UInt64(environment.load(fromByteOffset: 12, as: UInt32.self)) == Self.start + 1)
      #expect(environment.load(fromByteOffset: 18, as: UInt16.self) == 0x1ee)
    }
  }
}
