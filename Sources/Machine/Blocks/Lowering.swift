import X86

/// What lowering an instruction came to.
enum Lowered {
  /// One micro-op; the block goes on.
  case op
  /// A terminator whose first link is the branch target; `next` is nil where nothing follows.
  case branch(taken: UInt64, next: UInt64?)
  /// As `branch` for two instructions in one, with an immediate operand in the extension record.
  case fusedBranch(taken: UInt64, next: UInt64, extensionDisp: Int32)
  case call(target: UInt64, returnAddress: UInt64)
  /// A terminator without links (indirect branch, return, system call); `extensionImm` goes into the record.
  case terminator(extensionImm: UInt64)
  /// No rule takes this form: the guest gets #UD, the user a report.
  case unsupported
}

/// Lowers one instruction; `$0` holds it and the micro-op under construction.
typealias LoweringRule = @Sendable (inout Lowering) -> Lowered

/// How one mnemonic becomes a micro-op.
struct LoweringRow: Sendable {
  let mnemonic: Mnemonic
  let rule: LoweringRule

  init(_ mnemonic: Mnemonic, _ rule: @escaping LoweringRule) {
    self.mnemonic = mnemonic
    self.rule = rule
  }
}

/// All rows, one list a family, indexed by mnemonic.
enum LoweringRules {
  static let families: [[LoweringRow]] = [
    arithmetic, move, branch, stack, system, shift, multiplyDivide, conditional, exchange, bits, flagControl, strings,
    hints, processor, segments, traps, farTransfer, sseMove, sseInteger, sseShuffle, sseFloat, sseControl, mmx, x87,
    stateSave, vectorMoves, vectorExtracts, vectorSignsAndOrders, vectorSynonyms, vectorImmediates, gathers,
    bitManipulation, random, extendedState,
  ]

  static let byMnemonic: [LoweringRule?] = {
    var table = [LoweringRule?](repeating: nil, count: Mnemonic.allCases.count)
    for family in families { for row in family { table[Int(row.mnemonic.rawValue)] = row.rule } }
    return table
  }()

  static func rule(for mnemonic: Mnemonic) -> LoweringRule? {
    let index = Int(mnemonic.rawValue)
    // What has no rule of its own may be in the vector table.
    return index < byMnemonic.count ? byMnemonic[index] ?? { $0.vector() } : nil
  }
}

/// An instruction on its way to a micro-op.
struct Lowering {
  /// Where the instruction is; it outlives the lowering.
  private let place: UnsafePointer<Instruction>
  /// Guest address of the block's first instruction.
  let blockAddress: UInt64
  /// Whether any status flag that the instruction writes may be read before it is written again.
  let flagsAreLive: Bool
  /// Whether the block is for a thread with unmasked SSE exceptions (`MXCSR`).
  let checksFloat: Bool
  /// The micro-op as it was before any rule touched it.
  let blank: MicroOp
  var op: MicroOp

  /// Borrowed: its two hundred bytes are not copied at each use.
  var instruction: Instruction {
    @inline(__always) _read { yield place.pointee }
  }

  init(
    _ place: UnsafePointer<Instruction>, blockAddress: UInt64, position: Int, flagsAreLive: Bool, checksFloat: Bool
  ) {
    self.place = place
    self.blockAddress = blockAddress
    self.flagsAreLive = flagsAreLive
    self.checksFloat = checksFloat
    var op = MicroOp(0)
    op.ripOffset = UInt16(truncatingIfNeeded: place.pointee.address &- blockAddress)
    op.position = UInt16(truncatingIfNeeded: position)
    blank = op
    self.op = op
  }

  /// Ends a rule with `handler`; 0 says that the generator's table has no such combination.
  mutating func emit(_ handler: HandlerBits) -> Lowered {
    guard handler != 0 else { return .unsupported }
    op.handler = handler
    return .op
  }

  /// 0…3 for 8, 16, 32 and 64 bits.
  func widthIndex(_ width: UInt16) -> Int? {
    switch width {
    case 8: 0
    case 16: 1
    case 32: 2
    case 64: 3
    default: nil
    }
  }

  mutating func setDst(_ operand: Operand) -> Bool {
    guard operand.kind == .register, let offset = Offset.of(operand.register) else { return false }
    op.dst = offset
    return true
  }

  mutating func setSrc(_ operand: Operand) -> Bool {
    guard operand.kind == .register, let offset = Offset.of(operand.register) else { return false }
    op.src = offset
    return true
  }

  /// 0 for a register (in `dst`), 1 for memory (as `MemX`).
  mutating func placeForm(_ operand: Operand) -> Int? {
    switch operand.kind {
    case .register: return setDst(operand) ? 0 : nil
    case .memory:
      _ = setMemory(operand, general: true)
      return 1
    default: return nil
    }
  }

  /// Fills in the address of a memory operand.
  ///
  /// Returns the form that computes it: 0 for `MemB`, 1 for `MemBI`, 2 for `MemX`. With `general` always 2.
  mutating func setMemory(_ operand: Operand, general: Bool = false, ignoringSegment: Bool = false) -> Int {
    let segment: Segment = ignoringSegment ? .none : instruction.segment
    op.scale = UInt8(truncatingIfNeeded: operand.scale.trailingZeroBitCount & 3)
    op.base = addressOffset(operand.base)
    op.index = addressOffset(operand.index)
    var displacement = operand.displacement
    var kind: AddressKind = instruction.addressWidth == 32 ? .address32 : []
    if operand.base == .rip || operand.base.file == .rip {
      let target = instruction.nextAddress &+ UInt64(bitPattern: displacement)
      if let absolute = Int32(exactly: Int64(bitPattern: target)) {
        displacement = Int64(absolute)
      } else {
        kind.insert(.blockRelative)
        displacement = Int64(bitPattern: target &- blockAddress)
        if displacement > Int64(Int32.max) {
          kind.insert(.far)
          displacement -= AddressKind.farDistance
        }
      }
    }
    op.disp = Int32(truncatingIfNeeded: displacement)
    switch segment {
    case .fs, .gs:
      let slot = segment == .fs ? Offset.fsBase : Offset.gsBase
      if kind.isEmpty, op.base == Offset.zero, op.index == Offset.zero {
        op.base = slot
      } else if kind.isEmpty, op.index == Offset.zero {
        op.index = slot
        op.scale = 0
      } else {
        kind.insert(segment == .fs ? .fs : .gs)
      }
    default: break
    }
    op.kind = kind.rawValue
    if general || !kind.isEmpty { return 2 }
    return op.index == Offset.zero ? 0 : 1
  }

  private func addressOffset(_ register: Register) -> UInt8 {
    switch register.file {
    case .general64, .general32: UInt8(register.number & 15) * 8
    default: Offset.zero
    }
  }
}
