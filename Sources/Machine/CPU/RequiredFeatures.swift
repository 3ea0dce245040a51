// Which CPUID feature each instruction belongs to (SDM vol. 2, "CPUID Feature Flag" column of the instruction pages).

import X86

extension Instruction {
  /// What a processor must have to know this instruction. Empty for those that every x86-64 processor has.
  package var requiredFeatures: CPUFeatures {
    if vex.isPresent { return requiredVEXFeatures }
    switch mnemonic {
    case .addsubpd, .addsubps, .haddpd, .haddps, .hsubpd, .hsubps, .lddqu, .movddup, .movshdup, .movsldup, .fisttp:
      return .sse3
    case .pabsb, .pabsw, .pabsd, .palignr, .phaddw, .phaddd, .phaddsw, .phsubw, .phsubd, .phsubsw, .pmaddubsw,
      .pmulhrsw,
      .pshufb, .psignb, .psignw, .psignd:
      return .ssse3
    case .blendpd, .blendps, .blendvpd, .blendvps, .dppd, .dpps, .extractps, .insertps, .movntdqa, .mpsadbw, .packusdw,
      .pblendvb, .pblendw, .pcmpeqq, .pextrb, .pextrd, .pextrq, .phminposuw, .pinsrb, .pinsrd, .pinsrq, .pmaxsb,
      .pmaxsd,
      .pmaxud, .pmaxuw, .pminsb, .pminsd, .pminud, .pminuw, .pmovsxbd, .pmovsxbq, .pmovsxbw, .pmovsxdq, .pmovsxwd,
      .pmovsxwq, .pmovzxbd, .pmovzxbq, .pmovzxbw, .pmovzxdq, .pmovzxwd, .pmovzxwq, .pmuldq, .pmulld, .ptest, .roundpd,
      .roundps, .roundsd, .roundss:
      return .sse41
    // Of PEXTRW the form with a memory operand is SSE4.1's.
    case .pextrw: return opcodeMap == 3 ? .sse41 : []
    case .pcmpestri, .pcmpestrm, .pcmpistri, .pcmpistrm, .pcmpgtq, .crc32: return .sse42
    case .popcnt: return .popcnt
    case .cmpxchg16b: return .cmpxchg16b
    case .lahf, .sahf: return .lahf
    case .aesdec, .aesdeclast, .aesenc, .aesenclast, .aesimc, .aeskeygenassist: return .aes
    case .pclmulqdq: return .pclmulqdq
    case .sha1msg1, .sha1msg2, .sha1nexte, .sha1rnds4, .sha256msg1, .sha256msg2, .sha256rnds2: return .sha
    case .xsave, .xsave64, .xrstor, .xrstor64, .xgetbv, .xsetbv: return .xsave
    case .xsavec, .xsavec64, .xsaveopt, .xsaveopt64: return .xsavec
    case .movbe: return .movbe
    case .adcx, .adox: return .adx
    case .rdrand: return .rdrand
    case .rdseed: return .rdseed
    case .rdfsbase, .rdgsbase, .wrfsbase, .wrgsbase: return .fsgsbase
    case .rdtscp: return .rdtscp
    case .rdpid: return .rdpid
    case .clflushopt: return .clflushopt
    case .clwb: return .clwb
    case .lzcnt: return .lzcnt
    case .tzcnt: return .bmi1
    default: return []
    }
  }

  private var requiredVEXFeatures: CPUFeatures {
    switch mnemonic {
    case .andn, .bextr, .blsi, .blsmsk, .blsr: return .bmi1
    case .bzhi, .mulx, .pdep, .pext, .rorx, .sarx, .shlx, .shrx: return .bmi2
    case .vcvtph2ps, .vcvtps2ph: return .f16c
    case .vaesdec, .vaesdeclast, .vaesenc, .vaesenclast, .vaesimc, .vaeskeygenassist: return [.aes, .avx]
    case .vpclmulqdq: return [.pclmulqdq, .avx]
    case .vbroadcasti128, .vextracti128, .vinserti128, .vpblendd, .vpbroadcastb, .vpbroadcastd, .vpbroadcastq,
      .vpbroadcastw, .vperm2i128, .vpermd, .vpermpd, .vpermps, .vpermq, .vpmaskmovd, .vpmaskmovq, .vpsllvd, .vpsllvq,
      .vpsravd, .vpsrlvd, .vpsrlvq, .vgatherdpd, .vgatherdps, .vgatherqpd, .vgatherqps, .vpgatherdd, .vpgatherdq,
      .vpgatherqd, .vpgatherqq:
      return .avx2
    case .vbroadcastss, .vbroadcastsd: return op1.kind == .register ? .avx2 : .avx
    case .vperm2f128, .vpermilps, .vpermilpd, .vptest: return .avx
    case .vmpsadbw, .vmovntdqa: return vex.l ? .avx2 : .avx
    default:
      let number = mnemonic.rawValue
      if number >= Mnemonic.vfmadd132pd.rawValue, number <= Mnemonic.vfnmsub231ss.rawValue { return .fma }
      // Packed integers came to 256 bits with AVX2.
      if vex.l, number >= Mnemonic.vpabsb.rawValue, number <= Mnemonic.vpxor.rawValue { return .avx2 }
      return .avx
    }
  }
}
