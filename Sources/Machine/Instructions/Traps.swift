// Exceptions on purpose and instructions that user mode may not execute: UD0 UD1 UD2 INT INT1 INT3, HLT CLI IN OUT and
// the rest of ring 0 (SDM vol. 2, the instructions' own pages; vol. 3A, 5.9).

import CMachine
import X86

enum RaiseInvalidOpcode: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.raise(.invalidOpcode, p)
  }
}

/// `imm` is the error code.
enum RaiseGeneralProtection: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.raise(.generalProtection, error: UInt32(truncatingIfNeeded: p.pointee.imm), p)
  }
}

/// INT3, INT1, INT 4: traps, so the instruction completes and RIP is the next one. `imm` is the vector. Only as `Called`.
enum RaiseTrap: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.finishBlock(p)
    Machine.of(c.cpu).setException(
      c.cpu, Vector(rawValue: UInt32(truncatingIfNeeded: p.pointee.imm)) ?? .breakpoint, rip: p.blockEnd)
    throw Departure()
  }
}

extension UnsafeMutablePointer where Pointee == MicroOp {
  /// Guest address behind the block: for a terminator that of the next instruction.
  var blockEnd: UInt64 { header.pointee.rip &+ UInt64(header.pointee.byteLength) }
}

extension LoweringRules {
  /// Refused at privilege level 3 with #GP(0). IN and OUT because IOPL is 0 and no port is opened to the task, RDPMC
  /// because CR4.PCE is 0, the descriptor-table reads because of CR4.UMIP.
  private static let privileged: [Mnemonic] = [
    .hlt, .cli, .sti, .in, .out, .insb, .insw, .insd, .outsb, .outsw, .outsd, .clts, .lmsw, .lgdt, .lidt, .lldt, .ltr,
    .invd, .wbinvd, .invlpg, .rdmsr, .wrmsr, .rdpmc, .swapgs, .sysexit, .sysret, .sgdt, .sidt, .sldt, .str, .smsw,
    .xsetbv,
  ]

  /// What does not exist here: by design, outside its mode, or because CPUID does not show the feature.
  private static let undefined: [Mnemonic] = [
    .ud0, .ud1, .ud2, .ud2b, .clac, .stac, .monitor, .mwait, .rsm, .sysenter, .vmcall, .vmmcall, .invpcid,
    .encls, .enclu, .getsec,
  ]

  static let traps: [LoweringRow] =
    privileged.map { LoweringRow($0) { $0.end(Handlers.trap[1]) } }
    + undefined.map { LoweringRow($0) { $0.invalidOpcode() } }
    + [
      LoweringRow(.int3) { $0.trap(.breakpoint) }, LoweringRow(.int1) { $0.trap(.debug) },
      LoweringRow(.int) { $0.softwareInterrupt() },
    ]
}

extension Lowering {
  /// #UD, known when the block is built.
  mutating func invalidOpcode() -> Lowered { end(Handlers.trap[0]) }

  fileprivate mutating func trap(_ vector: Vector) -> Lowered {
    op.imm = UInt64(vector.rawValue)
    return end(Handlers.trap[2])
  }

  /// INT n: Linux opens the gates of #BP, #OF and, as a 32-bit system call, 80; the others are #GP with an error code
  /// that names the gate (SDM vol. 3A, 6.13).
  fileprivate mutating func softwareInterrupt() -> Lowered {
    let number = UInt64(bitPattern: instruction.op0.immediate) & 0xff
    switch number {
    case 3: return trap(.breakpoint)
    case 4: return trap(.overflow)
    case 0x80: return .unsupported
    default:
      op.imm = number << 3 | 2
      return end(Handlers.trap[1])
    }
  }
}
