// The instruction names of x86-64, one case per mnemonic as the Intel SDM spells it in lower case.
// String `movsd`/`cmpsd` and SSE2 `movsd`/`cmpsd` share their spelling in assembly text but not their
// meaning: the string forms are `movsdString` and `cmpsdString`.

/// An instruction name, independent of its operands.
package enum Mnemonic: UInt16, CaseIterable, Sendable {
  /// The one that the compiler makes is a call from other modules.
  @inlinable package static func == (a: Mnemonic, b: Mnemonic) -> Bool {
    unsafeBitCast(a, to: UInt16.self) == unsafeBitCast(b, to: UInt16.self)
  }

  /// No instruction: bytes that do not decode.
  case invalid = 0
  case adc, adcx, add, addpd, addps, addsd, addss, addsubpd, addsubps, adox, aesdec, aesdeclast, aesenc, aesenclast
  case aesimc, aeskeygenassist, and, andn, andnpd, andnps, andpd, andps, bextr, blendpd, blendps, blendvpd, blendvps
  case blsi, blsmsk, blsr, bsf, bsr, bswap, bt, btc, btr, bts, bzhi, call, cbw, cdq, cdqe, clac, clc, cld, clflush
  case clflushopt, cli, clts, clwb, cmc, cmova, cmovae, cmovb, cmovbe, cmove, cmovg, cmovge, cmovl, cmovle, cmovne
  case cmovno, cmovnp, cmovns, cmovo, cmovp, cmovs, cmp, cmpeqpd, cmpeqps, cmpeqsd, cmpeqss, cmplepd, cmpleps
  case cmplesd, cmpless, cmpltpd, cmpltps, cmpltsd, cmpltss, cmpneqpd, cmpneqps, cmpneqsd, cmpneqss, cmpnlepd
  case cmpnleps, cmpnlesd, cmpnless, cmpnltpd, cmpnltps, cmpnltsd, cmpnltss, cmpordpd, cmpordps, cmpordsd, cmpordss
  case cmppd, cmpps, cmpsb, cmpsd, cmpsdString, cmpsq, cmpss, cmpsw, cmpunordpd, cmpunordps, cmpunordsd, cmpunordss
  case cmpxchg, cmpxchg16b, cmpxchg8b, comisd, comiss, cpuid, cqo, crc32, cvtdq2pd, cvtdq2ps, cvtpd2dq, cvtpd2pi
  case cvtpd2ps, cvtpi2pd, cvtpi2ps, cvtps2dq, cvtps2pd, cvtps2pi, cvtsd2si, cvtsd2ss, cvtsi2sd, cvtsi2ss, cvtss2sd
  case cvtss2si, cvttpd2dq, cvttpd2pi, cvttps2dq, cvttps2pi, cvttsd2si, cvttss2si, cwd, cwde, dec, div, divpd, divps
  case divsd, divss, dppd, dpps, emms, encls, enclu, endbr32, endbr64, enter, extractps, f2xm1, fabs, fadd, faddp
  case fbld, fbstp, fchs, fcmovb, fcmovbe, fcmove, fcmovnb, fcmovnbe, fcmovne, fcmovnu, fcmovu, fcom, fcomi, fcomip
  case fcomp, fcompp, fcos, fdecstp, fdisi8087_nop, fdiv, fdivp, fdivr, fdivrp, feni8087_nop, ffree, ffreep, fiadd
  case ficom, ficomp, fidiv, fidivr, fild, fimul, fincstp, fist, fistp, fisttp, fisub, fisubr, fld, fld1, fldcw
  case fldenv, fldl2e, fldl2t, fldlg2, fldln2, fldpi, fldz, fmul, fmulp, fnclex, fninit, fnop, fnsave, fnstcw
  case fnstenv, fnstsw, fpatan, fprem, fprem1, fptan, frndint, frstor, fscale, fsetpm, fsin, fsincos, fsqrt, fst
  case fstp, fstpnce, fsub, fsubp, fsubr, fsubrp, ftst, fucom, fucomi, fucomip, fucomp, fucompp, fwait, fxam, fxch
  case fxrstor, fxrstor64, fxsave, fxsave64, fxtract, fyl2x, fyl2xp1, getsec, haddpd, haddps, hlt, hsubpd, hsubps
  case idiv, imul, `in`, inc, insb, insd, insertps, insw, int, int1, int3, invd, invlpg, invpcid, iret, iretd, iretq
  case ja, jae, jb, jbe, je, jecxz, jg, jge, jl, jle, jmp, jne, jno, jnp, jns, jo, jp, jrcxz, js, lahf, lar, lcall
  case lddqu, ldmxcsr, lea, leave, lfence, lfs, lgdt, lgs, lidt, ljmp, lldt, lmsw, lodsb, lodsd, lodsq, lodsw, loop
  case loope, loopne, lsl, lss, ltr, lzcnt, maskmovdqu, maskmovq, maxpd, maxps, maxsd, maxss, mfence, minpd, minps
  case minsd, minss, monitor, mov, movabs, movapd, movaps, movbe, movd, movddup, movdq2q, movdqa, movdqu, movhlps
  case movhpd, movhps, movlhps, movlpd, movlps, movmskpd, movmskps, movntdq, movntdqa, movnti, movntpd, movntps
  case movntq, movq, movq2dq, movsb, movsd, movsdString, movshdup, movsldup, movsq, movss, movsw, movsx, movsxd
  case movupd, movups, movzx, mpsadbw, mul, mulpd, mulps, mulsd, mulss, mulx, mwait, neg, nop, not, or, orpd, orps
  case out, outsb, outsd, outsw, pabsb, pabsd, pabsw, packssdw, packsswb, packusdw, packuswb, paddb, paddd, paddq
  case paddsb, paddsw, paddusb, paddusw, paddw, palignr, pand, pandn, pause, pavgb, pavgw, pblendvb, pblendw
  case pclmulqdq, pcmpeqb, pcmpeqd, pcmpeqq, pcmpeqw, pcmpestri, pcmpestrm, pcmpgtb, pcmpgtd, pcmpgtq, pcmpgtw
  case pcmpistri, pcmpistrm, pdep, pext, pextrb, pextrd, pextrq, pextrw, phaddd, phaddsw, phaddw, phminposuw, phsubd
  case phsubsw, phsubw, pinsrb, pinsrd, pinsrq, pinsrw, pmaddubsw, pmaddwd, pmaxsb, pmaxsd, pmaxsw, pmaxub, pmaxud
  case pmaxuw, pminsb, pminsd, pminsw, pminub, pminud, pminuw, pmovmskb, pmovsxbd, pmovsxbq, pmovsxbw, pmovsxdq
  case pmovsxwd, pmovsxwq, pmovzxbd, pmovzxbq, pmovzxbw, pmovzxdq, pmovzxwd, pmovzxwq, pmuldq, pmulhrsw, pmulhuw
  case pmulhw, pmulld, pmullw, pmuludq, pop, popcnt, popf, popfq, por, prefetch, prefetchnta, prefetcht0, prefetcht1
  case prefetcht2, prefetchw, psadbw, pshufb, pshufd, pshufhw, pshuflw, pshufw, psignb, psignd, psignw, pslld, pslldq
  case psllq, psllw, psrad, psraw, psrld, psrldq, psrlq, psrlw, psubb, psubd, psubq, psubsb, psubsw, psubusb, psubusw
  case psubw, ptest, punpckhbw, punpckhdq, punpckhqdq, punpckhwd, punpcklbw, punpckldq, punpcklqdq, punpcklwd, push
  case pushf, pushfq, pxor, rcl, rcpps, rcpss, rcr, rdfsbase, rdgsbase, rdmsr, rdpid, rdpmc, rdrand, rdseed, rdsspd
  case rdsspq, rdtsc, rdtscp, ret, retf, retfq, rol, ror, rorx, roundpd, roundps, roundsd, roundss, rsm, rsqrtps
  case rsqrtss, sahf, sal, sar, sarx, sbb, scasb, scasd, scasq, scasw, seta, setae, setb, setbe, sete, setg, setge
  case setl, setle, setne, setno, setnp, setns, seto, setp, sets, sfence, sgdt, sha1msg1, sha1msg2, sha1nexte
  case sha1rnds4, sha256msg1, sha256msg2, sha256rnds2, shl, shld, shlx, shr, shrd, shrx, shufpd, shufps, sidt, sldt
  case smsw, sqrtpd, sqrtps, sqrtsd, sqrtss, stac, stc, std, sti, stmxcsr, stosb, stosd, stosq, stosw, str, sub
  case subpd, subps, subsd, subss, swapgs, syscall, sysenter, sysexit, sysret, test, tzcnt, ucomisd, ucomiss, ud0
  case ud1, ud2, ud2b, unpckhpd, unpckhps, unpcklpd, unpcklps, vaddpd, vaddps, vaddsd, vaddss, vaddsubpd, vaddsubps
  case vaesdec, vaesdeclast, vaesenc, vaesenclast, vaesimc, vaeskeygenassist, vandnpd, vandnps, vandpd, vandps
  case vblendpd, vblendps, vblendvpd, vblendvps, vbroadcastf128, vbroadcasti128, vbroadcastsd, vbroadcastss, vcmppd
  case vcmpps, vcmpsd, vcmpss, vcomisd, vcomiss, vcvtdq2pd, vcvtdq2ps, vcvtpd2dq, vcvtpd2ps, vcvtph2ps, vcvtps2dq
  case vcvtps2pd, vcvtps2ph, vcvtsd2si, vcvtsd2ss, vcvtsi2sd, vcvtsi2ss, vcvtss2sd, vcvtss2si, vcvttpd2dq, vcvttps2dq
  case vcvttsd2si, vcvttss2si, vdivpd, vdivps, vdivsd, vdivss, vdppd, vdpps, verr, verw, vextractf128, vextracti128
  case vextractps, vfmadd132pd, vfmadd132ps, vfmadd132sd, vfmadd132ss, vfmadd213pd, vfmadd213ps, vfmadd213sd
  case vfmadd213ss, vfmadd231pd, vfmadd231ps, vfmadd231sd, vfmadd231ss, vfmaddsub132pd, vfmaddsub132ps
  case vfmaddsub213pd, vfmaddsub213ps, vfmaddsub231pd, vfmaddsub231ps, vfmsub132pd, vfmsub132ps, vfmsub132sd
  case vfmsub132ss, vfmsub213pd, vfmsub213ps, vfmsub213sd, vfmsub213ss, vfmsub231pd, vfmsub231ps, vfmsub231sd
  case vfmsub231ss, vfmsubadd132pd, vfmsubadd132ps, vfmsubadd213pd, vfmsubadd213ps, vfmsubadd231pd, vfmsubadd231ps
  case vfnmadd132pd, vfnmadd132ps, vfnmadd132sd, vfnmadd132ss, vfnmadd213pd, vfnmadd213ps, vfnmadd213sd, vfnmadd213ss
  case vfnmadd231pd, vfnmadd231ps, vfnmadd231sd, vfnmadd231ss, vfnmsub132pd, vfnmsub132ps, vfnmsub132sd, vfnmsub132ss
  case vfnmsub213pd, vfnmsub213ps, vfnmsub213sd, vfnmsub213ss, vfnmsub231pd, vfnmsub231ps, vfnmsub231sd, vfnmsub231ss
  case vgatherdpd, vgatherdps, vgatherqpd, vgatherqps, vhaddpd, vhaddps, vhsubpd, vhsubps, vinsertf128, vinserti128
  case vinsertps, vlddqu, vldmxcsr, vmaskmovdqu, vmaskmovpd, vmaskmovps, vmaxpd, vmaxps, vmaxsd, vmaxss, vmcall
  case vminpd, vminps, vminsd, vminss, vmmcall, vmovapd, vmovaps, vmovd, vmovddup, vmovdqa, vmovdqu, vmovhlps
  case vmovhpd, vmovhps, vmovlhps, vmovlpd, vmovlps, vmovmskpd, vmovmskps, vmovntdq, vmovntdqa, vmovntpd, vmovntps
  case vmovq, vmovsd, vmovshdup, vmovsldup, vmovss, vmovupd, vmovups, vmpsadbw, vmulpd, vmulps, vmulsd, vmulss, vorpd
  case vorps, vpabsb, vpabsd, vpabsw, vpackssdw, vpacksswb, vpackusdw, vpackuswb, vpaddb, vpaddd, vpaddq, vpaddsb
  case vpaddsw, vpaddusb, vpaddusw, vpaddw, vpalignr, vpand, vpandn, vpavgb, vpavgw, vpblendd, vpblendvb, vpblendw
  case vpbroadcastb, vpbroadcastd, vpbroadcastq, vpbroadcastw, vpclmulqdq, vpcmpeqb, vpcmpeqd, vpcmpeqq, vpcmpeqw
  case vpcmpestri, vpcmpestrm, vpcmpgtb, vpcmpgtd, vpcmpgtq, vpcmpgtw, vpcmpistri, vpcmpistrm, vperm2f128, vperm2i128
  case vpermd, vpermilpd, vpermilps, vpermpd, vpermps, vpermq, vpextrb, vpextrd, vpextrq, vpextrw, vpgatherdd
  case vpgatherdq, vpgatherqd, vpgatherqq, vphaddd, vphaddsw, vphaddw, vphminposuw, vphsubd, vphsubsw, vphsubw
  case vpinsrb, vpinsrd, vpinsrq, vpinsrw, vpmaddubsw, vpmaddwd, vpmaskmovd, vpmaskmovq, vpmaxsb, vpmaxsd, vpmaxsw
  case vpmaxub, vpmaxud, vpmaxuw, vpminsb, vpminsd, vpminsw, vpminub, vpminud, vpminuw, vpmovmskb, vpmovsxbd
  case vpmovsxbq, vpmovsxbw, vpmovsxdq, vpmovsxwd, vpmovsxwq, vpmovzxbd, vpmovzxbq, vpmovzxbw, vpmovzxdq, vpmovzxwd
  case vpmovzxwq, vpmuldq, vpmulhrsw, vpmulhuw, vpmulhw, vpmulld, vpmullw, vpmuludq, vpor, vpsadbw, vpshufb, vpshufd
  case vpshufhw, vpshuflw, vpsignb, vpsignd, vpsignw, vpslld, vpslldq, vpsllq, vpsllvd, vpsllvq, vpsllw, vpsrad
  case vpsravd, vpsraw, vpsrld, vpsrldq, vpsrlq, vpsrlvd, vpsrlvq, vpsrlw, vpsubb, vpsubd, vpsubq, vpsubsb, vpsubsw
  case vpsubusb, vpsubusw, vpsubw, vptest, vpunpckhbw, vpunpckhdq, vpunpckhqdq, vpunpckhwd, vpunpcklbw, vpunpckldq
  case vpunpcklqdq, vpunpcklwd, vpxor, vrcpps, vrcpss, vroundpd, vroundps, vroundsd, vroundss, vrsqrtps, vrsqrtss
  case vshufpd, vshufps, vsqrtpd, vsqrtps, vsqrtsd, vsqrtss, vstmxcsr, vsubpd, vsubps, vsubsd, vsubss, vtestpd
  case vtestps, vucomisd, vucomiss, vunpckhpd, vunpckhps, vunpcklpd, vunpcklps, vxorpd, vxorps, vzeroall, vzeroupper
  case wait, wbinvd, wrfsbase, wrgsbase, wrmsr, xadd, xchg, xgetbv, xlatb, xor, xorpd, xorps, xrstor, xrstor64
  case xrstors, xrstors64, xsave, xsave64, xsavec, xsavec64, xsaveopt, xsaveopt64, xsaves, xsaves64, xsetbv
}
