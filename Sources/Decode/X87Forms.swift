import X86

/// The register operands of x87 instructions as the SDM writes them, and the sizes of their environments.
///
/// Capstone leaves ST(0) out in some, and lists the same register twice or thrice in the undocumented ones.
/// The duplicates that processors accept (`DC D0` FCOM, `DD C8` FXCH, `DE D0` FCOMP, `DF D0` FSTP, …) are what their
/// originals are (Intel 80287 to Pentium opcode maps; AMD APM vol. 3, table A-16).
enum X87Forms {
  static func correct(_ key: FormKey, _ form: inout Form) {
    guard key.isRegister else {
      correctMemory(key, &form)
      return
    }
    let top = Corrections.fixed(.x87, 0)
    let other = Corrections.fixed(.x87, key.rmField)
    form.removeOperands()
    switch (key.opcode, key.regField) {
    case (0xD8, 2...3): form.append(other)  // FCOM, FCOMP
    case (0xD8, _), (0xDA, 0...3), (0xDB, 0...3), (0xDB, 5...6), (0xDF, 5...6):
      form.append(top)
      form.append(other)
    case (0xD9, 0...1), (0xD9, 3): form.append(other)  // FLD, FXCH, FSTP
    case (0xDC, 2...3), (0xDE, 2): form.append(other)  // FCOM, FCOMP
    case (0xDC, _), (0xDE, 0...1), (0xDE, 4...7):
      form.append(other)
      form.append(top)
    case (0xDD, 0...5), (0xDF, 0...3): form.append(other)
    case (0xDF, 4): form.append(Corrections.fixed(.general16, 0))  // FNSTSW AX
    default: break
    }
  }

  /// FLDENV, FNSTENV 28 bytes (14 with 66); FRSTOR, FNSAVE 108 (94) (SDM vol. 1, 8.1.10 and figures 8-9 to 8-12).
  private static func correctMemory(_ key: FormKey, _ form: inout Form) {
    let isShort = key.hasOperandSizePrefix && !key.w
    switch (key.opcode, key.regField) {
    case (0xD9, 4), (0xD9, 6): form.op0.width = isShort ? 112 : 224
    case (0xDD, 4), (0xDD, 6): form.op0.width = isShort ? 752 : 864
    case (0xDD, 7): form.op0.width = 16
    default: break
    }
  }
}
