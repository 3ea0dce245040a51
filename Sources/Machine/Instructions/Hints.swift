// NOP PAUSE ENDBR64 PREFETCH*, fences, CLFLUSH (SDM vol. 2, the instructions' own pages).

import CMachine
import X86

enum NoOperation: Semantics {
  @inline(__always) static func execute<P: Path>(_: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer { p + 1 }
}

/// PAUSE tells the host that this is a spin loop, too.
enum Pause: Semantics {
  @inline(__always) static func execute<P: Path>(_: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    swemu_pause()
    return p + 1
  }
}

enum MemoryFence: Semantics {
  @inline(__always) static func execute<P: Path>(_: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    swemu_fence()
    return p + 1
  }
}

enum LoadFence: Semantics {
  @inline(__always) static func execute<P: Path>(_: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    swemu_load_fence()
    return p + 1
  }
}

enum StoreFence: Semantics {
  @inline(__always) static func execute<P: Path>(_: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    swemu_store_fence()
    return p + 1
  }
}

/// CLFLUSH, CLFLUSHOPT, CLWB: caches do not show, but the access is checked as a load of one byte.
enum FlushCacheLine: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    _ = try c.host(MemX.address(c, p), 1, Right.read, p)
    return p + 1
  }
}

extension LoweringRules {
  static let hints: [LoweringRow] =
    [
      // The reserved hint space reads as NOP to a processor without the feature: CET's ENDBR and RDSSP, PREFETCH kinds.
      Mnemonic.nop, .endbr32, .endbr64, .prefetch, .prefetchw, .prefetchnta, .prefetcht0, .prefetcht1, .prefetcht2,
      .rdsspd, .rdsspq,
    ].map { LoweringRow($0) { $0.emit(Handlers.hint[0]) } }
    + [
      LoweringRow(.pause) { $0.emit(Handlers.hint[1]) }, LoweringRow(.mfence) { $0.emit(Handlers.hint[2]) },
      LoweringRow(.lfence) { $0.emit(Handlers.hint[3]) }, LoweringRow(.sfence) { $0.emit(Handlers.hint[4]) },
    ]
    + [Mnemonic.clflush, .clflushopt, .clwb].map { mnemonic in
      LoweringRow(mnemonic) { lowering in
        guard lowering.instruction.op0.kind == .memory else { return .unsupported }
        _ = lowering.setMemory(lowering.instruction.op0, general: true)
        return lowering.emit(Handlers.hint[5])
      }
    }
}
