// What CPUID answers (SDM vol. 2A, CPUID; AMD APM vol. 3, appendix E).

/// The processor that the guest sees: a name, a family and the features that run exactly.
///
/// The vendor is one that programs know, because C libraries take cache sizes from known vendors only. Family 15 is
/// AMD's first with 64 bits: libraries that choose code by family instead of by feature bits (GMP) find nothing there
/// beyond SSE2. The brand says what this really is.
package struct CPUModel: Sendable {
  package struct Registers: Sendable, Equatable {
    package var eax: UInt32 = 0
    package var ebx: UInt32 = 0
    package var ecx: UInt32 = 0
    package var edx: UInt32 = 0
  }

  package var features: CPUFeatures
  /// Twelve characters.
  package var vendor = "AuthenticAMD"
  /// Up to 47 characters.
  package var brand = "swemu x86-64 emulator"
  package var family: UInt32 = 15
  package var modelNumber: UInt32 = 6
  package var stepping: UInt32 = 1
  package var caches = [
    CPUCache(level: 1, kind: .data, size: 32 << 10, ways: 8),
    CPUCache(level: 1, kind: .instruction, size: 32 << 10, ways: 8),
    CPUCache(level: 2, kind: .unified, size: 1 << 20, ways: 8),
    CPUCache(level: 3, kind: .unified, size: 32 << 20, ways: 16),
  ]

  /// Bits of XCR0: the state that XSAVE knows. 0 without XSAVE.
  package var enabledComponents: UInt64 {
    guard features.contains(.xsave) else { return 0 }
    let base = StateComponent.x87 | StateComponent.sse
    return features.contains(.avx) ? base | StateComponent.avx : base
  }

  /// Bytes of a standard XSAVE image with all components, as a signal frame has it; FXSAVE's without XSAVE.
  package var stateSize: Int {
    features.contains(.xsave) ? XSAVEImage.size(enabledComponents) : FXSAVEImage.size
  }

  /// Highest basic and extended leaf.
  private static let lastBasic: UInt32 = 13
  private static let lastExtended: UInt32 = 0x8000_001e

  /// CPUID with `number` in EAX and `subleaf` in ECX. Leaves that do not exist are zero, as AMD has it.
  package func leaf(_ number: UInt32, subleaf: UInt32) -> Registers {
    var answer = Registers()
    switch number {
    case 0:
      answer.eax = CPUModel.lastBasic
      setVendor(&answer)
    case 1:
      answer.eax = signature
      // Line size that CLFLUSH works on, in units of eight bytes; one logical processor.
      answer.ebx = 8 << 8 | 1 << 16
    // Intel's list of cache descriptors: FF says that leaf 4 has them.
    case 2: answer.eax = 0x00fe_ff01
    case 4, 0x8000_001d:
      if Int(subleaf) < caches.count { answer = caches[Int(subleaf)].leaf }
    case 13: answer = extendedState(subleaf)
    case 0x8000_0000:
      answer.eax = CPUModel.lastExtended
      setVendor(&answer)
    case 0x8000_0001: answer.eax = signature
    case 0x8000_0002...0x8000_0004: answer = brandPart(Int(number & 7) - 2)
    case 0x8000_0005:
      // TLBs as any: 64 entries, fully associative.
      answer = Registers(eax: 0xff40_ff40, ebx: 0xff40_ff40, ecx: level1(.data), edx: level1(.instruction))
    case 0x8000_0006: answer = Registers(ecx: level2, edx: level3)
    // Widths of physical and linear addresses.
    case 0x8000_0008: answer.eax = 48 << 8 | 48
    default: break
    }
    if subleaf == 0 || number != 7 {
      for entry in CPUFeatureBit.all where entry.leaf == number && features.contains(entry.feature) {
        entry.set(in: &answer)
      }
    }
    return answer
  }

  /// Family, model and stepping as leaf 1 packs them (SDM vol. 2A, figure 3-6).
  private var signature: UInt32 {
    let base = min(family, 15)
    return (family - base) << 20 | (modelNumber >> 4) << 16 | base << 8 | (modelNumber & 15) << 4 | stepping
  }

  /// Leaf 13 (SDM vol. 2A, table 3-8): components, sizes, and where AVX's state lies.
  private func extendedState(_ subleaf: UInt32) -> Registers {
    guard features.contains(.xsave) else { return Registers() }
    let size = UInt32(stateSize)
    switch subleaf {
    case 0: return Registers(eax: UInt32(enabledComponents), ebx: size, ecx: size)
    // XSAVEOPT, XSAVEC, XGETBV with ECX 1; the compacted image is as large as the standard one.
    case 1: return features.contains(.xsavec) ? Registers(eax: 7, ebx: size) : Registers()
    case 2 where features.contains(.avx):
      return Registers(eax: UInt32(XSAVEImage.avxSize), ebx: UInt32(XSAVEImage.avxOffset))
    default: return Registers()
    }
  }

  private func setVendor(_ answer: inout Registers) {
    answer.ebx = CPUModel.word(vendor, 0)
    answer.edx = CPUModel.word(vendor, 4)
    answer.ecx = CPUModel.word(vendor, 8)
  }

  private func brandPart(_ part: Int) -> Registers {
    let start = part * 16
    return Registers(
      eax: CPUModel.word(brand, start), ebx: CPUModel.word(brand, start + 4), ecx: CPUModel.word(brand, start + 8),
      edx: CPUModel.word(brand, start + 12))
  }

  /// Four characters of `text` from `start`, zero behind its end.
  private static func word(_ text: String, _ start: Int) -> UInt32 {
    var value: UInt32 = 0
    for (index, byte) in text.utf8.dropFirst(start).prefix(4).enumerated() {
      value |= UInt32(byte) << UInt32(index * 8)
    }
    return value
  }

  private func cache(_ level: UInt32, _ kind: CPUCache.Kind) -> CPUCache? {
    caches.first { $0.level == level && $0.kind == kind }
  }

  // The older description of the caches (AMD APM vol. 3, E.4.5 and E.4.6).

  private func level1(_ kind: CPUCache.Kind) -> UInt32 {
    guard let cache = cache(1, kind) else { return 0 }
    return (cache.size >> 10) << 24 | cache.ways << 16 | 1 << 8 | CPUCache.lineSize
  }
  private var level2: UInt32 {
    guard let cache = cache(2, .unified) else { return 0 }
    return (cache.size >> 10) << 16 | cache.waysCode << 12 | 1 << 8 | CPUCache.lineSize
  }
  private var level3: UInt32 {
    guard let cache = cache(3, .unified) else { return 0 }
    return (cache.size >> 19) << 18 | cache.waysCode << 12 | 1 << 8 | CPUCache.lineSize
  }
}

/// One cache of the processor that the guest sees.
package struct CPUCache: Sendable {
  package enum Kind: UInt32, Sendable { case data = 1, instruction = 2, unified = 3 }
  package static let lineSize: UInt32 = 64

  package var level: UInt32
  package var kind: Kind
  /// Bytes.
  package var size: UInt32
  package var ways: UInt32

  /// Deterministic cache parameters (SDM vol. 2A, CPUID leaf 4; AMD APM vol. 3, E.4.16 has the same layout).
  var leaf: CPUModel.Registers {
    let sets = size / (ways * CPUCache.lineSize)
    // Self-initialising; shared by nobody.
    return CPUModel.Registers(
      eax: kind.rawValue | level << 5 | 1 << 8, ebx: (ways - 1) << 22 | (CPUCache.lineSize - 1), ecx: sets - 1)
  }

  /// Associativity as leaf 80000006 writes it (AMD APM vol. 3, table E-4).
  var waysCode: UInt32 {
    switch ways {
    case 1: 1
    case 2: 2
    case 4: 4
    case 8: 6
    case 16: 8
    case 32: 10
    default: 15
    }
  }
}
