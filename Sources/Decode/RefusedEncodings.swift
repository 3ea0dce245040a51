/// Encodings that raise #UD in user mode though capstone knows a name for them, opcode group by opcode group.
///
/// Compared with a processor's #UD over every opcode, prefix, REX.W, ModRM.mod and ModRM.reg.
enum RefusedEncodings {
  static func contains(_ key: FormKey) -> Bool {
    if key.isVEX { return containsVEX(key) }
    switch (key.map, key.opcode) {
    // MOV to and from segment registers: CS cannot be loaded, 6 and 7 do not exist (SDM vol. 2B, MOV).
    case (0, 0x8C): return key.regField > 5
    case (0, 0x8E): return key.regField == 1 || key.regField > 5
    // XOP, and RTM's XABORT and XBEGIN, which CPUID does not report.
    case (0, 0x8F), (0, 0xC6), (0, 0xC7): return key.regField != 0
    case (0, 0xFE): return key.regField > 1
    case (0, 0xFF): return key.regField == 7 || (key.isRegister && (key.regField == 3 || key.regField == 5))
    case (0, 0xD9) where key.isRegister: return refusesX87D9(key)
    case (0, 0xDB) where key.isRegister: return key.regField == 4 && key.rmField > 4 || key.regField == 7
    case (1, 0x00): return key.regField > 5
    case (1, 0x01): return refusesGroup7(key)
    // CR1 and CR5…CR7 do not exist, nor CR9…CR15 (SDM vol. 2B, MOV—Move to/from Control Registers). DR4 and DR5 are
    // DR6 and DR7 unless CR4.DE is set, which Linux leaves clear; DR8…DR15 do not exist.
    case (1, 0x20), (1, 0x22):
      return key.hasExtendedReg ? key.regField != 0 : key.regField == 1 || key.regField > 4
    case (1, 0x21), (1, 0x23): return key.hasExtendedReg
    case (1, 0xAE): return refusesGroup15(key)
    case (1, 0xC7): return refusesGroup9(key)
    case (1, 0x12), (1, 0x16): return key.isRegister && key.pp == 1  // 66: MOVLPD and MOVHPD take memory only
    case (1, 0xC3): return key.isRegister
    default: return false
    }
  }

  /// The AVX-512 mask instructions use VEX in map 1; their opcodes are absent from `PrefixRules`.
  private static func containsVEX(_ key: FormKey) -> Bool {
    switch (key.map, key.opcode) {
    case (1, 0xAE): key.isRegister || (key.regField != 2 && key.regField != 3)
    default: false
    }
  }

  /// `D9 D1`…`D9 D7`, `D9 E2 E3 E6 E7 EF` (SDM vol. 2D, table A-11).
  private static func refusesX87D9(_ key: FormKey) -> Bool {
    switch (key.regField, key.rmField) {
    case (2, 1...7), (4, 2...3), (4, 6...7), (5, 7): true
    default: false
    }
  }

  /// Group 7. What needs VMX, SVM, SMX, SGX, RTM, PKU or ring 0 with its own #UD (MONITOR, CLAC) is left out
  /// (SDM vol. 2D, table A-6).
  private static func refusesGroup7(_ key: FormKey) -> Bool {
    guard key.isRegister else { return key.regField == 5 }
    switch (key.regField, key.rmField) {
    case (2, 0...1): return key.pp != 0  // XGETBV, XSETBV
    case (4, _), (6, _), (7, 0...1): return false  // SMSW, LMSW, SWAPGS, RDTSCP
    default: return true
    }
  }

  /// Group 9: CMPXCHG8B, the compacting saves, RDRAND, RDSEED, RDPID.
  private static func refusesGroup9(_ key: FormKey) -> Bool {
    switch (key.isRegister, key.regField) {
    case (false, 1): false
    case (false, 3...5): key.pp != 0
    case (true, 6): key.pp > 1
    case (true, 7): key.pp > 2
    default: true
    }
  }

  /// Group 15: state saves, fences, FS/GS bases, cache lines. CET's INCSSP and the WAITPKG instructions are left out.
  private static func refusesGroup15(_ key: FormKey) -> Bool {
    switch (key.isRegister, key.pp) {
    case (false, 0): false
    case (false, 1): key.regField < 6
    case (true, 0): key.regField < 5
    case (true, 2): key.regField > 3
    default: true
    }
  }
}
