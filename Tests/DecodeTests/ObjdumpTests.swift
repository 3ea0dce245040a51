import Foundation
import Testing
import X86

@testable import Decode

/// Length and text of whole programs against objdump.
///
/// By default three windows of each program; everything with `SWEMU_TEST_DECODER=full`.
@Suite(.enabled(if: Objdump.isAvailable)) struct ObjdumpTests {
  @Test(arguments: ["/bin/busybox", "/bin/bash-static"]) func programs(path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    try compare(path)
  }

  @Test func aStaticCPlusPlusProgram() throws {
    let source = """
      #include <cmath>
      #include <iostream>
      #include <map>
      #include <regex>
      #include <string>
      int main(int count, char **arguments) {
        std::map<std::string, double> values;
        for (int index = 0; index < count; index++) values[arguments[index]] = std::sin(index);
        for (auto &value : values) std::cout << value.first << value.second << '\\n';
        return std::regex_search("xxab", std::regex("a.*b"));
      }
      """
    let base = NSTemporaryDirectory() + "swemu-decode-\(UUID().uuidString)"
    try source.write(toFile: base + ".cpp", atomically: true, encoding: .utf8)
    defer { for suffix in ["", ".cpp"] { try? FileManager.default.removeItem(atPath: base + suffix) } }
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = ["g++", "-O2", "-static", "-o", base, base + ".cpp"]
    compiler.standardError = FileHandle.nullDevice
    try compiler.run()
    compiler.waitUntilExit()
    guard compiler.terminationStatus == 0 else { return }
    try compare(base)
  }

  private func compare(_ path: String) throws {
    var lines: [Objdump.Line] = []
    if Objdump.isComplete {
      lines = try Objdump.disassemble(path)
    } else {
      for start: UInt64 in [0x410000, 0x450000, 0x4A0000] {
        lines += try Objdump.disassemble(path, from: start, to: start + 0x2000)
      }
    }
    let decoder = try CapstoneDecoder()
    var accepted = 0
    var differing = 0
    var refused: [String: Int] = [:]
    for line in lines {
      guard let instruction = decoder.decode(line.bytes, at: line.address) else {
        refused[String(line.text.withoutPrefixes.prefix { $0 != " " }), default: 0] += 1
        continue
      }
      accepted += 1
      // A window may begin within an instruction, and objdump joins FWAIT with what follows.
      if instruction.mnemonic == .fwait, line.bytes.count > 1 { continue }
      if Int(instruction.length) != line.bytes.count || instruction.description.collapsed != line.text {
        differing += 1
        if differing <= 10 { Issue.record("\(line.text) at \(String(line.address, radix: 16)) is \(instruction)") }
      }
    }
    #expect(differing == 0)
    #expect(accepted > lines.count * 9 / 10)
    let unexpected = refused.keys.filter { !Self.isKnownRefusal($0) }
    #expect(unexpected.isEmpty, "refused: \(unexpected.sorted())")
    print(
      "\(path): \(accepted) of \(lines.count) equal objdump's, refused \(refused.values.reduce(0, +)): \(refused.sorted { $0.value > $1.value }.prefix(12).map { "\($0.key) \($0.value)" })"
    )
  }

  /// AVX-512 and its mask instructions, TSX, CET's stack instructions, FMA4: behind CPUID bits that are never set.
  /// What objdump itself cannot read it leaves blank or calls `.byte`.
  static func isKnownRefusal(_ name: String) -> Bool {
    name.hasPrefix("v") || name.hasPrefix("k")
      || ["xbegin", "xend", "xabort", "xtest", "incsspq", "incsspd", "(bad)", ".byte", ""].contains(name)
  }
}
