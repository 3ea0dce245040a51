import Testing

/// Every kind of broken ELF file: swemu does what this machine's kernel does.
///
/// Left out is what cannot be equal: addresses from 2^46 on, which guests do not have, and the first 64 KiB, which only
/// root may map.
@Suite struct ELFFormatTests {
  typealias Segment = ELFBuilder.Segment

  private func check(_ cases: [(String, ELFBuilder)]) {
    let trial = ExecTrial()
    for (name, builder) in cases {
      let path = trial.write("program", builder.bytes)
      let expected = trial.native(path).outcome
      let (outcome, output) = trial.emulated(path)
      #expect(outcome == expected, "\(name): \(output)")
    }
  }

  private let whole = ELFBuilder()
  private let dynamic = ELFBuilder(Segment(address: 0)).with {
    $0.type = 3
    $0.entry = 0x1000
  }

  @Test func headers() {
    check([
      ("whole", whole), ("class 32", whole.with { $0.fileClass = 1 }), ("class 0", whole.with { $0.fileClass = 0 }),
      ("big-endian", whole.with { $0.data = 2 }), ("ident version", whole.with { $0.identVersion = 9 }),
      ("version", whole.with { $0.version = 7 }), ("header size", whole.with { $0.headerSize = 0 }),
      ("relocatable", whole.with { $0.type = 1 }), ("core", whole.with { $0.type = 4 }),
      ("type 0", whole.with { $0.type = 0 }), ("processor-specific type", whole.with { $0.type = 0xff00 }),
      ("i386", whole.with { $0.machine = 3 }), ("AArch64", whole.with { $0.machine = 183 }),
      ("machine 0", whole.with { $0.machine = 0 }), ("ET_DYN", dynamic),
    ])
  }

  @Test func programHeaderTables() {
    func many(_ count: Int) -> ELFBuilder {
      let code = Segment(fileSize: 0x11010, memorySize: 0x11010)
      return ELFBuilder().with {
        $0.segments = [code] + [Segment](repeating: Segment(type: 0), count: count - 1)
        $0.codeOffset = 0x11000
        $0.entry = 0x411000
      }
    }
    check([
      ("entry size 32", whole.with { $0.entrySize = 32 }), ("entry size 0", whole.with { $0.entrySize = 0 }),
      ("none", whole.with { $0.count = 0 }), ("more than there are", whole.with { $0.count = 1170 }),
      ("1170", many(1170)), ("1171", many(1171)), ("65535", whole.with { $0.count = 0xffff }),
      ("behind the end", whole.with { $0.headerOffset = 0x100000 }),
      ("at the end", whole.with { $0.headerOffset = 0x1010 - 56 }),
      ("one byte too far", whole.with { $0.headerOffset = 0x1010 - 55 }),
      ("offset 2^63", whole.with { $0.headerOffset = 1 << 63 }), ("offset -1", whole.with { $0.headerOffset = .max }),
      ("offset 0", whole.with { $0.headerOffset = 0 }), ("odd offset", whole.with { $0.headerOffset = 65 }),
    ])
  }

  @Test func entryPoints() {
    check([
      ("0", whole.with { $0.entry = 0 }), ("2^47", whole.with { $0.entry = 1 << 47 }),
      ("-1", whole.with { $0.entry = .max }), ("zeros", whole.with { $0.entry = 0x400800 }),
      ("not executable", ELFBuilder(Segment(flags: 4))), ("write only", ELFBuilder(Segment(flags: 2))),
      ("execute only", ELFBuilder(Segment(flags: 1))), ("no rights", ELFBuilder(Segment(flags: 0))),
    ])
  }

  @Test func sizes() {
    var cases: [(String, ELFBuilder)] = [
      ("filesz > memsz", ELFBuilder(Segment(memorySize: 0x100))), ("memsz 0", ELFBuilder(Segment(memorySize: 0))),
      ("both 0", ELFBuilder(Segment(fileSize: 0, memorySize: 0))), ("filesz 0", ELFBuilder(Segment(fileSize: 0))),
    ]
    let second = Segment(flags: 6, address: 0x500000, fileSize: 0x100, memorySize: 0x100)
    for size: UInt64 in [1 << 47, 1 << 48, 1 << 63, .max, 0 &- 0x400000, 0 &- 0x1000] {
      for (flags, fileSize) in [(6, 0x100), (4, 0x100), (4, 0), (6, 0)] as [(UInt32, UInt64)] {
        var segment = second
        segment.flags = flags
        segment.fileSize = fileSize
        segment.memorySize = size
        cases.append(("memsz \(size), flags \(flags), filesz \(fileSize)", ELFBuilder(Segment(), segment)))
      }
      var segment = second
      segment.fileSize = size
      segment.memorySize = size
      cases.append(("both \(size)", ELFBuilder(Segment(), segment)))
      cases.append(("only segment, memsz \(size)", ELFBuilder(Segment(memorySize: size))))
      cases.append(("only segment, both \(size)", ELFBuilder(Segment(fileSize: size, memorySize: size))))
    }
    for flags: UInt32 in 0...7 {
      let segment = Segment(flags: flags, address: 0x500000, fileSize: 0x100, memorySize: 0x3000)
      cases.append(("tail to be zeroed, flags \(flags)", ELFBuilder(Segment(), segment)))
    }
    check(cases)
  }

  @Test func places() {
    func second(_ offset: UInt64, _ address: UInt64, flags: UInt32 = 6, memorySize: UInt64 = 0x100) -> ELFBuilder {
      ELFBuilder(
        Segment(),
        Segment(flags: flags, offset: offset, address: address, fileSize: 0x100, memorySize: memorySize))
    }
    var cases: [(String, ELFBuilder)] = [
      ("offset not congruent", ELFBuilder(Segment(offset: 1))),
      ("address not congruent", ELFBuilder(Segment(address: 0x400001))),
      ("congruent", ELFBuilder(Segment(offset: 0x10, address: 0x400010, fileSize: 0x1000, memorySize: 0x1000))),
      ("behind the end of the file", second(0x5000, 0x500000)),
      ("behind the end, with bss", second(0x5000, 0x500000, memorySize: 0x200)),
      ("behind the end, read-only, with bss", second(0x5000, 0x500000, flags: 4, memorySize: 0x200)),
      ("code behind the end", ELFBuilder(Segment(offset: 0x5000, address: 0x401000))),
      ("offset -1", second(0 &- 0x1000, 0x500000)), ("offset 2^63", second(1 << 63, 0x500000)),
      ("offset below 2^63", second((1 << 63) - 0x1000, 0x500000)), ("offset 2^62", second(1 << 62, 0x500000)),
      ("same place", second(0, 0x400000)),
      (
        "same page", ELFBuilder(Segment(), Segment(offset: 0x1000, address: 0x401000, fileSize: 0x10, memorySize: 0x10))
      ),
      ("zeros over code", ELFBuilder(Segment(), Segment(flags: 6, address: 0x3ff000, fileSize: 0, memorySize: 0x3000))),
      ("unaligned zeros", ELFBuilder(Segment(), Segment(flags: 6, address: 0x500010, fileSize: 0, memorySize: 0x1000))),
      ("descending", ELFBuilder(Segment(flags: 6, address: 0x500000), Segment())),
      ("no segments", ELFBuilder(Segment(type: 4))),
    ]
    for address: UInt64 in [1 << 47, 1 << 48, 1 << 63, 0 &- 0x1000, 0 &- 0x2000, 0xffff_8000_0000_0000] {
      cases.append(("first at \(address)", ELFBuilder(Segment(address: address)).with { $0.entry = address &+ 0x1000 }))
      cases.append(("second at \(address)", second(0, address)))
    }
    check(cases)
  }

  @Test func positionIndependence() {
    var cases: [(String, ELFBuilder)] = [
      ("linked high", ELFBuilder(Segment(address: 0x10000)).with { ($0.type, $0.entry) = (3, 0x11000) }),
      ("no segments", ELFBuilder(Segment(type: 4)).with { $0.type = 3 }),
      ("empty segment", ELFBuilder(Segment(address: 0, fileSize: 0, memorySize: 0)).with { $0.type = 3 }),
      ("descending", dynamic.with { $0.segments.insert(Segment(flags: 6, address: 0x500000), at: 0) }),
      ("far apart", dynamic.with { $0.segments.append(Segment(flags: 6, address: 1 << 40)) }),
      ("negative", ELFBuilder(Segment(address: 0 &- 0x10000)).with { ($0.type, $0.entry) = (3, 0 &- 0xf000) }),
    ]
    for alignment: UInt64 in [0, 1, 3, 0x1000, 0x1800, 0x20_0000, 0x4000_0000, 1 << 40] {
      cases.append(("alignment \(alignment)", ELFBuilder(Segment(alignment: alignment))))
      cases.append(("alignment \(alignment), ET_DYN", dynamic.with { $0.segments[0].alignment = alignment }))
    }
    check(cases)
  }

  @Test func notesForTheKernel() {
    check([
      ("executable stack", ELFBuilder(Segment(), Segment(type: 0x6474_e551, flags: 7))),
      ("property note", ELFBuilder(Segment(), Segment(type: 0x6474_e553, offset: 64, fileSize: 20))),
      ("property note, too large", ELFBuilder(Segment(), Segment(type: 0x6474_e553, fileSize: 1 << 40))),
    ])
  }

  @Test func truncatedFiles() {
    let trial = ExecTrial()
    let bytes = whole.bytes
    for count in [0, 1, 3, 4, 5, 16, 18, 20, 52, 63, 64, 65, 100, 119, 120, 121, 0xfff, 0x1000, 0x100c] {
      let path = trial.write("program", Array(bytes[..<count]))
      let (outcome, output) = trial.emulated(path)
      #expect(outcome == trial.native(path).outcome, "\(count) bytes: \(output)")
    }
  }

  @Test func interpreters() {
    let trial = ExecTrial()
    let files: [(String, [UInt8])] = [
      ("short", [0x7f, 0x45, 0x4c, 0x46]), ("empty", []), ("object", whole.with { $0.type = 1 }.bytes),
      ("foreign", whole.with { $0.machine = 40 }.bytes), ("headless", whole.with { $0.count = 0 }.bytes),
      (
        "fixed",
        ELFBuilder(Segment(address: 0x600000)).with { ($0.entry, $0.code) = (0x601000, ELFBuilder.exit(43)) }.bytes
      ),
      ("loadless", ELFBuilder(Segment(type: 4)).bytes),
      ("dynamic", dynamic.with { $0.code = ELFBuilder.exit(44) }.bytes),
      ("script", Array("#!/bin/sh\nexit 3\n".utf8)), ("same-place", whole.bytes),
      ("bad-segment", dynamic.with { $0.segments[0].memorySize = 16 }.bytes),
      ("bad-entry", dynamic.with { $0.entry = 1 << 47 }.bytes),
    ]
    var paths = files.map { trial.write($0.0, $0.1) } + [trial.write("unexecutable", whole.bytes, mode: 0o644)]
    paths += ["/nonexistent/ld.so", "/tmp", "/etc/passwd", "/dev/null", "/etc/passwd/x", "relative", ""]
    paths.append("/" + String(repeating: "a", count: 300))
    for path in paths {
      for base in [whole, dynamic] {
        let name = Array(path.utf8) + [0]
        check(trial, base, name, count: max(2, UInt64(name.count)), path)
      }
    }
    let linker = Array("/lib64/ld-linux-x86-64.so.2".utf8)
    for (name, count) in [(linker, UInt64(linker.count)), ([0], 1), ([], 0), (linker + [0], 4097)] {
      check(trial, whole, name, count: count, "\(count) bytes")
    }
    for offset: UInt64 in [0x200000, 1 << 63, .max] {
      let program = whole.with { $0.segments.insert(Segment(type: 3, offset: offset, fileSize: 100), at: 0) }
      let path = trial.write("program", program.bytes)
      #expect(trial.emulated(path).outcome == trial.native(path).outcome, "at offset \(offset)")
    }
  }

  private func check(_ trial: ExecTrial, _ base: ELFBuilder, _ name: [UInt8], count: UInt64, _ comment: String) {
    let program = base.with {
      $0.segments.insert(Segment(type: 3, offset: 0x800, fileSize: count), at: 0)
      $0.extra = [(0x800, name)]
    }
    let path = trial.write("program", program.bytes)
    let (outcome, output) = trial.emulated(path)
    #expect(outcome == trial.native(path).outcome, "\(comment), type \(base.type): \(output)")
  }

  // MARK: - At random

  @Test func mutations() {
    var random = SplitMix(state: 7)
    let trial = ExecTrial()
    let data = Segment(flags: 6, offset: 0x1000, address: 0x402000, fileSize: 0x10, memorySize: 0x3000)
    let stack = Segment(type: 0x6474_e551, flags: 6)
    let originals = [
      ELFBuilder(Segment(), data, stack).bytes,
      ELFBuilder(
        Segment(address: 0), Segment(flags: 6, offset: 0x1000, address: 0x2000, fileSize: 16, memorySize: 0x3000)
      )
      .with { ($0.type, $0.entry) = (3, 0x1000) }.bytes,
    ]
    var compared = 0
    while compared < 300 {
      let bytes = mutate(originals[Int.random(in: 0..<2, using: &random)], &random)
      guard isComparable(bytes) else { continue }
      compared += 1
      let path = trial.write("program", bytes)
      let expected = trial.native(path).outcome
      let (outcome, output) = trial.emulated(path)
      #expect(outcome == expected, "mutation \(compared) in \(path): \(output)")
    }
  }

  private func mutate(_ original: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = original
    let values: [UInt64] = [0, 1, 0xfff, 0x1000, 1 << 32, (1 << 46) - 1, 1 << 47, 1 << 63, .max]
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0..<(64 + 3 * 56), using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      default:
        let start = place & ~7
        bytes.replaceSubrange(start..<start + 8, with: little(values.randomElement(using: &random) ?? 0))
      }
    }
    return bytes
  }

  /// Whether both can do the same: no address outside of the guest's, an entry point in the code, and nothing that the
  /// processor must not be given (ICEBP stops some virtual machines).
  private func isComparable(_ bytes: [UInt8]) -> Bool {
    func word(_ offset: Int) -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64($1 * 8) } }
    if bytes[..<232].contains(0xf1) { return false }
    let entry = word(24)
    guard entry == 0x401000 || entry == 0x1000 || entry >= 1 << 47 else { return false }
    for index in 0..<3 {
      let header = 64 + index * 56
      for value in [word(header + 16), word(header + 40)] where value >= 1 << 45 && value < 1 << 47 { return false }
      // A huge alignment brings the program to address 0.
      if word(header + 48) >= 1 << 45 { return false }
      if bytes[16] == 2, bytes[17] == 0, word(header + 16) < 0x10000 { return false }
    }
    return true
  }
}

/// A small generator, so that every run sees the same sequence (Vigna's splitmix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
