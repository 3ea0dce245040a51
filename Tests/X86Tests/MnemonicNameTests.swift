import Testing
import X86

@Suite struct MnemonicNameTests {
  @Test func namesAreThoseOfTheCases() {
    for mnemonic in Mnemonic.allCases {
      var spelling = "\(mnemonic)"
      if spelling.hasSuffix("String") { spelling.removeLast("String".count) }
      #expect(mnemonic.name == spelling)
    }
  }

  @Test func namesLeadBack() {
    for mnemonic in Mnemonic.allCases where mnemonic != .invalid && mnemonic != .movsdString && mnemonic != .cmpsdString
    {
      #expect(mnemonic.name.withCString { Mnemonic(name: $0) } == mnemonic)
    }
  }

  @Test(arguments: ["", "a", "ad", "addp", "zzz", "vaddpdx", "invalid ", "xorpsx"]) func otherTextIsInvalid(
    name: String
  ) {
    #expect(name.withCString { Mnemonic(name: $0) } == .invalid)
  }
}
