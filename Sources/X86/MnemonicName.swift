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
    self = low < index.starts.count - 1 && index.isName(low, equalTo: name) ? Mnemonic(rawValue: UInt16(low)) ?? .invalid : .invalid
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
  invalid aaa aad aam aas adc adcx add addpd addps addsd addss addsubpd addsubps adox aesdec aesdeclast aesenc \
  aesenclast aesimc aeskeygenassist and andn andnpd andnps andpd andps arpl bextr blcfill blci blcic blcmsk blcs \
  blendpd blendps blendvpd blendvps blsfill blsi blsic blsmsk blsr bound bsf bsr bswap bt btc btr bts bzhi call \
  cbw cdq cdqe clac clc cld clflush clflushopt clgi cli clts clwb clzero cmc cmova cmovae cmovb cmovbe cmove \
  cmovg cmovge cmovl cmovle cmovne cmovno cmovnp cmovns cmovo cmovp cmovs cmp cmpeqpd cmpeqps cmpeqsd cmpeqss \
  cmplepd cmpleps cmplesd cmpless cmpltpd cmpltps cmpltsd cmpltss cmpneqpd cmpneqps cmpneqsd cmpneqss cmpnlepd \
  cmpnleps cmpnlesd cmpnless cmpnltpd cmpnltps cmpnltsd cmpnltss cmpordpd cmpordps cmpordsd cmpordss cmppd cmpps \
  cmpsb cmpsd cmpsd cmpsq cmpss cmpsw cmpunordpd cmpunordps cmpunordsd cmpunordss cmpxchg cmpxchg16b cmpxchg8b \
  comisd comiss cpuid cqo crc32 cvtdq2pd cvtdq2ps cvtpd2dq cvtpd2pi cvtpd2ps cvtpi2pd cvtpi2ps cvtps2dq cvtps2pd \
  cvtps2pi cvtsd2si cvtsd2ss cvtsi2sd cvtsi2ss cvtss2sd cvtss2si cvttpd2dq cvttpd2pi cvttps2dq cvttps2pi \
  cvttsd2si cvttss2si cwd cwde daa das dec div divpd divps divsd divss dppd dpps emms encls enclu endbr32 endbr64 \
  enter extractps extrq f2xm1 fabs fadd faddp fbld fbstp fchs fcmovb fcmovbe fcmove fcmovnb fcmovnbe fcmovne \
  fcmovnu fcmovu fcom fcomi fcomip fcomp fcompp fcos fdecstp fdisi8087_nop fdiv fdivp fdivr fdivrp femms \
  feni8087_nop ffree ffreep fiadd ficom ficomp fidiv fidivr fild fimul fincstp fist fistp fisttp fisub fisubr fld \
  fld1 fldcw fldenv fldl2e fldl2t fldlg2 fldln2 fldpi fldz fmul fmulp fnclex fninit fnop fnsave fnstcw fnstenv \
  fnstsw fpatan fprem fprem1 fptan frndint frstor fscale fsetpm fsin fsincos fsqrt fst fstp fstpnce fsub fsubp \
  fsubr fsubrp ftst fucom fucomi fucomip fucomp fucompp fwait fxam fxch fxrstor fxrstor64 fxsave fxsave64 fxtract \
  fyl2x fyl2xp1 getsec haddpd haddps hlt hsubpd hsubps idiv imul in inc insb insd insertps insertq insw int int1 \
  int3 into invd invept invlpg invlpga invpcid invvpid iret iretd iretq ja jae jb jbe jcxz je jecxz jg jge jl jle \
  jmp jne jno jnp jns jo jp jrcxz js lahf lar lcall lddqu ldmxcsr lds lea leave les lfence lfs lgdt lgs lidt ljmp \
  lldt lmsw lodsb lodsd lodsq lodsw loop loope loopne lsl lss ltr lzcnt maskmovdqu maskmovq maxpd maxps maxsd \
  maxss mfence minpd minps minsd minss monitor montmul mov movabs movapd movaps movbe movd movddup movdq2q movdqa \
  movdqu movhlps movhpd movhps movlhps movlpd movlps movmskpd movmskps movntdq movntdqa movnti movntpd movntps \
  movntq movntsd movntss movq movq2dq movsb movsd movsd movshdup movsldup movsq movss movsw movsx movsxd movupd \
  movups movzx mpsadbw mul mulpd mulps mulsd mulss mulx mwait neg nop not or orpd orps out outsb outsd outsw \
  pabsb pabsd pabsw packssdw packsswb packusdw packuswb paddb paddd paddq paddsb paddsw paddusb paddusw paddw \
  palignr pand pandn pause pavgb pavgusb pavgw pblendvb pblendw pclmulqdq pcmpeqb pcmpeqd pcmpeqq pcmpeqw \
  pcmpestri pcmpestrm pcmpgtb pcmpgtd pcmpgtq pcmpgtw pcmpistri pcmpistrm pcommit pdep pext pextrb pextrd pextrq \
  pextrw pf2id pf2iw pfacc pfadd pfcmpeq pfcmpge pfcmpgt pfmax pfmin pfmul pfnacc pfpnacc pfrcp pfrcpit1 pfrcpit2 \
  pfrsqit1 pfrsqrt pfsub pfsubr phaddd phaddsw phaddw phminposuw phsubd phsubsw phsubw pi2fd pi2fw pinsrb pinsrd \
  pinsrq pinsrw pmaddubsw pmaddwd pmaxsb pmaxsd pmaxsw pmaxub pmaxud pmaxuw pminsb pminsd pminsw pminub pminud \
  pminuw pmovmskb pmovsxbd pmovsxbq pmovsxbw pmovsxdq pmovsxwd pmovsxwq pmovzxbd pmovzxbq pmovzxbw pmovzxdq \
  pmovzxwd pmovzxwq pmuldq pmulhrsw pmulhrw pmulhuw pmulhw pmulld pmullw pmuludq pop popal popaw popcnt popf \
  popfd popfq por prefetch prefetchnta prefetcht0 prefetcht1 prefetcht2 prefetchw prefetchwt1 psadbw pshufb \
  pshufd pshufhw pshuflw pshufw psignb psignd psignw pslld pslldq psllq psllw psrad psraw psrld psrldq psrlq \
  psrlw psubb psubd psubq psubsb psubsw psubusb psubusw psubw pswapd ptest punpckhbw punpckhdq punpckhqdq \
  punpckhwd punpcklbw punpckldq punpcklqdq punpcklwd push pushal pushaw pushf pushfd pushfq pxor rcl rcpps rcpss \
  rcr rdfsbase rdgsbase rdmsr rdpid rdpmc rdrand rdseed rdsspd rdsspq rdtsc rdtscp ret retf retfq rol ror rorx \
  roundpd roundps roundsd roundss rsm rsqrtps rsqrtss sahf sal salc sar sarx sbb scasb scasd scasq scasw seta \
  setae setb setbe sete setg setge setl setle setne setno setnp setns seto setp sets sfence sgdt sha1msg1 \
  sha1msg2 sha1nexte sha1rnds4 sha256msg1 sha256msg2 sha256rnds2 shl shld shlx shr shrd shrx shufpd shufps sidt \
  skinit sldt smsw sqrtpd sqrtps sqrtsd sqrtss stac stc std stgi sti stmxcsr stosb stosd stosq stosw str sub \
  subpd subps subsd subss swapgs syscall sysenter sysexit sysret t1mskc test tzcnt tzmsk ucomisd ucomiss ud0 ud1 \
  ud2 ud2b unpckhpd unpckhps unpcklpd unpcklps vaddpd vaddps vaddsd vaddss vaddsubpd vaddsubps vaesdec \
  vaesdeclast vaesenc vaesenclast vaesimc vaeskeygenassist valignd valignq vandnpd vandnps vandpd vandps \
  vblendmpd vblendmps vblendpd vblendps vblendvpd vblendvps vbroadcastf128 vbroadcasti128 vbroadcasti32x4 \
  vbroadcasti64x4 vbroadcastsd vbroadcastss vcmpeq_ospd vcmpeq_osps vcmpeq_ossd vcmpeq_osss vcmpeq_uqpd \
  vcmpeq_uqps vcmpeq_uqsd vcmpeq_uqss vcmpeq_uspd vcmpeq_usps vcmpeq_ussd vcmpeq_usss vcmpeqpd vcmpeqps vcmpeqsd \
  vcmpeqss vcmpfalse_ospd vcmpfalse_osps vcmpfalse_ossd vcmpfalse_osss vcmpfalsepd vcmpfalseps vcmpfalsesd \
  vcmpfalsess vcmpge_oqpd vcmpge_oqps vcmpge_oqsd vcmpge_oqss vcmpgepd vcmpgeps vcmpgesd vcmpgess vcmpgt_oqpd \
  vcmpgt_oqps vcmpgt_oqsd vcmpgt_oqss vcmpgtpd vcmpgtps vcmpgtsd vcmpgtss vcmple_oqpd vcmple_oqps vcmple_oqsd \
  vcmple_oqss vcmplepd vcmpleps vcmplesd vcmpless vcmplt_oqpd vcmplt_oqps vcmplt_oqsd vcmplt_oqss vcmpltpd \
  vcmpltps vcmpltsd vcmpltss vcmpneq_oqpd vcmpneq_oqps vcmpneq_oqsd vcmpneq_oqss vcmpneq_ospd vcmpneq_osps \
  vcmpneq_ossd vcmpneq_osss vcmpneq_uspd vcmpneq_usps vcmpneq_ussd vcmpneq_usss vcmpneqpd vcmpneqps vcmpneqsd \
  vcmpneqss vcmpnge_uqpd vcmpnge_uqps vcmpnge_uqsd vcmpnge_uqss vcmpngepd vcmpngeps vcmpngesd vcmpngess \
  vcmpngt_uqpd vcmpngt_uqps vcmpngt_uqsd vcmpngt_uqss vcmpngtpd vcmpngtps vcmpngtsd vcmpngtss vcmpnle_uqpd \
  vcmpnle_uqps vcmpnle_uqsd vcmpnle_uqss vcmpnlepd vcmpnleps vcmpnlesd vcmpnless vcmpnlt_uqpd vcmpnlt_uqps \
  vcmpnlt_uqsd vcmpnlt_uqss vcmpnltpd vcmpnltps vcmpnltsd vcmpnltss vcmpord_spd vcmpord_sps vcmpord_ssd \
  vcmpord_sss vcmpordpd vcmpordps vcmpordsd vcmpordss vcmppd vcmpps vcmpsd vcmpss vcmptrue_uspd vcmptrue_usps \
  vcmptrue_ussd vcmptrue_usss vcmptruepd vcmptrueps vcmptruesd vcmptruess vcmpunord_spd vcmpunord_sps \
  vcmpunord_ssd vcmpunord_sss vcmpunordpd vcmpunordps vcmpunordsd vcmpunordss vcomisd vcomiss vcompresspd \
  vcompressps vcvtdq2pd vcvtdq2ps vcvtpd2dq vcvtpd2dqx vcvtpd2ps vcvtpd2psx vcvtpd2udq vcvtph2ps vcvtps2dq \
  vcvtps2pd vcvtps2ph vcvtps2udq vcvtsd2si vcvtsd2ss vcvtsd2usi vcvtsi2sd vcvtsi2ss vcvtss2sd vcvtss2si \
  vcvtss2usi vcvttpd2dq vcvttpd2dqx vcvttpd2udq vcvttps2dq vcvttps2udq vcvttsd2si vcvttsd2usi vcvttss2si \
  vcvttss2usi vcvtudq2pd vcvtudq2ps vcvtusi2sd vcvtusi2ss vdivpd vdivps vdivsd vdivss vdppd vdpps verr verw \
  vexp2pd vexp2ps vexpandpd vexpandps vextractf128 vextractf32x4 vextractf64x4 vextracti128 vextracti32x4 \
  vextracti64x4 vextractps vfmadd132pd vfmadd132ps vfmadd132sd vfmadd132ss vfmadd213pd vfmadd213ps vfmadd213sd \
  vfmadd213ss vfmadd231pd vfmadd231ps vfmadd231sd vfmadd231ss vfmaddpd vfmaddps vfmaddsd vfmaddss vfmaddsub132pd \
  vfmaddsub132ps vfmaddsub213pd vfmaddsub213ps vfmaddsub231pd vfmaddsub231ps vfmaddsubpd vfmaddsubps vfmsub132pd \
  vfmsub132ps vfmsub132sd vfmsub132ss vfmsub213pd vfmsub213ps vfmsub213sd vfmsub213ss vfmsub231pd vfmsub231ps \
  vfmsub231sd vfmsub231ss vfmsubadd132pd vfmsubadd132ps vfmsubadd213pd vfmsubadd213ps vfmsubadd231pd \
  vfmsubadd231ps vfmsubaddpd vfmsubaddps vfmsubpd vfmsubps vfmsubsd vfmsubss vfnmadd132pd vfnmadd132ps \
  vfnmadd132sd vfnmadd132ss vfnmadd213pd vfnmadd213ps vfnmadd213sd vfnmadd213ss vfnmadd231pd vfnmadd231ps \
  vfnmadd231sd vfnmadd231ss vfnmaddpd vfnmaddps vfnmaddsd vfnmaddss vfnmsub132pd vfnmsub132ps vfnmsub132sd \
  vfnmsub132ss vfnmsub213pd vfnmsub213ps vfnmsub213sd vfnmsub213ss vfnmsub231pd vfnmsub231ps vfnmsub231sd \
  vfnmsub231ss vfnmsubpd vfnmsubps vfnmsubsd vfnmsubss vfrczpd vfrczps vfrczsd vfrczss vgatherdpd vgatherdps \
  vgatherpf0dpd vgatherpf0dps vgatherpf0qpd vgatherpf0qps vgatherpf1dpd vgatherpf1dps vgatherpf1qpd vgatherpf1qps \
  vgatherqpd vgatherqps vhaddpd vhaddps vhsubpd vhsubps vinsertf128 vinsertf32x4 vinsertf32x8 vinsertf64x2 \
  vinsertf64x4 vinserti128 vinserti32x4 vinserti32x8 vinserti64x2 vinserti64x4 vinsertps vlddqu vldmxcsr \
  vmaskmovdqu vmaskmovpd vmaskmovps vmaxpd vmaxps vmaxsd vmaxss vmcall vmclear vmfunc vminpd vminps vminsd vminss \
  vmlaunch vmload vmmcall vmovapd vmovaps vmovd vmovddup vmovdqa vmovdqa32 vmovdqa64 vmovdqu vmovdqu16 vmovdqu32 \
  vmovdqu64 vmovdqu8 vmovhlps vmovhpd vmovhps vmovlhps vmovlpd vmovlps vmovmskpd vmovmskps vmovntdq vmovntdqa \
  vmovntpd vmovntps vmovq vmovsd vmovshdup vmovsldup vmovss vmovupd vmovups vmpsadbw vmptrld vmptrst vmread \
  vmresume vmrun vmsave vmulpd vmulps vmulsd vmulss vmwrite vmxoff vmxon vorpd vorps vpabsb vpabsd vpabsq vpabsw \
  vpackssdw vpacksswb vpackusdw vpackuswb vpaddb vpaddd vpaddq vpaddsb vpaddsw vpaddusb vpaddusw vpaddw vpalignr \
  vpand vpandd vpandn vpandnd vpandnq vpandq vpavgb vpavgw vpblendd vpblendmb vpblendmd vpblendmq vpblendmw \
  vpblendvb vpblendw vpbroadcastb vpbroadcastd vpbroadcastmb2q vpbroadcastmw2d vpbroadcastq vpbroadcastw \
  vpclmulqdq vpcmov vpcmpb vpcmpd vpcmpeqb vpcmpeqd vpcmpeqq vpcmpeqw vpcmpestri vpcmpestrm vpcmpgtb vpcmpgtd \
  vpcmpgtq vpcmpgtw vpcmpistri vpcmpistrm vpcmpq vpcmpub vpcmpud vpcmpuq vpcmpuw vpcmpw vpcomb vpcomd vpcompressd \
  vpcompressq vpcomq vpcomub vpcomud vpcomuq vpcomuw vpcomw vpconflictd vpconflictq vperm2f128 vperm2i128 vpermd \
  vpermi2d vpermi2pd vpermi2ps vpermi2q vpermil2pd vpermil2ps vpermilpd vpermilps vpermpd vpermps vpermq vpermt2d \
  vpermt2pd vpermt2ps vpermt2q vpexpandd vpexpandq vpextrb vpextrd vpextrq vpextrw vpgatherdd vpgatherdq \
  vpgatherqd vpgatherqq vphaddbd vphaddbq vphaddbw vphaddd vphadddq vphaddsw vphaddubd vphaddubq vphaddubw \
  vphaddudq vphadduwd vphadduwq vphaddw vphaddwd vphaddwq vphminposuw vphsubbw vphsubd vphsubdq vphsubsw vphsubw \
  vphsubwd vpinsrb vpinsrd vpinsrq vpinsrw vplzcntd vplzcntq vpmacsdd vpmacsdqh vpmacsdql vpmacssdd vpmacssdqh \
  vpmacssdql vpmacsswd vpmacssww vpmacswd vpmacsww vpmadcsswd vpmadcswd vpmaddubsw vpmaddwd vpmaskmovd vpmaskmovq \
  vpmaxsb vpmaxsd vpmaxsq vpmaxsw vpmaxub vpmaxud vpmaxuq vpmaxuw vpminsb vpminsd vpminsq vpminsw vpminub vpminud \
  vpminuq vpminuw vpmovdb vpmovdw vpmovm2b vpmovm2d vpmovm2q vpmovm2w vpmovmskb vpmovqb vpmovqd vpmovqw vpmovsdb \
  vpmovsdw vpmovsqb vpmovsqd vpmovsqw vpmovsxbd vpmovsxbq vpmovsxbw vpmovsxdq vpmovsxwd vpmovsxwq vpmovusdb \
  vpmovusdw vpmovusqb vpmovusqd vpmovusqw vpmovzxbd vpmovzxbq vpmovzxbw vpmovzxdq vpmovzxwd vpmovzxwq vpmuldq \
  vpmulhrsw vpmulhuw vpmulhw vpmulld vpmullq vpmullw vpmuludq vpor vpord vporq vpperm vprotb vprotd vprotq vprotw \
  vpsadbw vpscatterdd vpscatterdq vpscatterqd vpscatterqq vpshab vpshad vpshaq vpshaw vpshlb vpshld vpshlq vpshlw \
  vpshufb vpshufd vpshufhw vpshuflw vpsignb vpsignd vpsignw vpslld vpslldq vpsllq vpsllvd vpsllvq vpsllw vpsrad \
  vpsraq vpsravd vpsravq vpsraw vpsrld vpsrldq vpsrlq vpsrlvd vpsrlvq vpsrlw vpsubb vpsubd vpsubq vpsubsb vpsubsw \
  vpsubusb vpsubusw vpsubw vptest vptestmd vptestmq vptestnmd vptestnmq vpunpckhbw vpunpckhdq vpunpckhqdq \
  vpunpckhwd vpunpcklbw vpunpckldq vpunpcklqdq vpunpcklwd vpxor vpxord vpxorq vrcp14pd vrcp14ps vrcp14sd vrcp14ss \
  vrcp28pd vrcp28ps vrcp28sd vrcp28ss vrcpps vrcpss vrndscalepd vrndscaleps vrndscalesd vrndscaless vroundpd \
  vroundps vroundsd vroundss vrsqrt14pd vrsqrt14ps vrsqrt14sd vrsqrt14ss vrsqrt28pd vrsqrt28ps vrsqrt28sd \
  vrsqrt28ss vrsqrtps vrsqrtss vscatterdpd vscatterdps vscatterpf0dpd vscatterpf0dps vscatterpf0qpd \
  vscatterpf0qps vscatterpf1dpd vscatterpf1dps vscatterpf1qpd vscatterpf1qps vscatterqpd vscatterqps vshufpd \
  vshufps vsqrtpd vsqrtps vsqrtsd vsqrtss vstmxcsr vsubpd vsubps vsubsd vsubss vtestpd vtestps vucomisd vucomiss \
  vunpckhpd vunpckhps vunpcklpd vunpcklps vxorpd vxorps vzeroall vzeroupper wait wbinvd wrfsbase wrgsbase wrmsr \
  xabort xacquire xadd xbegin xchg xcryptcbc xcryptcfb xcryptctr xcryptecb xcryptofb xend xgetbv xlatb xor xorpd \
  xorps xrelease xrstor xrstor64 xrstors xrstors64 xsave xsave64 xsavec xsavec64 xsaveopt xsaveopt64 xsaves \
  xsaves64 xsetbv xsha1 xsha256 xstore xtest \

  """
