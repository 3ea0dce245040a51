/// Splits a line into commands as a shell would: words, single and double quotes, backslashes, `;` between commands,
/// `<FILE` for standard input, and `$'...'` for a word with the escapes \n, \t, \r and \\.
enum Words {
  static func commands(in line: String) -> [Invocation] {
    var commands: [Invocation] = []
    var words: [String] = []
    var input: String?
    var readsInput = false
    func finish() {
      if let program = words.first {
        commands.append(Invocation(program: program, arguments: Array(words.dropFirst()), input: input ?? "/dev/null"))
      }
      words = []
      input = nil
    }
    var scanner = Scanner(rest: Substring(line))
    while let token = scanner.next() {
      switch token {
      case .separator: finish()
      case .input: readsInput = true
      case .word(let word):
        if readsInput {
          input = word
          readsInput = false
        } else {
          words.append(word)
        }
      }
    }
    finish()
    return commands
  }

  private enum Token {
    case word(String)
    case separator
    case input
  }

  private struct Scanner {
    var rest: Substring

    mutating func next() -> Token? {
      rest = rest.drop { $0 == " " }
      guard let first = rest.first else { return nil }
      if first == ";" || first == "<" {
        rest.removeFirst()
        return first == ";" ? .separator : .input
      }
      var word = ""
      while let character = rest.first, character != " ", character != ";", character != "<" {
        rest.removeFirst()
        switch character {
        case "'": word += quoted(by: "'", escapes: "")
        case "\"": word += quoted(by: "\"", escapes: "\\\"$`")
        case "$" where rest.first == "'":
          rest.removeFirst()
          word += escaped()
        case "\\":
          if let next = rest.popFirst() { word.append(next) }
        default: word.append(character)
        }
      }
      return .word(word)
    }

    /// Up to the closing quote; a backslash protects only the characters in `escapes`.
    private mutating func quoted(by quote: Character, escapes: String) -> String {
      var text = ""
      while let character = rest.popFirst(), character != quote {
        if character == "\\", let next = rest.first, escapes.contains(next) {
          text.append(next)
          rest.removeFirst()
        } else {
          text.append(character)
        }
      }
      return text
    }

    private mutating func escaped() -> String {
      var text = ""
      while let character = rest.popFirst(), character != "'" {
        guard character == "\\", let next = rest.popFirst() else {
          text.append(character)
          continue
        }
        switch next {
        case "n": text.append("\n")
        case "t": text.append("\t")
        case "r": text.append("\r")
        default: text.append(next)
        }
      }
      return text
    }
  }
}
