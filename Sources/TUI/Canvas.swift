/// A screen's contents. What does not fit is cut off; nothing can be drawn outside.
package struct Canvas: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  private var cells: [Cell]
  /// Where the terminal's cursor is shown; nil hides it.
  package var cursor: (row: Int, column: Int)?

  package init(rows: Int, columns: Int) {
    self.rows = max(1, rows)
    self.columns = max(1, columns)
    cells = Array(repeating: Cell(), count: self.rows * self.columns)
  }

  package static func == (left: Canvas, right: Canvas) -> Bool {
    left.rows == right.rows && left.columns == right.columns && left.cells == right.cells
      && left.cursor?.row == right.cursor?.row && left.cursor?.column == right.cursor?.column
  }

  package subscript(row: Int, column: Int) -> Cell {
    get { isInside(row, column) ? cells[row * columns + column] : Cell() }
    set { if isInside(row, column) { cells[row * columns + column] = newValue } }
  }

  private func isInside(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < rows && column >= 0 && column < columns
  }

  /// Writes one line of text from a place on, at most `width` cells of it; returns the column behind it.
  @discardableResult
  package mutating func put(_ text: String, row: Int, column: Int, width: Int = .max, _ style: Style = .plain) -> Int {
    var at = column
    for character in text {
      guard at - column < width, at < columns else { break }
      self[row, at] = Cell(character: Self.shown(character), style: style)
      at += 1
    }
    return at
  }

  /// Writes spans one behind the other.
  package mutating func put(_ spans: [Span], row: Int, column: Int, width: Int) {
    var at = column
    for span in spans { at = put(span.text, row: row, column: at, width: column + width - at, span.style) }
  }

  package mutating func fill(_ area: Rectangle, _ style: Style) {
    for row in area.row..<area.row + area.rows {
      for column in area.column..<area.column + area.columns {
        self[row, column].style = style
      }
    }
  }

  /// One cell wide, and harmless: programs print what they like.
  private static func shown(_ character: Character) -> Character {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return "?" }
    switch scalar.value {
    case 0x20..<0x7f, 0xa1..<0x300, 0x2010..<0x2030, 0x2190..<0x2600: return character
    default: return scalar.value < 0x20 || scalar.value == 0x7f ? "." : "?"
    }
  }

  /// The characters of a row, without blanks at the end.
  package func text(row: Int) -> String {
    var line = ""
    for column in 0..<columns { line.append(self[row, column].character) }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// All rows, for tests.
  package var text: String { (0..<rows).map { text(row: $0) }.joined(separator: "\n") }
}
