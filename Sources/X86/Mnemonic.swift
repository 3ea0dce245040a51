// The instruction names of x86-64, one case per mnemonic as the Intel SDM spells it in lower case.
// String `movsd`/`cmpsd` and SSE2 `movsd`/`cmpsd` share their spelling in assembly text but not their
// meaning: the string forms are `movsdString` and `cmpsdString`.

/// An instruction name, independent of its operands.
package enum Mnemonic: UInt16, CaseIterable, Sendable {
  /// No instruction: bytes that do not decode.
  case invalid = 0
  case aaa, aad, aam, aas, adc, adcx, add, addpd, addps, addsd, addss, addsubpd, addsubps, adox, aesdec, aesdeclast
  case aesenc, aesenclast, aesimc, aeskeygenassist, and, andn, andnpd, andnps, andpd, andps, arpl, bextr, blcfill
  case blci, blcic, blcmsk, blcs, blendpd, blendps, blendvpd, blendvps, blsfill, blsi, blsic, blsmsk, blsr, bound
  case bsf, bsr, bswap, bt, btc, btr, bts, bzhi, call, cbw, cdq, cdqe, clac, clc, cld, clflush, clflushopt, clgi
  case cli, clts, clwb, clzero, cmc, cmova, cmovae, cmovb, cmovbe, cmove, cmovg, cmovge, cmovl, cmovle, cmovne
  case cmovno, cmovnp, cmovns, cmovo, cmovp, cmovs, cmp, cmpeqpd, cmpeqps, cmpeqsd, cmpeqss, cmplepd, cmpleps
  case cmplesd, cmpless, cmpltpd, cmpltps, cmpltsd, cmpltss, cmpneqpd, cmpneqps, cmpneqsd, cmpneqss, cmpnlepd
  case cmpnleps, cmpnlesd, cmpnless, cmpnltpd, cmpnltps, cmpnltsd, cmpnltss, cmpordpd, cmpordps, cmpordsd, cmpordss
  case cmppd, cmpps, cmpsb, cmpsd, cmpsdString, cmpsq, cmpss, cmpsw, cmpunordpd, cmpunordps, cmpunordsd, cmpunordss
  case cmpxchg, cmpxchg16b, cmpxchg8b, comisd, comiss, cpuid, cqo, crc32, cvtdq2pd, cvtdq2ps, cvtpd2dq, cvtpd2pi
  case cvtpd2ps, cvtpi2pd, cvtpi2ps, cvtps2dq, cvtps2pd, cvtps2pi, cvtsd2si, cvtsd2ss, cvtsi2sd, cvtsi2ss, cvtss2sd
  case cvtss2si, cvttpd2dq, cvttpd2pi, cvttps2dq, cvttps2pi, cvttsd2si, cvttss2si, cwd, cwde, daa, das, dec, div
  case divpd, divps, divsd, divss, dppd, dpps, emms, encls, enclu, endbr32, endbr64, enter, extractps, extrq, f2xm1
  case fabs, fadd, faddp, fbld, fbstp, fchs, fcmovb, fcmovbe, fcmove, fcmovnb, fcmovnbe, fcmovne, fcmovnu, fcmovu
  case fcom, fcomi, fcomip, fcomp, fcompp, fcos, fdecstp, fdisi8087_nop, fdiv, fdivp, fdivr, fdivrp, femms
  case feni8087_nop, ffree, ffreep, fiadd, ficom, ficomp, fidiv, fidivr, fild, fimul, fincstp, fist, fistp, fisttp
  case fisub, fisubr, fld, fld1, fldcw, fldenv, fldl2e, fldl2t, fldlg2, fldln2, fldpi, fldz, fmul, fmulp, fnclex
  case fninit, fnop, fnsave, fnstcw, fnstenv, fnstsw, fpatan, fprem, fprem1, fptan, frndint, frstor, fscale, fsetpm
  case fsin, fsincos, fsqrt, fst, fstp, fstpnce, fsub, fsubp, fsubr, fsubrp, ftst, fucom, fucomi, fucomip, fucomp
  case fucompp, fwait, fxam, fxch, fxrstor, fxrstor64, fxsave, fxsave64, fxtract, fyl2x, fyl2xp1, getsec, haddpd
  case haddps, hlt, hsubpd, hsubps, idiv, imul, `in`, inc, insb, insd, insertps, insertq, insw, int, int1, int3
  case into, invd, invept, invlpg, invlpga, invpcid, invvpid, iret, iretd, iretq, ja, jae, jb, jbe, jcxz, je, jecxz
  case jg, jge, jl, jle, jmp, jne, jno, jnp, jns, jo, jp, jrcxz, js, lahf, lar, lcall, lddqu, ldmxcsr, lds, lea
  case leave, les, lfence, lfs, lgdt, lgs, lidt, ljmp, lldt, lmsw, lodsb, lodsd, lodsq, lodsw, loop, loope, loopne
  case lsl, lss, ltr, lzcnt, maskmovdqu, maskmovq, maxpd, maxps, maxsd, maxss, mfence, minpd, minps, minsd, minss
  case monitor, montmul, mov, movabs, movapd, movaps, movbe, movd, movddup, movdq2q, movdqa, movdqu, movhlps, movhpd
  case movhps, movlhps, movlpd, movlps, movmskpd, movmskps, movntdq, movntdqa, movnti, movntpd, movntps, movntq
  case movntsd, movntss, movq, movq2dq, movsb, movsd, movsdString, movshdup, movsldup, movsq, movss, movsw, movsx
  case movsxd, movupd, movups, movzx, mpsadbw, mul, mulpd, mulps, mulsd, mulss, mulx, mwait, neg, nop, not, or, orpd
  case orps, out, outsb, outsd, outsw, pabsb, pabsd, pabsw, packssdw, packsswb, packusdw, packuswb, paddb, paddd
  case paddq, paddsb, paddsw, paddusb, paddusw, paddw, palignr, pand, pandn, pause, pavgb, pavgusb, pavgw, pblendvb
  case pblendw, pclmulqdq, pcmpeqb, pcmpeqd, pcmpeqq, pcmpeqw, pcmpestri, pcmpestrm, pcmpgtb, pcmpgtd, pcmpgtq
  case pcmpgtw, pcmpistri, pcmpistrm, pcommit, pdep, pext, pextrb, pextrd, pextrq, pextrw, pf2id, pf2iw, pfacc
  case pfadd, pfcmpeq, pfcmpge, pfcmpgt, pfmax, pfmin, pfmul, pfnacc, pfpnacc, pfrcp, pfrcpit1, pfrcpit2, pfrsqit1
  case pfrsqrt, pfsub, pfsubr, phaddd, phaddsw, phaddw, phminposuw, phsubd, phsubsw, phsubw, pi2fd, pi2fw, pinsrb
  case pinsrd, pinsrq, pinsrw, pmaddubsw, pmaddwd, pmaxsb, pmaxsd, pmaxsw, pmaxub, pmaxud, pmaxuw, pminsb, pminsd
  case pminsw, pminub, pminud, pminuw, pmovmskb, pmovsxbd, pmovsxbq, pmovsxbw, pmovsxdq, pmovsxwd, pmovsxwq
  case pmovzxbd, pmovzxbq, pmovzxbw, pmovzxdq, pmovzxwd, pmovzxwq, pmuldq, pmulhrsw, pmulhrw, pmulhuw, pmulhw
  case pmulld, pmullw, pmuludq, pop, popal, popaw, popcnt, popf, popfd, popfq, por, prefetch, prefetchnta
  case prefetcht0, prefetcht1, prefetcht2, prefetchw, prefetchwt1, psadbw, pshufb, pshufd, pshufhw, pshuflw, pshufw, psignb
  case psignd, psignw, pslld, pslldq, psllq, psllw, psrad, psraw, psrld, psrldq, psrlq, psrlw, psubb, psubd, psubq
  case psubsb, psubsw, psubusb, psubusw, psubw, pswapd, ptest, punpckhbw, punpckhdq, punpckhqdq, punpckhwd
  case punpcklbw, punpckldq, punpcklqdq, punpcklwd, push, pushal, pushaw, pushf, pushfd, pushfq, pxor, rcl, rcpps
  case rcpss, rcr, rdfsbase, rdgsbase, rdmsr, rdpid, rdpmc, rdrand, rdseed, rdsspd, rdsspq, rdtsc, rdtscp, ret, retf
  case retfq, rol, ror, rorx, roundpd, roundps, roundsd, roundss, rsm, rsqrtps, rsqrtss, sahf, sal, salc, sar, sarx
  case sbb, scasb, scasd, scasq, scasw, seta, setae, setb, setbe, sete, setg, setge, setl, setle, setne, setno
  case setnp, setns, seto, setp, sets, sfence, sgdt, sha1msg1, sha1msg2, sha1nexte, sha1rnds4, sha256msg1
  case sha256msg2, sha256rnds2, shl, shld, shlx, shr, shrd, shrx, shufpd, shufps, sidt, skinit, sldt, smsw, sqrtpd
  case sqrtps, sqrtsd, sqrtss, stac, stc, std, stgi, sti, stmxcsr, stosb, stosd, stosq, stosw, str, sub, subpd
  case subps, subsd, subss, swapgs, syscall, sysenter, sysexit, sysret, t1mskc, test, tzcnt, tzmsk, ucomisd, ucomiss
  case ud0, ud1, ud2, ud2b, unpckhpd, unpckhps, unpcklpd, unpcklps, vaddpd, vaddps, vaddsd, vaddss, vaddsubpd
  case vaddsubps, vaesdec, vaesdeclast, vaesenc, vaesenclast, vaesimc, vaeskeygenassist, valignd, valignq, vandnpd
  case vandnps, vandpd, vandps, vblendmpd, vblendmps, vblendpd, vblendps, vblendvpd, vblendvps, vbroadcastf128, vbroadcasti128
  case vbroadcasti32x4, vbroadcasti64x4, vbroadcastsd, vbroadcastss, vcmpeq_ospd, vcmpeq_osps, vcmpeq_ossd
  case vcmpeq_osss, vcmpeq_uqpd, vcmpeq_uqps, vcmpeq_uqsd, vcmpeq_uqss, vcmpeq_uspd, vcmpeq_usps, vcmpeq_ussd
  case vcmpeq_usss, vcmpeqpd, vcmpeqps, vcmpeqsd, vcmpeqss, vcmpfalse_ospd, vcmpfalse_osps, vcmpfalse_ossd
  case vcmpfalse_osss, vcmpfalsepd, vcmpfalseps, vcmpfalsesd, vcmpfalsess, vcmpge_oqpd, vcmpge_oqps, vcmpge_oqsd
  case vcmpge_oqss, vcmpgepd, vcmpgeps, vcmpgesd, vcmpgess, vcmpgt_oqpd, vcmpgt_oqps, vcmpgt_oqsd, vcmpgt_oqss
  case vcmpgtpd, vcmpgtps, vcmpgtsd, vcmpgtss, vcmple_oqpd, vcmple_oqps, vcmple_oqsd, vcmple_oqss, vcmplepd
  case vcmpleps, vcmplesd, vcmpless, vcmplt_oqpd, vcmplt_oqps, vcmplt_oqsd, vcmplt_oqss, vcmpltpd, vcmpltps
  case vcmpltsd, vcmpltss, vcmpneq_oqpd, vcmpneq_oqps, vcmpneq_oqsd, vcmpneq_oqss, vcmpneq_ospd, vcmpneq_osps
  case vcmpneq_ossd, vcmpneq_osss, vcmpneq_uspd, vcmpneq_usps, vcmpneq_ussd, vcmpneq_usss, vcmpneqpd, vcmpneqps
  case vcmpneqsd, vcmpneqss, vcmpnge_uqpd, vcmpnge_uqps, vcmpnge_uqsd, vcmpnge_uqss, vcmpngepd, vcmpngeps, vcmpngesd
  case vcmpngess, vcmpngt_uqpd, vcmpngt_uqps, vcmpngt_uqsd, vcmpngt_uqss, vcmpngtpd, vcmpngtps, vcmpngtsd, vcmpngtss
  case vcmpnle_uqpd, vcmpnle_uqps, vcmpnle_uqsd, vcmpnle_uqss, vcmpnlepd, vcmpnleps, vcmpnlesd, vcmpnless
  case vcmpnlt_uqpd, vcmpnlt_uqps, vcmpnlt_uqsd, vcmpnlt_uqss, vcmpnltpd, vcmpnltps, vcmpnltsd, vcmpnltss
  case vcmpord_spd, vcmpord_sps, vcmpord_ssd, vcmpord_sss, vcmpordpd, vcmpordps, vcmpordsd, vcmpordss, vcmppd
  case vcmpps, vcmpsd, vcmpss, vcmptrue_uspd, vcmptrue_usps, vcmptrue_ussd, vcmptrue_usss, vcmptruepd, vcmptrueps
  case vcmptruesd, vcmptruess, vcmpunord_spd, vcmpunord_sps, vcmpunord_ssd, vcmpunord_sss, vcmpunordpd, vcmpunordps
  case vcmpunordsd, vcmpunordss, vcomisd, vcomiss, vcompresspd, vcompressps, vcvtdq2pd, vcvtdq2ps, vcvtpd2dq
  case vcvtpd2dqx, vcvtpd2ps, vcvtpd2psx, vcvtpd2udq, vcvtph2ps, vcvtps2dq, vcvtps2pd, vcvtps2ph, vcvtps2udq
  case vcvtsd2si, vcvtsd2ss, vcvtsd2usi, vcvtsi2sd, vcvtsi2ss, vcvtss2sd, vcvtss2si, vcvtss2usi, vcvttpd2dq
  case vcvttpd2dqx, vcvttpd2udq, vcvttps2dq, vcvttps2udq, vcvttsd2si, vcvttsd2usi, vcvttss2si, vcvttss2usi
  case vcvtudq2pd, vcvtudq2ps, vcvtusi2sd, vcvtusi2ss, vdivpd, vdivps, vdivsd, vdivss, vdppd, vdpps, verr, verw
  case vexp2pd, vexp2ps, vexpandpd, vexpandps, vextractf128, vextractf32x4, vextractf64x4, vextracti128
  case vextracti32x4, vextracti64x4, vextractps, vfmadd132pd, vfmadd132ps, vfmadd132sd, vfmadd132ss, vfmadd213pd
  case vfmadd213ps, vfmadd213sd, vfmadd213ss, vfmadd231pd, vfmadd231ps, vfmadd231sd, vfmadd231ss, vfmaddpd, vfmaddps
  case vfmaddsd, vfmaddss, vfmaddsub132pd, vfmaddsub132ps, vfmaddsub213pd, vfmaddsub213ps, vfmaddsub231pd
  case vfmaddsub231ps, vfmaddsubpd, vfmaddsubps, vfmsub132pd, vfmsub132ps, vfmsub132sd, vfmsub132ss, vfmsub213pd
  case vfmsub213ps, vfmsub213sd, vfmsub213ss, vfmsub231pd, vfmsub231ps, vfmsub231sd, vfmsub231ss, vfmsubadd132pd
  case vfmsubadd132ps, vfmsubadd213pd, vfmsubadd213ps, vfmsubadd231pd, vfmsubadd231ps, vfmsubaddpd, vfmsubaddps
  case vfmsubpd, vfmsubps, vfmsubsd, vfmsubss, vfnmadd132pd, vfnmadd132ps, vfnmadd132sd, vfnmadd132ss, vfnmadd213pd
  case vfnmadd213ps, vfnmadd213sd, vfnmadd213ss, vfnmadd231pd, vfnmadd231ps, vfnmadd231sd, vfnmadd231ss, vfnmaddpd
  case vfnmaddps, vfnmaddsd, vfnmaddss, vfnmsub132pd, vfnmsub132ps, vfnmsub132sd, vfnmsub132ss, vfnmsub213pd
  case vfnmsub213ps, vfnmsub213sd, vfnmsub213ss, vfnmsub231pd, vfnmsub231ps, vfnmsub231sd, vfnmsub231ss, vfnmsubpd
  case vfnmsubps, vfnmsubsd, vfnmsubss, vfrczpd, vfrczps, vfrczsd, vfrczss, vgatherdpd, vgatherdps, vgatherpf0dpd
  case vgatherpf0dps, vgatherpf0qpd, vgatherpf0qps, vgatherpf1dpd, vgatherpf1dps, vgatherpf1qpd, vgatherpf1qps
  case vgatherqpd, vgatherqps, vhaddpd, vhaddps, vhsubpd, vhsubps, vinsertf128, vinsertf32x4, vinsertf32x8
  case vinsertf64x2, vinsertf64x4, vinserti128, vinserti32x4, vinserti32x8, vinserti64x2, vinserti64x4, vinsertps
  case vlddqu, vldmxcsr, vmaskmovdqu, vmaskmovpd, vmaskmovps, vmaxpd, vmaxps, vmaxsd, vmaxss, vmcall, vmclear
  case vmfunc, vminpd, vminps, vminsd, vminss, vmlaunch, vmload, vmmcall, vmovapd, vmovaps, vmovd, vmovddup, vmovdqa
  case vmovdqa32, vmovdqa64, vmovdqu, vmovdqu16, vmovdqu32, vmovdqu64, vmovdqu8, vmovhlps, vmovhpd, vmovhps
  case vmovlhps, vmovlpd, vmovlps, vmovmskpd, vmovmskps, vmovntdq, vmovntdqa, vmovntpd, vmovntps, vmovq, vmovsd
  case vmovshdup, vmovsldup, vmovss, vmovupd, vmovups, vmpsadbw, vmptrld, vmptrst, vmread, vmresume, vmrun, vmsave
  case vmulpd, vmulps, vmulsd, vmulss, vmwrite, vmxoff, vmxon, vorpd, vorps, vpabsb, vpabsd, vpabsq, vpabsw
  case vpackssdw, vpacksswb, vpackusdw, vpackuswb, vpaddb, vpaddd, vpaddq, vpaddsb, vpaddsw, vpaddusb, vpaddusw
  case vpaddw, vpalignr, vpand, vpandd, vpandn, vpandnd, vpandnq, vpandq, vpavgb, vpavgw, vpblendd, vpblendmb
  case vpblendmd, vpblendmq, vpblendmw, vpblendvb, vpblendw, vpbroadcastb, vpbroadcastd, vpbroadcastmb2q
  case vpbroadcastmw2d, vpbroadcastq, vpbroadcastw, vpclmulqdq, vpcmov, vpcmpb, vpcmpd, vpcmpeqb, vpcmpeqd, vpcmpeqq
  case vpcmpeqw, vpcmpestri, vpcmpestrm, vpcmpgtb, vpcmpgtd, vpcmpgtq, vpcmpgtw, vpcmpistri, vpcmpistrm, vpcmpq
  case vpcmpub, vpcmpud, vpcmpuq, vpcmpuw, vpcmpw, vpcomb, vpcomd, vpcompressd, vpcompressq, vpcomq, vpcomub
  case vpcomud, vpcomuq, vpcomuw, vpcomw, vpconflictd, vpconflictq, vperm2f128, vperm2i128, vpermd, vpermi2d
  case vpermi2pd, vpermi2ps, vpermi2q, vpermil2pd, vpermil2ps, vpermilpd, vpermilps, vpermpd, vpermps, vpermq
  case vpermt2d, vpermt2pd, vpermt2ps, vpermt2q, vpexpandd, vpexpandq, vpextrb, vpextrd, vpextrq, vpextrw
  case vpgatherdd, vpgatherdq, vpgatherqd, vpgatherqq, vphaddbd, vphaddbq, vphaddbw, vphaddd, vphadddq, vphaddsw
  case vphaddubd, vphaddubq, vphaddubw, vphaddudq, vphadduwd, vphadduwq, vphaddw, vphaddwd, vphaddwq, vphminposuw
  case vphsubbw, vphsubd, vphsubdq, vphsubsw, vphsubw, vphsubwd, vpinsrb, vpinsrd, vpinsrq, vpinsrw, vplzcntd
  case vplzcntq, vpmacsdd, vpmacsdqh, vpmacsdql, vpmacssdd, vpmacssdqh, vpmacssdql, vpmacsswd, vpmacssww, vpmacswd
  case vpmacsww, vpmadcsswd, vpmadcswd, vpmaddubsw, vpmaddwd, vpmaskmovd, vpmaskmovq, vpmaxsb, vpmaxsd, vpmaxsq
  case vpmaxsw, vpmaxub, vpmaxud, vpmaxuq, vpmaxuw, vpminsb, vpminsd, vpminsq, vpminsw, vpminub, vpminud, vpminuq
  case vpminuw, vpmovdb, vpmovdw, vpmovm2b, vpmovm2d, vpmovm2q, vpmovm2w, vpmovmskb, vpmovqb, vpmovqd, vpmovqw
  case vpmovsdb, vpmovsdw, vpmovsqb, vpmovsqd, vpmovsqw, vpmovsxbd, vpmovsxbq, vpmovsxbw, vpmovsxdq, vpmovsxwd
  case vpmovsxwq, vpmovusdb, vpmovusdw, vpmovusqb, vpmovusqd, vpmovusqw, vpmovzxbd, vpmovzxbq, vpmovzxbw, vpmovzxdq
  case vpmovzxwd, vpmovzxwq, vpmuldq, vpmulhrsw, vpmulhuw, vpmulhw, vpmulld, vpmullq, vpmullw, vpmuludq, vpor, vpord
  case vporq, vpperm, vprotb, vprotd, vprotq, vprotw, vpsadbw, vpscatterdd, vpscatterdq, vpscatterqd, vpscatterqq
  case vpshab, vpshad, vpshaq, vpshaw, vpshlb, vpshld, vpshlq, vpshlw, vpshufb, vpshufd, vpshufhw, vpshuflw, vpsignb
  case vpsignd, vpsignw, vpslld, vpslldq, vpsllq, vpsllvd, vpsllvq, vpsllw, vpsrad, vpsraq, vpsravd, vpsravq, vpsraw
  case vpsrld, vpsrldq, vpsrlq, vpsrlvd, vpsrlvq, vpsrlw, vpsubb, vpsubd, vpsubq, vpsubsb, vpsubsw, vpsubusb
  case vpsubusw, vpsubw, vptest, vptestmd, vptestmq, vptestnmd, vptestnmq, vpunpckhbw, vpunpckhdq, vpunpckhqdq
  case vpunpckhwd, vpunpcklbw, vpunpckldq, vpunpcklqdq, vpunpcklwd, vpxor, vpxord, vpxorq, vrcp14pd, vrcp14ps
  case vrcp14sd, vrcp14ss, vrcp28pd, vrcp28ps, vrcp28sd, vrcp28ss, vrcpps, vrcpss, vrndscalepd, vrndscaleps
  case vrndscalesd, vrndscaless, vroundpd, vroundps, vroundsd, vroundss, vrsqrt14pd, vrsqrt14ps, vrsqrt14sd
  case vrsqrt14ss, vrsqrt28pd, vrsqrt28ps, vrsqrt28sd, vrsqrt28ss, vrsqrtps, vrsqrtss, vscatterdpd, vscatterdps
  case vscatterpf0dpd, vscatterpf0dps, vscatterpf0qpd, vscatterpf0qps, vscatterpf1dpd, vscatterpf1dps
  case vscatterpf1qpd, vscatterpf1qps, vscatterqpd, vscatterqps, vshufpd, vshufps, vsqrtpd, vsqrtps, vsqrtsd
  case vsqrtss, vstmxcsr, vsubpd, vsubps, vsubsd, vsubss, vtestpd, vtestps, vucomisd, vucomiss, vunpckhpd, vunpckhps
  case vunpcklpd, vunpcklps, vxorpd, vxorps, vzeroall, vzeroupper, wait, wbinvd, wrfsbase, wrgsbase, wrmsr, xabort
  case xacquire, xadd, xbegin, xchg, xcryptcbc, xcryptcfb, xcryptctr, xcryptecb, xcryptofb, xend, xgetbv, xlatb, xor
  case xorpd, xorps, xrelease, xrstor, xrstor64, xrstors, xrstors64, xsave, xsave64, xsavec, xsavec64, xsaveopt
  case xsaveopt64, xsaves, xsaves64, xsetbv, xsha1, xsha256, xstore, xtest
}
