import Testing
import X86

@testable import Decode

/// Access and width of every operand, from the "Operand Encoding" tables of the SDM's instruction pages.
@Suite struct OperandAccessTests {
  private static let table = """
    48 01 c8            rw:64 r:64
    48 03 00            rw:64 r:64
    39 08               r:32 r:32
    85 c9               r:32 r:32
    88 08               w:8 r:8
    8a 08               w:8 r:8
    c6 00 01            w:8 r:8
    0f b6 c1            w:32 r:8
    48 63 c1            w:64 r:32
    48 8d 04 08         w:64 r:0
    50                  r:64
    58                  w:64
    8f 00               w:64
    68 01 00 00 00      r:64
    e8 00 00 00 00      r:64
    ff 10               r:64
    ff 00               rw:32
    f7 d8               rw:32
    f7 20               r:32
    f7 f1               r:32
    0f af c1            rw:32 r:32
    6b c1 05            w:32 r:32 r:32
    87 08               rw:32 rw:32
    91                  rw:32 rw:32
    0f c1 08            rw:32 rw:32
    0f b1 08            rw:32 r:32
    0f c7 08            rw:64
    0f 94 c0            w:8
    0f 44 c1            rw:32 r:32
    0f a3 c8            r:32 r:32
    0f ab 08            rw:32 r:32
    0f bc c1            rw:32 r:32
    f3 0f bc c1         w:32 r:32
    f3 0f b8 c1         w:32 r:32
    c1 e0 04            rw:32 r:8
    d3 e0               rw:32 r:8
    0f a4 c8 04         rw:32 r:32 r:8
    0f c8               rw:32
    0f 38 f0 00         w:32 r:32
    0f 38 f1 00         w:32 r:32
    f2 0f 38 f1 c1      rw:32 r:32
    66 0f 38 f6 c1      rw:32 r:32
    e4 10               w:8 r:8
    ef                  r:16 r:32
    8e d8               w:16 r:16
    0f c7 f0            w:32
    f3 48 0f ae c0      w:64
    f3 48 0f ae d0      r:64
    0f ae 10            r:32
    0f ae 18            w:32
    0f ae 20            w:0
    0f ae 28            r:0
    0f 58 c1            rw:128 r:128
    f3 0f 58 00         rw:128 r:32
    0f 28 c1            w:128 r:128
    0f 29 00            w:128 r:128
    f3 0f 10 c1         rw:128 r:128
    f3 0f 10 00         w:128 r:32
    f2 0f 11 00         w:64 r:128
    0f 12 00            rw:128 r:64
    0f 13 00            w:64 r:128
    0f 16 c1            rw:128 r:128
    f3 0f 51 c1         rw:128 r:128
    0f 51 c1            w:128 r:128
    f2 0f 2a c1         rw:128 r:32
    f2 0f 2c c1         w:32 r:128
    f2 0f 5a c1         rw:128 r:128
    66 0f 2f c1         r:128 r:128
    66 0f ef c1         rw:128 r:128
    0f ef c1            rw:64 r:64
    66 0f 70 c1 00      w:128 r:128 r:8
    66 0f c6 c1 00      rw:128 r:128 r:8
    66 0f d7 c1         w:32 r:128
    66 0f c4 00 01      rw:128 r:16 r:8
    66 0f 3a 16 00 01   w:32 r:128 r:8
    66 0f 73 d8 04      rw:128 r:8
    66 0f 38 17 c1      r:128 r:128
    66 0f 38 1c c1      w:128 r:128
    66 0f 3a 63 c1 00   r:128 r:128 r:8
    66 0f f7 c1         r:128 r:128
    0f c3 08            w:32 r:32
    66 0f e7 00         w:128 r:128
    c5 f0 58 c2         w:128 r:128 r:128
    c5 f2 10 c2         w:128 r:128 r:128
    c5 fa 10 00         w:128 r:32
    c5 f8 13 00         w:64 r:128
    c4 e2 71 b8 c2      rw:128 r:128 r:128
    c4 e2 71 b9 00      rw:128 r:128 r:32
    c4 e2 79 17 c1      r:128 r:128
    c5 f9 2e c1         r:128 r:128
    c4 e2 71 2c 00      w:128 r:128 r:128
    c4 e2 71 2e 00      w:128 r:128 r:128
    c4 e2 fb f6 c1      w:64 w:64 r:64
    c4 e2 f8 f2 c1      w:64 r:64 r:64
    c4 e2 f8 f3 c9      w:64 r:64
    c4 e2 7d 58 00      w:256 r:32
    c4 e3 7d 19 00 01   w:128 r:256 r:8
    c4 e3 79 1d 00 00   w:64 r:128 r:8
    c5 f8 ae 10         r:32
    d9 00               r:32
    dd 18               w:64
    df 38               w:64
    d9 c9               rw:80
    dc c1               rw:80 r:80
    da 00               r:32
    """

  @Test func agreesWithTheManual() throws {
    let decoder = try CapstoneDecoder()
    for line in Self.table.split(separator: "\n") {
      let code = line.prefix(20)
      let instruction = try #require(decoder.decode(String(code)), "\(line)")
      #expect(instruction.accessText == line.dropFirst(20), "\(line): \(instruction)")
    }
  }
}
