import Debugger

extension Profiler {
  /// One line for each call stack: function names from the outermost inwards, a blank, the instructions executed there.
  /// What flame graph tools read.
  package func foldedStacks() -> String {
    report { _ in
      let nodes = nodes
      var lines: [String] = []
      for (index, node) in nodes.enumerated() where node.own > 0 {
        var names: [String] = []
        var at = index
        while at > 0 {
          names.append(String(functions[nodes[at].function].name.map { $0 == ";" ? ":" : $0 }))
          at = nodes[at].parent
        }
        lines.append(names.reversed().joined(separator: ";") + " \(node.own)")
      }
      return lines.sorted().map { $0 + "\n" }.joined()
    }
  }
}
