/// `EM_*`: the processor that a file is for (linux/elf-em.h; the gABI's registry of machine numbers).
package struct ELFMachine: RawRepresentable, Hashable, Sendable {
  package var rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let x86_64 = Self(rawValue: 62)
  package static let i386 = Self(rawValue: 3)

  /// As people call it.
  package var name: String { Self.names[rawValue] ?? "unknown machine \(rawValue)" }

  private static let names: [UInt16: String] = [
    1: "WE 32100", 2: "SPARC", 3: "Intel 80386", 4: "Motorola 68000", 5: "Motorola 88000", 6: "Intel 80486",
    7: "Intel 80860", 8: "MIPS", 10: "MIPS R4000", 15: "PA-RISC", 18: "SPARC v8+", 20: "PowerPC",
    21: "64-bit PowerPC", 22: "IBM S/390", 23: "Cell SPU", 36: "NEC V850", 40: "ARM", 42: "SuperH", 43: "SPARC V9",
    45: "ARC", 46: "H8/300", 50: "IA-64", 53: "ColdFire", 62: "x86-64", 75: "VAX", 76: "CRIS", 83: "AVR", 87: "V850",
    88: "M32R", 89: "MN10300", 92: "OpenRISC", 93: "ARCompact", 94: "Xtensa", 105: "MSP430", 106: "Blackfin",
    113: "Nios II", 140: "TI C6000", 164: "Hexagon", 167: "NDS32", 183: "AArch64", 188: "TilePro",
    189: "MicroBlaze", 190: "CUDA", 191: "Tile-Gx", 195: "ARC HS", 224: "AMD GPU", 243: "RISC-V", 247: "BPF",
    252: "C-SKY", 258: "LoongArch", 0x9026: "Alpha", 0x9041: "M32R", 0xbeef: "MN10300",
  ]
}
