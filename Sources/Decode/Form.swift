import X86

/// One instruction form: mnemonic, widths, and for each operand where in the encoding it is found.
struct Form {
  var mnemonic = Mnemonic.invalid
  /// False for encodings that are no instruction; they are remembered as well.
  var isValid = false
  var operandWidth: UInt8 = 32
  var operandCount: UInt8 = 0
  /// VEX.vvvv names no operand and must be 1111b (SDM vol. 2A, 2.3.5.6).
  var requiresNoVVVV = false
  /// A gather, which raises #UD unless destination, index and mask differ (SDM vol. 2C, VPGATHERDD).
  var isGather = false
  var op0 = OperandTemplate()
  var op1 = OperandTemplate()
  var op2 = OperandTemplate()
  var op3 = OperandTemplate()

  static let invalid = Form()

  subscript(operand index: Int) -> OperandTemplate {
    get {
      switch index {
      case 0: op0
      case 1: op1
      case 2: op2
      default: op3
      }
    }
    set {
      switch index {
      case 0: op0 = newValue
      case 1: op1 = newValue
      case 2: op2 = newValue
      default: op3 = newValue
      }
    }
  }

  mutating func append(_ template: OperandTemplate) {
    guard operandCount < 4 else { return }
    self[operand: Int(operandCount)] = template
    operandCount += 1
  }

  mutating func removeOperands() {
    operandCount = 0
    op0 = OperandTemplate()
    op1 = OperandTemplate()
    op2 = OperandTemplate()
    op3 = OperandTemplate()
  }
}

/// Where an operand's register, address or value comes from.
struct OperandTemplate: Equatable {
  enum Source: UInt8 {
    case none
    /// ModRM.reg, ModRM.rm, VEX.vvvv, bits 7…4 of the immediate, bits 2…0 of the opcode: register numbers.
    case regField, rmField, vvvv, immediateHigh, opcodeRegister
    /// Always the register `number`.
    case fixed
    /// ModRM, SIB and displacement.
    case memory
    /// An address without ModRM (`A0`…`A3`).
    case memoryOffset
    case signedImmediate, unsignedImmediate
    /// ENTER's second immediate.
    case secondImmediate
    /// Relative to the next instruction.
    case branchTarget
    /// Always the value `number`.
    case constant
  }

  var source = Source.none
  /// For registers their file; for memory the file of a vector index, or `.none`.
  var file = Register.File.none
  var number: UInt8 = 0
  var isRead = false
  var isWritten = false
  var width: UInt16 = 0

  var isMemory: Bool { source == .memory || source == .memoryOffset }
  var isImmediate: Bool { source.rawValue >= Source.signedImmediate.rawValue }
  var isRegister: Bool { source != .none && !isMemory && !isImmediate }
}

extension Form {
  /// Fills mnemonic, widths and operands of a blank instruction from the fields of one encoding.
  @inline(__always)
  func instantiate(_ fields: EncodingFields, _ instruction: UnsafeMutablePointer<Instruction>) {
    instruction.pointee.mnemonic = mnemonic
    instruction.pointee.operandWidth = operandWidth
    instruction.pointee.operandCount = operandCount
    let next = instruction.pointee.address &+ UInt64(truncatingIfNeeded: fields.length)
    guard operandCount > 0 else { return }
    op0.instantiate(fields, next, &instruction.pointee.op0)
    guard operandCount > 1 else { return }
    op1.instantiate(fields, next, &instruction.pointee.op1)
    guard operandCount > 2 else { return }
    op2.instantiate(fields, next, &instruction.pointee.op2)
    guard operandCount > 3 else { return }
    op3.instantiate(fields, next, &instruction.pointee.op3)
  }
}

extension OperandTemplate {
  func instantiate(_ fields: EncodingFields, _ nextAddress: UInt64, _ operand: inout Operand) {
    operand.width = width
    operand.isRead = isRead
    operand.isWritten = isWritten
    operand.kind = .register
    switch source {
    case .none: operand.kind = .none
    case .regField: operand.register = register(fields.regField | fields.extendReg, fields)
    case .rmField, .opcodeRegister:
      let low = source == .rmField ? fields.rmField : fields.opcode & 7
      operand.register = register(low | fields.extendBase, fields)
    case .vvvv: operand.register = Register(file, fields.vvvv)
    case .immediateHigh: operand.register = Register(file, UInt8(truncatingIfNeeded: fields.immediate >> 4) & 15)
    case .fixed: operand.register = Register(file, number)
    case .memory:
      operand.kind = .memory
      fillAddress(fields, &operand)
    case .memoryOffset:
      operand.kind = .memory
      operand.displacement = fields.displacement
    case .signedImmediate:
      operand.kind = .immediate
      operand.immediate = fields.signedImmediate
    case .unsignedImmediate:
      operand.kind = .immediate
      operand.immediate = Int64(bitPattern: fields.immediateSize == 3 ? fields.immediate & 0xFFFF : fields.immediate)
    case .secondImmediate:
      operand.kind = .immediate
      operand.immediate = Int64(bitPattern: fields.immediate >> 16)
    case .branchTarget:
      operand.kind = .immediate
      operand.immediate = Int64(bitPattern: nextAddress) &+ fields.signedImmediate
    case .constant:
      operand.kind = .immediate
      operand.immediate = Int64(number)
    }
  }

  /// Byte registers 4…7 are AH, CH, DH, BH unless a REX prefix is present (SDM vol. 1, 3.4.1.1); MMX, segment and x87
  /// registers have three-bit numbers and ignore REX.
  private func register(_ number: UInt8, _ fields: EncodingFields) -> Register {
    switch file {
    case .general8: number & 12 == 4 && fields.rex == 0 ? Register(.high8, number & 3) : Register(.general8, number)
    case .mmx, .segment, .x87: Register(file, number & 7)
    default: Register(file, number)
    }
  }

  /// The address that ModRM, SIB and displacement name (SDM vol. 2A, tables 2-2, 2-3 and 2-7).
  private func fillAddress(_ fields: EncodingFields, _ operand: inout Operand) {
    let general: Register.File = fields.hasAddressSizePrefix ? .general32 : .general64
    operand.displacement = fields.displacement
    guard fields.hasSIB else {
      let isRelative = fields.mod == 0 && fields.rmField == 5
      operand.base = isRelative ? .rip : Register(general, fields.rmField | fields.extendBase)
      return
    }
    if fields.sib & 7 != 5 || fields.mod != 0 { operand.base = Register(general, (fields.sib & 7) | fields.extendBase) }
    let index = ((fields.sib >> 3) & 7) | fields.extendIndex
    guard file != .none || index != 4 else { return }
    operand.index = Register(file == .none ? general : file, index)
    operand.scale = 1 << (fields.sib >> 6)
  }
}

extension EncodingFields {
  @inline(__always)
  var signedImmediate: Int64 {
    switch immediateSize {
    case 1: Int64(Int8(truncatingIfNeeded: immediate))
    case 2: Int64(Int16(truncatingIfNeeded: immediate))
    case 4: Int64(Int32(truncatingIfNeeded: immediate))
    default: Int64(bitPattern: immediate)
    }
  }

  /// The first `length` bytes in two words, the rest zero.
  @inline(__always)
  private static func words(_ bytes: UnsafeRawBufferPointer, _ length: Int) -> (UInt64, UInt64) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    if bytes.count >= 16 {
      low = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
      high = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      if length < 8 {
        low &= (1 << UInt64(length &* 8)) &- 1
        high = 0
      } else {
        high &= (1 << UInt64((length &- 8) &* 8)) &- 1
      }
      return (UInt64(littleEndian: low), UInt64(littleEndian: high))
    }
    for index in 0..<length {
      let byte = UInt64(bytes[index]) << UInt64((index & 7) &* 8)
      if index < 8 { low |= byte } else { high |= byte }
    }
    return (low, high)
  }

  /// Copies what the bytes alone tell.
  @inline(__always)
  func fill(
    _ instruction: UnsafeMutablePointer<Instruction>, _ bytes: UnsafeRawBufferPointer, at address: UInt64
  ) {
    instruction.pointee.address = address
    instruction.pointee.length = UInt8(truncatingIfNeeded: length)
    instruction.pointee.prefixes.rawValue = prefixes
    instruction.pointee.segment = segment
    instruction.pointee.rex = rex
    instruction.pointee.vex.isPresent = isVEX
    instruction.pointee.vex.l = vexL
    instruction.pointee.vex.w = isVEX && w
    instruction.pointee.vex.vvvv = vvvv
    instruction.pointee.opcodeMap = map
    instruction.pointee.opcode = opcode
    instruction.pointee.modRM = hasModRM ? modRM : nil
    instruction.pointee.sib = hasSIB ? sib : nil
    instruction.pointee.displacementSize = UInt8(truncatingIfNeeded: displacementSize)
    instruction.pointee.immediateSize = UInt8(truncatingIfNeeded: immediateSize)
    instruction.pointee.addressWidth = hasAddressSizePrefix ? 32 : 64
    (instruction.pointee.bytesLow, instruction.pointee.bytesHigh) = Self.words(bytes, length)
  }
}
