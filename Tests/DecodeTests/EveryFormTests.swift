import Testing
import X86

@testable import Decode

/// Every opcode of every map with every prefix that may choose, both widths, memory and register operands and every
/// reg field, the other fields random: what objdump makes of them, and what is made of them here.
///
/// Some thousands by default; all, some 300,000, with `SWEMU_TEST_DECODER=full`.
@Suite(.enabled(if: Objdump.isAvailable)) struct EveryFormTests {
  @Test func legacyEncodings() throws {
    var random = Splitter(state: 1)
    var sequences: [[UInt8]] = []
    for (map, escape) in ([[], [0x0F], [0x0F, 0x38], [0x0F, 0x3A]] as [[UInt8]]).enumerated() {
      for opcode in UInt8.min...UInt8.max where isOpcode(opcode, map: map) {
        for prefix in [[], [0x66], [0xF3], [0xF2], [0x66, 0xF3], [0x66, 0xF2]] as [[UInt8]] {
          for choice in 0..<32 where Objdump.isComplete || random.next() % 48 == 0 {
            let rex = UInt8(0x40 | (choice & 1) << 3 | Int(random.next() & 7))
            let isBare = random.next() & 1 == 0
            let modRM =
              UInt8(choice >> 1 & 7) << 3 | (choice & 16 != 0 ? 0xC0 : UInt8(random.next() & 3) << 6 % 0xC0)
              | UInt8(random.next() & 7)
            var bytes = prefix + (isBare && choice & 1 == 0 ? [] : [rex]) + escape + [opcode, modRM]
            while bytes.count < 15 { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
            sequences.append(bytes)
          }
        }
      }
    }
    try compare(sequences)
  }

  @Test func vexEncodings() throws {
    var random = Splitter(state: 2)
    var sequences: [[UInt8]] = []
    for map in UInt8(1)...3 {
      for opcode in UInt8.min...UInt8.max {
        for choice in 0..<128 where Objdump.isComplete || random.next() % 64 == 0 {
          let last =
            UInt8(choice & 7) | UInt8(choice >> 3 & 1) << 7 | (choice & 16 != 0 ? 0x78 : UInt8(random.next() & 15) << 3)
          let modRM = UInt8(random.next() & 63) | (choice & 32 != 0 ? 0xC0 : choice & 64 != 0 ? 0x44 : 0x80)
          let first = UInt8(random.next() & 7) << 5 | map
          var bytes = [0xC4, first, last, opcode, modRM]
          if map == 1, random.next() & 7 == 0 { bytes = [0xC5, last, opcode, modRM] }
          while bytes.count < 15 { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
          sequences.append(bytes)
        }
      }
    }
    try compare(sequences)
  }

  private func isOpcode(_ opcode: UInt8, map: Int) -> Bool {
    switch (map, opcode) {
    case (0, 0x0F), (0, 0x26), (0, 0x2E), (0, 0x36), (0, 0x3E), (0, 0x40...0x4F), (0, 0x62), (0, 0x64...0x67),
      (0, 0x9B), (0, 0xC4),
      (0, 0xC5), (0, 0xF0), (0, 0xF2), (0, 0xF3), (1, 0x38), (1, 0x3A):
      false
    default: true
    }
  }

  private func compare(_ sequences: [[UInt8]]) throws {
    let decoder = try CapstoneDecoder()
    let lines = try Objdump.disassemble(sequences)
    var agreed = 0
    var refused = 0
    var differing: [String] = []
    var missing: [String] = []
    for (index, bytes) in sequences.enumerated() {
      guard let line = lines[index] else { continue }
      let instruction = decoder.decode(bytes, at: UInt64(index * Objdump.slot))
      guard let instruction else {
        refused += 1
        let name = String(line.text.withoutPrefixes.prefix { $0 != " " })
        if !line.text.contains("(bad)"), !KnownDifferences.isRefusedOnPurpose(name, line) { missing.append(line.text) }
        continue
      }
      if KnownDifferences.explains(instruction, line) { continue }
      let isEqual =
        Int(instruction.length) == line.bytes.count
        && instruction.description.collapsed.withoutPrefixes == line.text.withoutPrefixes
      if isEqual { agreed += 1 } else { differing.append("\(line.text) | \(instruction) | \(line.bytes)") }
    }
    #expect(differing.isEmpty, "\(differing.count): \(differing.prefix(10).joined(separator: "\n"))")
    #expect(missing.isEmpty, "\(missing.count) not decoded: \(missing.prefix(20).joined(separator: "\n"))")
    print("\(sequences.count) encodings: \(agreed) as objdump reads them, \(refused) refused by both or on purpose")
  }
}

/// Where objdump's reading and this one's differ, and why.
enum KnownDifferences {
  static func explains(_ instruction: Instruction, _ line: Objdump.Line) -> Bool {
    let isNarrow = instruction.prefixes.contains(.operandSize)
    let isWide = instruction.rex & 8 != 0
    if line.text.contains("(bad)") {
      switch instruction.mnemonic {
      // Processors execute these; objdump follows the manuals.
      case .fstp, .fcom, .fcomp, .fxch, .wbinvd, .bsf, .bsr, .mfence, .sfence, .nop: return true
      default: return false
      }
    }
    switch instruction.mnemonic {
    // 66 before near branches is read as AMD reads it.
    case .call, .jmp, .ret: return isNarrow && !isWide
    case _ where instruction.isConditionalBranch: return isNarrow && !isWide
    // MPX is gone: its opcodes are NOPs. `66 REX.W 90` is written `xchg rax,rax`.
    case .nop: return instruction.opcode != 0x1F
    // F3 with REX.B exchanges, as a processor shows.
    case .xchg: return instruction.opcode == 0x90
    // 16-bit MOVSXD reads 16 bits (SDM vol. 2B).
    case .movsxd: return isNarrow && !isWide
    // Far pointers with 64-bit offsets are 80 bits.
    case .lss, .lfs, .lgs, .lcall, .ljmp: return isWide
    // 8087 and 287 relics are FNOP.
    case .fnop: return instruction.opcode == 0xDB
    // objdump prints MM as XMM under 66.
    case .movq2dq, .movdq2q: return isNarrow
    // PREFETCHWT1 is executed as PREFETCH.
    case .prefetch: return true
    // 66 has no effect.
    case .rdfsbase, .rdgsbase, .wrfsbase, .wrgsbase, .rdsspd: return isNarrow
    case .fldenv, .fnstenv, .frstor, .fnsave: return isNarrow && isWide
    // VEX.L is ignored, but shown.
    case .vmovss, .vmovsd: return instruction.vex.l
    default: return false
    }
  }

  /// Behind CPUID bits that are not set, for ring 0 with an #UD of their own, or gone from all processors.
  static func isRefusedOnPurpose(_ name: String, _ line: Objdump.Line) -> Bool {
    // A processor refuses these under 66, F3 or F2, or with VEX.vvvv naming a register.
    let takesNoPrefix = ["fxsave", "fxrstor", "ldmxcsr", "stmxcsr", "sfence", "xgetbv", "pmovmskb"]
    if takesNoPrefix.contains(where: { name.hasPrefix($0) }),
      line.bytes.prefix(3).contains(where: { $0 == 0x66 || $0 == 0xF2 || $0 == 0xF3 })
    {
      return true
    }
    if ["vzeroupper", "vzeroall", "vldmxcsr", "vstmxcsr"].contains(name) { return true }
    let families = [
      "vaes", "vpclmul", "vgf2p8", "gf2p8", "{vex}", "vpdpb", "vcvtne", "vbcstne", "k", "tdp", "tile", "ldtilecfg",
      "sttilecfg", "cmp", "aes", "encodekey", "loadiwkey", "enqcmd", "movdir", "wrss", "wruss", "incssp", "vm", "sti",
      "vf", "vpermil2", "inv", "xs", "xr", "rmp", "ps", "pv", "rdmsr", "wrmsr", "enc", "seam", "ui", "st", "td",
      // 3DNow! and VIA's PadLock.
      "pf", "pi2f", "pavgusb", "pmulhrw", "pswapd", "xcrypt", "xstore", "xsha", "montmul",
    ]
    let names: Set = [
      "aadd", "aand", "aor", "axor", "clac", "clgi", "clui", "clzero", "extrq", "insertq", "femms", "getsec", "monitor",
      "monitorx", "mwait", "mwaitx", "mcommit", "movntsd", "movntss", "mov", "pconfig", "ptwrite", "rdpkru", "wrpkru",
      "rdpru", "rsm", "rstorssp", "clrssbsy", "setssbsy", "saveprevssp", "senduipi", "serialize", "skinit", "tlbsync",
      "tpause", "umonitor", "umwait", "xabort", "xbegin", "xend", "xtest", "frstpm(287", "rex", "testui", "hreset",
      "ud0", "prefetchit0", "prefetchit1", "pfcmpge", "rdmsrlist", "lwpins", "lwpval", "llwpcb", "slwpcb",
    ]
    return names.contains(name) || families.contains { name.hasPrefix($0) }
  }
}
