import LinuxABI
import Machine

/// /proc/cpuinfo: the host's lines with the processor in them that the program sees (man 5 proc;
/// arch/x86/kernel/cpu/proc.c).
enum ProcCPUInfo {
  static func text(_ model: CPUModel, host: [UInt8]) -> [UInt8] {
    let basic = model.leaf(0, subleaf: 0)
    let cache = model.caches.filter { $0.kind == .unified && $0.level == 2 }.first?.size ?? 0
    let values: [String: String] = [
      "vendor_id": model.vendor, "cpu family": "\(model.family)", "model": "\(model.modelNumber)",
      "model name": model.brand, "stepping": "\(model.stepping)", "cache size": "\(cache >> 10) KB",
      "cpuid level": "\(basic.eax)", "flags": flags(model), "clflush size": "\(CPUCache.lineSize)",
      "cache_alignment": "\(CPUCache.lineSize)", "bugs": "",
    ]
    var text: [UInt8] = []
    for line in host.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
      let tag = line.prefix { $0 != UInt8(ascii: ":") }
      let name = String(decoding: tag.prefix { $0 != UInt8(ascii: "\t") }, as: UTF8.self)
      // What only the host's processor has.
      if ["microcode", "vmx flags", "TLB size"].contains(name) { continue }
      text += values[name].map { tag + Array((tag.count < line.count ? ":" : "").utf8) + Array(" \($0)".utf8) } ?? line
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  /// The names of features in the kernel's order (asm/cpufeatures.h); `-` is a bit without a name.
  static func flags(_ model: CPUModel) -> String {
    func word(_ leaf: UInt32, _ subleaf: UInt32 = 0) -> CPUModel.Registers {
      let last = model.leaf(leaf & 0x8000_0000, subleaf: 0).eax
      // A leaf beyond the last one is not asked for: its zeros are those of the reserved ones.
      return model.leaf(leaf <= last ? leaf : 0x4000_0000, subleaf: subleaf)
    }
    let (basic, extended, structured) = (word(1), word(0x8000_0001), word(7))
    let words: [(UInt32, String)] = [
      (basic.edx, leaf1EDX), (extended.edx, extendedEDX), (basic.ecx, leaf1ECX), (extended.ecx, extendedECX),
      (structured.ebx, leaf7EBX), (word(13, 1).eax, "xsaveopt xsavec xgetbv1 xsaves"), (structured.ecx, leaf7ECX),
      (structured.edx, "- - - - fsrm"),
    ]
    var names: [Substring] = []
    for (index, (bits, table)) in words.enumerated() {
      for (bit, name) in table.split(separator: " ").enumerated() where bits >> UInt32(bit) & 1 != 0 && name != "-" {
        names.append(name)
      }
      // What Linux adds of its own: long NOPs, REP MOVS that is fast, CPUID.
      if index == 1 { names += ["rep_good", "nopl", "cpuid"] }
    }
    return names.joined(separator: " ")
  }

  private static let leaf1EDX =
    "fpu vme de pse tsc msr pae mce cx8 apic - sep mtrr pge mca cmov pat pse36 pn clflush - dts acpi mmx fxsr sse sse2 "
    + "ss ht tm ia64 pbe"
  private static let extendedEDX =
    "- - - - - - - - - - - syscall - - - - - - - mp nx - mmxext - - fxsr_opt pdpe1gb rdtscp - lm 3dnowext 3dnow"
  private static let leaf1ECX =
    "pni pclmulqdq dtes64 monitor ds_cpl vmx smx est tm2 ssse3 cid sdbg fma cx16 xtpr pdcm - pcid dca sse4_1 sse4_2 "
    + "x2apic movbe popcnt tsc_deadline_timer aes xsave - avx f16c rdrand hypervisor"
  private static let extendedECX =
    "lahf_lm cmp_legacy svm extapic cr8_legacy abm sse4a misalignsse 3dnowprefetch osvw ibs xop skinit wdt - lwp fma4 "
    + "tce - nodeid_msr - tbm topoext perfctr_core perfctr_nb - bpext ptsc perfctr_llc mwaitx"
  private static let leaf7EBX =
    "fsgsbase tsc_adjust sgx bmi1 hle avx2 - smep bmi2 erms invpcid rtm cqm - mpx rdt_a avx512f avx512dq rdseed adx "
    + "smap avx512ifma - clflushopt clwb intel_pt avx512pf avx512er avx512cd sha_ni avx512bw avx512vl"
  private static let leaf7ECX =
    "avx512vbmi umip pku ospke waitpkg avx512_vbmi2 user_shstk gfni vaes vpclmulqdq avx512_vnni avx512_bitalg tme - "
    + "avx512_vpopcntdq - la57 - - - - - rdpid"
}
