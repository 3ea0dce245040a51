import Testing

@testable import X86

/// Intel SDM vol. 1, appendix A, table A-2 ("EFLAGS cross-reference"), columns OF SF ZF AF PF CF.
///
/// `T` tested, `M` modified, `X` tested and modified, `0` and `1` set to that, `-` undefined, `.` untouched. Instructions
/// that the table leaves out are from their own pages of vol. 2.
private let crossReference = """
  adc     MMMMMX
  add     MMMMMM
  and     0MM-M0
  andn    0MM--0
  adcx    .....X
  adox    X.....
  bextr   0-M--0
  blsi    0MM--M
  blsmsk  0MM--M
  blsr    0MM--M
  bzhi    0MM--M
  bsf     --M---
  bsr     --M---
  bswap   ......
  bt      --.--M
  btc     --.--M
  btr     --.--M
  bts     --.--M
  call    ......
  cbw     ......
  clc     .....0
  cmc     .....X
  cmp     MMMMMM
  cmpxchg MMMMMM
  cmpxchg8b ..M...
  cmpxchg16b ..M...
  comisd  00M0MM
  comiss  00M0MM
  cpuid   ......
  crc32   ......
  cwd     ......
  dec     MMMMM.
  div     ------
  enter   ......
  fcmovb  .....T
  fcmovbe ..T..T
  fcmove  ..T...
  fcmovnb .....T
  fcmovnbe ..T..T
  fcmovne ..T...
  fcmovnu ....T.
  fcmovu  ....T.
  fcom    ......
  fcomi   00M0MM
  fcomip  00M0MM
  fucomi  00M0MM
  fucomip 00M0MM
  idiv    ------
  imul    M----M
  inc     MMMMM.
  lahf    .TTTTT
  lar     ..M...
  lea     ......
  leave   ......
  lodsb   ......
  loop    ......
  loope   ..T...
  loopne  ..T...
  lsl     ..M...
  lzcnt   --M--M
  mov     ......
  movbe   ......
  movsb   ......
  movsdString ......
  mul     M----M
  mulx    ......
  neg     MMMMMM
  nop     ......
  not     ......
  or      0MM-M0
  pcmpestri MMM00M
  pcmpistrm MMM00M
  pdep    ......
  popcnt  00M000
  popf    MMMMMM
  popfq   MMMMMM
  pop     ......
  ptest   00M00M
  push    ......
  pushfq  TTTTTT
  rdrand  00000M
  rdseed  00000M
  rdtsc   ......
  ret     ......
  rorx    ......
  sahf    .MMMMM
  sarx    ......
  sbb     MMMMMX
  scasb   MMMMMM
  cmpsq   MMMMMM
  stc     .....1
  std     ......
  stosq   ......
  sub     MMMMMM
  syscall TTTTTT
  test    0MM-M0
  tzcnt   --M--M
  ucomisd 00M0MM
  ucomiss 00M0MM
  vcomisd 00M0MM
  vptest  00M00M
  vtestps 00M00M
  verr    ..M...
  verw    ..M...
  xadd    MMMMMM
  xchg    ......
  xlatb   ......
  xor     0MM-M0
  addsd   ......
  vaddpd  ......
  fadd    ......
  """

@Suite struct FlagEffectsTests {
  private static let columns: [RFlags] = [.overflow, .sign, .zero, .adjust, .parity, .carry]

  @Test func agreesWithTheCrossReference() throws {
    let byName = Dictionary(uniqueKeysWithValues: Mnemonic.allCases.map { ("\($0)", $0) })
    for line in crossReference.split(separator: "\n") {
      let words = line.split(separator: " ")
      let mnemonic = try #require(byName[String(words[0])], "\(words[0])")
      let effects = Instruction.make(mnemonic).flagEffects
      // BT's undefined flags are left alone by every processor.
      let leavesUndefined = [.bt, .btc, .btr, .bts].contains(mnemonic)
      for (flag, letter) in zip(Self.columns, words[1]) {
        #expect(effects.read.contains(flag) == "TX".contains(letter), "\(line)")
        #expect(
          effects.written.contains(flag) == ("MX01".contains(letter) || (letter == "-" && !leavesUndefined)), "\(line)")
        #expect(effects.undefined.contains(flag) == (letter == "-"), "\(line)")
      }
    }
  }

  @Test(arguments: [Mnemonic.jg, .setg, .cmovg]) func conditionsReadTheirFlags(mnemonic: Mnemonic) {
    let instruction = Instruction.make(mnemonic)
    #expect(instruction.condition == .g)
    #expect(instruction.flagsRead == [.sign, .overflow, .zero])
    #expect(instruction.flagsWritten.isEmpty)
  }

  @Test func everyConditionHasThreeMnemonics() {
    for condition in Condition.allCases {
      #expect(Mnemonic.allCases.filter { Instruction.make($0).condition == condition }.count == 3)
    }
  }

  @Test func shiftsDependOnTheirCount() {
    let register = Operand.register(.general32, 0)
    let byOne = Instruction.make(.shl, register, .immediate(1)).flagEffects
    #expect(byOne == FlagEffects(read: [], written: .status, undefined: .adjust))
    let byFour = Instruction.make(.shl, register, .immediate(4)).flagEffects
    #expect(byFour == FlagEffects(read: [], written: .status, undefined: [.adjust, .overflow]))
    #expect(Instruction.make(.shl, register, .immediate(0)).flagEffects == FlagEffects())
    #expect(Instruction.make(.shl, register, .immediate(32)).flagEffects == FlagEffects(), "masked to 0")
    #expect(Instruction.make(.shl, width: 64, .register(.general64, 0), .immediate(32)).flagsWritten == .status)
    let byCL = Instruction.make(.sar, register, .register(.general8, 1)).flagEffects
    #expect(byCL.read == .status && byCL.written == .status)
    let tooFar = Instruction.make(.shr, width: 8, .register(.general8, 0), .immediate(9)).flagEffects
    #expect(tooFar.undefined.contains(.carry))
  }

  @Test func rotatesTouchCarryAndOverflowOnly() {
    let register = Operand.register(.general32, 0)
    let rotate = Instruction.make(.rol, register, .immediate(3)).flagEffects
    #expect(rotate == FlagEffects(read: [], written: [.carry, .overflow], undefined: .overflow))
    let throughCarry = Instruction.make(.rcr, register, .immediate(1)).flagEffects
    #expect(throughCarry == FlagEffects(read: .carry, written: [.carry, .overflow], undefined: []))
    let byCL = Instruction.make(.rol, register, .register(.general8, 1)).flagEffects
    #expect(byCL.read == [.carry, .overflow] && byCL.written == [.carry, .overflow])
    #expect(Instruction.make(.rcl, register, .immediate(0)).flagEffects == FlagEffects())
  }

  @Test func doubleShiftsDependOnTheirCount() {
    let register = Operand.register(.general16, 0)
    #expect(Instruction.make(.shld, width: 16, register, register, .immediate(0)).flagEffects == FlagEffects())
    #expect(Instruction.make(.shld, width: 16, register, register, .immediate(17)).flagsUndefined == .status)
    #expect(Instruction.make(.shrd, width: 16, register, register, .register(.general8, 1)).flagsRead == .status)
  }

  @Test func repeatedComparesMayLeaveTheFlags() {
    #expect(Instruction.make(.scasb).flagsRead == .direction)
    #expect(Instruction.make(.scasb, prefixes: .repne).flagsRead.isSuperset(of: .status))
    #expect(Instruction.make(.movsb, prefixes: .rep).flagEffects == FlagEffects(read: .direction))
  }
}
