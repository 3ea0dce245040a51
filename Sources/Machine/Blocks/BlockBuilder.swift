import X86

/// Decodes a straight run of guest code and lowers it to micro-ops.
struct BlockBuilder: ~Copyable {
  /// A block ends after this many instructions even without a branch.
  static let instructionLimit = 64

  /// The outcome of building at an address.
  enum Outcome {
    case block
    /// The first instruction cannot be fetched or is not known.
    case undecodable
  }

  private(set) var ops: [MicroOp] = []
  private(set) var instructionCount = 0
  private(set) var byteLength = 0
  /// The decoded instructions. An array would copy each of them, of two hundred bytes, at every look.
  private let instructions: UnsafeMutablePointer<Instruction>
  private var count = 0
  private var liveness: [Bool] = []
  /// What the guest's processor has: any other instruction is #UD.
  var features = CPUModel.best.features
  /// The first instructions built that need a feature, in the order in which they came.
  private(set) var featureUses: [FeatureUse] = []
  private var usedFeatures: CPUFeatures = []
  /// Whether the block is for a thread with unmasked SSE exceptions.
  private var checksFloat = false

  /// A block ends in front of each of these addresses; one that begins at one leaves before its first instruction.
  var breakpoints: Set<UInt64> = []
  /// Whether `TellObserver` is planted in front of the block.
  var tellsObserver = false
  /// Whether flags must be right after every instruction that may leave, and not only before the next that may.
  var keepsFlags = false
  /// Micro-ops in front of the first instruction.
  private(set) var prologueCount = 0
  /// The instructions of the block that was built last.
  var lowered: UnsafeBufferPointer<Instruction> {
    UnsafeBufferPointer(start: instructions, count: instructionCount)
  }

  init() {
    ops.reserveCapacity(128)
    instructions = .allocate(capacity: BlockBuilder.instructionLimit)
    liveness.reserveCapacity(BlockBuilder.instructionLimit)
  }

  deinit { instructions.deallocate() }

  /// Builds the block at `address` from `code`, the readable bytes from there on (the rest of the page, and of the
  /// next page where that is executable too).
  ///
  /// `pageBytes` is how many of them lie on the first page: only the last instruction may reach beyond. `checksFloat`
  /// asks for floating-point handlers that raise unmasked exceptions.
  mutating func build(
    at address: UInt64, code: UnsafeRawBufferPointer, pageBytes: Int, limit: Int, checksFloat: Bool,
    decoder: any InstructionDecoder
  ) -> Outcome {
    self.checksFloat = checksFloat
    decode(at: address, code: code, pageBytes: pageBytes, limit: limit, decoder: decoder)
    guard count > 0 else { return .undecodable }
    findLiveFlags()
    ops.removeAll(keepingCapacity: true)
    plantPrologue(at: address)
    instructionCount = 0
    var index = 0
    while index < count {
      let (used, ended) = lower(index, blockAddress: address)
      if used == 0 {
        // No rule: the block stops in front, or consists of nothing but the fault.
        if index == 0 { return .undecodable }
        close(at: instructions[index].address, blockAddress: address)
        return .block
      }
      index += used
      if ended { return .block }
    }
    close(at: instructions[index - 1].nextAddress, blockAddress: address)
    return .block
  }

  /// What observers want to run in front of the block.
  private mutating func plantPrologue(at address: UInt64) {
    if breakpoints.contains(address) { ops.append(MicroOp(Handlers.system[3])) }
    if tellsObserver {
      var op = MicroOp(Handlers.system[4])
      op.position = UInt16(truncatingIfNeeded: ops.count)
      ops.append(op)
    }
    prologueCount = ops.count
  }

  /// Gives the observer's micro-op the word that it hands over.
  mutating func setToken(_ token: UInt64) {
    if tellsObserver, prologueCount > 0 { ops[prologueCount - 1].imm = token }
  }

  private mutating func decode(
    at address: UInt64, code: UnsafeRawBufferPointer, pageBytes: Int, limit: Int, decoder: any InstructionDecoder
  ) {
    count = 0
    byteLength = 0
    while byteLength < pageBytes, count < min(limit, BlockBuilder.instructionLimit) {
      let bytes = UnsafeRawBufferPointer(rebasing: code[byteLength..<min(byteLength + 15, code.count)])
      let instruction = instructions + count
      guard decoder.decode(bytes, at: address &+ UInt64(byteLength), into: instruction),
        instruction.pointee.length > 0
      else { return }
      // To a processor without them these are BSF and BSR, whose F3 has no meaning.
      if instruction.pointee.mnemonic == .tzcnt, !features.contains(.bmi1) { instruction.pointee.mnemonic = .bsf }
      if instruction.pointee.mnemonic == .lzcnt, !features.contains(.lzcnt) { instruction.pointee.mnemonic = .bsr }
      count += 1
      byteLength += Int(instruction.pointee.length)
      if instruction.pointee.endsBlock { return }
      if !breakpoints.isEmpty, breakpoints.contains(instruction.pointee.nextAddress) { return }
    }
  }

  /// Walks backwards: a status flag is dead where it is written again before anything reads it.
  ///
  /// Whatever can leave the block half-way (an access to memory, a fault) shows all flags to the outside, so it counts
  /// as reading them: RFLAGS is exact at every exit.
  private mutating func findLiveFlags() {
    liveness.removeAll(keepingCapacity: true)
    liveness.append(contentsOf: repeatElement(true, count: count))
    var live = RFlags.status
    for index in stride(from: count - 1, through: 0, by: -1) {
      let instruction = instructions + index
      let effects = instruction.pointee.flagEffects
      let written = effects.written.intersection(.status)
      liveness[index] = written.isEmpty || !written.isDisjoint(with: live)
      if checksFloat || instruction.pointee.mayFault {
        if keepsFlags { liveness[index] = true }
        live = .status
      } else {
        live = live.subtracting(written).union(effects.read)
      }
    }
  }

  /// Lowers the instruction at `index`, possibly with the next one.
  ///
  /// Returns how many instructions were taken (0: no rule) and whether the block has ended.
  private mutating func lower(_ index: Int, blockAddress: UInt64) -> (used: Int, ended: Bool) {
    let instruction = instructions + index
    var lowering = Lowering(
      instruction, blockAddress: blockAddress, position: ops.count, flagsAreLive: liveness[index],
      checksFloat: checksFloat)
    if index + 1 < count, let fused = lowering.fuse(with: instruction + 1) {
      instructionCount += 2
      finish(fused, lowering.op, blockAddress: blockAddress)
      return (2, true)
    }
    guard let rule = LoweringRules.rule(for: instruction.pointee.mnemonic) else { return (0, false) }
    let mayLock = !instruction.pointee.prefixes.contains(.lock) || instruction.pointee.isLockable
    let required = instruction.pointee.requiredFeatures
    if !usedFeatures.isSuperset(of: required) {
      featureUses.append(FeatureUse(features: required.subtracting(usedFeatures), instruction: instruction.pointee))
      usedFeatures.formUnion(required)
    }
    let exists = mayLock && features.isSuperset(of: required)
    let lowered = exists ? rule(&lowering) : lowering.invalidOpcode()
    switch lowered {
    case .unsupported: return (0, false)
    case .op:
      instructionCount += 1
      ops.append(lowering.op)
      return (1, false)
    default:
      instructionCount += 1
      finish(lowered, lowering.op, blockAddress: blockAddress)
      return (1, true)
    }
  }

  /// Appends a terminator with its extension record and stubs.
  private mutating func finish(_ lowered: Lowered, _ terminator: MicroOp, blockAddress: UInt64) {
    var taken: UInt64?
    var next: UInt64?
    var record = MicroOp(Handlers.stub)
    record.dst = UInt16(instructionCount)
    switch lowered {
    case .branch(let target, let following): (taken, next) = (target, following)
    case .fusedBranch(let target, let following, let disp):
      (taken, next) = (target, following)
      record.disp = disp
    case .call(let target, let returnAddress):
      taken = target
      record.imm = returnAddress
    case .terminator(let value): record.imm = value
    case .op, .unsupported: return
    }
    ops.append(terminator)
    append(record, after: terminator)
    if let taken {
      var stub = MicroOp(Handlers.stub)
      stub.imm = taken
      append(stub, after: terminator)
      if let next {
        stub.imm = next
        append(stub, after: terminator)
      }
    }
    // Which of the two `imm` are links is told by how many stubs follow (BlockCache links them).
    linkCount = taken == nil ? 0 : next == nil ? 1 : 2
    terminatorIndex = ops.count - 2 - linkCount
    #if !CHAIN_PROFILE
      ops.withUnsafeMutableBufferPointer {
        ChainTable.shared.apply(to: UnsafeMutableBufferPointer(rebasing: $0[...terminatorIndex]))
      }
    #endif
  }

  /// Links of the terminator: none, the target, or the target and the next instruction.
  private(set) var linkCount = 0
  private(set) var terminatorIndex = 0

  private mutating func append(_ op: MicroOp, after terminator: MicroOp) {
    var op = op
    op.ripOffset = terminator.ripOffset
    op.position = UInt16(ops.count)
    ops.append(op)
  }

  /// Ends a block without a branch: a jump that is no instruction leads on.
  private mutating func close(at address: UInt64, blockAddress: UInt64) {
    byteLength = Int(truncatingIfNeeded: address &- blockAddress)
    var jump = MicroOp(Handlers.branch[0])
    jump.ripOffset = UInt16(truncatingIfNeeded: byteLength)
    jump.position = UInt16(ops.count)
    finish(.branch(taken: address, next: nil), jump, blockAddress: blockAddress)
  }
}

extension Instruction {
  /// Nothing after it belongs to the same block.
  var endsBlock: Bool {
    switch mnemonic {
    case .jmp, .call, .ret, .syscall, .loop, .loope, .loopne, .jrcxz, .jecxz, .hlt, .int3, .int, .ud2, .int1, .popf,
      .popfq, .iret, .iretd, .iretq, .retf, .retfq, .ljmp, .lcall:
      true
    default: condition != nil && op0.kind == .immediate
    }
  }

  /// Whether it can stop half-way through a block.
  var mayFault: Bool {
    switch mnemonic {
    case .lea, .nop: false
    case .push, .pop, .call, .ret, .leave, .enter, .div, .idiv, .wrfsbase, .wrgsbase: true
    case .mov: memory != nil || op0.register.file == .segment
    default: memory != nil || isX87 || LoweringRules.touchesMemoryImplicitly(mnemonic)
    }
  }

  /// May raise #MF for an earlier instruction of the x87.
  private var isX87: Bool {
    if opcodeMap == 0 { return opcode & 0xf8 == 0xd8 || opcode == 0x9b }
    return op0.register.file == .mmx || op1.register.file == .mmx || mnemonic == .emms
  }
}
