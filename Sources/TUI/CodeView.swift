/// The disassembly with the flow of control.
struct CodeView {
  private struct Row {
    var instruction: Picture.Instruction?
    var text = ""
    var style = Style.plain
  }

  let picture: Picture
  /// How many rows the listing is moved down from where RIP is in sight.
  let scroll: Int

  /// Lines that show `picture.code` with its center a third from the top.
  func lines(rows: Int, columns: Int) -> [[Span]] {
    guard rows > 0 else { return [] }
    var all: [Row] = []
    var current = 0
    for instruction in picture.code {
      if let label = instruction.label { all.append(Row(text: "\(label):", style: .name)) }
      if let source = instruction.source { all.append(Row(text: source, style: .faint)) }
      if instruction.address == picture.center { current = all.count }
      all.append(Row(instruction: instruction))
    }
    let start = max(0, min(current - rows / 3 + scroll, all.count - 1))
    let shown = Array(all.dropFirst(start).prefix(rows))
    let lanes = JumpLanes(jumps(shown), rows: max(1, shown.count))
    return shown.enumerated().map { index, row in line(row, lanes.text(index), columns) }
  }

  private func jumps(_ rows: [Row]) -> [JumpLanes.Jump] {
    var places: [UInt64: Int] = [:]
    for (index, row) in rows.enumerated() { if let address = row.instruction?.address { places[address] = index } }
    return rows.enumerated().compactMap { index, row in
      guard let instruction = row.instruction, let target = instruction.target else { return nil }
      // Into another function: the note says where to.
      guard let first = picture.code.first?.address, let last = picture.code.last?.address,
        (first...last).contains(target)
      else { return nil }
      return JumpLanes.Jump(source: index, target: places[target], goesDown: target > instruction.address)
    }
  }

  private func line(_ row: Row, _ lanes: String, _ columns: Int) -> [Span] {
    guard let instruction = row.instruction else { return [Span("  " + row.text, row.style)] }
    let isCurrent = instruction.address == picture.rip
    let mark = isCurrent ? "▶" : instruction.hasBreakpoint ? "●" : " "
    let markStyle: Style = isCurrent ? .current : .point
    var spans = [
      Span(mark, markStyle),
      Span(instruction.hasBreakpoint && isCurrent ? "●" : " ", .point),
      Span(
        hexadecimal(instruction.address),
        isCurrent ? .current : instruction.address == picture.center ? .heading : .faint),
      Span(lanes, Style(colour: .blue)),
      Span(" " + instruction.text, isCurrent ? .current : .plain),
    ]
    if isCurrent, let isTaken = picture.isTaken {
      spans.append(Span(isTaken ? "  taken" : "  not taken", Style(colour: isTaken ? .green : .magenta)))
    }
    if !instruction.note.isEmpty { spans.append(Span("  " + instruction.note, .name)) }
    return spans
  }
}

/// Sixteen digits at most, without leading zeros.
package func hexadecimal(_ value: UInt64, digits: Int = 0) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
