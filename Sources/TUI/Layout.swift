/// Where the parts of the screen are. Row 0 is the title, the last row the command line.
package struct Layout: Sendable, Equatable {
  package private(set) var areas: [Pane: Rectangle] = [:]

  /// A pane's name and a register of sixteen digits.
  static let registerColumns = 24
  static let registerRows = 21

  /// - Parameters:
  ///   - focus: on a small screen, the one that is shown in the place that several share.
  ///   - isZoomed: `focus` has the screen for itself.
  package init(rows: Int, columns: Int, focus: Pane, isZoomed: Bool) {
    let body = Rectangle(row: 1, column: 0, rows: rows - 2, columns: columns)
    if isZoomed || rows < 16 || columns < 60 {
      areas[isZoomed || focus != .registers ? focus : .registers] = body
      return
    }
    let right = Rectangle(
      row: 1, column: columns - Self.registerColumns, rows: body.rows, columns: Self.registerColumns)
    let rest = columns - Self.registerColumns - 1
    if columns >= 130, rows >= 36 { wide(body, right, rest) } else { narrow(body, right, rest, focus) }
  }

  /// Two columns: code, stack and one of the others on the left, registers on the right.
  private mutating func narrow(_ body: Rectangle, _ right: Rectangle, _ left: Int, _ focus: Pane) {
    areas[.registers] = right
    let code = max(6, body.rows * 45 / 100)
    let stack = max(4, body.rows * 30 / 100)
    let shared: Pane = [.memory, .map, .calls, .output].contains(focus) ? focus : .output
    stackUp([(.code, code), (.stack, stack), (shared, body.rows - code - stack)], row: body.row, column: 0, left)
  }

  /// Three columns, where everything has its place.
  private mutating func wide(_ body: Rectangle, _ right: Rectangle, _ rest: Int) {
    let registers = min(Self.registerRows, body.rows)
    areas[.registers] = Rectangle(row: body.row, column: right.column, rows: registers, columns: right.columns)
    let left = rest * 55 / 100
    let code = body.rows * 50 / 100
    let calls = body.rows * 22 / 100
    stackUp(
      [(.code, code), (.calls, calls), (.output, body.rows - code - calls)], row: body.row, column: 0, left)
    let middle = left + 1
    let stack = registers
    let half = (body.rows - stack) / 2
    areas[.stack] = Rectangle(row: body.row, column: middle, rows: stack, columns: rest - middle)
    areas[.memory] = Rectangle(
      row: body.row + stack, column: middle, rows: half, columns: rest - middle + 1 + right.columns)
    areas[.map] = Rectangle(
      row: body.row + stack + half, column: middle, rows: body.rows - stack - half,
      columns: rest - middle + 1 + right.columns)
  }

  private mutating func stackUp(_ parts: [(Pane, Int)], row: Int, column: Int, _ columns: Int) {
    var row = row
    for (pane, rows) in parts {
      areas[pane] = Rectangle(row: row, column: column, rows: rows, columns: columns)
      row += rows
    }
  }

  /// The lines that a pane has below its heading.
  package func lines(of pane: Pane) -> Int { max(0, (areas[pane]?.rows ?? 0) - 1) }
  package func columns(of pane: Pane) -> Int { areas[pane]?.columns ?? 0 }
}
