import Testing

@testable import Kernel

/// Names of core files (man 5 core).
@Suite struct CorePatternTests {
  private static let facts: CoreFacts = {
    var facts = CoreFacts()
    facts.process = 1234
    facts.thread = 1235
    (facts.user, facts.group) = (1000, 100)
    facts.signal = 11
    facts.time = 1_700_000_000
    facts.limit = .max
    facts.host = Array("box".utf8)
    facts.commandName = Array("a/b".utf8)
    facts.executablePath = Array("/usr/bin/prog".utf8)
    return facts
  }()

  @Test(arguments: [
    ("core", "core"), ("core.%p", "core.1234"), ("/var/crash/%e-%u-%g-%s", "/var/crash/a!b-1000-100-11"),
    ("%E.%i", "!usr!bin!prog.1235"), ("%f@%h", "prog@box"), ("100%%", "100%"), ("x%", "x"), ("%t.%d%q", "1700000000.1"),
    ("%c", "18446744073709551615"), ("|/usr/lib/handler %p", "core"), ("@/run/socket", "core"),
  ]) func expands(_ pattern: String, _ expected: String) {
    let path = CorePattern(text: Array(pattern.utf8), addsProcess: false).path(Self.facts)
    #expect(String(decoding: path, as: UTF8.self) == expected)
  }

  @Test func addsTheProcessOnce() {
    func path(_ pattern: String) -> String {
      String(decoding: CorePattern(text: Array(pattern.utf8), addsProcess: true).path(Self.facts), as: UTF8.self)
    }
    #expect(path("core") == "core.1234")
    #expect(path("core-%p") == "core-1234")
  }

  @Test func neverLeavesItsDirectory() {
    var facts = Self.facts
    facts.commandName = Array("..".utf8)
    let path = CorePattern(text: Array("/cores/%e".utf8), addsProcess: false).path(facts)
    #expect(String(decoding: path, as: UTF8.self) == "/cores/!.")
  }
}
