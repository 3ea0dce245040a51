/// Turns screens into what a terminal reads: only the cells that differ from what it shows already (ECMA-48).
package struct TerminalEncoder: Sendable {
  private var shown: Canvas?
  /// A terminal that knows nothing but ASCII gets `|`, `-` and the like in the place of lines and blocks.
  private let isASCII: Bool

  package init(isASCII: Bool) { self.isASCII = isASCII }

  /// The alternate screen, without a cursor (xterm's private modes 1049 and 25, which tmux and consoles know too).
  package static let begin = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[0m\u{1b}[2J"
  package static let end = "\u{1b}[0m\u{1b}[?25h\u{1b}[?1049l"

  /// The next screen is drawn as a whole.
  package mutating func forget() { shown = nil }

  package mutating func encode(_ canvas: Canvas) -> String {
    var output = ""
    var style: Style?
    let old = shown.flatMap { $0.rows == canvas.rows && $0.columns == canvas.columns ? $0 : nil }
    if old == nil { output += "\u{1b}[0m\u{1b}[2J" }
    for row in 0..<canvas.rows {
      var at = -1
      for column in 0..<canvas.columns {
        let cell = canvas[row, column]
        if let old { if old[row, column] == cell { continue } } else if cell == Cell() { continue }
        if at != column { output += "\u{1b}[\(row + 1);\(column + 1)H" }
        if style != cell.style {
          output += Self.select(cell.style)
          style = cell.style
        }
        output.append(isASCII ? Self.plain(cell.character) : cell.character)
        at = column + 1
      }
    }
    if style != nil { output += "\u{1b}[0m" }
    if let cursor = canvas.cursor {
      output += "\u{1b}[\(cursor.row + 1);\(cursor.column + 1)H\u{1b}[?25h"
    } else if old == nil || old?.cursor != nil {
      output += "\u{1b}[?25l"
    }
    shown = canvas
    return output
  }

  /// Select Graphic Rendition.
  private static func select(_ style: Style) -> String {
    var codes = ["0"]
    if style.isBold { codes.append("1") }
    if style.isDim { codes.append("2") }
    if style.isReversed { codes.append("7") }
    if style.colour != .normal { codes.append(String(30 + style.colour.rawValue)) }
    return "\u{1b}[\(codes.joined(separator: ";"))m"
  }

  private static func plain(_ character: Character) -> Character {
    switch character {
    case "─": "-"
    case "│", "├", "┤": "|"
    case "┌", "┐", "└", "┘", "┬", "┴", "┼": "+"
    case "▶": ">"
    case "●": "*"
    case "█": "#"
    case "▓", "▒": "+"
    case "░": ":"
    case "·": "."
    case "▲": "^"
    case "▼": "v"
    default: character.isASCII ? character : "?"
    }
  }
}
