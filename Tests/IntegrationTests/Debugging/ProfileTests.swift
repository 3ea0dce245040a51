import Glibc
import Testing

/// `--profile` and `--coverage`: formats as their tools want them, counts as they must be.
@Suite("Profiles", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil)) struct ProfileTests {
  /// Runs a program with an option whose value is a file; what was written there.
  private func file(_ option: String, _ name: String, _ program: [String]) throws -> [UInt8] {
    let sandbox = try Sandbox()
    try sandbox.reset()
    let path = sandbox.top + "/" + name
    let ending = try sandbox.run([Repository.emulator, "\(option)=\(path)"] + program)
    #expect(ending == .exited(0))
    return try File.read(path)
  }

  private func lines(_ option: String, _ name: String, _ program: [String]) throws -> [String] {
    String(decoding: try file(option, name, program), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func foldedStacks() throws {
    let lines = try lines("--profile", "folded", [Session.subject])
    var total = 0
    for line in lines {
      let words = line.split(separator: " ")
      #expect(words.count == 2)
      total += Int(words.last ?? "") ?? -1_000_000
    }
    #expect(total > 10_000)
    #expect(lines.contains { $0.contains(";main;count_to;add ") })
    #expect(lines.contains { $0.contains(";main;factorial;factorial;factorial;factorial;factorial ") })
  }

  @Test func callgrind() throws {
    let lines = try lines("--profile", "callgrind.out", [Session.subject])
    #expect(lines.contains("events: Ir") && lines.contains("positions: line"))
    var own = 0
    var summary = -1
    var isCallCost = false
    for line in lines {
      if line.hasPrefix("summary: ") { summary = Int(line.dropFirst(9)) ?? -1 }
      if line.hasPrefix("calls=") {
        isCallCost = true
        continue
      }
      let words = line.split(separator: " ")
      if words.count == 2, let cost = Int(words[1]), Int(words[0]) != nil, !isCallCost { own += cost }
      isCallCost = false
    }
    // What the functions cost themselves is what the whole costs.
    #expect(own == summary && own > 10_000)
    for name in ["fn=main", "fn=add", "cfn=count_to"] { #expect(lines.contains(name)) }
    let annotate = "/usr/bin/callgrind_annotate"
    guard access(annotate, X_OK) == 0 else { return }
    let sandbox = try Sandbox()
    try sandbox.reset()
    try File.write(lines.joined(separator: "\n") + "\n", to: sandbox.top + "/callgrind.out")
    #expect(try sandbox.run([annotate, sandbox.top + "/callgrind.out"]) == .exited(0))
    let text = String(decoding: try sandbox.standardOutput(), as: UTF8.self)
    #expect(text.contains("(100.0%)  PROGRAM TOTALS") && text.contains("subject.c:count_to"))
  }

  @Test func coverageByLine() throws {
    let lines = try lines("--coverage", "coverage.info", [Session.subject])
    #expect(lines.first == "TN:" && lines.last == "end_of_record")
    // As gcov counts them.
    for expected in [
      "FNDA:10,add", "FNDA:5,factorial", "FNDA:0,on_signal", "DA:27,10", "DA:32,5", "DA:38,10", "DA:90,0", "DA:113,1",
    ] { #expect(lines.contains(expected), "\(expected)") }
    let found = lines.count { $0.hasPrefix("DA:") }
    let hit = lines.count { $0.hasPrefix("DA:") && !$0.hasSuffix(",0") }
    #expect(lines.contains("LF:\(found)") && lines.contains("LH:\(hit)"))
  }

  @Test func coverageByBlocks() throws {
    let bytes = try file("--coverage", "drcov", ["/bin/bash-static", "-c", ":"])
    let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
    #expect(text.hasPrefix("DRCOV VERSION: 2\nDRCOV FLAVOR: drcov\nModule Table: version 2, count "))
    let head = try #require(text.firstRange(of: "BB Table: "))
    let count = try #require(Int(text[head.upperBound...].prefix { $0.isNumber }))
    let start = text[..<head.lowerBound].utf8.count + "BB Table: \(count) bbs\n".utf8.count
    #expect(count > 1000 && bytes.count == start + count * 8)
  }
}
