/// Every encoding of SSE and SSE2 that works on XMM registers (SDM vol. 2; opcode map in vol. 2D, table A-3).
enum VectorForms {
  static let float: [VectorForm] =
    arithmetic + compares + orders + conversions

  private static let allFormats: [(suffix: String, prefix: UInt8, values: VectorForm.Values)] = [
    ("ps", 0, .singles), ("pd", 0x66, .doubles), ("sd", 0xf2, .doubles), ("ss", 0xf3, .singles),
  ]

  private static let arithmetic: [VectorForm] =
    [("sqrt", 0x51), ("add", 0x58), ("mul", 0x59), ("sub", 0x5c), ("min", 0x5d), ("div", 0x5e), ("max", 0x5f)].flatMap {
      (name: String, opcode: UInt8) in
      allFormats.map {
        VectorForm(name: name + $0.suffix, prefix: $0.prefix, opcode: opcode, reg: .xmm, rm: .xmm, values: $0.values)
      }
    }
    + [("rsqrt", 0x52), ("rcp", 0x53)].flatMap { (name: String, opcode: UInt8) in
      [allFormats[0], allFormats[3]].map {
        VectorForm(name: name + $0.suffix, prefix: $0.prefix, opcode: opcode, reg: .xmm, rm: .xmm, values: $0.values)
      }
    }

  private static let compares: [VectorForm] = allFormats.map {
    VectorForm(
      name: "cmp" + $0.suffix, prefix: $0.prefix, opcode: 0xc2, reg: .xmm, rm: .xmm, values: $0.values,
      immediates: [0, 1, 2, 3, 4, 5, 6, 7])
  }

  private static let orders: [VectorForm] = [("ucomi", 0x2e), ("comi", 0x2f)].flatMap { (name: String, opcode: UInt8) in
    [("ss", 0 as UInt8, VectorForm.Values.singles), ("sd", 0x66, .doubles)].map {
      VectorForm(name: name + $0.0, prefix: $0.1, opcode: opcode, reg: .xmm, rm: .xmm, values: $0.2)
    }
  }

  private static let conversions: [VectorForm] =
    [
      VectorForm(name: "cvtps2pd", prefix: 0, opcode: 0x5a, reg: .xmm, rm: .xmm, values: .singles),
      VectorForm(name: "cvtpd2ps", prefix: 0x66, opcode: 0x5a, reg: .xmm, rm: .xmm, values: .doubles),
      VectorForm(name: "cvtsd2ss", prefix: 0xf2, opcode: 0x5a, reg: .xmm, rm: .xmm, values: .doubles),
      VectorForm(name: "cvtss2sd", prefix: 0xf3, opcode: 0x5a, reg: .xmm, rm: .xmm, values: .singles),
      VectorForm(name: "cvtdq2ps", prefix: 0, opcode: 0x5b, reg: .xmm, rm: .xmm, values: .integers),
      VectorForm(name: "cvtps2dq", prefix: 0x66, opcode: 0x5b, reg: .xmm, rm: .xmm, values: .singles),
      VectorForm(name: "cvttps2dq", prefix: 0xf3, opcode: 0x5b, reg: .xmm, rm: .xmm, values: .singles),
      VectorForm(name: "cvttpd2dq", prefix: 0x66, opcode: 0xe6, reg: .xmm, rm: .xmm, values: .doubles),
      VectorForm(name: "cvtpd2dq", prefix: 0xf2, opcode: 0xe6, reg: .xmm, rm: .xmm, values: .doubles),
      VectorForm(name: "cvtdq2pd", prefix: 0xf3, opcode: 0xe6, reg: .xmm, rm: .xmm, values: .integers),
    ]
    + [false, true].flatMap { wide in
      [
        VectorForm(name: "cvtsi2ss", prefix: 0xf3, opcode: 0x2a, reg: .xmm, rm: .gpr, values: .integers, isWide: wide),
        VectorForm(name: "cvtsi2sd", prefix: 0xf2, opcode: 0x2a, reg: .xmm, rm: .gpr, values: .integers, isWide: wide),
        VectorForm(name: "cvttss2si", prefix: 0xf3, opcode: 0x2c, reg: .gpr, rm: .xmm, values: .singles, isWide: wide),
        VectorForm(name: "cvttsd2si", prefix: 0xf2, opcode: 0x2c, reg: .gpr, rm: .xmm, values: .doubles, isWide: wide),
        VectorForm(name: "cvtss2si", prefix: 0xf3, opcode: 0x2d, reg: .gpr, rm: .xmm, values: .singles, isWide: wide),
        VectorForm(name: "cvtsd2si", prefix: 0xf2, opcode: 0x2d, reg: .gpr, rm: .xmm, values: .doubles, isWide: wide),
      ]
    }

  static let integer: [VectorForm] =
    packed.map { VectorForm(name: $0.0, prefix: 0x66, opcode: $0.1, reg: .xmm, rm: .xmm, values: .integers) }
    + logic + shifts + shuffles + words

  /// Opcodes that MMX registers take too, without the prefix.
  static let packed: [(String, UInt8)] = [
    ("punpcklbw", 0x60), ("punpcklwd", 0x61), ("punpckldq", 0x62), ("packsswb", 0x63), ("pcmpgtb", 0x64),
    ("pcmpgtw", 0x65),
    ("pcmpgtd", 0x66), ("packuswb", 0x67), ("punpckhbw", 0x68), ("punpckhwd", 0x69), ("punpckhdq", 0x6a),
    ("packssdw", 0x6b),
    ("punpcklqdq", 0x6c), ("punpckhqdq", 0x6d), ("pcmpeqb", 0x74), ("pcmpeqw", 0x75), ("pcmpeqd", 0x76),
    ("psrlw", 0xd1),
    ("psrld", 0xd2), ("psrlq", 0xd3), ("paddq", 0xd4), ("pmullw", 0xd5), ("psubusb", 0xd8), ("psubusw", 0xd9),
    ("pminub", 0xda), ("pand", 0xdb), ("paddusb", 0xdc), ("paddusw", 0xdd), ("pmaxub", 0xde), ("pandn", 0xdf),
    ("pavgb", 0xe0), ("psraw", 0xe1), ("psrad", 0xe2), ("pavgw", 0xe3), ("pmulhuw", 0xe4), ("pmulhw", 0xe5),
    ("psubsb", 0xe8), ("psubsw", 0xe9), ("pminsw", 0xea), ("por", 0xeb), ("paddsb", 0xec), ("paddsw", 0xed),
    ("pmaxsw", 0xee), ("pxor", 0xef), ("psllw", 0xf1), ("pslld", 0xf2), ("psllq", 0xf3), ("pmuludq", 0xf4),
    ("pmaddwd", 0xf5), ("psadbw", 0xf6), ("psubb", 0xf8), ("psubw", 0xf9), ("psubd", 0xfa), ("psubq", 0xfb),
    ("paddb", 0xfc), ("paddw", 0xfd), ("paddd", 0xfe),
  ]

  private static let logic: [VectorForm] =
    [("unpckl", 0x14), ("unpckh", 0x15), ("and", 0x54), ("andn", 0x55), ("or", 0x56), ("xor", 0x57)].flatMap {
      (name: String, opcode: UInt8) in
      [("ps", 0 as UInt8), ("pd", 0x66)].map {
        VectorForm(name: name + $0.0, prefix: $0.1, opcode: opcode, reg: .xmm, rm: .xmm, values: .integers)
      }
    }

  /// Group, digit and name of the shifts by an immediate.
  static let immediateShifts: [(String, UInt8, UInt8)] = [
    ("psrlw", 0x71, 2), ("psraw", 0x71, 4), ("psllw", 0x71, 6), ("psrld", 0x72, 2), ("psrad", 0x72, 4),
    ("pslld", 0x72, 6),
    ("psrlq", 0x73, 2), ("psllq", 0x73, 6),
  ]

  private static let counts: [UInt8] = [0, 1, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 255]

  private static let shifts: [VectorForm] =
    (immediateShifts + [("psrldq", 0x73, 3), ("pslldq", 0x73, 7)]).map {
      VectorForm(
        name: $0.0, prefix: 0x66, opcode: $0.1, reg: .digit($0.2), rm: .xmm, values: .integers, takesMemory: false,
        immediates: counts)
    }

  static let anyImmediate: [UInt8] = (0...255).map { UInt8($0) }

  private static let shuffles: [VectorForm] =
    [
      ("pshufd", 0x66, 0x70), ("pshufhw", 0xf3, 0x70), ("pshuflw", 0xf2, 0x70), ("shufps", 0, 0xc6),
      ("shufpd", 0x66, 0xc6),
    ].map {
      (name: String, prefix: UInt8, opcode: UInt8) in
      VectorForm(
        name: name, prefix: prefix, opcode: opcode, reg: .xmm, rm: .xmm, values: .integers, immediates: anyImmediate)
    }

  private static let words: [VectorForm] = [
    VectorForm(
      name: "pinsrw", prefix: 0x66, opcode: 0xc4, reg: .xmm, rm: .gpr, values: .integers, immediates: anyImmediate),
    VectorForm(
      name: "pextrw", prefix: 0x66, opcode: 0xc5, reg: .gpr, rm: .xmm, values: .integers, takesMemory: false,
      immediates: anyImmediate),
    VectorForm(
      name: "pmovmskb", prefix: 0x66, opcode: 0xd7, reg: .gpr, rm: .xmm, values: .integers, takesMemory: false),
    VectorForm(name: "movmskps", prefix: 0, opcode: 0x50, reg: .gpr, rm: .xmm, values: .integers, takesMemory: false),
    VectorForm(
      name: "movmskpd", prefix: 0x66, opcode: 0x50, reg: .gpr, rm: .xmm, values: .integers, takesMemory: false),
  ]

  /// Everything with an MMX register, and MASKMOVDQU.
  static let mmx: [VectorForm] =
    packed.filter { !$0.0.hasSuffix("qdq") }
    .map { VectorForm(name: $0.0 + " mm", prefix: 0, opcode: $0.1, reg: .mm, rm: .mm, values: .integers) }
    + immediateShifts.map {
      VectorForm(
        name: $0.0 + " mm", prefix: 0, opcode: $0.1, reg: .digit($0.2), rm: .mm, values: .integers, takesMemory: false,
        immediates: counts)
    } + mmxMoves + mmxConversions

  private static let mmxMoves: [VectorForm] =
    [
      VectorForm(
        name: "pshufw", prefix: 0, opcode: 0x70, reg: .mm, rm: .mm, values: .integers, immediates: anyImmediate),
      VectorForm(
        name: "pinsrw mm", prefix: 0, opcode: 0xc4, reg: .mm, rm: .gpr, values: .integers, immediates: anyImmediate),
      VectorForm(
        name: "pextrw mm", prefix: 0, opcode: 0xc5, reg: .gpr, rm: .mm, values: .integers, takesMemory: false,
        immediates: anyImmediate),
      VectorForm(
        name: "pmovmskb mm", prefix: 0, opcode: 0xd7, reg: .gpr, rm: .mm, values: .integers, takesMemory: false),
      VectorForm(name: "movq mm", prefix: 0, opcode: 0x6f, reg: .mm, rm: .mm, values: .integers),
      VectorForm(name: "movq mm", prefix: 0, opcode: 0x7f, reg: .mm, rm: .mm, values: .integers),
      VectorForm(name: "movntq", prefix: 0, opcode: 0xe7, reg: .mm, rm: .mm, values: .integers, takesRegister: false),
      VectorForm(
        name: "movdq2q", prefix: 0xf2, opcode: 0xd6, reg: .mm, rm: .xmm, values: .integers, takesMemory: false),
      VectorForm(
        name: "movq2dq", prefix: 0xf3, opcode: 0xd6, reg: .xmm, rm: .mm, values: .integers, takesMemory: false),
      VectorForm(name: "maskmovq", prefix: 0, opcode: 0xf7, reg: .mm, rm: .mm, values: .integers, takesMemory: false),
      VectorForm(
        name: "maskmovdqu", prefix: 0x66, opcode: 0xf7, reg: .xmm, rm: .xmm, values: .integers, takesMemory: false),
      VectorForm(name: "emms", prefix: 0, opcode: 0x77, reg: .none, rm: .none, values: .integers, takesMemory: false),
    ]
    + [false, true].flatMap { wide in
      [
        VectorForm(name: "movd mm", prefix: 0, opcode: 0x6e, reg: .mm, rm: .gpr, values: .integers, isWide: wide),
        VectorForm(name: "movd mm", prefix: 0, opcode: 0x7e, reg: .mm, rm: .gpr, values: .integers, isWide: wide),
      ]
    }

  static let mmxConversions: [VectorForm] = [
    VectorForm(name: "cvtpi2ps", prefix: 0, opcode: 0x2a, reg: .xmm, rm: .mm, values: .integers),
    VectorForm(name: "cvtpi2pd", prefix: 0x66, opcode: 0x2a, reg: .xmm, rm: .mm, values: .integers),
    VectorForm(name: "cvttps2pi", prefix: 0, opcode: 0x2c, reg: .mm, rm: .xmm, values: .singles),
    VectorForm(name: "cvttpd2pi", prefix: 0x66, opcode: 0x2c, reg: .mm, rm: .xmm, values: .doubles),
    VectorForm(name: "cvtps2pi", prefix: 0, opcode: 0x2d, reg: .mm, rm: .xmm, values: .singles),
    VectorForm(name: "cvtpd2pi", prefix: 0x66, opcode: 0x2d, reg: .mm, rm: .xmm, values: .doubles),
  ]

  static let moves: [VectorForm] =
    [
      ("movups", 0, 0x10, true), ("movups", 0, 0x11, true), ("movupd", 0x66, 0x10, true), ("movupd", 0x66, 0x11, true),
      ("movss", 0xf3, 0x10, true), ("movss", 0xf3, 0x11, true), ("movsd", 0xf2, 0x10, true),
      ("movsd", 0xf2, 0x11, true),
      ("movaps", 0, 0x28, true), ("movaps", 0, 0x29, true), ("movapd", 0x66, 0x28, true), ("movapd", 0x66, 0x29, true),
      ("movdqa", 0x66, 0x6f, true), ("movdqa", 0x66, 0x7f, true), ("movdqu", 0xf3, 0x6f, true),
      ("movdqu", 0xf3, 0x7f, true),
      ("movq", 0xf3, 0x7e, true), ("movq", 0x66, 0xd6, true), ("movlps/movhlps", 0, 0x12, true),
      ("movlps", 0, 0x13, false),
      ("movlpd", 0x66, 0x12, false), ("movlpd", 0x66, 0x13, false), ("movhps/movlhps", 0, 0x16, true),
      ("movhps", 0, 0x17, false),
      ("movhpd", 0x66, 0x16, false), ("movhpd", 0x66, 0x17, false), ("movntps", 0, 0x2b, false),
      ("movntpd", 0x66, 0x2b, false),
      ("movntdq", 0x66, 0xe7, false), ("lddqu", 0xf2, 0xf0, false),
    ].map { (name: String, prefix: UInt8, opcode: UInt8, takesRegister: Bool) in
      VectorForm(
        name: name, prefix: prefix, opcode: opcode, reg: .xmm, rm: .xmm, values: .integers, takesRegister: takesRegister
      )
    }
    + [false, true].flatMap { wide in
      [
        VectorForm(name: "movd", prefix: 0x66, opcode: 0x6e, reg: .xmm, rm: .gpr, values: .integers, isWide: wide),
        VectorForm(name: "movd", prefix: 0x66, opcode: 0x7e, reg: .xmm, rm: .gpr, values: .integers, isWide: wide),
        VectorForm(
          name: "movnti", prefix: 0, opcode: 0xc3, reg: .gpr, rm: .gpr, values: .integers, takesRegister: false,
          isWide: wide),
      ]
    }
}
