/// `AT_*`: what an entry of the auxiliary vector says (linux/auxvec.h, asm/auxvec.h, man 3 getauxval).
package struct AuxiliaryType: RawRepresentable, Hashable, Sendable {
  package var rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }

  package static let null = Self(rawValue: 0)
  /// Program headers of the program: address, size of one, count.
  package static let programHeaders = Self(rawValue: 3)
  package static let programHeaderSize = Self(rawValue: 4)
  package static let programHeaderCount = Self(rawValue: 5)
  package static let pageSize = Self(rawValue: 6)
  /// Load address of the dynamic linker, 0 without one.
  package static let base = Self(rawValue: 7)
  package static let flags = Self(rawValue: 8)
  /// Entry point of the program, not of its dynamic linker.
  package static let entry = Self(rawValue: 9)
  package static let userID = Self(rawValue: 11)
  package static let effectiveUserID = Self(rawValue: 12)
  package static let groupID = Self(rawValue: 13)
  package static let effectiveGroupID = Self(rawValue: 14)
  /// Address of the string "x86_64".
  package static let platform = Self(rawValue: 15)
  /// CPUID.1:EDX.
  package static let hardwareCapabilities = Self(rawValue: 16)
  /// Ticks a second of times(2).
  package static let clockTicks = Self(rawValue: 17)
  /// 1 when the program got rights that its caller lacks.
  package static let secure = Self(rawValue: 23)
  /// Address of 16 random bytes.
  package static let random = Self(rawValue: 25)
  package static let hardwareCapabilities2 = Self(rawValue: 26)
  package static let rseqFeatureSize = Self(rawValue: 27)
  package static let rseqAlignment = Self(rawValue: 28)
  /// Address of the path that was executed.
  package static let executablePath = Self(rawValue: 31)
  package static let vdso = Self(rawValue: 33)
  package static let minimumSignalStackSize = Self(rawValue: 51)

  /// The name without `AT_`.
  package var name: String { Self.names[rawValue] ?? String(rawValue) }

  private static let names: [UInt64: String] = [
    0: "NULL", 3: "PHDR", 4: "PHENT", 5: "PHNUM", 6: "PAGESZ", 7: "BASE", 8: "FLAGS", 9: "ENTRY", 11: "UID",
    12: "EUID", 13: "GID", 14: "EGID", 15: "PLATFORM", 16: "HWCAP", 17: "CLKTCK", 23: "SECURE", 25: "RANDOM",
    26: "HWCAP2", 27: "RSEQ_FEATURE_SIZE", 28: "RSEQ_ALIGN", 31: "EXECFN", 33: "SYSINFO_EHDR", 51: "MINSIGSTKSZ",
  ]
}
