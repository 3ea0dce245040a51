import CHost
import LinuxABI
import Machine

/// The auxiliary vector, in the order in which the kernel writes it (fs/binfmt_elf.c, create_elf_tables;
/// asm/elf.h, ARCH_DLINFO).
///
/// AT_SYSINFO_EHDR is missing: there is no vDSO, so libc makes system calls instead.
struct AuxiliaryVector {
  private(set) var words: [UInt64] = []

  /// Addresses of what lies above the tables.
  struct Strings {
    var platform: UInt64
    var random: UInt64
    var filename: UInt64
  }

  /// sizeof(struct rseq) up to its end as of Linux 6.3, and its alignment (linux/rseq.h).
  private static let rseqFeatureSize: UInt64 = 28
  private static let rseqAlignment: UInt64 = 32
  /// HWCAP2_FSGSBASE (asm/hwcap2.h).
  private static let fsgsbase: UInt64 = 2

  init(image: ProgramImage, headerCount: UInt16, credentials: Credentials, strings: Strings, processor: CPUModel) {
    words.reserveCapacity(42)
    append(.minimumSignalStackSize, Self.minimumSignalStackSize)
    append(.hardwareCapabilities, UInt64(processor.leaf(1, subleaf: 0).edx))
    append(.pageSize, 4096)
    append(.clockTicks, 100)
    append(.programHeaders, image.programHeaders)
    append(.programHeaderSize, 56)
    append(.programHeaderCount, UInt64(headerCount))
    append(.base, image.interpreterBase)
    append(.flags, 0)
    append(.entry, image.entry)
    append(.userID, UInt64(credentials.userID))
    append(.effectiveUserID, UInt64(credentials.effectiveUserID))
    append(.groupID, UInt64(credentials.groupID))
    append(.effectiveGroupID, UInt64(credentials.effectiveGroupID))
    append(.secure, credentials.isSecure ? 1 : 0)
    append(.random, strings.random)
    append(.hardwareCapabilities2, processor.leaf(7, subleaf: 0).ebx & 1 != 0 ? Self.fsgsbase : 0)
    append(.executablePath, strings.filename)
    append(.platform, strings.platform)
    append(.rseqFeatureSize, Self.rseqFeatureSize)
    append(.rseqAlignment, Self.rseqAlignment)
    append(.null, 0)
  }

  private mutating func append(_ type: AuxiliaryType, _ value: UInt64) {
    words.append(type.rawValue)
    words.append(value)
  }

  /// As large as the host's, so that a program that sizes its signal stack by it finds room for either frame.
  private static var minimumSignalStackSize: UInt64 {
    let host = swemu_host_auxv(AuxiliaryType.minimumSignalStackSize.rawValue)
    return host == 0 ? 1776 : host
  }
}
