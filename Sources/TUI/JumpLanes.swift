/// The arrows of jumps beside a listing: each jump whose source or target is shown gets a lane of its own where jumps
/// overlap.
package struct JumpLanes: Sendable {
  package struct Jump: Sendable {
    /// Rows of the listing; nil where that end is outside.
    var source: Int
    var target: Int?
    var goesDown: Bool
    package init(source: Int, target: Int?, goesDown: Bool) {
      (self.source, self.target, self.goesDown) = (source, target, goesDown)
    }
  }

  package let width: Int
  private var cells: [[Character]]

  /// - Parameter limit: lanes at most; jumps that find none are not drawn.
  package init(_ jumps: [Jump], rows: Int, limit: Int = 4) {
    var lanes: [[Range<Int>]] = []
    var placed: [(jump: Jump, lane: Int)] = []
    // Short jumps lie inside long ones.
    let ordered = jumps.sorted { Self.range($0, rows).count < Self.range($1, rows).count }
    for jump in ordered {
      let range = Self.range(jump, rows)
      var lane = 0
      while lane < lanes.count, lanes[lane].contains(where: { $0.overlaps(range) }) { lane += 1 }
      guard lane < limit else { continue }
      if lane == lanes.count { lanes.append([]) }
      lanes[lane].append(range)
      placed.append((jump, lane))
    }
    width = lanes.isEmpty ? 1 : lanes.count + 1
    cells = Array(repeating: Array(repeating: " ", count: width), count: rows)
    // The longest first, so that the corners of shorter ones stay whole.
    for (jump, lane) in placed.reversed() { draw(jump, lane, rows) }
  }

  private static func range(_ jump: Jump, _ rows: Int) -> Range<Int> {
    let target = jump.target ?? (jump.goesDown ? rows - 1 : 0)
    return min(jump.source, target)..<max(jump.source, target) + 1
  }

  private mutating func draw(_ jump: Jump, _ lane: Int, _ rows: Int) {
    let column = width - 2 - lane
    let range = Self.range(jump, rows)
    guard range.count > 1 else {
      if jump.target == jump.source { cells[jump.source][width - 1] = "▶" }
      return
    }
    for row in range { cells[row][column] = cells[row][column] == " " ? "│" : cells[row][column] == "─" ? "┼" : "│" }
    cells[jump.source][column] = jump.goesDown ? "┌" : "└"
    horizontal(jump.source, from: column + 1)
    if let target = jump.target {
      cells[target][column] = jump.goesDown ? "└" : "┌"
      horizontal(target, from: column + 1)
      cells[target][width - 1] = "▶"
    } else {
      cells[jump.goesDown ? rows - 1 : 0][column] = jump.goesDown ? "▼" : "▲"
    }
  }

  private mutating func horizontal(_ row: Int, from column: Int) {
    for at in column..<width where cells[row][at] != "▶" {
      cells[row][at] = cells[row][at] == "│" ? "┼" : "─"
    }
  }

  /// The characters beside a row.
  package func text(_ row: Int) -> String { cells.indices.contains(row) ? String(cells[row]) : "" }
}
