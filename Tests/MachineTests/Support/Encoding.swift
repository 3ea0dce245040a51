/// Writes instruction bytes from their parts (SDM vol. 2A, chapter 2), for tests.
enum Encoding {
  /// The ModRM.rm operand.
  enum RM {
    case register(Int)
    /// [base + index * scale + displacement]
    case memory(base: Int, index: Int? = nil, scale: Int = 1, displacement: Int32 = 0)
  }

  /// An instruction with a ModRM byte.
  ///
  /// - Parameters:
  ///   - width: 8, 16, 32 or 64: chooses 66 and REX.W. Where the opcode has no 16-bit form pass 32.
  ///   - reg: register number or opcode extension.
  ///   - highBytes: byte registers 4…7 are AH…BH instead of SPL…DIL.
  ///   - prefixes: in front of everything, also mandatory ones.
  static func modRM(
    _ opcode: [UInt8], width: Int = 32, reg: Int, rm: RM, immediate: [UInt8] = [], prefixes: [UInt8] = [],
    highBytes: Bool = false
  ) -> [UInt8] {
    var rex: UInt8 = width == 64 ? 0x48 : 0
    if reg & 8 != 0 { rex |= 0x44 }
    var tail: [UInt8] = []
    let regBits = UInt8(reg & 7) << 3
    switch rm {
    case .register(let number):
      if number & 8 != 0 { rex |= 0x41 }
      tail.append(0xc0 | regBits | UInt8(number & 7))
      if width == 8, !highBytes, number >= 4 { rex |= 0x40 }
    case .memory(let base, let index, let scale, let displacement):
      if base & 8 != 0 { rex |= 0x41 }
      let isShort = displacement >= -128 && displacement <= 127
      let mod: UInt8 = displacement == 0 && base & 7 != 5 ? 0 : isShort ? 0x40 : 0x80
      if index != nil || base & 7 == 4 {
        if let index, index & 8 != 0 { rex |= 0x42 }
        tail.append(mod | regBits | 4)
        let scaleBits: UInt8 = scale == 8 ? 0xc0 : scale == 4 ? 0x80 : scale == 2 ? 0x40 : 0
        tail.append(scaleBits | UInt8((index ?? 4) & 7) << 3 | UInt8(base & 7))
      } else {
        tail.append(mod | regBits | UInt8(base & 7))
      }
      if mod == 0x40 { tail.append(UInt8(bitPattern: Int8(truncatingIfNeeded: displacement))) }
      if mod == 0x80 { tail += little(displacement) }
    }
    if width == 8, !highBytes, reg >= 4 { rex |= 0x40 }
    return prefixes + (width == 16 ? [0x66] : []) + (rex != 0 ? [rex] : []) + opcode + tail + immediate
  }

  /// An instruction without ModRM.
  static func plain(_ opcode: [UInt8], width: Int = 32, prefixes: [UInt8] = [], immediate: [UInt8] = []) -> [UInt8] {
    prefixes + (width == 16 ? [0x66] : []) + (width == 64 ? [0x48] : []) + opcode + immediate
  }

  /// An integer's bytes, lowest first.
  static func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    (0..<T.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> T($0 * 8)) }
  }

  /// An immediate as wide as the operand, at most four bytes.
  static func immediate(_ value: UInt64, width: Int) -> [UInt8] {
    Array(little(value).prefix(min(width, 32) / 8))
  }
}

/// Register numbers by name.
enum R {
  static let (rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi) = (0, 1, 2, 3, 4, 5, 6, 7)
  static let (r8, r9, r10, r11, r12, r13, r14, r15) = (8, 9, 10, 11, 12, 13, 14, 15)
}
