import Machine

/// The dynamic linker's list of libraries as gdb reads it (GDB manual, appendix F.9, "Library List Format for SVR4
/// Targets"): from r_debug, which DT_DEBUG of the program leads to (link.h).
enum LibraryList {
  private static let debugTag: UInt64 = 21
  private static let limit = 4096

  static func xml(_ debugger: Debugger) -> String {
    var text = "<library-list-svr4 version=\"1.0\""
    var items = ""
    if let head = linkMap(debugger) {
      var map = head
      var seen: Set<UInt64> = []
      while map != 0, seen.insert(map).inserted, seen.count < limit {
        guard let bias = debugger.word(map), let name = debugger.word(map &+ 8), let dynamic = debugger.word(map &+ 16),
          let next = debugger.word(map &+ 24)
        else { break }
        if map == head {
          text += " main-lm=\"\(hexadecimal(map))\""
        } else {
          items +=
            "<library name=\"\(escaped(string(debugger, name)))\" lm=\"\(hexadecimal(map))\" "
            + "l_addr=\"\(hexadecimal(bias))\" l_ld=\"\(hexadecimal(dynamic))\" lmid=\"0x0\"/>\n"
        }
        map = next
      }
    }
    return text + ">\n" + items + "</library-list-svr4>\n"
  }

  /// r_debug.r_map; nil for static programs and before the dynamic linker filled it in.
  private static func linkMap(_ debugger: Debugger) -> UInt64? {
    let image = debugger.process.image
    guard let module = debugger.modules.module(at: image.programHeaders),
      let segment = module.file.programHeaders.first(where: { $0.type == .dynamic })
    else { return nil }
    var entry = segment.virtualAddress &+ module.bias
    for _ in 0..<1024 {
      guard let tag = debugger.word(entry), let value = debugger.word(entry &+ 8), tag != 0 else { return nil }
      if tag == debugTag { return value == 0 ? nil : debugger.word(value &+ 8) }
      entry &+= 16
    }
    return nil
  }

  private static func string(_ debugger: Debugger, _ address: UInt64) -> String {
    String(decoding: debugger.read(address, 4096).prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func hexadecimal(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }

  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }
}
