/// One step of a block: a handler and its operands, 32 bytes, no references.
///
/// An instruction is lowered to exactly one micro-op (a fused compare-and-branch is two instructions in one), so every
/// micro-op boundary is an instruction boundary. A terminator (branch, call, return, system call) is followed by an
/// extension record and by link stubs; `Terminator` describes them.
struct MicroOp {
  /// The `Handler`, as bits.
  var handler: HandlerBits
  /// Immediate, or in a terminator the linked micro-op.
  var imm: UInt64 = 0
  /// Displacement of the memory operand.
  var disp: Int32 = 0
  /// Offset of the instruction from the start of the block, in bytes.
  var ripOffset: UInt16 = 0
  /// Index of this micro-op in its block.
  var position: UInt16 = 0
  /// Byte offsets of register operands in the CPU state.
  var dst: UInt16 = 0
  var src: UInt16 = 0
  /// Byte offsets of address registers; `Offset.zero` where there is none.
  var base: UInt8 = Offset.zero
  var index: UInt8 = Offset.zero
  /// Shift of the index, 0…3.
  var scale: UInt8 = 0
  /// For `MemoryGeneral`: an `AddressKind`. Free for the family otherwise.
  var kind: UInt8 = 0

  init(_ handler: HandlerBits) { self.handler = handler }
}

typealias OpPointer = UnsafeMutablePointer<MicroOp>

/// Executes one micro-op; in release builds it ends in a jump to the next one and comes back only to leave the block.
typealias Handler = @convention(thin) (CPU, OpPointer) -> OpPointer?

/// A handler as bits (a thin function type cannot be stored or passed around generically); 0 is none.
typealias HandlerBits = UInt

@inline(__always) func raw(_ handler: Handler) -> HandlerBits { unsafeBitCast(handler, to: HandlerBits.self) }

/// The micro-op that a link points to.
@inline(__always) func linked(_ link: UInt64) -> OpPointer {
  OpPointer(bitPattern: UInt(link)).unsafelyUnwrapped
}

/// What precedes the micro-ops of a block in memory.
struct BlockHeader {
  /// Guest address of the first instruction.
  var rip: UInt64
  /// Index into `BlockCache.blocks`.
  var identifier: UInt32
  /// Bytes of guest code covered.
  var byteLength: UInt32
  /// Instructions in the block, all of which have run when its terminator has.
  var instructionCount: UInt16
  /// Micro-ops in front that are no instructions (planted for an observer).
  var prologueCount: UInt16
  var opCount: UInt32
  /// How often the block ran to its end, if built with CHAIN_PROFILE.
  var runs: UInt64 = 0

  init(
    rip: UInt64, identifier: UInt32, byteLength: UInt32, instructionCount: UInt16, prologueCount: UInt16,
    opCount: UInt32
  ) {
    self.rip = rip
    self.identifier = identifier
    self.byteLength = byteLength
    self.instructionCount = instructionCount
    self.prologueCount = prologueCount
    self.opCount = opCount
  }

  static let stride = 32
}

extension UnsafeMutablePointer where Pointee == MicroOp {
  /// The header of the block that this micro-op belongs to.
  @inline(__always) var header: UnsafeMutablePointer<BlockHeader> {
    (UnsafeMutableRawPointer(self) - (Int(pointee.position) &* 32 &+ BlockHeader.stride))
      .assumingMemoryBound(to: BlockHeader.self)
  }
  /// Guest address of the instruction.
  @inline(__always) var rip: UInt64 { header.pointee.rip &+ UInt64(pointee.ripOffset) }
}

/// How a block ends. The terminator sits at `t`:
///
/// - `t`: the branch; `imm` links to the target
/// - `t + 1`: extension, never executed: `imm` links to the next instruction (or holds the return address of a call),
///   `disp` an immediate operand, `dst` the number of instructions in the block
/// - `t + 2`, `t + 3`: stubs that the two links point to until their targets are built; `imm` is the target's address
enum Terminator {
  static let opCount = 4
  /// From the micro-op whose `imm` is a link to the stub of that link.
  static let stubDistance = 2
}
