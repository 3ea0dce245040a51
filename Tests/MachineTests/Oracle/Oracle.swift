import Decode
import Glibc
import X86

@testable import Machine

/// Every encoding on random states, on the host's processor and in the machine: all that is left is compared, but for
/// flags that the manual leaves undefined.
struct Oracle {
  struct Failure {
    let bytes: [UInt8]
    let seed: UInt64
    let text: String

    /// What `make oracle ORACLEFLAGS=--replay=…` takes.
    var key: String { Oracle.hex(bytes) + ":" + String(seed, radix: 16) }
  }

  struct Result {
    var forms = 0
    var cases = 0
    var states = 0
    var failures: [Failure] = []
  }

  let decoder: any InstructionDecoder

  init() throws { decoder = try CapstoneDecoder() }

  static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Goes through all forms again and again: `rounds` times, or until `seconds` are over.
  ///
  /// - Parameters:
  ///   - filter: only mnemonics that begin with it.
  ///   - report: called now and then.
  func run(
    seed: UInt64, rounds: Int, seconds: Double = 0, states: Int, filter: String = "", failureLimit: Int = 40,
    report: (Result) -> Void = { _ in }
  ) -> Result {
    let forms = OracleForms(decoder: decoder).forms.filter { $0.mnemonic.name.hasPrefix(filter) }
    var result = Result()
    result.forms = forms.count
    var random = SplitMix(seed: seed)
    let start = Oracle.now()
    var failed: [Mnemonic: Int] = [:]
    var lastReport = start
    var round = 0
    while seconds > 0 ? Oracle.now() - start < seconds : round < rounds {
      round += 1
      for form in forms {
        guard failed[form.mnemonic, default: 0] < 2 else { continue }
        guard let oracleCase = OracleCase(form, &random, decoder) else { continue }
        result.cases += 1
        if let failure = check(oracleCase, states: states, &random, &result.states) {
          failed[form.mnemonic, default: 0] += 1
          result.failures.append(failure)
          if result.failures.count >= failureLimit { return result }
        }
        if seconds > 0, result.cases & 0xff == 0, Oracle.now() - lastReport > 10 {
          lastReport = Oracle.now()
          report(result)
        }
        if seconds > 0, Oracle.now() - start > seconds { return result }
      }
    }
    return result
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Runs a case from `states` states; the first that differs is returned, as small as it can be made.
  func check(_ oracleCase: OracleCase, states: Int, _ random: inout SplitMix, _ count: inout Int) -> Failure? {
    let seeds = (0..<states).map { _ in random.next() }
    return Differential.withShared { differential in
      let address = differential.place(oracleCase.bytes)
      for seed in seeds {
        count += 1
        if let text = difference(differential, oracleCase, seed, address) {
          return Failure(bytes: oracleCase.bytes, seed: seed, text: "\(oracleCase.text): \(text)")
        }
      }
      return nil
    }
  }

  /// One case and one state, from what a failure printed.
  func replay(bytes: [UInt8], seed: UInt64) -> String? {
    guard let oracleCase = OracleCase(bytes: bytes, decoder) else { return "not an instruction" }
    return Differential.withShared { differential in
      difference(differential, oracleCase, seed, differential.place(oracleCase.bytes))
    }
  }

  private func difference(_ differential: Differential, _ oracleCase: OracleCase, _ seed: UInt64, _ address: UInt64)
    -> String?
  {
    var random = SplitMix(seed: seed)
    let memory = TestMachine.data()
    for offset in stride(from: 0, to: memory.count, by: 64) {
      memory.storeBytes(of: random.next(), toByteOffset: offset, as: UInt64.self)
    }
    var state = Differential.randomState(&random)
    oracleCase.prepare(&state, &random)
    if oracleCase.hasUndefinedResult(state) { return nil }
    let item = InstructionCase(oracleCase.text, oracleCase.bytes, undefined: oracleCase.undefined(state))
    guard let text = differential.difference(item, from: state, at: address, []) else { return nil }
    return text + "\n" + shrink(differential, item, state, address)
  }

  /// The state without what does not matter to the failure, in words.
  private func shrink(_ differential: Differential, _ item: InstructionCase, _ full: ProcessorState, _ address: UInt64)
    -> String
  {
    var state = full
    func attempt(_ change: (inout ProcessorState) -> Void) {
      var smaller = state
      change(&smaller)
      if smaller != state, differential.difference(item, from: smaller, at: address, []) != nil { state = smaller }
    }
    attempt { $0.rflags = 0x202 }
    attempt { $0.mxcsr = 0x1f80 }
    attempt { $0.x87 = X87State() }
    for number in 0..<16 {
      attempt { $0.gpr[number] = 0 }
      attempt { $0.xmm[number] = .zero }
      attempt { $0.ymmHigh[number] = .zero }
    }
    var words: [String] = []
    for number in 0..<16 where state.gpr[number] != 0 {
      words.append("gpr\(number)=\(String(state.gpr[number], radix: 16))")
    }
    for number in 0..<16 where state.xmm[number] != .zero || state.ymmHigh[number] != .zero {
      let parts = [state.ymmHigh[number][1], state.ymmHigh[number][0], state.xmm[number][1], state.xmm[number][0]]
      words.append("ymm\(number)=" + parts.map { String($0, radix: 16) }.joined(separator: "_"))
    }
    words.append("rflags=\(String(state.rflags, radix: 16)) mxcsr=\(String(state.mxcsr, radix: 16))")
    if state.x87 != X87State() { words.append("x87=\(state.x87)") }
    return "  smallest state: " + words.joined(separator: " ")
  }
}
