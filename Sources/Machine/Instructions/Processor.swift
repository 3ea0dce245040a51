// CPUID RDTSC RDTSCP (SDM vol. 2, the instructions' own pages).

import CMachine
import X86

enum Identify: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let answer = Machine.of(c.cpu).model.leaf(c.get(0), subleaf: c.get(8))
    c.set(0, answer.eax)
    c.set(24, answer.ebx)
    c.set(8, answer.ecx)
    c.set(16, answer.edx)
    return p + 1
  }
}

/// RDTSC: the host's counter, which runs at the guest's rate.
enum ReadTimestamp: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value = swemu_timestamp()
    c.set(0, UInt32(truncatingIfNeeded: value))
    c.set(16, UInt32(truncatingIfNeeded: value &>> 32))
    return p + 1
  }
}

/// RDTSCP: also IA32_TSC_AUX, in which Linux keeps node << 12 | processor (arch/x86/include/asm/segment.h,
/// vdso_encode_cpunode).
enum ReadTimestampAndProcessor: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value = swemu_timestamp()
    c.set(0, UInt32(truncatingIfNeeded: value))
    c.set(16, UInt32(truncatingIfNeeded: value &>> 32))
    c.set(8, swemu_current_processor())
    return p + 1
  }
}

extension LoweringRules {
  static let processor: [LoweringRow] = [
    LoweringRow(.cpuid) { $0.emit(Handlers.processor[0]) },
    LoweringRow(.rdtsc) { $0.emit(Handlers.processor[1]) },
    LoweringRow(.rdtscp) { $0.emit(Handlers.processor[2]) },
  ]
}
