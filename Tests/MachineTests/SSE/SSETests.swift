import Glibc
import Testing

@testable import Machine

/// MMX, SSE and SSE2 against the host processor.
///
/// SWEMU_ORACLE_SCALE multiplies the number of states, SWEMU_ORACLE_SEED chooses others.
@Suite struct SSETests {
  @Test func movesMatchTheProcessor() { compare(VectorForms.moves, states: 8) }

  @Test func packedIntegersMatchTheProcessor() { compare(VectorForms.integer, states: 8) }

  @Test func floatingPointMatchesTheProcessor() { compare(VectorForms.float, states: 30) }

  @Test func unmaskedExceptionsMatchTheProcessor() {
    compare(VectorForms.float + VectorForms.mmxConversions, states: 30, isUnmasked: true)
  }

  @Test func mmxMatchesTheProcessor() { compare(VectorForms.mmx, states: 8, options: []) }

  private func compare(
    _ forms: [VectorForm], states: Int, isUnmasked: Bool = false, options: Differential.Options = [.withoutX87]
  ) {
    let seed = number("SWEMU_ORACLE_SEED") ?? 1
    var random = SplitMix(seed: seed)
    let cases = forms.flatMap { form in
      form.cases(&random) { state, generator in prepare(&state, &generator, form.values, isUnmasked: isUnmasked) }
    }
    Differential.compare(cases, count: states * Int(number("SWEMU_ORACLE_SCALE") ?? 1), seed: seed, options: options)
  }

  private func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }

  /// Values of the form's kind in registers and memory, and MXCSR at random.
  private func prepare(
    _ state: inout ProcessorState, _ random: inout SplitMix, _ values: VectorForm.Values, isUnmasked: Bool
  ) {
    for register in 0..<16 where register != R.rbx { state.gpr[register] = VectorValues.word(values, &random) }
    state.gpr[R.rsi] = 4
    // Where MASKMOVDQU and MASKMOVQ store. Whether bytes that are not selected fault depends on the processor (AMD's Zen 5
    // wants all sixteen writable), so there is no case across the end of memory.
    state.gpr[R.rdi] = Differential.middle + (random.next() & 0x7f)
    for register in 0..<16 {
      state.xmm[register] = [VectorValues.word(values, &random), VectorValues.word(values, &random)]
    }
    // MMX registers lie under x87 registers of which some are in use and TOP is not 0.
    state.x87.status = 3 << 11
    state.x87.tag = 0x40
    for register in 0..<8 {
      state.x87.stack[register] = X87Value(significand: VectorValues.word(values, &random), signExponent: 0x3fff)
    }
    let memory = TestMachine.data(Differential.middle, 64)
    for offset in stride(from: 0, to: memory.count, by: 8) {
      memory.storeBytes(of: VectorValues.word(values, &random), toByteOffset: offset, as: UInt64.self)
    }
    // Rounding, FTZ, DAZ, and whatever flags are up already.
    state.mxcsr = UInt32(truncatingIfNeeded: random.next() & 0xe07f)
    if random.next() & 1 == 0 { state.mxcsr &= ~0x3f }
    state.mxcsr |= isUnmasked ? UInt32(truncatingIfNeeded: random.next() & 0x1f80) : 0x1f80
  }
}
