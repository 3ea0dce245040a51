import Debugger
import Glibc

/// Reads lines from a terminal with the usual keys: arrows, Home, End, Ctrl-A E B F P N K U W D L R T, Tab.
///
/// Our own, because the program is one static file that must start at once: libedit would bring terminfo and its
/// start-up work for what two hundred lines do on any terminal of today.
package final class LineEditor {
  private let input: Int32
  private let output: (String) -> Void
  package private(set) var history: [String] = []
  private static let historyLimit = 1000

  // The line under the cursor.
  private var line: [Character] = []
  private var cursor = 0
  private var historyIndex = 0
  private var stashed = ""
  private var prompt = ""
  private var killed: [Character] = []

  package init(input: Int32, output: @escaping (String) -> Void) {
    self.input = input
    self.output = output
  }

  package enum Key: Equatable {
    case character(Character)
    case control(UInt8)
    case up, down, left, right, home, end, delete, backspace, enter, tab, wordLeft, wordRight
    case endOfInput
    case unknown
  }

  /// One line; nil at the end of input or for Ctrl-D on an empty line.
  package func readLine(prompt: String, complete: (String) -> [String]) -> String? {
    var saved = termios()
    guard tcgetattr(input, &saved) == 0 else { return nil }
    var raw = saved
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    raw.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR)
    withUnsafeMutableBytes(of: &raw.c_cc) { bytes in
      bytes[Int(VMIN)] = 1
      bytes[Int(VTIME)] = 0
    }
    tcsetattr(input, TCSADRAIN, &raw)
    defer { tcsetattr(input, TCSADRAIN, &saved) }
    self.prompt = prompt
    (line, cursor, historyIndex, stashed) = ([], 0, history.count, "")
    redraw()
    while true {
      switch handle(nextKey(), complete) {
      case .goOn: redraw()
      case .done:
        output("\r\n")
        let text = String(line)
        if !text.isEmpty, history.last != text {
          history.append(text)
          if history.count > Self.historyLimit { history.removeFirst() }
        }
        return text
      case .end:
        output("\r\n")
        return nil
      }
    }
  }

  private enum Outcome { case goOn, done, end }

  private func handle(_ key: Key, _ complete: (String) -> [String]) -> Outcome {
    switch key {
    case .enter: return .done
    case .endOfInput: return .end
    case .character(let character):
      line.insert(character, at: cursor)
      cursor += 1
    case .backspace:
      if cursor > 0 {
        cursor -= 1
        line.remove(at: cursor)
      }
    case .delete: if cursor < line.count { line.remove(at: cursor) }
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(line.count, cursor + 1)
    case .home: cursor = 0
    case .end: cursor = line.count
    case .up: recall(-1)
    case .down: recall(1)
    case .wordLeft: cursor = wordStart()
    case .wordRight: cursor = wordEnd()
    case .tab: completeWord(complete)
    case .control(let code): return control(code)
    case .unknown: break
    }
    return .goOn
  }

  private func control(_ code: UInt8) -> Outcome {
    switch code {
    case 3:
      output("^C\r\n")
      (line, cursor) = ([], 0)
    case 4:
      if line.isEmpty { return .end }
      if cursor < line.count { line.remove(at: cursor) }
    case 11:
      killed = Array(line[cursor...])
      line.removeSubrange(cursor...)
    case 12: output("\u{1b}[H\u{1b}[2J")
    case 18: searchBack()
    case 20:
      if cursor > 0, line.count > 1 {
        let place = min(cursor, line.count - 1)
        line.swapAt(place - 1, place)
        cursor = place + 1
      }
    case 21:
      killed = Array(line[..<cursor])
      line.removeSubrange(..<cursor)
      cursor = 0
    case 23:
      let start = wordStart()
      killed = Array(line[start..<cursor])
      line.removeSubrange(start..<cursor)
      cursor = start
    case 25:
      line.insert(contentsOf: killed, at: cursor)
      cursor += killed.count
    default: break
    }
    return .goOn
  }

  // MARK: - Editing

  private func wordStart() -> Int {
    var place = cursor
    while place > 0, line[place - 1] == " " { place -= 1 }
    while place > 0, line[place - 1] != " " { place -= 1 }
    return place
  }

  private func wordEnd() -> Int {
    var place = cursor
    while place < line.count, line[place] == " " { place += 1 }
    while place < line.count, line[place] != " " { place += 1 }
    return place
  }

  private func recall(_ distance: Int) {
    let target = historyIndex + distance
    guard target >= 0, target <= history.count else { return }
    if historyIndex == history.count { stashed = String(line) }
    historyIndex = target
    line = Array(target == history.count ? stashed : history[target])
    cursor = line.count
  }

  /// Ctrl-R: the latest line that contains what is typed so far.
  private func searchBack() {
    let wanted = String(line)
    for index in stride(from: min(historyIndex, history.count) - 1, through: 0, by: -1)
    where wanted.isEmpty || history[index].includes(wanted) {
      historyIndex = index
      line = Array(history[index])
      cursor = line.count
      return
    }
  }

  private func completeWord(_ complete: (String) -> [String]) {
    let before = String(line[..<cursor])
    let words = complete(before)
    guard let first = words.first else { return }
    let typed = before.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    var common = first
    for word in words.dropFirst() { while !word.hasPrefix(common) { common.removeLast() } }
    let added = Array(common.dropFirst(typed.count)) + (words.count == 1 ? [" "] : [])
    line.insert(contentsOf: added, at: cursor)
    cursor += added.count
    if words.count > 1, common.count == typed.count {
      output("\r\n" + words.prefix(60).joined(separator: "  ") + "\r\n")
    }
  }

  private func redraw() {
    // One row: what does not fit is cut off in front.
    var size = winsize()
    let width = ioctl(input, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    let room = max(10, width - prompt.count - 1)
    let start = max(0, cursor - room)
    let shown = String(line[start..<min(line.count, start + room)])
    output("\r\u{1b}[K" + prompt + shown + "\r\u{1b}[\(prompt.count + cursor - start)C")
  }

  // MARK: - Keys

  private func nextByte() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = read(input, &byte, 1)
      if count == 1 { return byte }
      if count < 0, errno == EINTR { continue }
      return nil
    }
  }

  /// The next key, escape sequences put together.
  package func nextKey() -> Key {
    guard let byte = nextByte() else { return .endOfInput }
    switch byte {
    case 1: return .home
    case 2: return .left
    case 5: return .end
    case 6: return .right
    case 8, 127: return .backspace
    case 9: return .tab
    case 10, 13: return .enter
    case 14: return .down
    case 16: return .up
    case 27: return escapeSequence()
    case 0..<32: return .control(byte)
    case 0x80...: return wideCharacter(byte)
    default: return .character(Character(Unicode.Scalar(byte)))
    }
  }

  private func wideCharacter(_ first: UInt8) -> Key {
    var bytes = [first]
    let count = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    while bytes.count < count, let byte = nextByte() { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self).first.map { .character($0) } ?? .unknown
  }

  private func escapeSequence() -> Key {
    var polled = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    // A lone Escape has nothing behind it.
    guard poll(&polled, 1, 50) > 0, let second = nextByte() else { return .control(27) }
    guard second == UInt8(ascii: "[") || second == UInt8(ascii: "O") else {
      return second == UInt8(ascii: "b") ? .wordLeft : second == UInt8(ascii: "f") ? .wordRight : .unknown
    }
    var parameters = ""
    while let byte = nextByte() {
      switch byte {
      case UInt8(ascii: "A"): return .up
      case UInt8(ascii: "B"): return .down
      case UInt8(ascii: "C"): return parameters.hasSuffix(";5") ? .wordRight : .right
      case UInt8(ascii: "D"): return parameters.hasSuffix(";5") ? .wordLeft : .left
      case UInt8(ascii: "H"): return .home
      case UInt8(ascii: "F"): return .end
      case UInt8(ascii: "~"):
        switch parameters {
        case "1", "7": return .home
        case "4", "8": return .end
        case "3": return .delete
        default: return .unknown
        }
      case 0x30...0x3f: parameters.append(Character(Unicode.Scalar(byte)))
      default: return .unknown
      }
    }
    return .endOfInput
  }
}
