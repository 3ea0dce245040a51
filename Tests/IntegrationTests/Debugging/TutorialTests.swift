import Testing

/// docs/Tutorial.md shows what swemu really says: its console sessions are run and compared.
@Suite("Tutorial", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil)) struct TutorialTests {
  /// A block of the tutorial: a command line, and what it shows.
  private struct Block {
    var command: String
    var lines: [String]
  }

  /// The blocks that begin with `$ swemu`; those with `(swemu)` in front continue the session of the one before.
  private func blocks() throws -> [Block] {
    let text = String(decoding: try File.read(Repository.root + "/docs/Tutorial.md"), as: UTF8.self)
    var blocks: [Block] = []
    var isInside = false
    var isFirst = false
    var isTaken = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        isInside.toggle()
        isFirst = isInside
        isTaken = false
        continue
      }
      guard isInside else { continue }
      if isFirst {
        isFirst = false
        if line.hasPrefix("$ swemu ") {
          blocks.append(Block(command: String(line.dropFirst(8)), lines: []))
          isTaken = true
          continue
        }
        isTaken = line.hasPrefix("(swemu) ")
      }
      if isTaken, !blocks.isEmpty { blocks[blocks.count - 1].lines.append(line) }
    }
    return blocks
  }

  /// Addresses and counts depend on the C library that the program was linked with.
  private func masked(_ line: String) -> String {
    var text = ""
    var isNumber = false
    for character in line {
      let isPart = character.isHexDigit || character == "x" && text.last == "#"
      if character.isNumber || isNumber && isPart {
        if !isNumber { text += "#" }
        isNumber = true
      } else {
        isNumber = false
        text.append(character)
      }
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  @Test func everySessionIsAsShown() throws {
    let all = try blocks()
    #expect(all.count >= 4)
    for block in all {
      let prompt = "(swemu) "
      let script = block.lines.filter { $0.hasPrefix(prompt) }.map { $0.dropFirst(prompt.count) + "\n" }.joined()
      var words = block.command.split(separator: " ").map(String.init)
      if words.first == "--step" { words.replaceSubrange(0...0, with: ["--commands", "SCRIPT"]) }
      let path = Repository.programs + "/O0/till"
      words = words.map { $0 == "./till" ? path : $0 }
      let result = try Session.run([Repository.emulator] + words, script: script)
      var rest = result.text.split(separator: "\n", omittingEmptySubsequences: false).map { masked(String($0)) }[...]
      for line in block.lines where !line.isEmpty && line != "…" {
        // The tutorial's program lies in the working directory.
        let wanted = masked(line)
        guard
          let index = rest.firstIndex(where: {
            $0.replacing(masked(path), with: "./till").replacing(
              masked(Repository.root + "/testbins/debugger/"), with: ""
            ).replacing(masked(Repository.programs + "/O#/"), with: "") == wanted
          })
        else {
          Issue.record("docs/Tutorial.md shows «\(line)» for `\(block.command)`, but swemu says\n\(result.text)")
          break
        }
        rest = rest[(index + 1)...]
      }
    }
  }
}
