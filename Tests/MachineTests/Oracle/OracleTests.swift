import Glibc
import Testing

@testable import Machine

/// The oracle's short run; `make oracle` runs it for as long as one likes.
@Suite struct OracleTests {
  /// Cases that failed once: lines of BYTES:SEED, with `#` for comments.
  static let regressions: [(bytes: [UInt8], seed: UInt64)] = {
    let path = #filePath.replacing("OracleTests.swift", with: "regressions.txt")
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var result: [(bytes: [UInt8], seed: UInt64)] = []
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if let parsed = parse(text) { result.append(parsed) }
    }
    return result
  }()

  /// BYTES:SEED, both hexadecimal.
  static func parse(_ text: String) -> (bytes: [UInt8], seed: UInt64)? {
    let words = text.prefix { $0 != "#" && $0 != "\n" && $0 != " " }.split(separator: ":")
    guard words.count == 2, let seed = UInt64(words[1], radix: 16), words[0].count % 2 == 0 else { return nil }
    let digits = Array(words[0])
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    return bytes.count * 2 == digits.count ? (bytes, seed) : nil
  }

  static func setting(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  @Test func earlierFailuresStayRepaired() throws {
    let oracle = try Oracle()
    for (bytes, seed) in Self.regressions {
      let difference = oracle.replay(bytes: bytes, seed: seed)
      #expect(difference == nil, "\(Oracle.hex(bytes)):\(String(seed, radix: 16)) \(difference ?? "")")
    }
  }

  @Test(.enabled(if: setting("SWEMU_ORACLE_REPLAY") != nil)) func replay() throws {
    let text = Self.setting("SWEMU_ORACLE_REPLAY") ?? ""
    let parsed = try #require(Self.parse(text), "\(text) is not BYTES:SEED")
    let difference = try Oracle().replay(bytes: parsed.bytes, seed: parsed.seed)
    print(difference ?? "no difference")
    #expect(difference == nil)
  }

  @Test(.enabled(if: setting("SWEMU_ORACLE_REPLAY") == nil)) func everyForm() throws {
    let oracle = try Oracle()
    let seed = Self.setting("SWEMU_ORACLE_SEED").flatMap { UInt64($0) } ?? 1
    let seconds = Self.setting("SWEMU_ORACLE_SECONDS").flatMap { Double($0) } ?? 0
    let states = Self.setting("SWEMU_ORACLE_STATES").flatMap { Int($0) } ?? 8
    let result = oracle.run(
      seed: seed, rounds: 1, seconds: seconds, states: states, filter: Self.setting("SWEMU_ORACLE_FILTER") ?? "",
      failureLimit: Self.setting("SWEMU_ORACLE_FAILURES").flatMap { Int($0) } ?? 40
    ) { result in
      print("oracle: \(result.cases) encodings, \(result.states) states, \(result.failures.count) differences")
      fflush(nil)
    }
    print(
      "oracle: \(result.forms) forms, \(result.cases) encodings, \(result.states) states, "
        + "\(result.failures.count) differences, seed \(seed)")
    for failure in result.failures { Issue.record("\(failure.text)\n  replay: \(failure.key)") }
  }
}
