import Testing

@testable import TUI

@Suite("Keys") struct KeyTests {
  private func keys(_ text: String) -> [Key] {
    var decoder = KeyDecoder()
    return decoder.take(text.utf8)
  }

  @Test func charactersAndControls() {
    #expect(keys("aé\r\t\u{7f}\u{3}") == [.character("a"), .character("é"), .enter, .tab, .backspace, .control("c")])
  }

  @Test func sequencesOfTerminals() {
    #expect(keys("\u{1b}[A\u{1b}OB\u{1b}[C\u{1b}[D") == [.up, .down, .right, .left])
    #expect(keys("\u{1b}[H\u{1b}[4~\u{1b}[5~\u{1b}[6~\u{1b}[3~") == [.home, .end, .pageUp, .pageDown, .delete])
    #expect(keys("\u{1b}OP\u{1b}[15~\u{1b}[24~\u{1b}[Z") == [.function(1), .function(5), .function(12), .backTab])
    #expect(keys("\u{1b}[1;5Cx") == [.right, .character("x")])
    // Unknown ones are swallowed.
    #expect(keys("\u{1b}[99~x") == [.character("x")])
  }

  @Test func piecesArePutTogether() {
    var decoder = KeyDecoder()
    #expect(decoder.take([27]).isEmpty && decoder.isPending)
    #expect(decoder.take(Array("[".utf8)).isEmpty)
    #expect(decoder.take(Array("A".utf8)) == [.up])
    #expect(decoder.take([0xc3]).isEmpty)
    #expect(decoder.take([0xa9]) == [.character("é")])
  }

  @Test func aLoneEscape() {
    var decoder = KeyDecoder()
    _ = decoder.take([27])
    #expect(decoder.flush() == [.escape])
    #expect(!decoder.isPending && decoder.flush().isEmpty)
  }

  @Test func survivesAnything() {
    var decoder = KeyDecoder()
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      _ = decoder.take((0..<Int.random(in: 0..<9)).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
    _ = decoder.flush()
  }
}

@Suite("Input line") struct InputLineTests {
  private func typed(_ keys: [Key], history: [String] = []) -> (line: InputLine, last: InputLine.Outcome) {
    var line = InputLine(prompt: ": ")
    var last = InputLine.Outcome.goOn
    for key in keys { last = line.take(key, history: history) }
    return (line, last)
  }

  @Test func editing() {
    let (line, last) = typed([
      .character("a"), .character("c"), .left, .character("b"), .end, .character("d"), .backspace, .home, .delete,
    ])
    #expect(String(line.text) == "bc" && line.cursor == 0 && last == .goOn)
    #expect(typed([.character("x"), .enter]).last == .done("x"))
    #expect(typed([.character("x"), .escape]).last == .cancelled)
    #expect(typed([.backspace]).last == .cancelled)
    #expect(typed([.character("x"), .control("u"), .character("y"), .left, .control("k")]).line.text.isEmpty)
  }

  @Test func linesFromBefore() {
    #expect(String(typed([.up, .up], history: ["one", "two"]).line.text) == "one")
    #expect(typed([.up, .down], history: ["one"]).line.text.isEmpty)
    #expect(typed([.up], history: []).line.text.isEmpty)
  }
}

@Suite("Output of programs") struct OutputTextTests {
  private func lines(_ text: String) -> [String] {
    var output = OutputText()
    output.append(text.utf8)
    return output.all
  }

  @Test func linesAndOverwriting() {
    #expect(lines("one\r\ntwo") == ["one", "two"])
    #expect(lines("10%\r20%\n") == ["20%"])
    #expect(lines("ab\u{8}c\ta") == ["ac      a"])
  }

  @Test func coloursAreLeftOut() {
    #expect(lines("\u{1b}[1;31mred\u{1b}[0m \u{1b}]0;title\u{7}end\n") == ["red end"])
  }
}
