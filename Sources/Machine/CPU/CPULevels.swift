// The levels of x86-64 (System V ABI 1.0, table 3.1), and choosing a model by name.

import CMachine
import X86

extension CPUFeatures {
  /// What every x86-64 processor has, and what Linux shows with it.
  package static let level1: CPUFeatures = [
    .fpu, .tsc, .cmpxchg8b, .cmov, .clflush, .mmx, .fxsr, .sse, .sse2, .fastStrings, .prefetchw, .syscall, .noExecute,
    .rdtscp, .longMode, .topologyExtensions,
  ]
  package static let level2 = level1.union([.sse3, .ssse3, .sse41, .sse42, .popcnt, .cmpxchg16b, .lahf])
  package static let level3 = level2.union([.avx, .avx2, .bmi1, .bmi2, .f16c, .fma, .lzcnt, .movbe, .xsave])
  /// Outside the levels; processors of the third have most of them.
  package static let extras: CPUFeatures = [
    .aes, .pclmulqdq, .sha, .adx, .rdrand, .rdseed, .fsgsbase, .clflushopt, .clwb, .rdpid, .xsavec,
  ]

  /// What instructions there is a name for, and what each needs.
  static let named: [(name: String, feature: CPUFeatures, needs: CPUFeatures)] = [
    ("sse3", .sse3, []), ("ssse3", .ssse3, .sse3), ("sse4.1", .sse41, .ssse3), ("sse4.2", .sse42, .sse41),
    ("popcnt", .popcnt, []), ("cx16", .cmpxchg16b, []), ("lahf", .lahf, []), ("xsave", .xsave, []),
    ("xsavec", .xsavec, .xsave), ("avx", .avx, [.sse42, .xsave]), ("avx2", .avx2, .avx), ("fma", .fma, .avx),
    ("f16c", .f16c, .avx), ("bmi1", .bmi1, []), ("bmi2", .bmi2, []), ("lzcnt", .lzcnt, []), ("movbe", .movbe, []),
    ("aes", .aes, []), ("pclmulqdq", .pclmulqdq, []), ("sha", .sha, .ssse3), ("adx", .adx, []),
    ("rdrand", .rdrand, []), ("rdseed", .rdseed, []), ("fsgsbase", .fsgsbase, []), ("rdpid", .rdpid, []),
    ("clflushopt", .clflushopt, []), ("clwb", .clwb, []), ("rdtscp", .rdtscp, []), ("prefetchw", .prefetchw, []),
    ("erms", .fastStrings, []),
  ]

  /// Features that work only where the host's processor has them, in the order of `swemu_host_features`.
  private static let hosted: [CPUFeatures] = [
    .sse3, .ssse3, .sse41, .sse42, .popcnt, .aes, .pclmulqdq, .sha, .avx, .avx2, .fma, .f16c, .bmi2, .rdrand, .rdseed,
  ]

  /// All that can be had on this host. Handlers of VEX encodings use AVX2 throughout, so AVX needs it too.
  package static let available: CPUFeatures = {
    let host = swemu_host_features()
    var features = level3.union(extras)
    for (bit, feature) in hosted.enumerated() where host >> UInt64(bit) & 1 == 0 && feature != .popcnt {
      features.remove(feature)
    }
    if !features.contains(.avx2) { features.remove(.avx) }
    return features.consistent
  }()

  /// Names of the features, as `--cpu` takes them.
  package var names: [String] { CPUFeatures.named.filter { contains($0.feature) }.map(\.name) }

  /// Without what lacks something that it needs.
  var consistent: CPUFeatures {
    var result = self
    for (_, feature, needs) in CPUFeatures.named where !result.isSuperset(of: needs) { result.remove(feature) }
    return result
  }
}

extension CPUModel {
  /// A name that `--cpu` takes.
  package struct Level: Sendable {
    package let name: String
    package let features: CPUFeatures
    package let help: String
  }

  package static let levels: [Level] = [
    Level(name: "x86-64", features: .level1, help: "SSE2 and what else every x86-64 processor has"),
    Level(name: "x86-64-v2", features: .level2, help: "with SSE3, SSSE3, SSE4.1, SSE4.2, POPCNT, CMPXCHG16B"),
    Level(
      name: "x86-64-v3", features: .level3.union(.extras),
      help: "with AVX, AVX2, BMI1, BMI2, F16C, FMA, LZCNT, MOVBE; also AES, PCLMULQDQ, SHA, ADX, RDRAND, RDSEED"),
  ]

  /// The lowest level.
  package static let baseline = CPUModel(features: .level1)
  /// The highest level that this host can run.
  package static let best: CPUModel = {
    let available = CPUFeatures.available
    for level in [CPUFeatures.level3, .level2] where available.isSuperset(of: level) {
      return CPUModel(features: level == .level3 ? available : level)
    }
    return baseline
  }()

  /// Names for `+` and `-`.
  package static var featureNames: [String] { CPUFeatures.named.map(\.name) }

  /// Why a model cannot be had.
  package struct Refusal: Error, Sendable { package let reason: String }

  /// The model called `description`: a level, then `,+feature` and `,-feature`; without a level the best one.
  ///
  /// Adding a feature adds what it needs; removing one removes what needs it.
  package static func named(_ description: String) throws(Refusal) -> CPUModel {
    let parts = description.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var model = best
    var changes = parts[...]
    if let first = parts.first, !first.hasPrefix("+"), !first.hasPrefix("-") {
      guard let level = levels.first(where: { $0.name == first }) else {
        throw Refusal(reason: "there is no CPU model \(first); --cpu help lists them")
      }
      // What is beyond the level itself is given as far as the host has it.
      model.features = level.features.subtracting(CPUFeatures.extras.subtracting(.available))
      changes = parts.dropFirst()
    }
    for change in changes {
      let name = String(change.dropFirst())
      guard change.hasPrefix("+") || change.hasPrefix("-"),
        let entry = CPUFeatures.named.first(where: { $0.name == name })
      else { throw Refusal(reason: "\(change) is no +feature or -feature; --cpu help lists them") }
      if change.hasPrefix("+") {
        model.features.formUnion(closure(of: entry.feature))
      } else {
        model.features.remove(entry.feature)
        model.features = model.features.consistent
      }
    }
    // Extras that rest on something just removed go silently; what was asked for and the host lacks does not.
    let missing = model.features.subtracting(CPUFeatures.available.union(.level1))
    if !missing.isEmpty {
      let names = CPUFeatures.named.filter { missing.contains($0.feature) }.map(\.name).joined(separator: ", ")
      throw Refusal(reason: "this host's processor has no \(names), which swemu needs to execute it")
    }
    return model
  }

  private static func closure(of feature: CPUFeatures) -> CPUFeatures {
    var result = feature
    for _ in CPUFeatures.named {
      for (_, each, needs) in CPUFeatures.named where result.contains(each) { result.formUnion(needs) }
    }
    return result
  }
}

/// The first instruction of a run that needed a feature.
package struct FeatureUse: Sendable {
  package let features: CPUFeatures
  package let instruction: Instruction

  /// Names for `--cpu`.
  package var names: [String] { features.names }

  /// The lowest level that has the features; nil for those outside the levels.
  package var level: String? { CPUModel.levels.first { $0.standard.isSuperset(of: features) }?.name }
}

extension CPUModel.Level {
  /// Without the extras.
  var standard: CPUFeatures { features.subtracting(.extras) }
}
