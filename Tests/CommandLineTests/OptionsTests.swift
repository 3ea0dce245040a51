import Testing

@testable import swemu

@Suite struct OptionsTests {
  private func parse(_ arguments: String..., environment: String? = nil) throws -> Options {
    try Options(arguments: arguments.map { Array($0.utf8) }, fromEnvironment: environment.map { Array($0.utf8) })
  }

  private func message(_ arguments: String..., environment: String? = nil) -> String? {
    do throws(UsageError) {
      _ = try Options(arguments: arguments.map { Array($0.utf8) }, fromEnvironment: environment.map { Array($0.utf8) })
      return nil
    } catch {
      return error.message
    }
  }

  private func text(_ words: [[UInt8]]) -> [String] { words.map { String(decoding: $0, as: UTF8.self) } }

  @Test func leavesEverythingAfterTheProgramAlone() throws {
    let options = try parse("--stats", "prog", "--stats", "-x", "--", "--help")
    #expect(options.showsStatistics)
    #expect(text(options.program) == ["prog", "--stats", "-x", "--", "--help"])
  }

  @Test func endsOptionsAtTwoDashes() throws {
    #expect(text(try parse("--", "--help").program) == ["--help"])
    #expect(text(try parse("-", "x").program) == ["-", "x"])
  }

  @Test func takesValuesInEachForm() throws {
    #expect(try parse("-s", "64k", "p").stackSize == 65536)
    #expect(try parse("-s64k", "p").stackSize == 65536)
    #expect(try parse("--stack-size=64k", "p").stackSize == 65536)
    #expect(try parse("--stack-size", "64k", "p").stackSize == 65536)
    #expect(try parse("-0", "-x", "p").argv0 == Array("-x".utf8))
    #expect(try parse("--max-instructions=2G", "p").maxInstructions == 2_000_000_000)
    #expect(try parse("--max-memory", "1G", "p").maxMemory == 1 << 30)
    #expect(try parse("--timeout=0.5", "p").timeout == 0.5)
    #expect(try parse("-L", "/root//", "p").sysroot == Array("/root".utf8))
    #expect(try parse("--no-aslr", "p").isRandomized == false)
  }

  @Test func collectsTraces() throws {
    #expect(try parse("--trace=load,faults", "--strace", "p").traces == [.load, .faults, .syscalls])
  }

  @Test func takesOptionsFromTheEnvironmentFirst() throws {
    let options = try parse("-s", "1M", "p", environment: " --stats  -s 2M -E 'A=b c' ")
    #expect(options.showsStatistics)
    #expect(options.stackSize == 1 << 20)
    guard case .set(let name, let entry)? = options.environmentChanges.first else {
      Issue.record("no change of the environment")
      return
    }
    #expect(text([name, entry]) == ["A", "A=b c"])
  }

  @Test func explainsMistakes() {
    #expect(message("--stat", "p") == "there is no option --stat; did you mean --stats?")
    #expect(message("--nonsense", "p") == "there is no option --nonsense; swemu --help lists them")
    #expect(message("-s") == "-s needs a value: SIZE")
    #expect(message("--stats=1", "p") == "--stats takes no value")
    #expect(message("-s", "1x", "p") == "-s: 1x is not a size such as 65536, 64k, 8M or 1G")
    #expect(message("--timeout=-1", "p") == "--timeout: -1 is not a number of seconds such as 10 or 0.5")
    #expect(message("-E", "A", "p") == "-E: A is not of the form VAR=VALUE")
    #expect(
      message("--trace=loads", "p") == "--trace: loads is none of load, faults, blocks, instructions, syscalls")
    #expect(message("p", environment: "prog") == "SWEMU_OPTIONS may hold options only, and prog is none")
    #expect(message("p", environment: "'") == "SWEMU_OPTIONS has an open quote")
    #expect(message("-s", "99999999999T", "p") != nil)
  }

  @Test func splitsWordsAsAShellDoes() throws {
    #expect(text(try Options.words(Array(#"a "b c"'d' \  e\"f "" "#.utf8))) == ["a", "b cd", " ", "e\"f", ""])
  }

  @Test func helpNamesEveryOption() {
    for row in OptionTable.rows { #expect(Help.text.contains(row.long)) }
    for line in Help.text.split(separator: "\n") { #expect(line.count <= 120) }
  }
}
