import Glibc
import Testing

@testable import Machine

extension MemoryTests {
  /// SSE and SSE2 against the host processor. A failure prints the bytes and what differs.
  ///
  /// SWEMU_ORACLE_SCALE multiplies the number of states, SWEMU_ORACLE_SEED chooses others.
  @Suite struct SSETests {
    @Test func movesMatchTheProcessor() throws { try compare(VectorForms.moves, states: 12, masks: .all) }

    @Test func packedIntegersMatchTheProcessor() throws { try compare(VectorForms.integer, states: 16, masks: .all) }

    @Test func floatingPointMatchesTheProcessor() throws { try compare(VectorForms.float, states: 60, masks: .all) }

    @Test func unmaskedExceptionsMatchTheProcessor() throws { try compare(VectorForms.float, states: 60, masks: .random) }

    private enum Masks { case all, random }

    private func compare(_ forms: [VectorForm], states: Int, masks: Masks) throws {
      let oracle = try VectorOracle()
      var random = SplitMix(state: number("SWEMU_ORACLE_SEED") ?? 0x5eed)
      let states = states * Int(number("SWEMU_ORACLE_SCALE") ?? 1)
      var failures: [String: Int] = [:]
      for form in forms {
        // Register operands three times; then [rbx], [rbx + rsi * 4 + disp8], a 32-bit address, a misaligned operand,
        // and one across the end of memory.
        let choices: [Int?] = (form.takesRegister ? [nil, nil, nil] : []) + (form.takesMemory ? [0, 1, 2, 3, 4] : [])
        for memory in choices {
          let repeats = form.immediates.count > 8 ? 4 : 1
          for _ in 0..<repeats {
            let bytes = form.encode(&random, memory: memory)
            try oracle.load(bytes)
            for _ in 0..<states {
              let state = makeState(form, masks, &random)
              guard let difference = oracle.compare(state) else { continue }
              let key = "\(form.name) \(memory.map(String.init) ?? "register")"
              failures[key, default: 0] += 1
              if failures[key] == 1, failures.count < 20 {
                Issue.record("\(form.name) \(bytes.map { String($0, radix: 16) }.joined(separator: " ")): \(difference)")
              }
            }
          }
        }
      }
      #expect(failures.isEmpty, "of \(oracle.comparisons) comparisons")
      print("SSE: \(oracle.comparisons) comparisons")
    }

    private func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }

    private func makeState(_ form: VectorForm, _ masks: Masks, _ random: inout SplitMix) -> VectorOracle.State {
      var state = VectorOracle.State()
      for register in 0..<16 { state.gpr[register] = VectorValues.word(form.values, &random) }
      state.gpr[3] = VectorOracle.data
      state.gpr[6] = 4
      state.flags = 0x202 | (random.next() & 0x8d5)
      for word in 0..<32 { state.xmm[word] = VectorValues.word(form.values, &random) }
      for word in 0..<8 { state.mm[word] = VectorValues.word(form.values, &random) }
      for word in 0..<state.data.count { state.data[word] = VectorValues.word(form.values, &random) }
      // Rounding, FTZ, DAZ, and whatever flags are up already.
      state.mxcsr = UInt32(truncatingIfNeeded: random.next() & 0xe07f)
      if random.next() & 1 == 0 { state.mxcsr &= ~0x3f }
      state.mxcsr |= masks == .all ? 0x1f80 : UInt32(truncatingIfNeeded: random.next() & 0x1f80)
      return state
    }
  }
}
