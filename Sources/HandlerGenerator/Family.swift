/// One table of handlers: every combination of its dimensions, in row-major order.
struct Family: Sendable {
  /// Name of the table in `Handlers`.
  let name: String
  /// The semantics type with `$0`, `$1`, … for the dimensions, e.g. `Binary<$0, $1, $2>`.
  let type: String
  /// Which compilation: `Tail` (inline common case) or `Called` (always out of line).
  let wrapper: String
  let dimensions: [[String]]
  /// Combinations that have no handler; the table holds 0 there.
  let isAbsent: @Sendable ([Int]) -> Bool

  init(
    _ name: String, _ type: String, wrapper: String = "Tail", _ dimensions: [String]...,
    absent: @escaping @Sendable ([Int]) -> Bool = { _ in false }
  ) {
    self.name = name
    self.type = type
    self.wrapper = wrapper
    self.dimensions = dimensions
    self.isAbsent = absent
  }

  /// A table of unrelated types.
  static func list(_ name: String, wrapper: String = "Tail", _ types: [String]) -> Family {
    Family(name, "$0", wrapper: wrapper, types)
  }

  /// The Swift expressions of the table, in order.
  func entries() -> [String] {
    var entries: [String] = []
    var indices = [Int](repeating: 0, count: dimensions.count)
    let total = dimensions.reduce(1) { $0 * $1.count }
    for number in 0..<total {
      var rest = number
      for dimension in stride(from: dimensions.count - 1, through: 0, by: -1) {
        indices[dimension] = rest % dimensions[dimension].count
        rest /= dimensions[dimension].count
      }
      entries.append(isAbsent(indices) ? "0" : expression(indices))
    }
    return entries
  }

  private func expression(_ indices: [Int]) -> String {
    var text = type
    // Highest first, so that $1 does not eat the head of $10.
    for dimension in stride(from: dimensions.count - 1, through: 0, by: -1) {
      text = text.replacing("$\(dimension)", with: dimensions[dimension][indices[dimension]])
    }
    return "raw { \(wrapper)<\(text)>.run($0, $1) }"
  }
}
