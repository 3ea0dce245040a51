import DWARF
import Debugger

extension Profiler {
  /// The profile as callgrind writes it (valgrind manual, "Callgrind Format Specification"): costs by function and line,
  /// calls with what they cost in all. KCachegrind opens it.
  package func callgrind(command: String) -> String {
    report { modules in
      let blocks = blocks
      var text = "# callgrind format\nversion: 1\ncreator: swemu\ncmd: \(command)\npositions: line\nevents: Ir\n"
      let costs = lineCosts(modules, blocks)
      let calls = callCosts()
      text += "summary: \(blocks.reduce(0) { $0 &+ $1.count &* $1.instructions })\n"
      for (number, function) in functions.enumerated() {
        let lines = costs[number] ?? [:]
        guard !lines.isEmpty || calls[number] != nil else { continue }
        let first = modules.line(at: function.address)
        text += "\nob=\(function.module)\nfl=\(first?.file ?? "???")\nfn=\(function.name)\n"
        for (line, cost) in lines.sorted(by: { $0.key < $1.key }) { text += "\(line) \(cost)\n" }
        for (callee, call) in (calls[number] ?? [:]).sorted(by: { $0.key < $1.key }) {
          let target = functions[callee]
          let place = modules.line(at: target.address)
          text += "cob=\(target.module)\ncfi=\(place?.file ?? "???")\ncfn=\(target.name)\n"
          text += "calls=\(call.count) \(place?.line ?? 0)\n\(first?.line ?? 0) \(call.inclusive)\n"
        }
      }
      return text
    }
  }

  /// Instructions by function and source line; line 0 for code without lines.
  private func lineCosts(_ modules: Modules, _ blocks: [BlockRecord]) -> [Int: [Int: UInt64]] {
    var costs: [Int: [Int: UInt64]] = [:]
    for block in blocks where block.count > 0 {
      for offset in block.offsets {
        let line = modules.line(at: block.address &+ UInt64(offset))?.line ?? 0
        costs[block.function, default: [:]][line, default: 0] &+= block.count
      }
    }
    return costs
  }

  /// Calls by caller and callee, with the cost of everything below. A recursive call counts its inner calls again, as in
  /// callgrind.
  private func callCosts() -> [Int: [Int: (count: UInt64, inclusive: UInt64)]] {
    // Children have higher numbers than their parents.
    let nodes = nodes
    var inclusive = nodes.map(\.own)
    for index in stride(from: nodes.count - 1, to: 0, by: -1) { inclusive[nodes[index].parent] &+= inclusive[index] }
    var calls: [Int: [Int: (count: UInt64, inclusive: UInt64)]] = [:]
    for index in nodes.indices.dropFirst() where nodes[index].parent > 0 {
      let caller = nodes[nodes[index].parent].function
      let old = calls[caller]?[nodes[index].function] ?? (0, 0)
      calls[caller, default: [:]][nodes[index].function] = (
        old.count &+ nodes[index].calls, old.inclusive &+ inclusive[index]
      )
    }
    return calls
  }
}
