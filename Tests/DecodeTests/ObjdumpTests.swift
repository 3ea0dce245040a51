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
    try withCompiled(source, ["-O2", "-static"]) { try compare($0) }
  }

  /// Loops over all types and most operators as GCC vectorises them for x86-64-v3, intrinsics among them.
  @Test func codeForTheThirdLevel() throws {
    var source = "#include <immintrin.h>\n#include <cmath>\n#include <cstdint>\nextern \"C\" {\n"
    let types = ["uint8_t", "int8_t", "uint16_t", "int16_t", "uint32_t", "int32_t", "uint64_t", "int64_t"]
    let integer = ["a[i] + b[i]", "a[i] * b[i]", "a[i] < b[i] ? a[i] : b[i]", "a[i] >> 3", "(a[i] ^ b[i]) << 2"]
    let real = [
      "a[i] * b[i] + c[i]", "a[i] / b[i]", "std::sqrt(a[i])", "a[i] < b[i] ? -a[i] : c[i]", "std::floor(a[i])",
    ]
    var number = 0
    for (type, operations) in types.map({ ($0, integer) }) + ["float", "double"].map({ ($0, real) }) {
      for operation in operations + ["b[index[i]]", "b[n - i] - c[2 * i]"] {
        number += 1
        source += "void f\(number)(\(type) *__restrict a, const \(type) *b, const \(type) *c, const int *index, int n) "
        source += "{ for (int i = 0; i < n; i++) a[i] = \(operation); }\n"
      }
      for other in types + ["float", "double"] {
        number += 1
        source += "void f\(number)(\(type) *__restrict a, const \(other) *b, int n) "
        source += "{ for (int i = 0; i < n; i++) a[i] = (\(type))b[i]; }\n"
      }
    }
    for (name, arguments) in [
      ("permutevar8x32_epi32", "a, b"), ("permute2x128_si256", "a, b, 0x31"), ("shuffle_epi8", "a, b"),
      ("alignr_epi8", "a, b, 5"), ("mpsadbw_epu8", "a, b, 7"), ("sllv_epi64", "a, b"), ("blend_epi16", "a, b, 0x5a"),
    ] {
      source += "__m256i g_\(name)(__m256i a, __m256i b) { return _mm256_\(name)(\(arguments)); }\n"
    }
    source += """
      __m256 h1(__m128i a) { return _mm256_cvtph_ps(a); }
      __m256d h2(const double *p, __m128i i, __m256d m) { return _mm256_mask_i32gather_pd(m, p, i, m, 8); }
      void h3(int *p, __m256i m, __m256i a) { _mm256_maskstore_epi32(p, m, a); }
      uint64_t h4(uint64_t a, uint64_t b) { return _pdep_u64(a, b) + _pext_u64(b, a) + _bzhi_u64(a, 7) + _lzcnt_u64(b); }
      uint64_t h5(uint64_t a, uint64_t b) { return (_blsr_u64(a) ^ _andn_u64(a, b)) + _tzcnt_u64(b) + _bextr_u64(a, 3, 9); }
      }

      """
    try withCompiled(source, ["-O3", "-march=x86-64-v3", "-c"]) { try compare($0, isWhole: true) }
  }

  private func withCompiled(_ source: String, _ flags: [String], _ body: (String) throws -> Void) throws {
    let base = NSTemporaryDirectory() + "swemu-decode-\(UUID().uuidString)"
    try source.write(toFile: base + ".cpp", atomically: true, encoding: .utf8)
    defer { for suffix in ["", ".cpp"] { try? FileManager.default.removeItem(atPath: base + suffix) } }
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = ["g++"] + flags + ["-o", base, base + ".cpp"]
    compiler.standardError = FileHandle.nullDevice
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
    try body(base)
  }

  private func compare(_ path: String, isWhole: Bool = Objdump.isComplete) throws {
    var lines: [Objdump.Line] = []
    if isWhole {
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
