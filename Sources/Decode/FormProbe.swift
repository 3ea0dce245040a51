/// An encoding of a form in which each field names a different register, so that the register numbers which capstone
/// reports tell where each operand comes from: 9 is ModRM.reg, 10 ModRM.rm or the opcode's low bits, 11 VEX.vvvv and
/// 12 the immediate's high half. Any other register is a fixed one.
struct FormProbe {
  static let regNumber: UInt8 = 9
  static let rmNumber: UInt8 = 10
  static let vvvvNumber: UInt8 = 11
  static let immediateNumber: UInt8 = 12
  /// ModRM.reg and ModRM.rm of registers whose files have eight members and no REX bit.
  static let shortRegNumber: UInt8 = 1
  static let shortRMNumber: UInt8 = 2

  private(set) var count = 0
  private var storage: (UInt64, UInt64, UInt64) = (0, 0, 0)

  /// `vvvv` is 0 for encodings that leave the field unused, which capstone refuses with any other value.
  init(_ key: FormKey, vvvv: UInt8 = FormProbe.vvvvNumber) {
    let layout = key.layout
    if key.isVEX {
      put(0xC4)
      put((layout.isGroup ? 0x80 : 0) | 0x40 | key.map)
      put((key.w ? 0x80 : 0) | (~vvvv & 15) << 3 | (key.l ? 4 : 0) | key.pp)
      put(key.opcode)
    } else {
      if key.hasOperandSizePrefix { put(0x66) }
      if key.repeatPrefix != 0 { put(key.repeatPrefix) }
      if key.hasAddressSizePrefix { put(0x67) }
      putREX(key, layout)
      if key.map > 0 { put(0x0F) }
      if key.map == 2 { put(0x38) }
      if key.map == 3 { put(0x3A) }
      // XCHG comes as 91, which is no NOP: its low bits are a register number too.
      put(layout.hasOpcodeRegister ? key.opcode & 0xF8 | Self.shortRMNumber : key.opcode)
    }
    if layout.hasModRM { putModRM(key, layout) }
    // Immediates and displacements: enough bytes for the longest, all of one value. Only the blends read a register
    // from the high half.
    let isBlend = key.isVEX && key.map == 3 && 0x48...0x4C ~= key.opcode
    while count < 15 { put(isBlend ? Self.immediateNumber << 4 : 5) }
  }

  private mutating func putREX(_ key: FormKey, _ layout: OpcodeLayout) {
    if layout.isWhole, key.map == 0 { return }
    var rex: UInt8 = key.w ? 0x48 : 0x40
    if layout.hasModRM, !layout.isGroup { rex |= 4 }
    if layout.hasModRM ? !(layout.isWhole && key.isRegister) : layout.hasOpcodeRegister { rex |= 1 }
    if rex != 0x40 { put(rex) }
  }

  private mutating func putModRM(_ key: FormKey, _ layout: OpcodeLayout) {
    let reg = layout.isGroup ? key.regField : Self.shortRegNumber
    let isVectorIndexed = key.isVEX && key.map == 2 && key.opcode & 0xFC == 0x90
    if key.isRegister {
      put(0xC0 | reg << 3 | (layout.isWhole ? key.rmField : Self.shortRMNumber))
    } else if isVectorIndexed {
      put(reg << 3 | 4)
      put(3 << 3 | 2)
    } else {
      put(reg << 3 | 2)
    }
  }

  private mutating func put(_ byte: UInt8) {
    withUnsafeMutableBytes(of: &storage) { $0[count] = byte }
    count += 1
  }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withUnsafeBytes(of: storage) { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }
}
