/// Registers, a line each.
struct RegisterView {
  let picture: Picture

  func lines() -> [[Span]] {
    picture.registers.map { register in
      let style: Style = register.isChanged ? .changed : .plain
      let blank = String(repeating: " ", count: max(1, 7 - register.name.count))
      return [Span(register.name + blank, .name), Span(register.value, style)]
    }
  }
}

/// The stack, the top first.
struct StackView {
  let picture: Picture
  let scroll: Int

  func lines(rows: Int) -> [[Span]] {
    picture.stack.dropFirst(max(0, scroll)).prefix(rows).enumerated().map { index, word in
      var spans = [
        Span(hexadecimal(word.address, digits: 12), scroll == 0 && index == 0 ? .current : .faint),
        Span(" " + hexadecimal(word.value, digits: 16), word.isChanged ? .changed : .plain),
      ]
      if !word.note.isEmpty { spans.append(Span(" " + word.note, word.isReturn ? .current : .name)) }
      return spans
    }
  }
}

/// Memory in sixteens, or in eights where there is no room for more.
struct MemoryView {
  let picture: Picture
  let scroll: Int

  /// Columns that sixteen bytes take with their characters.
  private static let wide = 79

  func lines(rows: Int, columns: Int) -> [[Span]] {
    let all = columns >= Self.wide ? picture.memory : picture.memory.flatMap { [half($0, 0), half($0, 8)] }
    return all.dropFirst(max(0, scroll)).prefix(rows).map { row in
      var spans = [Span(hexadecimal(row.address, digits: 12) + " ", .faint)]
      for (index, byte) in row.bytes.enumerated() {
        let text = byte.map { hexadecimal(UInt64($0), digits: 2) } ?? "··"
        spans.append(Span(index == 8 ? "  " : " ", .plain))
        spans.append(Span(text, row.changed.contains(index) ? .changed : byte == 0 ? .faint : .plain))
      }
      spans.append(Span("  ", .plain))
      spans.append(
        Span(
          row.bytes.reduce(into: "") { text, byte in
            let isShown = byte.map { (0x20..<0x7f).contains($0) } ?? false
            text.append(isShown ? Character(Unicode.Scalar(byte ?? 0)) : byte == nil ? " " : "·")
          }, .plain))
      return spans
    }
  }

  private func half(_ row: Picture.MemoryRow, _ start: Int) -> Picture.MemoryRow {
    Picture.MemoryRow(
      address: row.address &+ UInt64(start), bytes: Array(row.bytes.dropFirst(start).prefix(8)),
      changed: Set(row.changed.filter { $0 / 8 == start / 8 }.map { $0 - start }))
  }
}

/// The address space: a line for each mapping, with a mark for each page or group of pages.
struct MapView {
  let picture: Picture
  let scroll: Int

  func lines(rows: Int, columns: Int) -> [[Span]] {
    picture.map.dropFirst(max(0, scroll)).prefix(rows).map { mapping in
      let name = mapping.name.count > 14 ? String(mapping.name.suffix(14)) : mapping.name
      let head = "\(hexadecimal(mapping.start, digits: 12)) \(mapping.rights) "
      let resident = mapping.pages.count { $0 != .absent }
      let tail = " \(resident)/\(mapping.pages.count)"
      let room = columns - head.count - 15 - tail.count
      var spans = [Span(head, .faint), Span(name.padded(15), .name)]
      spans += bar(mapping.pages, max(4, room))
      spans.append(Span(tail, .faint))
      return spans
    }
  }

  private func bar(_ pages: [Picture.Mapping.Page], _ room: Int) -> [Span] {
    guard !pages.isEmpty else { return [] }
    let group = max(1, (pages.count + room - 1) / room)
    var spans: [Span] = []
    for start in stride(from: 0, to: pages.count, by: group) {
      let part = pages[start..<min(start + group, pages.count)]
      let there = part.count { $0 != .absent }
      let isFresh = part.contains(.fresh)
      let isWatched = part.contains(.watched)
      let character = there == 0 ? "·" : there == part.count ? "█" : there * 2 >= part.count ? "▓" : "░"
      spans.append(
        Span(character, isFresh ? .changed : isWatched ? .point : there > 0 ? Style(colour: .blue) : .faint))
    }
    return spans
  }
}

extension String {
  /// With blanks up to `width` characters.
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
