import DWARF
import Debugger
import Kernel

extension Profiler {
  /// What was executed: lcov's tracefile for programs with line information, drcov's table of blocks for others.
  package func coverage() -> [UInt8] {
    let hasLines = report { modules in modules.all.contains { !$0.lines.isEmpty } }
    return hasLines ? Array(lcov().utf8) : drcov()
  }

  /// man 1 geninfo, "FILES".
  private func lcov() -> String {
    report { modules in
      var counts: [UInt64: UInt64] = [:]
      for block in blocks where block.count > 0 {
        for offset in block.offsets { counts[block.address &+ UInt64(offset), default: 0] &+= block.count }
      }
      var lines: [String: [Int: UInt64]] = [:]
      var found: [String: [(line: Int, name: String, count: UInt64)]] = [:]
      for module in modules.all {
        module.lines.forEachStatement { file, line, range in
          let count = counts[range.lowerBound &+ module.bias] ?? 0
          lines[file, default: [:]][line] = max(lines[file]?[line] ?? 0, count)
        }
        for symbol in module.symbols.functions {
          guard let place = module.lines.place(of: symbol.address) else { continue }
          found[place.file, default: []].append(
            (place.line, module.symbols.name(of: symbol), counts[symbol.address &+ module.bias] ?? 0))
        }
      }
      var text = "TN:\n"
      for (file, table) in lines.sorted(by: { $0.key < $1.key }) {
        text += "SF:\(file)\n"
        let functions = (found[file] ?? []).sorted { ($0.line, $0.name) < ($1.line, $1.name) }
        for function in functions { text += "FN:\(function.line),\(function.name)\n" }
        for function in functions { text += "FNDA:\(function.count),\(function.name)\n" }
        text += "FNF:\(functions.count)\nFNH:\(functions.filter { $0.count > 0 }.count)\n"
        for (line, count) in table.sorted(by: { $0.key < $1.key }) { text += "DA:\(line),\(count)\n" }
        text += "LF:\(table.count)\nLH:\(table.values.filter { $0 > 0 }.count)\nend_of_record\n"
      }
      return text
    }
  }

  /// DynamoRIO's drcov, version 2: a table of modules in text, then start, size and module of each block in binary.
  private func drcov() -> [UInt8] {
    report { modules in
      let list = modules.all
      var text = "DRCOV VERSION: 2\nDRCOV FLAVOR: drcov\nModule Table: version 2, count \(list.count)\n"
      text += "Columns: id, base, end, entry, checksum, timestamp, path\n"
      for (number, module) in list.enumerated() {
        let range = module.range
        text += " \(number), \(hex(range.lowerBound)), \(hex(range.upperBound)), 0x0, 0x0, 0x0, \(module.path)\n"
      }
      var table: [UInt8] = []
      var seen: Set<UInt64> = []
      for block in blocks
      where block.count > 0 && seen.insert(block.address << 16 | (block.end &- block.address)).inserted {
        guard let number = list.firstIndex(where: { $0.range.contains(block.address) }) else { continue }
        let start = block.address &- list[number].range.lowerBound
        for shift in [0, 8, 16, 24] { table.append(UInt8(truncatingIfNeeded: start >> UInt64(shift))) }
        let size = block.end &- block.address
        table += [UInt8(truncatingIfNeeded: size), UInt8(truncatingIfNeeded: size >> 8)]
        table += [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
      }
      return Array((text + "BB Table: \(table.count / 8) bbs\n").utf8) + table
    }
  }
}

extension Modules.Module {
  /// From the first to the last loaded byte.
  package var range: Range<UInt64> {
    let segments = file.programHeaders.filter { $0.type == .load }
    let low = segments.map { $0.virtualAddress & ~0xfff }.min() ?? 0
    let high = segments.map { ($0.virtualAddress &+ $0.memorySize &+ 0xfff) & ~0xfff }.max() ?? low
    return low &+ bias..<max(low, high) &+ bias
  }
}
