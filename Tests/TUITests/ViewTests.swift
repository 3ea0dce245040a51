import Testing

@testable import TUI

@Suite("Layout") struct LayoutTests {
  @Test(arguments: [(24, 80), (25, 100), (36, 130), (60, 200), (16, 60)])
  func areasFillTheScreenAndDoNotOverlap(_ rows: Int, _ columns: Int) {
    for focus in Pane.allCases {
      let layout = Layout(rows: rows, columns: columns, focus: focus, isZoomed: false)
      var taken = Set<Int>()
      for (_, area) in layout.areas {
        #expect(area.rows >= 3 && area.columns >= 20)
        for row in area.row..<area.row + area.rows {
          #expect(row >= 1 && row < rows - 1)
          for column in area.column..<area.column + area.columns {
            #expect(column < columns)
            #expect(taken.insert(row * 1000 + column).inserted)
          }
        }
      }
      // What has the keys can be seen.
      #expect(layout.areas[focus] != nil)
    }
  }

  @Test func aSmallScreenAndAZoomedOneShowOnePane() {
    #expect(Layout(rows: 10, columns: 40, focus: .stack, isZoomed: false).areas.count == 1)
    let zoomed = Layout(rows: 24, columns: 80, focus: .map, isZoomed: true)
    #expect(zoomed.areas == [.map: Rectangle(row: 1, column: 0, rows: 22, columns: 80)])
  }

  @Test func aTinyScreenIsNoTrouble() {
    for rows in 0..<6 { for columns in 0..<6 { _ = View(rows: rows, columns: columns).draw(Picture()) } }
  }
}

@Suite("Arrows of jumps") struct JumpLanesTests {
  private func picture(_ jumps: [JumpLanes.Jump], rows: Int) -> [String] {
    let lanes = JumpLanes(jumps, rows: rows)
    return (0..<rows).map { lanes.text($0) }
  }

  @Test func downAndUp() {
    #expect(picture([.init(source: 0, target: 2, goesDown: true)], rows: 3) == ["┌─", "│ ", "└▶"])
    #expect(picture([.init(source: 2, target: 0, goesDown: false)], rows: 3) == ["┌▶", "│ ", "└─"])
  }

  @Test func outOfSight() {
    #expect(picture([.init(source: 1, target: nil, goesDown: true)], rows: 3) == ["  ", "┌─", "▼ "])
    #expect(picture([.init(source: 1, target: nil, goesDown: false)], rows: 3) == ["▲ ", "└─", "  "])
  }

  @Test func theInnerOneLiesInside() {
    let text = picture(
      [.init(source: 0, target: 3, goesDown: true), .init(source: 1, target: 2, goesDown: true)], rows: 4)
    #expect(text == ["┌──", "│┌─", "│└▶", "└─▶"])
  }

  @Test func toItselfAndTooMany() {
    #expect(picture([.init(source: 0, target: 0, goesDown: false)], rows: 1) == [" ▶"])
    let many = (0..<8).map { JumpLanes.Jump(source: $0, target: 15 - $0, goesDown: true) }
    #expect(JumpLanes(many, rows: 16).width == 5)
  }
}

@Suite("Screens") struct ViewTests {
  private var picture: Picture {
    var picture = Picture()
    picture.program = "subject"
    picture.status = "breakpoint 1"
    picture.instructions = 1_234_567
    picture.function = "main+0x4"
    picture.rip = 0x1004
    picture.center = 0x1004
    var first = Picture.Instruction(address: 0x1000, text: "cmp    eax,1")
    first.label = "main"
    var jump = Picture.Instruction(address: 0x1004, text: "je     0x100a")
    (jump.target, jump.isConditional, jump.hasBreakpoint) = (0x100a, true, true)
    picture.isTaken = true
    picture.code = [
      first, jump, .init(address: 0x1006, text: "inc    eax"), .init(address: 0x100a, text: "ret"),
    ]
    picture.registers = [.init("rax", "0000000000000001", isChanged: true), .init("flags", "cZ", isChanged: false)]
    picture.stack = [.init(address: 0x7ff0, value: 0x2000, note: "return #1 start", isReturn: true, isChanged: false)]
    picture.memory = [
      .init(
        address: 0x3000, bytes: Array("Hello".utf8) + [0] + [nil, nil] + [UInt8?](repeating: 9, count: 8), changed: [1])
    ]
    picture.map = [
      .init(start: 0x1000, end: 0x4000, rights: "r-x", name: "subject", pages: [.absent, .resident, .fresh])
    ]
    picture.calls = ["brk(NULL) = 0x5000"]
    picture.output = ["Hello"]
    return picture
  }

  @Test func theCodeHasArrowsAndMarks() {
    let canvas = View(rows: 24, columns: 80).draw(picture)
    #expect(
      canvas.text(row: 0) == " subject: breakpoint 1" + String(repeating: " ", count: 35) + "1,234,567 instructions")
    #expect(canvas.text(row: 2).hasPrefix("  main:"))
    #expect(canvas.text(row: 4).hasPrefix("▶●1004┌─ je     0x100a  taken"))
    #expect(canvas.text(row: 6).hasPrefix("  100a└▶ ret"))
    #expect(canvas[4, 0].style == .current && canvas[4, 1].style == .point)
  }

  @Test func registersLightUp() {
    let canvas = View(rows: 24, columns: 80).draw(picture)
    #expect(canvas.text(row: 2).hasSuffix("rax    0000000000000001"))
    #expect(canvas[2, 63].style == .changed && canvas[3, 63].style == .plain)
  }

  @Test func aSmallScreenShowsTheFocusInTheLastPlace() {
    var view = View(rows: 24, columns: 80)
    #expect(view.draw(picture).text.contains("─ output ─") && view.draw(picture).text.contains("\nHello"))
    view.focus = .calls
    #expect(view.draw(picture).text.contains("brk(NULL) = 0x5000"))
    view.focus = .memory
    #expect(view.draw(picture).text.contains("000000003000  48 65 6c 6c 6f 00 ·· ··  Hello·"))
    #expect(view.draw(picture).text.contains("000000003008  09 09"))
    #expect(View(rows: 45, columns: 150).draw(picture).text.contains("48 65 6c 6c 6f 00 ·· ··  09 09"))
    view.focus = .map
    let text = view.draw(picture).text
    #expect(text.contains("000000001000 r-x subject") && text.contains("·██ 2/3"))
    #expect(text.contains("return #1 start"))
  }

  @Test func aLargeScreenShowsAll() {
    let text = View(rows: 45, columns: 150).draw(picture).text
    for pane in Pane.allCases { #expect(text.contains("─ \(pane.rawValue)"), "\(pane)") }
  }

  @Test func theFocusGoesRound() {
    var view = View(rows: 24, columns: 80)
    for _ in Pane.allCases { view.moveFocus(1) }
    #expect(view.focus == .code)
    view.moveFocus(-1)
    #expect(view.focus == .output)
  }

  @Test func linesAreTypedAtTheBottom() {
    var view = View(rows: 24, columns: 30)
    view.input = InputLine(prompt: "break ", text: String(repeating: "x", count: 40) + "y")
    let canvas = view.draw(picture)
    #expect(canvas.text(row: 23).hasPrefix("break xxx") && canvas.text(row: 23).hasSuffix("y"))
    #expect(canvas.cursor?.row == 23 && canvas.cursor?.column == 28)
  }

  @Test func answersAndHelpLieOverTheRest() {
    var view = View(rows: 24, columns: 80)
    view.answer = (1...40).map { "line \($0)" }
    #expect(view.draw(picture).text.contains("─ answer 1-20 of 40"))
    view.answerScroll = 100
    #expect(view.draw(picture).text.contains("line 40"))
    view.answer = nil
    (view.showsHelp, view.answerScroll) = (true, 0)
    #expect(view.draw(picture).text.contains("one instruction, over calls"))
  }

  @Test func theMapGroupsPagesWhereThereIsNoRoom() {
    var picture = Picture()
    picture.map = [
      .init(
        start: 0, end: 0, rights: "rw-", name: "[stack]",
        pages: [Picture.Mapping.Page](repeating: .absent, count: 999) + [.resident])
    ]
    let line = MapView(picture: picture, scroll: 0).lines(rows: 5, columns: 60)[0].map(\.text).joined()
    #expect(line.count <= 60 && line.hasSuffix("░ 1/1000"))
  }
}
