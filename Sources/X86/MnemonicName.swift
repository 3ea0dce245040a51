/// The spelling of each mnemonic in assembly text, and the way back.
extension Mnemonic {
  /// The name as the Intel SDM spells it, in lower case; `movsdString` and `cmpsdString` are `movsd` and `cmpsd`.
  package var name: String {
    let index = MnemonicNames.shared
    let start = Int(index.starts[Int(rawValue)])
    let end = Int(index.starts[Int(rawValue) + 1]) - 1
    return String(decoding: UnsafeBufferPointer(rebasing: index.text[start..<end]), as: UTF8.self)
  }

  /// The mnemonic of a zero-terminated name, or `.invalid`; of two with one spelling the SSE2 one.
  ///
  /// A binary search over the sorted names: it needs no table beyond 3 KB of offsets, which matters as swemu starts.
  package init(name: UnsafePointer<CChar>) {
    let index = MnemonicNames.shared
    var low = 1
    var high = index.starts.count - 1
    while low < high {
      let middle = (low + high) / 2
      if index.isName(middle, before: name) { low = middle + 1 } else { high = middle }
    }
    self =
      low < index.starts.count - 1 && index.isName(low, equalTo: name)
      ? Mnemonic(rawValue: UInt16(low)) ?? .invalid : .invalid
  }
}

private struct MnemonicNames: @unchecked Sendable {
  /// Read-only text of a `StaticString`, each name followed by a space.
  let text: UnsafeBufferPointer<UInt8>
  /// Where each name starts, by raw value, and one more entry behind the last.
  let starts: [UInt16]

  static let shared = MnemonicNames()

  private init() {
    text = UnsafeBufferPointer(start: names.utf8Start, count: names.utf8CodeUnitCount)
    var starts: [UInt16] = [0]
    starts.reserveCapacity(text.count / 6)
    for (offset, byte) in text.enumerated() where byte == UInt8(ascii: " ") { starts.append(UInt16(offset + 1)) }
    self.starts = starts
  }

  func isName(_ index: Int, before name: UnsafePointer<CChar>) -> Bool { compare(index, name) < 0 }

  func isName(_ index: Int, equalTo name: UnsafePointer<CChar>) -> Bool { compare(index, name) == 0 }

  private func compare(_ index: Int, _ name: UnsafePointer<CChar>) -> Int {
    var offset = Int(starts[index])
    var position = 0
    while true {
      let ours = text[offset] == UInt8(ascii: " ") ? 0 : Int(text[offset])
      let theirs = Int(UInt8(bitPattern: name[position]))
      if ours != theirs || ours == 0 { return ours - theirs }
      offset += 1
      position += 1
    }
  }
}

/// In order of raw values, which is alphabetical; a test compares them with the cases.
private let names: StaticString = """
  invalid adc adcx add addpd addps addsd addss addsubpd addsubps adox aesdec aesdeclast aesenc aesenclast aesimc \
  aeskeygenassist and andn andnpd andnps andpd andps bextr blendpd blendps blendvpd blendvps blsi blsmsk blsr bsf \
  bsr bswap bt btc btr bts bzhi call cbw cdq cdqe clac clc cld clflush clflushopt cli clts clwb cmc cmova cmovae \
  cmovb cmovbe cmove cmovg cmovge cmovl cmovle cmovne cmovno cmovnp cmovns cmovo cmovp cmovs cmp cmpeqpd cmpeqps \
  cmpeqsd cmpeqss cmplepd cmpleps cmplesd cmpless cmpltpd cmpltps cmpltsd cmpltss cmpneqpd cmpneqps cmpneqsd \
  cmpneqss cmpnlepd cmpnleps cmpnlesd cmpnless cmpnltpd cmpnltps cmpnltsd cmpnltss cmpordpd cmpordps cmpordsd \
  cmpordss cmppd cmpps cmpsb cmpsd cmpsd cmpsq cmpss cmpsw cmpunordpd cmpunordps cmpunordsd cmpunordss cmpxchg \
  cmpxchg16b cmpxchg8b comisd comiss cpuid cqo crc32 cvtdq2pd cvtdq2ps cvtpd2dq cvtpd2pi cvtpd2ps cvtpi2pd \
  cvtpi2ps cvtps2dq cvtps2pd cvtps2pi cvtsd2si cvtsd2ss cvtsi2sd cvtsi2ss cvtss2sd cvtss2si cvttpd2dq cvttpd2pi \
  cvttps2dq cvttps2pi cvttsd2si cvttss2si cwd cwde dec div divpd divps divsd divss dppd dpps emms encls enclu \
  endbr32 endbr64 enter extractps f2xm1 fabs fadd faddp fbld fbstp fchs fcmovb fcmovbe fcmove fcmovnb fcmovnbe \
  fcmovne fcmovnu fcmovu fcom fcomi fcomip fcomp fcompp fcos fdecstp fdisi8087_nop fdiv fdivp fdivr fdivrp \
  feni8087_nop ffree ffreep fiadd ficom ficomp fidiv fidivr fild fimul fincstp fist fistp fisttp fisub fisubr fld \
  fld1 fldcw fldenv fldl2e fldl2t fldlg2 fldln2 fldpi fldz fmul fmulp fnclex fninit fnop fnsave fnstcw fnstenv \
  fnstsw fpatan fprem fprem1 fptan frndint frstor fscale fsetpm fsin fsincos fsqrt fst fstp fstpnce fsub fsubp \
  fsubr fsubrp ftst fucom fucomi fucomip fucomp fucompp fwait fxam fxch fxrstor fxrstor64 fxsave fxsave64 fxtract \
  fyl2x fyl2xp1 getsec haddpd haddps hlt hsubpd hsubps idiv imul in inc insb insd insertps insw int int1 int3 \
  invd invlpg invpcid iret iretd iretq ja jae jb jbe je jecxz jg jge jl jle jmp jne jno jnp jns jo jp jrcxz js \
  lahf lar lcall lddqu ldmxcsr lea leave lfence lfs lgdt lgs lidt ljmp lldt lmsw lodsb lodsd lodsq lodsw loop \
  loope loopne lsl lss ltr lzcnt maskmovdqu maskmovq maxpd maxps maxsd maxss mfence minpd minps minsd minss \
  monitor mov movabs movapd movaps movbe movd movddup movdq2q movdqa movdqu movhlps movhpd movhps movlhps movlpd \
  movlps movmskpd movmskps movntdq movntdqa movnti movntpd movntps movntq movq movq2dq movsb movsd movsd movshdup \
  movsldup movsq movss movsw movsx movsxd movupd movups movzx mpsadbw mul mulpd mulps mulsd mulss mulx mwait neg \
  nop not or orpd orps out outsb outsd outsw pabsb pabsd pabsw packssdw packsswb packusdw packuswb paddb paddd \
  paddq paddsb paddsw paddusb paddusw paddw palignr pand pandn pause pavgb pavgw pblendvb pblendw pclmulqdq \
  pcmpeqb pcmpeqd pcmpeqq pcmpeqw pcmpestri pcmpestrm pcmpgtb pcmpgtd pcmpgtq pcmpgtw pcmpistri pcmpistrm pdep \
  pext pextrb pextrd pextrq pextrw phaddd phaddsw phaddw phminposuw phsubd phsubsw phsubw pinsrb pinsrd pinsrq \
  pinsrw pmaddubsw pmaddwd pmaxsb pmaxsd pmaxsw pmaxub pmaxud pmaxuw pminsb pminsd pminsw pminub pminud pminuw \
  pmovmskb pmovsxbd pmovsxbq pmovsxbw pmovsxdq pmovsxwd pmovsxwq pmovzxbd pmovzxbq pmovzxbw pmovzxdq pmovzxwd \
  pmovzxwq pmuldq pmulhrsw pmulhuw pmulhw pmulld pmullw pmuludq pop popcnt popf popfq por prefetch prefetchnta \
  prefetcht0 prefetcht1 prefetcht2 prefetchw psadbw pshufb pshufd pshufhw pshuflw pshufw psignb psignd psignw \
  pslld pslldq psllq psllw psrad psraw psrld psrldq psrlq psrlw psubb psubd psubq psubsb psubsw psubusb psubusw \
  psubw ptest punpckhbw punpckhdq punpckhqdq punpckhwd punpcklbw punpckldq punpcklqdq punpcklwd push pushf pushfq \
  pxor rcl rcpps rcpss rcr rdfsbase rdgsbase rdmsr rdpid rdpmc rdrand rdseed rdsspd rdsspq rdtsc rdtscp ret retf \
  retfq rol ror rorx roundpd roundps roundsd roundss rsm rsqrtps rsqrtss sahf sal sar sarx sbb scasb scasd scasq \
  scasw seta setae setb setbe sete setg setge setl setle setne setno setnp setns seto setp sets sfence sgdt \
  sha1msg1 sha1msg2 sha1nexte sha1rnds4 sha256msg1 sha256msg2 sha256rnds2 shl shld shlx shr shrd shrx shufpd \
  shufps sidt sldt smsw sqrtpd sqrtps sqrtsd sqrtss stac stc std sti stmxcsr stosb stosd stosq stosw str sub \
  subpd subps subsd subss swapgs syscall sysenter sysexit sysret test tzcnt ucomisd ucomiss ud0 ud1 ud2 ud2b \
  unpckhpd unpckhps unpcklpd unpcklps vaddpd vaddps vaddsd vaddss vaddsubpd vaddsubps vaesdec vaesdeclast vaesenc \
  vaesenclast vaesimc vaeskeygenassist vandnpd vandnps vandpd vandps vblendpd vblendps vblendvpd vblendvps \
  vbroadcastf128 vbroadcasti128 vbroadcastsd vbroadcastss vcmppd vcmpps vcmpsd vcmpss vcomisd vcomiss vcvtdq2pd \
  vcvtdq2ps vcvtpd2dq vcvtpd2ps vcvtph2ps vcvtps2dq vcvtps2pd vcvtps2ph vcvtsd2si vcvtsd2ss vcvtsi2sd vcvtsi2ss \
  vcvtss2sd vcvtss2si vcvttpd2dq vcvttps2dq vcvttsd2si vcvttss2si vdivpd vdivps vdivsd vdivss vdppd vdpps verr \
  verw vextractf128 vextracti128 vextractps vfmadd132pd vfmadd132ps vfmadd132sd vfmadd132ss vfmadd213pd \
  vfmadd213ps vfmadd213sd vfmadd213ss vfmadd231pd vfmadd231ps vfmadd231sd vfmadd231ss vfmaddsub132pd \
  vfmaddsub132ps vfmaddsub213pd vfmaddsub213ps vfmaddsub231pd vfmaddsub231ps vfmsub132pd vfmsub132ps vfmsub132sd \
  vfmsub132ss vfmsub213pd vfmsub213ps vfmsub213sd vfmsub213ss vfmsub231pd vfmsub231ps vfmsub231sd vfmsub231ss \
  vfmsubadd132pd vfmsubadd132ps vfmsubadd213pd vfmsubadd213ps vfmsubadd231pd vfmsubadd231ps vfnmadd132pd \
  vfnmadd132ps vfnmadd132sd vfnmadd132ss vfnmadd213pd vfnmadd213ps vfnmadd213sd vfnmadd213ss vfnmadd231pd \
  vfnmadd231ps vfnmadd231sd vfnmadd231ss vfnmsub132pd vfnmsub132ps vfnmsub132sd vfnmsub132ss vfnmsub213pd \
  vfnmsub213ps vfnmsub213sd vfnmsub213ss vfnmsub231pd vfnmsub231ps vfnmsub231sd vfnmsub231ss vgatherdpd \
  vgatherdps vgatherqpd vgatherqps vhaddpd vhaddps vhsubpd vhsubps vinsertf128 vinserti128 vinsertps vlddqu \
  vldmxcsr vmaskmovdqu vmaskmovpd vmaskmovps vmaxpd vmaxps vmaxsd vmaxss vmcall vminpd vminps vminsd vminss \
  vmmcall vmovapd vmovaps vmovd vmovddup vmovdqa vmovdqu vmovhlps vmovhpd vmovhps vmovlhps vmovlpd vmovlps \
  vmovmskpd vmovmskps vmovntdq vmovntdqa vmovntpd vmovntps vmovq vmovsd vmovshdup vmovsldup vmovss vmovupd \
  vmovups vmpsadbw vmulpd vmulps vmulsd vmulss vorpd vorps vpabsb vpabsd vpabsw vpackssdw vpacksswb vpackusdw \
  vpackuswb vpaddb vpaddd vpaddq vpaddsb vpaddsw vpaddusb vpaddusw vpaddw vpalignr vpand vpandn vpavgb vpavgw \
  vpblendd vpblendvb vpblendw vpbroadcastb vpbroadcastd vpbroadcastq vpbroadcastw vpclmulqdq vpcmpeqb vpcmpeqd \
  vpcmpeqq vpcmpeqw vpcmpestri vpcmpestrm vpcmpgtb vpcmpgtd vpcmpgtq vpcmpgtw vpcmpistri vpcmpistrm vperm2f128 \
  vperm2i128 vpermd vpermilpd vpermilps vpermpd vpermps vpermq vpextrb vpextrd vpextrq vpextrw vpgatherdd \
  vpgatherdq vpgatherqd vpgatherqq vphaddd vphaddsw vphaddw vphminposuw vphsubd vphsubsw vphsubw vpinsrb vpinsrd \
  vpinsrq vpinsrw vpmaddubsw vpmaddwd vpmaskmovd vpmaskmovq vpmaxsb vpmaxsd vpmaxsw vpmaxub vpmaxud vpmaxuw \
  vpminsb vpminsd vpminsw vpminub vpminud vpminuw vpmovmskb vpmovsxbd vpmovsxbq vpmovsxbw vpmovsxdq vpmovsxwd \
  vpmovsxwq vpmovzxbd vpmovzxbq vpmovzxbw vpmovzxdq vpmovzxwd vpmovzxwq vpmuldq vpmulhrsw vpmulhuw vpmulhw \
  vpmulld vpmullw vpmuludq vpor vpsadbw vpshufb vpshufd vpshufhw vpshuflw vpsignb vpsignd vpsignw vpslld vpslldq \
  vpsllq vpsllvd vpsllvq vpsllw vpsrad vpsravd vpsraw vpsrld vpsrldq vpsrlq vpsrlvd vpsrlvq vpsrlw vpsubb vpsubd \
  vpsubq vpsubsb vpsubsw vpsubusb vpsubusw vpsubw vptest vpunpckhbw vpunpckhdq vpunpckhqdq vpunpckhwd vpunpcklbw \
  vpunpckldq vpunpcklqdq vpunpcklwd vpxor vrcpps vrcpss vroundpd vroundps vroundsd vroundss vrsqrtps vrsqrtss \
  vshufpd vshufps vsqrtpd vsqrtps vsqrtsd vsqrtss vstmxcsr vsubpd vsubps vsubsd vsubss vtestpd vtestps vucomisd \
  vucomiss vunpckhpd vunpckhps vunpcklpd vunpcklps vxorpd vxorps vzeroall vzeroupper wait wbinvd wrfsbase \
  wrgsbase wrmsr xadd xchg xgetbv xlatb xor xorpd xorps xrstor xrstor64 xrstors xrstors64 xsave xsave64 xsavec \
  xsavec64 xsaveopt xsaveopt64 xsaves xsaves64 xsetbv \

  """
