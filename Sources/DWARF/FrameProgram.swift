/// Executes call frame instructions (DWARF 5, 6.4.2).
struct FrameProgram {
  let bytes: [UInt8]
  let sectionAddress: UInt64
  let common: CommonEntry
  var row = FrameTable.Row()
  /// The row after the CIE's own instructions, which DW_CFA_restore goes back to.
  var initial = FrameTable.Row()
  private var saved: [FrameTable.Row] = []

  init(bytes: [UInt8], sectionAddress: UInt64, common: CommonEntry) {
    self.bytes = bytes
    self.sectionAddress = sectionAddress
    self.common = common
  }

  /// Runs until the instructions for addresses behind `target` begin; all of them where it is nil.
  mutating func execute(_ range: Range<Int>, from start: UInt64, to target: UInt64?) {
    var cursor = Cursor(bytes, range.lowerBound, end: range.upperBound)
    var location = start
    while !cursor.isAtEnd {
      let opcode = cursor.u8()
      let low = UInt64(opcode & 0x3f)
      var advance: UInt64?
      switch opcode >> 6 {
      case 1: advance = low &* common.codeAlignment
      case 2: row.rules[low] = .offset(scaled(cursor.uleb()))
      case 3: row.rules[low] = initial.rules[low]
      default: advance = extended(opcode, &cursor, &location)
      }
      if let advance {
        location &+= advance
        if let target, location > target { return }
      } else if opcode == 0x01, let target, location > target {
        return
      }
    }
  }

  private func scaled(_ value: UInt64) -> Int64 { Int64(truncatingIfNeeded: value) &* common.dataAlignment }

  private mutating func extended(_ opcode: UInt8, _ cursor: inout Cursor, _ location: inout UInt64) -> UInt64? {
    switch opcode {
    case 0x00: break
    case 0x01: location = cursor.u64()
    case 0x02: return UInt64(cursor.u8()) &* common.codeAlignment
    case 0x03: return UInt64(cursor.u16()) &* common.codeAlignment
    case 0x04: return UInt64(cursor.u32()) &* common.codeAlignment
    case 0x05:
      let number = cursor.uleb()
      row.rules[number] = .offset(scaled(cursor.uleb()))
    case 0x06:
      let number = cursor.uleb()
      row.rules[number] = initial.rules[number]
    case 0x07: row.rules[cursor.uleb()] = .undefined
    case 0x08: row.rules[cursor.uleb()] = .same
    case 0x09:
      let number = cursor.uleb()
      row.rules[number] = .register(cursor.uleb())
    case 0x0a: if saved.count < 64 { saved.append(row) }
    case 0x0b: if let last = saved.popLast() { (row.cfa, row.rules) = (last.cfa, last.rules) }
    case 0x0c:
      let number = cursor.uleb()
      row.cfa = .register(number, Int64(truncatingIfNeeded: cursor.uleb()))
    case 0x0d:
      let number = cursor.uleb()
      if case .register(_, let offset) = row.cfa { row.cfa = .register(number, offset) }
    case 0x0e:
      let offset = Int64(truncatingIfNeeded: cursor.uleb())
      if case .register(let number, _) = row.cfa { row.cfa = .register(number, offset) }
    case 0x0f: row.cfa = .expression(Array(cursor.block(cursor.uleb())))
    case 0x10:
      let number = cursor.uleb()
      row.rules[number] = .expression(Array(cursor.block(cursor.uleb())))
    case 0x11:
      let number = cursor.uleb()
      row.rules[number] = .offset(cursor.sleb() &* common.dataAlignment)
    case 0x12:
      let number = cursor.uleb()
      row.cfa = .register(number, cursor.sleb() &* common.dataAlignment)
    case 0x13:
      let offset = cursor.sleb() &* common.dataAlignment
      if case .register(let number, _) = row.cfa { row.cfa = .register(number, offset) }
    case 0x14:
      let number = cursor.uleb()
      row.rules[number] = .valueOffset(scaled(cursor.uleb()))
    case 0x15:
      let number = cursor.uleb()
      row.rules[number] = .valueOffset(cursor.sleb() &* common.dataAlignment)
    case 0x16:
      let number = cursor.uleb()
      row.rules[number] = .valueExpression(Array(cursor.block(cursor.uleb())))
    case 0x2e: _ = cursor.uleb()
    default: cursor.fail()
    }
    return nil
  }
}
