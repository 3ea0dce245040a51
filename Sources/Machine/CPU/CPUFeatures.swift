/// Features that CPUID announces. One is added when every instruction of it runs exactly.
package struct CPUFeatures: OptionSet, Sendable {
  package var rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }
  private init(bit: UInt64) { rawValue = 1 << bit }

  package static let fpu = CPUFeatures(bit: 0)
  package static let tsc = CPUFeatures(bit: 1)
  package static let cmpxchg8b = CPUFeatures(bit: 2)
  package static let cmov = CPUFeatures(bit: 3)
  package static let clflush = CPUFeatures(bit: 4)
  package static let mmx = CPUFeatures(bit: 5)
  package static let fxsr = CPUFeatures(bit: 6)
  package static let sse = CPUFeatures(bit: 7)
  package static let sse2 = CPUFeatures(bit: 8)
  package static let cmpxchg16b = CPUFeatures(bit: 9)
  package static let movbe = CPUFeatures(bit: 10)
  package static let popcnt = CPUFeatures(bit: 11)
  package static let fsgsbase = CPUFeatures(bit: 12)
  /// REP MOVSB and REP STOSB are fast (they are: whole pages at a time), also for short counts.
  package static let fastStrings = CPUFeatures(bit: 13)
  package static let lahf = CPUFeatures(bit: 14)
  package static let lzcnt = CPUFeatures(bit: 15)
  package static let prefetchw = CPUFeatures(bit: 16)
  package static let syscall = CPUFeatures(bit: 17)
  package static let noExecute = CPUFeatures(bit: 18)
  package static let rdtscp = CPUFeatures(bit: 19)
  package static let longMode = CPUFeatures(bit: 20)
  /// Leaves 8000001D and 8000001E.
  package static let topologyExtensions = CPUFeatures(bit: 21)

  package static let sse3 = CPUFeatures(bit: 22)
  package static let ssse3 = CPUFeatures(bit: 23)
  package static let sse41 = CPUFeatures(bit: 24)
  package static let sse42 = CPUFeatures(bit: 25)
  package static let aes = CPUFeatures(bit: 26)
  package static let pclmulqdq = CPUFeatures(bit: 27)
  package static let sha = CPUFeatures(bit: 28)
  /// XSAVE, XRSTOR and XGETBV, enabled (OSXSAVE).
  package static let xsave = CPUFeatures(bit: 29)
  /// XSAVEC, XSAVEOPT and XGETBV with ECX 1.
  package static let xsavec = CPUFeatures(bit: 30)
  package static let avx = CPUFeatures(bit: 31)
  package static let avx2 = CPUFeatures(bit: 32)
  package static let fma = CPUFeatures(bit: 33)
  package static let f16c = CPUFeatures(bit: 34)
  package static let bmi1 = CPUFeatures(bit: 35)
  package static let bmi2 = CPUFeatures(bit: 36)
  package static let adx = CPUFeatures(bit: 37)
  package static let rdrand = CPUFeatures(bit: 38)
  package static let rdseed = CPUFeatures(bit: 39)
  package static let clflushopt = CPUFeatures(bit: 40)
  package static let clwb = CPUFeatures(bit: 41)
  package static let rdpid = CPUFeatures(bit: 42)
}

/// Where CPUID shows a feature.
struct CPUFeatureBit: Sendable {
  let feature: CPUFeatures
  let leaf: UInt32
  let register: Register
  let bit: UInt32

  enum Register { case ebx, ecx, edx }

  init(_ feature: CPUFeatures, _ leaf: UInt32, _ register: Register, _ bit: UInt32) {
    self.feature = feature
    self.leaf = leaf
    self.register = register
    self.bit = bit
  }

  /// SDM vol. 2A, tables 3-10 and 3-11 and leaf 7; AMD APM vol. 3, E.4.2 for leaf 80000001.
  static let all: [CPUFeatureBit] = [
    CPUFeatureBit(.fpu, 1, .edx, 0), CPUFeatureBit(.tsc, 1, .edx, 4), CPUFeatureBit(.cmpxchg8b, 1, .edx, 8),
    CPUFeatureBit(.cmov, 1, .edx, 15), CPUFeatureBit(.clflush, 1, .edx, 19), CPUFeatureBit(.mmx, 1, .edx, 23),
    CPUFeatureBit(.fxsr, 1, .edx, 24), CPUFeatureBit(.sse, 1, .edx, 25), CPUFeatureBit(.sse2, 1, .edx, 26),
    CPUFeatureBit(.sse3, 1, .ecx, 0), CPUFeatureBit(.pclmulqdq, 1, .ecx, 1), CPUFeatureBit(.ssse3, 1, .ecx, 9),
    CPUFeatureBit(.fma, 1, .ecx, 12), CPUFeatureBit(.sse41, 1, .ecx, 19), CPUFeatureBit(.sse42, 1, .ecx, 20),
    CPUFeatureBit(.aes, 1, .ecx, 25), CPUFeatureBit(.xsave, 1, .ecx, 26), CPUFeatureBit(.xsave, 1, .ecx, 27),
    CPUFeatureBit(.avx, 1, .ecx, 28), CPUFeatureBit(.f16c, 1, .ecx, 29), CPUFeatureBit(.rdrand, 1, .ecx, 30),
    CPUFeatureBit(.bmi1, 7, .ebx, 3), CPUFeatureBit(.avx2, 7, .ebx, 5), CPUFeatureBit(.bmi2, 7, .ebx, 8),
    CPUFeatureBit(.rdseed, 7, .ebx, 18), CPUFeatureBit(.adx, 7, .ebx, 19), CPUFeatureBit(.clflushopt, 7, .ebx, 23),
    CPUFeatureBit(.clwb, 7, .ebx, 24), CPUFeatureBit(.sha, 7, .ebx, 29), CPUFeatureBit(.rdpid, 7, .ecx, 22),
    CPUFeatureBit(.cmpxchg16b, 1, .ecx, 13), CPUFeatureBit(.movbe, 1, .ecx, 22), CPUFeatureBit(.popcnt, 1, .ecx, 23),
    CPUFeatureBit(.fsgsbase, 7, .ebx, 0), CPUFeatureBit(.fastStrings, 7, .ebx, 9),
    CPUFeatureBit(.fastStrings, 7, .edx, 4),
    CPUFeatureBit(.lahf, 0x8000_0001, .ecx, 0), CPUFeatureBit(.lzcnt, 0x8000_0001, .ecx, 5),
    CPUFeatureBit(.prefetchw, 0x8000_0001, .ecx, 8), CPUFeatureBit(.topologyExtensions, 0x8000_0001, .ecx, 22),
    CPUFeatureBit(.fpu, 0x8000_0001, .edx, 0), CPUFeatureBit(.tsc, 0x8000_0001, .edx, 4),
    CPUFeatureBit(.cmpxchg8b, 0x8000_0001, .edx, 8), CPUFeatureBit(.syscall, 0x8000_0001, .edx, 11),
    CPUFeatureBit(.cmov, 0x8000_0001, .edx, 15), CPUFeatureBit(.noExecute, 0x8000_0001, .edx, 20),
    CPUFeatureBit(.mmx, 0x8000_0001, .edx, 23), CPUFeatureBit(.fxsr, 0x8000_0001, .edx, 24),
    CPUFeatureBit(.rdtscp, 0x8000_0001, .edx, 27), CPUFeatureBit(.longMode, 0x8000_0001, .edx, 29),
  ]

  func set(in answer: inout CPUModel.Registers) {
    switch register {
    case .ebx: answer.ebx |= 1 << bit
    case .ecx: answer.ecx |= 1 << bit
    case .edx: answer.edx |= 1 << bit
    }
  }
}
