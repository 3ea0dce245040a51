extension Register {
  /// The name as Intel syntax spells it; empty for `none`.
  package var name: String {
    let index = Int(number)
    switch file {
    case .none: return ""
    case .general8: return index < 8 ? legacy8[index] : "r\(number)b"
    case .high8: return high8[index & 3]
    case .general16: return index < 8 ? legacy16[index] : "r\(number)w"
    case .general32: return index < 8 ? "e" + legacy16[index] : "r\(number)d"
    case .general64: return index < 8 ? "r" + legacy16[index] : "r\(number)"
    case .rip: return "rip"
    case .segment: return index < segmentNames.count ? segmentNames[index] : "?"
    case .control: return "cr\(number)"
    case .debug: return "dr\(number)"
    case .mmx: return "mm\(number)"
    case .x87: return "st(\(number))"
    case .xmm: return "xmm\(number)"
    case .ymm: return "ymm\(number)"
    case .zmm: return "zmm\(number)"
    case .mask: return "k\(number)"
    }
  }
}

extension Segment {
  package var name: String { self == .none ? "" : segmentNames[Int(rawValue)] }
}

private let legacy8 = ["al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil"]
private let high8 = ["ah", "ch", "dh", "bh"]
private let legacy16 = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"]
private let segmentNames = ["es", "cs", "ss", "ds", "fs", "gs"]
