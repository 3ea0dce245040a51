/// How a cell looks. Colours are the terminal's own sixteen, so that they suit light and dark backgrounds.
package struct Style: Hashable, Sendable {
  /// SGR's colours (ECMA-48, 8.3.117); `normal` is the terminal's default.
  package enum Colour: UInt8, Sendable { case normal, red, green, yellow, blue, magenta, cyan }

  package var colour = Colour.normal
  package var isBold = false
  package var isReversed = false
  package var isDim = false

  package static let plain = Style()
  /// Something that the last step changed.
  package static let changed = Style(colour: .yellow, isBold: true)
  package static let current = Style(colour: .green, isBold: true)
  package static let point = Style(colour: .red, isBold: true)
  package static let name = Style(colour: .cyan)
  package static let faint = Style(isDim: true)
  package static let heading = Style(isBold: true)
  package static let bar = Style(isReversed: true)
}

/// One character of the screen.
package struct Cell: Hashable, Sendable {
  package var character: Character = " "
  package var style = Style.plain
}

/// A place and an extent in cells.
package struct Rectangle: Hashable, Sendable {
  package var row: Int
  package var column: Int
  package var rows: Int
  package var columns: Int

  package init(row: Int, column: Int, rows: Int, columns: Int) {
    (self.row, self.column, self.rows, self.columns) = (row, column, max(0, rows), max(0, columns))
  }
}

/// A piece of text in one style.
package struct Span: Hashable, Sendable {
  package var text: String
  package var style: Style
  package init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}
