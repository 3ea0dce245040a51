/// A line of text that is being typed, with the lines typed before.
package struct InputLine: Sendable, Equatable {
  package let prompt: String
  package private(set) var text: [Character]
  package private(set) var cursor: Int
  private var recalled: Int?

  package init(prompt: String, text: String = "") {
    self.prompt = prompt
    self.text = Array(text)
    cursor = self.text.count
  }

  package enum Outcome: Sendable, Equatable { case goOn, done(String), cancelled, complete }

  package mutating func take(_ key: Key, history: [String]) -> Outcome {
    switch key {
    case .enter: return .done(String(text))
    case .escape, .control("c"), .control("g"): return .cancelled
    case .tab: return .complete
    case .character(let character):
      text.insert(character, at: cursor)
      cursor += 1
    case .backspace:
      guard cursor > 0 else { return text.isEmpty ? .cancelled : .goOn }
      cursor -= 1
      text.remove(at: cursor)
    case .delete, .control("d"): if cursor < text.count { text.remove(at: cursor) }
    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(text.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = text.count
    case .control("u"):
      text.removeSubrange(..<cursor)
      cursor = 0
    case .control("k"): text.removeSubrange(cursor...)
    case .up, .control("p"): recall(-1, history)
    case .down, .control("n"): recall(1, history)
    default: break
    }
    return .goOn
  }

  /// Puts `word` in the place of what was typed of it.
  package mutating func insert(_ added: String) {
    text.insert(contentsOf: added, at: cursor)
    cursor += added.count
  }

  private mutating func recall(_ distance: Int, _ history: [String]) {
    let index = (recalled ?? history.count) + distance
    guard index >= 0, index <= history.count else { return }
    recalled = index
    text = index == history.count ? [] : Array(history[index])
    cursor = text.count
  }
}
