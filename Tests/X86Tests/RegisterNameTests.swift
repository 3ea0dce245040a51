import Testing
import X86

@Suite struct RegisterNameTests {
  @Test(arguments: [
    (Register(.general8, 0), "al"), (Register(.general8, 4), "spl"), (Register(.general8, 9), "r9b"),
    (Register(.high8, 1), "ch"), (Register(.general16, 5), "bp"), (Register(.general16, 12), "r12w"),
    (Register(.general32, 7), "edi"), (Register(.general32, 8), "r8d"), (Register(.general64, 3), "rbx"),
    (Register(.general64, 15), "r15"), (.rip, "rip"), (Register(.segment, 4), "fs"), (Register(.x87, 3), "st(3)"),
    (Register(.mmx, 2), "mm2"), (Register(.xmm, 11), "xmm11"), (Register(.ymm, 1), "ymm1"),
    (Register(.control, 4), "cr4"),
    (.none, ""),
  ]) func names(register: Register, name: String) {
    #expect(register.name == name)
  }

  @Test func segmentsHaveNames() {
    #expect(Segment.gs.name == "gs")
    #expect(Segment.none.name.isEmpty)
  }
}
