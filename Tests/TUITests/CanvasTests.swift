import Testing

@testable import TUI

@Suite("Canvas") struct CanvasTests {
  @Test func nothingIsDrawnOutside() {
    var canvas = Canvas(rows: 2, columns: 5)
    canvas.put("abcdefgh", row: 0, column: 3)
    canvas.put("x", row: 7, column: 0)
    canvas.put("xyz", row: 1, column: -1)
    canvas.fill(Rectangle(row: -1, column: -1, rows: 9, columns: 9), .bar)
    #expect(canvas.text == "   ab\nyz")
    #expect(canvas[1, 4].style == .bar)
    #expect(canvas[9, 9] == Cell())
  }

  @Test func widthsAreKept() {
    var canvas = Canvas(rows: 1, columns: 10)
    #expect(canvas.put("abcdef", row: 0, column: 1, width: 3) == 4)
    canvas.put([Span("12", .changed), Span("345")], row: 0, column: 5, width: 4)
    #expect(canvas.text == " abc 1234")
    #expect(canvas[0, 5].style == .changed && canvas[0, 7].style == .plain)
  }

  @Test func whatProgramsPrintIsHarmless() {
    var canvas = Canvas(rows: 1, columns: 8)
    canvas.put("a\u{1b}[2Jé▶", row: 0, column: 0)
    #expect(canvas.text == "a.[2Jé▶")
    canvas.put("漢e\u{301}", row: 0, column: 0)
    #expect(canvas.text == "??[2Jé▶")
  }

  @Test func aScreenOfNothing() { #expect(Canvas(rows: 0, columns: -3).text == "") }
}

@Suite("Terminal encoder") struct TerminalEncoderTests {
  private var screen: Canvas {
    var canvas = Canvas(rows: 2, columns: 4)
    canvas.put("ab", row: 0, column: 1)
    return canvas
  }

  @Test func theFirstScreenIsDrawnAsAWhole() {
    var encoder = TerminalEncoder(isASCII: false)
    #expect(encoder.encode(screen) == "\u{1b}[0m\u{1b}[2J\u{1b}[1;2H\u{1b}[0mab\u{1b}[0m\u{1b}[?25l")
  }

  @Test func thenOnlyWhatChanged() {
    var encoder = TerminalEncoder(isASCII: false)
    var canvas = screen
    _ = encoder.encode(canvas)
    #expect(encoder.encode(canvas) == "")
    canvas.put("x", row: 1, column: 3, .changed)
    #expect(encoder.encode(canvas) == "\u{1b}[2;4H\u{1b}[0;1;33mx\u{1b}[0m")
    canvas.put(" ", row: 0, column: 2)
    canvas.cursor = (1, 0)
    #expect(encoder.encode(canvas) == "\u{1b}[1;3H\u{1b}[0m \u{1b}[0m\u{1b}[2;1H\u{1b}[?25h")
    encoder.forget()
    #expect(encoder.encode(canvas).contains("\u{1b}[2J"))
  }

  @Test func anotherSizeIsAnotherScreen() {
    var encoder = TerminalEncoder(isASCII: false)
    _ = encoder.encode(screen)
    #expect(encoder.encode(Canvas(rows: 3, columns: 4)).contains("\u{1b}[2J"))
  }

  @Test func terminalsWithoutUnicode() {
    var canvas = Canvas(rows: 1, columns: 12)
    canvas.put("─│┌▶●█▓░·▲▼é", row: 0, column: 0)
    var encoder = TerminalEncoder(isASCII: true)
    #expect(encoder.encode(canvas).contains("-|+>*#+:.^v?"))
  }
}
