/// Finds the chains (Machine/Execution/Chain.swift) in the micro-ops of a block.
struct ChainTable {
  static let shared = ChainTable(Handlers.chains())

  /// The longest chain, in micro-ops.
  static let longest = 4
  /// Words of `Handlers.chains` a chain: four members, the mask, the handler.
  private static let width = 6

  private let rows: [HandlerBits]
  /// Open addressing: 1 + the number of the first row of a sequence, whose variants follow one another; 0 is free.
  private var slots: [UInt16]
  private let mask: Int
  /// One bit for each hash of two handlers that begin some chain: most pairs begin none.
  private var pairs = [UInt64](repeating: 0, count: ChainTable.pairBits / 64)
  private static let pairBits = 1 << 15

  /// - Parameter rows: sequences in any order, but variants of one adjacent, the most particular first.
  init(_ rows: [HandlerBits]) {
    self.rows = rows
    var size = 64
    while size < rows.count / Self.width * 2 { size *= 2 }
    mask = size - 1
    slots = [UInt16](repeating: 0, count: size)
    for row in 0..<rows.count / Self.width {
      let start = row * Self.width
      if row > 0, (0..<4).allSatisfy({ rows[start + $0] == rows[start - Self.width + $0] }) { continue }
      var slot = Self.hash(rows[start], rows[start + 1], rows[start + 2], rows[start + 3]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt16(truncatingIfNeeded: row + 1)
      let pair = Self.pair(rows[start], rows[start + 1])
      pairs[pair >> 6] |= 1 << UInt64(pair & 63)
    }
  }

  @inline(__always)
  private static func hash(_ a: HandlerBits, _ b: HandlerBits, _ c: HandlerBits, _ d: HandlerBits) -> Int {
    var hash = a &* 0x9e37_79b9_7f4a_7c15
    hash = (hash ^ b) &* 0xd6e8_feb8_6659_fd93
    hash = (hash ^ c) &* 0x9e37_79b9_7f4a_7c15
    hash = (hash ^ d) &* 0xd6e8_feb8_6659_fd93
    return Int(truncatingIfNeeded: hash >> 32)
  }

  @inline(__always)
  private static func pair(_ a: HandlerBits, _ b: HandlerBits) -> Int {
    Int(truncatingIfNeeded: (((a &* 0x9e37_79b9_7f4a_7c15) ^ b) &* 0xd6e8_feb8_6659_fd93) >> 49)
  }

  /// Whether some chain may begin at `ops`.
  @inline(__always)
  private func mayBegin(_ ops: UnsafePointer<MicroOp>) -> Bool {
    let pair = Self.pair(ops[0].handler, ops[1].handler)
    return pairs[pair >> 6] >> UInt64(pair & 63) & 1 != 0
  }

  /// Row of the first variant for the `length` micro-ops at `ops`.
  private func find(_ ops: UnsafePointer<MicroOp>, _ length: Int) -> Int? {
    let a = ops[0].handler
    let b = ops[1].handler
    let c = length > 2 ? ops[2].handler : 0
    let d = length > 3 ? ops[3].handler : 0
    var slot = Self.hash(a, b, c, d) & mask
    while slots[slot] != 0 {
      let row = (Int(slots[slot]) - 1) * Self.width
      if rows[row] == a, rows[row + 1] == b, rows[row + 2] == c, rows[row + 3] == d { return row }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The handler for the `length` micro-ops at `ops`, the variant that carries the most; nil where there is none.
  private func handler(_ ops: UnsafePointer<MicroOp>, _ length: Int) -> HandlerBits? {
    guard var row = find(ops, length) else { return nil }
    let first = row
    var carried: HandlerBits = 0
    for member in 1..<length {
      let before = ops[member - 1].dst
      let op = ops[member]
      let link: HandlerBits =
        (op.dst == before ? 1 : 0) | (op.src == before ? 2 : 0) | (UInt16(op.base) == before ? 4 : 0)
        | (UInt16(op.index) == before ? 8 : 0)
      carried |= link << HandlerBits((member - 1) * 4)
    }
    repeat {
      if rows[row + 4] & ~carried == 0 { return rows[row + 5] }
      row += Self.width
    } while row < rows.count && (0..<4).allSatisfy { rows[row + $0] == rows[first + $0] }
    return nil
  }

  /// Puts the handlers of chains into `ops`, so that running all of them takes the fewest jumps.
  func apply(to ops: UnsafeMutableBufferPointer<MicroOp>) {
    guard ops.count > 1, let base = ops.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: (jumps: Int, length: Int, handler: HandlerBits).self, capacity: ops.count + 1) {
      best in
      best[ops.count] = (0, 0, 0)
      for start in Swift.stride(from: ops.count - 1, through: 0, by: -1) {
        best[start] = (best[start + 1].jumps + 1, 1, 0)
        guard start + 1 < ops.count, mayBegin(base + start) else { continue }
        var length = 2
        while length <= Self.longest, start + length <= ops.count {
          if best[start + length].jumps + 1 < best[start].jumps, let handler = handler(base + start, length) {
            best[start] = (best[start + length].jumps + 1, length, handler)
          }
          length += 1
        }
      }
      var index = 0
      while index < ops.count {
        if best[index].handler != 0 { ops[index].handler = best[index].handler }
        index += best[index].length
      }
    }
  }
}
