import Testing
import X86

@testable import Decode

/// Encodings that raise #UD on processors; capstone reads most of them as something.
@Suite struct RefusedEncodingsTests {
  @Test(arguments: [
    // Opcodes that 64-bit mode lost, and prefixes that do not belong there.
    "06", "0e", "27", "37", "60", "61", "82 c0 01", "9a 00 00 00 00 00 00", "c4 c0", "ce", "d4 0a", "d5 0a", "d6",
    "ea 00 00 00 00 00 00", "f3 0f 54 c1", "f2 0f 28 c1", "66 0f 12 c1", "66 0f 16 c1", "f3 0f 14 c1", "f3 0f ef c1",
    "66 0f 77", "66 0f c3 00", "f3 0f c3 00", "f2 0f c7 f0", "66 0f ae 00", "f3 0f ae 10", "66 0f ae e8", "f3 0f ae e8",
    "66 0f 01 d0", "f2 0f b8 c1", "0f b8 c1", "66 0f 38 c8 c1", "f3 0f 38 f0 00", "0f 38 f6 c1", "66 0f 3a cc c1 00",
    // Groups.
    "8c f0", "8e c8", "8e f0", "8f c8", "c6 c8 00", "c7 c8 00 00 00 00", "fe d0", "ff f8", "ff d8", "ff e8", "8d c0",
    "0f 00 f0", "0f 01 28", "0f 20 c8", "0f 22 e8", "44 0f 20 d0", "44 0f 23 c0", "0f 71 c0 01", "0f 73 d8 01",
    "0f ba c0 01",
    "0f c7 00", "d9 d1", "d9 e2", "d9 ef", "da e8", "db e5", "db f8", "dd f0", "de d8", "df f8", "0f 0d c0", "0f c3 c0",
    // Extensions that are not offered: 3DNow!, EVEX, XOP, FMA4, SSE4A, TSX, VMX, SVM, SGX, CET, key locker, mask registers.
    "0f 0f c1 bf", "0f 0e", "62 f1 7c 48 58 c1", "8f e9 78 01 c1", "c4 e3 f9 68 c2 30", "66 0f 78 c0 01 00",
    "f3 0f 2b 00",
    "c7 f8 00 00 00 00", "c6 f8 00", "0f 01 d5", "0f 01 d6", "0f 01 c1", "0f 01 d9", "0f 01 cf", "0f 78 c0", "0f 79 c0",
    "0f 37", "0f aa", "f3 0f ae e9", "f3 0f 01 28", "0f 38 f6 00", "c5 fc 41 c2", "c5 fb 93 c0", "66 0f 38 cf c1",
    // VEX: reserved bits, lengths and registers.
    "c4 e1 7c 16 c1", "c5 e8 28 c1", "c5 fd 6e c0", "c4 e2 fd 18 c1",
    "c4 e2 79 19 c1", "c4 e3 79 06 c2 00", "c4 e3 f9 46 c2 00", "c4 e2 7d dc c1", "c4 e3 7d 44 c2 00", "c4 e2 7c f2 c1",
    "c4 e0 78 58 c1", "c4 e4 78 58 c1",
  ]) func areRefused(text: String) throws {
    #expect(try CapstoneDecoder().decode(text + " 00 00 00 00 00 00")?.description ?? "" == "", "\(text)")
  }
}
