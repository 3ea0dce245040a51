/// What the user chose to see, and is typing: everything about the screen but the program.
package struct View: Sendable {
  package var rows: Int
  package var columns: Int
  package var focus = Pane.code
  package var isZoomed = false
  /// How far each pane is moved from where it would be.
  package var scroll: [Pane: Int] = [:]
  package var isRunning = false
  /// A line that is being typed.
  package var input: InputLine?
  /// Answers of commands, over the lower half of the screen; nil for none.
  package var answer: [String]?
  package var answerScroll = 0
  package var showsHelp = false
  /// A line in the place of the command line.
  package var message = ""

  package init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  package var layout: Layout { Layout(rows: rows, columns: columns, focus: focus, isZoomed: isZoomed) }

  /// The next or previous pane gets the keys.
  package mutating func moveFocus(_ distance: Int) {
    let all = Pane.allCases
    guard let index = all.firstIndex(of: focus) else { return }
    focus = all[(index + distance + all.count) % all.count]
  }

  // MARK: - Drawing

  package func draw(_ picture: Picture) -> Canvas {
    var canvas = Canvas(rows: rows, columns: columns)
    title(picture, &canvas)
    let layout = layout
    for (pane, area) in layout.areas { draw(pane, area, picture, &canvas) }
    if showsHelp { overlay(Help.lines, "help", from: 1, scroll: answerScroll, &canvas) }
    if let answer {
      let wanted = min(rows - 3, answer.count + 1)
      overlay(answer, "answer", from: rows - 1 - max(wanted, min(6, rows - 2)), scroll: answerScroll, &canvas)
    }
    bottom(picture, &canvas)
    return canvas
  }

  private func title(_ picture: Picture, _ canvas: inout Canvas) {
    canvas.fill(Rectangle(row: 0, column: 0, rows: 1, columns: columns), .bar)
    let count = "\(picture.instructions.grouped) instructions"
    let state = isRunning ? "running (Ctrl-C stops)" : picture.status
    canvas.put(" \(picture.program): \(state)", row: 0, column: 0, width: columns - count.count - 2, .bar)
    canvas.put(count + " ", row: 0, column: max(0, columns - count.count - 1), .bar)
  }

  private func draw(_ pane: Pane, _ area: Rectangle, _ picture: Picture, _ canvas: inout Canvas) {
    guard area.rows > 0, area.columns > 4 else { return }
    var heading = pane.rawValue
    if pane == .code, !picture.function.isEmpty { heading += " " + picture.function }
    let isFocus = pane == focus
    canvas.put(
      String(repeating: "─", count: area.columns), row: area.row, column: area.column, isFocus ? .current : .faint)
    canvas.put(
      " \(heading) ", row: area.row, column: area.column + 1, width: area.columns - 2, isFocus ? .current : .heading)
    let rows = area.rows - 1
    let moved = scroll[pane] ?? 0
    let lines: [[Span]]
    switch pane {
    case .code: lines = CodeView(picture: picture, scroll: moved).lines(rows: rows, columns: area.columns)
    case .registers: lines = Array(RegisterView(picture: picture).lines().dropFirst(max(0, moved)).prefix(rows))
    case .stack: lines = StackView(picture: picture, scroll: moved).lines(rows: rows)
    case .memory: lines = MemoryView(picture: picture, scroll: moved).lines(rows: rows, columns: area.columns)
    case .map: lines = MapView(picture: picture, scroll: moved).lines(rows: rows, columns: area.columns)
    case .calls: lines = Self.tail(picture.calls, rows, moved)
    case .output: lines = Self.tail(picture.output, rows, moved)
    }
    for (index, spans) in lines.enumerated() {
      canvas.put(spans, row: area.row + 1 + index, column: area.column, width: area.columns)
    }
  }

  /// The end of a text that grows; `moved` is negative where the user looks further up.
  private static func tail(_ lines: [String], _ rows: Int, _ moved: Int) -> [[Span]] {
    let end = max(min(rows, lines.count), min(lines.count, lines.count + moved))
    return lines[max(0, end - rows)..<end].map { [Span($0)] }
  }

  private func overlay(_ lines: [String], _ heading: String, from row: Int, scroll: Int, _ canvas: inout Canvas) {
    let top = max(1, row)
    let room = rows - 1 - top - 1
    let first = max(0, min(scroll, lines.count - room))
    for at in top..<rows - 1 { canvas.put(String(repeating: " ", count: columns), row: at, column: 0) }
    canvas.put(String(repeating: "─", count: columns), row: top, column: 0, .current)
    var text = " \(heading) "
    if lines.count > room { text += "\(first + 1)-\(min(lines.count, first + room)) of \(lines.count), arrows move " }
    canvas.put(text, row: top, column: 1, .current)
    for (index, line) in lines.dropFirst(first).prefix(max(0, room)).enumerated() {
      canvas.put(line, row: top + 1 + index, column: 0)
    }
  }

  private func bottom(_ picture: Picture, _ canvas: inout Canvas) {
    let row = rows - 1
    if let input {
      let column = canvas.put(input.prompt, row: row, column: 0, .heading)
      let room = max(1, columns - column - 1)
      let start = max(0, input.cursor - room + 1)
      canvas.put(String(input.text.dropFirst(start).prefix(room)), row: row, column: column)
      canvas.cursor = (row, column + input.cursor - start)
    } else if !message.isEmpty {
      canvas.put(message, row: row, column: 0)
    } else if !picture.effects.isEmpty, !isRunning {
      canvas.put(picture.effects.joined(separator: "; "), row: row, column: 0, .name)
    } else {
      canvas.put("s step  n over  o out  c continue  f fault  b break  w watch  : command  ? help", row: row, column: 0)
    }
  }
}

extension UInt64 {
  /// With a comma after each three digits.
  var grouped: String {
    var digits = Array(String(self))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: index)
      index -= 3
    }
    return String(digits)
  }
}
