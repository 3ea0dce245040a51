import Foundation

/// GNU objdump, the reference for lengths and text.
enum Objdump {
  struct Line {
    let address: UInt64
    let bytes: [UInt8]
    /// As printed, without symbols, comments and repeated spaces.
    let text: String
  }

  static let path = "/usr/bin/objdump"
  static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// Tests that take minutes run where this variable is set.
  static var isComplete: Bool { ProcessInfo.processInfo.environment["SWEMU_TEST_DECODER"] == "full" }

  /// Disassembles the text sections of a program, or the part of them between two addresses.
  static func disassemble(_ program: String, from start: UInt64? = nil, to end: UInt64? = nil) throws -> [Line] {
    var arguments = ["-d", "-z", "-M", "intel", "--insn-width=16"]
    if let start { arguments.append("--start-address=0x\(String(start, radix: 16))") }
    if let end { arguments.append("--stop-address=0x\(String(end, radix: 16))") }
    return lines(try run(arguments + [program]))
  }

  /// Disassembles each sequence alone; nil where objdump lost its place.
  ///
  /// Every sequence lies in a slot of its own, at 32 times its index, with one-byte NOPs behind it.
  static func disassemble(_ sequences: [[UInt8]]) throws -> [Line?] {
    var image = [UInt8](repeating: 0x90, count: sequences.count * slot)
    for (index, bytes) in sequences.enumerated() {
      image.replaceSubrange(index * slot..<index * slot + bytes.count, with: bytes)
    }
    let file = NSTemporaryDirectory() + "swemu-decode-\(UUID().uuidString)"
    try Data(image).write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let output = try run(["-D", "-z", "-b", "binary", "-m", "i386:x86-64", "-M", "intel", "--insn-width=16", file])
    var result = [Line?](repeating: nil, count: sequences.count)
    for line in lines(output, every: UInt64(slot)) { result[Int(line.address) / slot] = line }
    return result
  }

  static let slot = 32

  private static func run(_ arguments: [String]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return [UInt8](output)
  }

  /// The instruction lines: address, colon, tab, bytes, tab, text.
  private static func lines(_ output: [UInt8], every step: UInt64 = 1) -> [Line] {
    var result: [Line] = []
    for line in output.split(separator: UInt8(ascii: "\n")) {
      let columns = line.split(separator: UInt8(ascii: "\t"), maxSplits: 2)
      guard columns.count == 3, columns[0].last == UInt8(ascii: ":"),
        let address = number(columns[0].dropLast()), address % step == 0
      else { continue }
      result.append(
        Line(address: address, bytes: hexBytes(String(decoding: columns[1], as: UTF8.self)), text: plain(columns[2])))
    }
    return result
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    UInt64(String(decoding: digits, as: UTF8.self).drop { $0 == " " }, radix: 16)
  }

  /// Without `# comment` and `<symbol>`; branch targets get their `0x`, which objdump leaves out beside a symbol.
  private static func plain(_ column: ArraySlice<UInt8>) -> String {
    var words = String(decoding: column.prefix { $0 != UInt8(ascii: "#") }, as: UTF8.self).split(separator: " ").map(
      String.init)
    if let last = words.last, last.hasPrefix("<"), words.count > 1 {
      words.removeLast()
      if let target = words.last, !target.hasPrefix("0x"), target.allSatisfy(\.isHexDigit) {
        words[words.count - 1] = "0x" + target
      }
    }
    return words.joined(separator: " ")
  }
}

extension String {
  /// With single spaces, to be compared.
  var collapsed: String { split(separator: " ").joined(separator: " ") }

  /// Without the words that stand for prefixes.
  var withoutPrefixes: String {
    var words = split(separator: " ")[...]
    while let first = words.first, prefixWords.contains(String(first)) || first.hasPrefix("rex") { words.removeFirst() }
    return words.joined(separator: " ")
  }
}

private let prefixWords: Set = [
  "data16", "addr32", "repz", "repnz", "rep", "lock", "bnd", "notrack", "xacquire", "xrelease", "cs", "ds", "es", "ss",
  "fs", "gs",
]
