import ELF

/// Which source line each instruction came from: `.debug_line`, versions 2 to 5 (DWARF 5, 6.2).
package struct LineTable: Sendable {
  /// A line's stretch of code.
  package struct Place: Sendable, Equatable {
    /// As the compiler was told, with its directory.
    package var file: String
    package var line: Int
    /// From the row's address to the next row with another line.
    package var range: Range<UInt64>
    package init(file: String, line: Int, range: Range<UInt64>) {
      self.file = file
      self.line = line
      self.range = range
    }
  }

  struct Row: Sendable {
    var address: UInt64
    var file: Int32
    var line: Int32
    var isStatement: Bool
    var endsSequence: Bool
  }

  private let files: [String]
  /// By address; sequences one after another.
  private let rows: [Row]

  package init(_ file: ELFFile) {
    var builder = LineProgram(
      lines: file.section(named: ".debug_line"), strings: file.section(named: ".debug_str"),
      lineStrings: file.section(named: ".debug_line_str"))
    builder.run()
    files = builder.files
    rows = builder.sortedRows
  }

  package var isEmpty: Bool { rows.isEmpty }
  /// All files that have lines.
  package var fileNames: [String] { files }

  /// The last row at or before `address`.
  private func index(_ address: UInt64) -> Int? {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].address <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0, !rows[low - 1].endsSequence else { return nil }
    return low - 1
  }

  /// The line of the instruction at `address`; nil for code without lines, and for line 0 (DWARF 5, 6.2.2).
  package func place(of address: UInt64) -> Place? {
    guard let found = index(address), rows[found].line > 0 else { return nil }
    let row = rows[found]
    var first = found
    while first > 0, same(rows[first - 1], row) { first -= 1 }
    var last = found + 1
    while last < rows.count, same(rows[last], row) { last += 1 }
    guard last < rows.count, rows[last].address > address else { return nil }
    return Place(file: files[Int(row.file)], line: Int(row.line), range: rows[first].address..<rows[last].address)
  }

  private func same(_ a: Row, _ b: Row) -> Bool { a.line == b.line && a.file == b.file && !a.endsSequence }

  /// Where code of a line begins, lowest address of each contiguous stretch. If the line has no code, those of the next
  /// line of the file that has.
  package func addresses(file name: String, line: Int) -> [UInt64] {
    let wanted = Set(files.indices.filter { Self.matches(files[$0], name) }.map { Int32($0) })
    guard !wanted.isEmpty else { return [] }
    let lines = rows.lazy.filter {
      wanted.contains($0.file) && $0.isStatement && !$0.endsSequence && Int($0.line) >= line
    }
    guard let nearest = lines.map(\.line).min() else { return [] }
    var found: [UInt64] = []
    for (number, row) in rows.enumerated() {
      guard row.line == nearest, wanted.contains(row.file), row.isStatement, !row.endsSequence else { continue }
      if number > 0, same(rows[number - 1], row) { continue }
      found.append(row.address)
    }
    return found
  }

  /// The first statement behind a function's prologue: its second line entry, as compilers write it; `start` if there
  /// is none within `end`.
  package func afterPrologue(_ start: UInt64, end: UInt64) -> UInt64 {
    guard var position = index(start) else { return start }
    while position < rows.count, rows[position].address <= start {
      if rows[position].endsSequence, rows[position].address > start { return start }
      position += 1
    }
    while position < rows.count, rows[position].address < end, !rows[position].endsSequence {
      if rows[position].isStatement, rows[position].line > 0 { return rows[position].address }
      position += 1
    }
    return start
  }

  /// All statements: address of the first instruction, file and line. For coverage.
  package func forEachStatement(_ body: (_ file: String, _ line: Int, _ range: Range<UInt64>) -> Void) {
    guard rows.count > 1 else { return }
    for index in 0..<rows.count - 1 {
      let row = rows[index]
      guard !row.endsSequence, row.line > 0, rows[index + 1].address > row.address else { continue }
      body(files[Int(row.file)], Int(row.line), row.address..<rows[index + 1].address)
    }
  }

  /// Whether `name` is the path or its end, at a slash.
  static func matches(_ path: String, _ name: String) -> Bool {
    path == name || path.hasSuffix("/" + name)
  }
}
