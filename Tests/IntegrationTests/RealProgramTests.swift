import Testing

/// Programs as distributions ship them: busybox, bash, and Lua scripts in an interpreter of our own.
@Suite("Real programs") struct RealProgramTests {
  private static let fixtures = Repository.data + "/fixtures"

  static let busyboxLines = Repository.lines(of: Repository.data + "/busybox.txt").map { line in
    Case(testDescription: line, line: line, fixtures: fixtures)
  }

  @Test(arguments: busyboxLines) func busybox(_ test: Case) throws {
    try Comparison.check(test)
  }

  @Test func thereAreEnoughBusyboxLines() {
    #expect(Self.busyboxLines.count >= 100)
  }

  static let bashScripts = scripts(in: "bash", ending: ".sh") { "bash \($0) first 'second argument'" }

  @Test(arguments: bashScripts) func bash(_ test: Case) throws {
    let native = try Comparison.check(test)
    #expect(native.endings == [.exited(0)])
  }

  static let luaScripts = scripts(in: "lua", ending: ".lua") { "\(Repository.programs)/O2/lua_host \($0) first second" }

  @Test(arguments: luaScripts) func lua(_ test: Case) throws {
    let native = try Comparison.check(test)
    #expect(native.endings == [.exited(0)])
  }

  private static func scripts(in folder: String, ending: String, line: (String) -> String) -> [Case] {
    let directory = Repository.data + "/" + folder
    let names = (try? File.names(in: directory)) ?? []
    return names.filter { $0.hasSuffix(ending) }.map { name in
      Case(testDescription: name, line: line(directory + "/" + name), fixtures: fixtures)
    }
  }
}
