/// A sequence of micro-ops with a handler of its own.
struct Chain {
  /// The semantics types of its members, as the families spell them.
  let members: [String]
  /// For each member but the first, which fields name the register that its predecessor writes.
  let carried: [String]

  init(_ line: Substring) {
    var members: [String] = []
    var carried: [String] = []
    for part in line.split(separator: " + ") {
      let pieces = part.split(separator: ":", maxSplits: 1)
      members.append(String(pieces.last ?? ""))
      if members.count > 1 { carried.append(pieces.count > 1 ? String(pieces[0]) : "") }
    }
    self.members = members
    self.carried = carried
  }

  /// Four bits for each member but the first: destination, source, base and index equal its predecessor's destination.
  var mask: UInt {
    carried.enumerated().reduce(0) { mask, link in
      link.element.reduce(mask) { $0 | 1 << UInt(link.offset * 4 + ("dsbi".distance(of: $1) ?? 0)) }
    }
  }

  /// The member types, with places that take the carried value where there is one.
  private var types: [String] {
    members.enumerated().map { index, type in
      index == 0 ? type : carried[index - 1].reduce(type) { Self.carrying($0, field: $1) }
    }
  }

  private static func carrying(_ type: String, field: Character) -> String {
    switch field {
    case "d": type.replacingWord("Dst", with: "CarriedDst").replacingWord("ComputeFloat", with: "CarriedFloat")
    case "s": type.replacingWord("Src", with: "CarriedSrc").replacingWord("VectorPart", with: "CarriedVectorPart")
    case "b": type.replacingWord("MemBI", with: "CarriedMemBI").replacingWord("MemB", with: "CarriedMemB")
    default: type.replacingWord("MemBI", with: "MemBCarriedI")
    }
  }

  var expression: String { "raw { Chain\(members.count)<\(types.joined(separator: ", "))>.run($0, $1) }" }
}

extension String {
  fileprivate func distance(of character: Character) -> Int? {
    firstIndex(of: character).map { distance(from: startIndex, to: $0) }
  }

  /// Replaces `word` where it is not part of a longer name.
  fileprivate func replacingWord(_ word: String, with replacement: String) -> String {
    var result = ""
    var name = ""
    for character in self + " " {
      if character.isLetter || character.isNumber {
        name.append(character)
      } else {
        result += (name == word ? replacement : name) + String(character)
        name = ""
      }
    }
    return String(result.dropLast())
  }
}

/// The table of chains: for each the handlers of its members (0 beyond its end), the mask, and its own handler.
///
/// Returns nil, with the reason on standard output, if a member is in no table.
func chainTable(_ families: [Family]) -> String? {
  var places: [String: String] = [:]
  for family in families where family.wrapper == "Tail" {
    for (index, entry) in family.entries().enumerated() where entry != "0" {
      // `raw { Tail<TYPE>.run($0, $1) }`
      let type = entry.dropFirst("raw { Tail<".count).dropLast(">.run($0, $1) }".count)
      places[String(type)] = "\(family.name)[\(index)]"
    }
  }
  // In parts, because the compiler checks a literal as a whole, at a cost that grows faster than its length.
  let lines = chainList.split(separator: "\n")
  var text = ""
  var parts: [String] = []
  for start in stride(from: 0, to: lines.count, by: 16) {
    parts.append("chains\(parts.count)")
    text += "  private static func \(parts[parts.count - 1])() -> [HandlerBits] {\n    [\n"
    for line in lines[start..<min(start + 16, lines.count)] {
      let chain = Chain(line)
      var members = chain.members.map { places[$0] }
      if let index = members.firstIndex(of: nil) {
        print("no handler for \(chain.members[index]) in ChainList.swift")
        return nil
      }
      while members.count < 4 { members.append("0") }
      text +=
        "      \(members.compactMap(\.self).joined(separator: ", ")), \(chain.mask),\n      \(chain.expression),\n"
    }
    text += "    ]\n  }\n"
  }
  text += "  /// Six words a chain. Made anew at each call: the caller keeps it.\n"
  text += "  static func chains() -> [HandlerBits] {\n    var rows: [HandlerBits] = []\n"
  text += "    rows.reserveCapacity(\(lines.count * 6))\n"
  for part in parts { text += "    rows += \(part)()\n" }
  text += "    return rows\n  }\n  #if CHAIN_PROFILE\n"
  text += "  static let families: [(name: String, table: [HandlerBits])] = [\n"
  for family in families { text += "    (\"\(family.name)\", \(family.name)),\n" }
  return text + "  ]\n  #endif\n"
}
