import Testing
import X86

@testable import Decode

@Suite struct CorrectionsTests {
  private let decoder: CapstoneDecoder

  init() throws { decoder = try CapstoneDecoder() }

  @Test(arguments: [
    ("f3 a5", Mnemonic.movsdString, 32), ("a4", .movsb, 8), ("48 a5", .movsq, 64), ("66 a7", .cmpsw, 16),
    ("a7", .cmpsdString, 32), ("f2 ae", .scasb, 8), ("48 ab", .stosq, 64), ("6d", .insd, 32), ("48 6d", .insd, 32),
    ("d7", .xlatb, 8),
  ]) func stringInstructionsHaveNoOperands(text: String, mnemonic: Mnemonic, width: UInt8) throws {
    let instruction = try #require(decoder.decode(text))
    #expect(instruction.mnemonic == mnemonic && instruction.operandCount == 0 && instruction.operandWidth == width)
  }

  @Test func vectorMovsdAndCmpsdAreOthers() throws {
    #expect(try #require(decoder.decode("f2 0f 10 c1")).mnemonic == .movsd)
    #expect(try #require(decoder.decode("f2 0f c2 c1 01")).mnemonic == .cmpsd)
  }

  /// SDM vol. 2B, NOP, XCHG, PAUSE.
  @Test(arguments: [
    ("90", "nop"), ("66 90", "xchg   ax,ax"), ("48 90", "rex.W nop"), ("f3 90", "pause"), ("49 90", "xchg   r8,rax"),
    ("41 90", "xchg   r8d,eax"), ("91", "xchg   ecx,eax"), ("66 93", "xchg   bx,ax"), ("f3 0f 1e fa", "endbr64"),
    ("f3 0f 1e fb", "endbr32"), ("f3 48 0f 1e c8", "rdsspq rax"), ("0f 1f 40 00", "nop    DWORD PTR [rax+0x0]"),
    ("0f 19 c0", "nop    eax"), ("0f 18 e0", "nop    eax"), ("0f 1e fa", "nop    edx"),
    ("0f 0d 08", "prefetchw BYTE PTR [rax]"), ("0f 0d 00", "prefetch BYTE PTR [rax]"),
  ]) func nopsAndTheirNeighbours(text: String, expected: String) throws {
    #expect(try #require(decoder.decode(text)).description == expected)
  }

  @Test func nopsAccessNothing() throws {
    let instruction = try #require(decoder.decode("0f 1f 40 00"))
    #expect(instruction.mnemonic == .nop && instruction.accessText == "-:0")
    #expect(try #require(decoder.decode("66 90")).operandCount == 0)
  }

  @Test(arguments: [
    ("0f c2 c1 01", Mnemonic.cmpps, "cmpltps xmm0,xmm1"), ("66 0f c2 c1 07", .cmppd, "cmpordpd xmm0,xmm1"),
    ("f3 0f c2 c1 08", .cmpss, "cmpss  xmm0,xmm1,0x8"), ("c5 f3 c2 c2 1f", .vcmpsd, "vcmptrue_ussd xmm0,xmm1,xmm2"),
    ("c5 f0 c2 c2 20", .vcmpps, "vcmpps xmm0,xmm1,xmm2,0x20"),
    ("66 0f 3a 44 c1 11", .pclmulqdq, "pclmulhqhqdq xmm0,xmm1"),
    ("66 0f 3a 44 c1 02", .pclmulqdq, "pclmulqdq xmm0,xmm1,0x2"),
  ]) func predicatesStayImmediates(text: String, mnemonic: Mnemonic, expected: String) throws {
    let instruction = try #require(decoder.decode(text))
    #expect(instruction.mnemonic == mnemonic && instruction.description == expected)
    let last = instruction[operand: Int(instruction.operandCount) - 1]
    #expect(last.kind == .immediate && last.immediate == Int64(hexBytes(text).last ?? 0))
  }

  @Test(arguments: [
    ("66 0f 2f 00", 64), ("66 0f 2e 00", 64), ("0f 2f 00", 32), ("c5 f9 2f 00", 64), ("f2 0f 2a 00", 32),
    ("f2 48 0f 2a 00", 64), ("66 0f 6e 00", 32), ("66 48 0f 6e 00", 64), ("0f 6e 00", 32), ("f3 0f 7e 00", 64),
    ("66 0f d6 00", 64), ("0f 60 00", 32), ("66 0f 60 00", 128), ("66 0f 38 20 00", 64), ("c4 e2 7d 20 00", 128),
    ("66 0f 38 22 00", 16), ("f3 0f e6 00", 64), ("0f 5a 00", 64), ("66 0f 3a 14 00 01", 8), ("0f c7 08", 64),
    ("48 0f c7 08", 128), ("d9 20", 224), ("66 d9 20", 112), ("dd 20", 864), ("66 dd 30", 752), ("db 28", 80),
    ("0f ae 00", 4096), ("0f ae 10", 32), ("48 8d 00", 0), ("0f ae 38", 0), ("ff 18", 48), ("8c 18", 16),
    ("0f b6 00", 8),
    ("48 0f be 00", 8), ("48 63 00", 32), ("63 00", 32), ("f2 0f 38 f0 00", 8), ("c5 fe 6f 00", 256), ("0f b2 00", 48),
    ("c4 e2 7d 18 00", 32), ("c4 e2 7d 5a 00", 128), ("c4 e2 79 1c 00", 128), ("9b", -1),
  ]) func memoryWidths(text: String, width: Int) throws {
    let instruction = try #require(decoder.decode(text))
    #expect(instruction.memory.map { Int($0.width) } ?? -1 == width)
  }

  @Test(arguments: [
    ("d8 c1", "fadd   st,st(1)", "rw:80 r:80"), ("dc c1", "fadd   st(1),st", "rw:80 r:80"),
    ("de c1", "faddp  st(1),st", "rw:80 r:80"), ("d9 c1", "fld    st(1)", "r:80"), ("d9 c9", "fxch   st(1)", "rw:80"),
    ("dd d9", "fstp   st(1)", "w:80"), ("db f1", "fcomi  st,st(1)", "r:80 r:80"),
    ("da c1", "fcmovb st,st(1)", "rw:80 r:80"),
    ("df e0", "fnstsw ax", "w:16"), ("d8 d1", "fcom   st(1)", "r:80"), ("de d9", "fcompp", ""),
    ("d9 d9", "fstp   st(1)", "w:80"),
    ("dc d1", "fcom   st(1)", "r:80"), ("df c1", "ffreep st(1)", "-:80"), ("d8 00", "fadd   DWORD PTR [rax]", "r:32"),
    ("9b", "fwait", ""), ("d9 38", "fnstcw WORD PTR [rax]", "w:16"), ("d9 28", "fldcw  WORD PTR [rax]", "r:16"),
  ]) func x87Operands(text: String, expected: String, access: String) throws {
    let instruction = try #require(decoder.decode(text))
    #expect(instruction.description == expected && instruction.accessText == access)
  }

  @Test func shiftsNameTheirCount() throws {
    let byOne = try #require(decoder.decode("d1 e0"))
    #expect(byOne.mnemonic == .shl && byOne.op1.immediate == 1 && byOne.immediateSize == 0)
    #expect(try #require(decoder.decode("d3 f0")).mnemonic == .shl)
    #expect(try #require(decoder.decode("d3 e8")).op1.register == Register(.general8, 1))
    #expect(try #require(decoder.decode("0f a5 c8")).op2.register == Register(.general8, 1))
  }

  @Test func blendsNameTheirMask() throws {
    #expect(try #require(decoder.decode("66 0f 38 14 c1")).description == "blendvps xmm0,xmm1,xmm0")
    #expect(try #require(decoder.decode("0f 38 cb d1")).description == "sha256rnds2 xmm2,xmm1,xmm0")
    #expect(try #require(decoder.decode("c4 e3 71 4a c2 30")).description == "vblendvps xmm0,xmm1,xmm2,xmm3")
  }

  /// Intel ignores 66 before near branches in 64-bit mode, AMD does not.
  @Test func nearBranchesIgnoreTheOperandSize() throws {
    let jump = try #require(decoder.decode("66 e9 10 00 00 00"))
    #expect(jump.length == 6 && jump.branchTarget == 0x1016 && jump.operandWidth == 64)
    #expect(try #require(decoder.decode("66 0f 84 10 00 00 00")).length == 7)
    #expect(try #require(decoder.decode("66 66 48 e8 10 00 00 00")).description == "data16 data16 rex.W call 0x1018")
    #expect(try #require(decoder.decode("66 c3")).operandWidth == 64)
  }

  @Test func pushAndPopAreWide() throws {
    #expect(try #require(decoder.decode("50")).operandWidth == 64)
    #expect(try #require(decoder.decode("66 50")).operandWidth == 16)
    #expect(try #require(decoder.decode("66 48 ff 30")).memory?.width == 64)
    #expect(try #require(decoder.decode("66 ff 30")).memory?.width == 16)
    #expect(try #require(decoder.decode("6a ff")).op0.width == 64)
  }

  @Test func countersFollowTheAddressSize() throws {
    #expect(try #require(decoder.decode("e3 00")).mnemonic == .jrcxz)
    #expect(try #require(decoder.decode("67 e3 00")).mnemonic == .jecxz)
    let loop = try #require(decoder.decode("67 e2 00"))
    #expect(loop.mnemonic == .loop && loop.addressWidth == 32)
  }

  @Test func bitScansAndCounts() throws {
    #expect(try #require(decoder.decode("0f bc c1")).mnemonic == .bsf)
    #expect(try #require(decoder.decode("f3 0f bc c1")).mnemonic == .tzcnt)
    #expect(try #require(decoder.decode("f3 0f bd c1")).mnemonic == .lzcnt)
    #expect(try #require(decoder.decode("f2 0f bd c1")).mnemonic == .bsr)
    #expect(try #require(decoder.decode("66 f3 0f b8 c1")).operandWidth == 16)
  }

  /// Encodings that the manuals leave out and processors execute as their neighbours.
  @Test(arguments: [
    ("f6 c8 01", Mnemonic.test), ("c0 f0 01", .shl), ("f7 08 01 00 00 00", .test), ("f1", .int1), ("0f b9 c0", .ud1),
    ("0f ff c0", .ud0), ("0f 0b", .ud2), ("0f ae e9", .lfence), ("0f ae f7", .mfence), ("f3 0f c7 f8", .rdpid),
  ]) func aliases(text: String, mnemonic: Mnemonic) throws {
    #expect(try #require(decoder.decode(text)).mnemonic == mnemonic)
  }

  @Test func gathersNeedThreeRegisters() throws {
    let gather = try #require(decoder.decode("c4 e2 69 90 04 88"))
    #expect(gather.description == "vpgatherdd xmm0,DWORD PTR [rax+xmm1*4],xmm2")
    #expect(gather.accessText == "rw:128 r:32 rw:128")
    #expect(decoder.decode("c4 e2 69 90 04 80") == nil)
    #expect(decoder.decode("c4 e2 79 90 04 88") == nil)
  }
}
