// RDRAND RDSEED RDPID (SDM vol. 2, the instructions' own pages).

import CMachine
import X86

/// CF says whether there was a number; without one the destination is zero. The other status flags are cleared.
protocol RandomSource { static func next(_ value: inout UInt64) -> Bool }
enum RandomNumber: RandomSource {
  static func next(_ value: inout UInt64) -> Bool { swemu_rdrand(&value) != 0 }
}
enum RandomSeed: RandomSource {
  static func next(_ value: inout UInt64) -> Bool { swemu_rdseed(&value) != 0 }
}

enum ReadRandom<O: RandomSource, T: Word>: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    var value: UInt64 = 0
    let succeeds = O.next(&value)
    c.set(p.pointee.dst, T(truncatingIfNeeded: succeeds ? value : 0))
    LazyFlags.replace(c.cpu, succeeds ? Flag.carry : 0)
    return p + 1
  }
}

/// RDPID: IA32_TSC_AUX, as RDTSCP gives it.
enum ReadProcessor: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.set(p.pointee.dst, UInt64(swemu_current_processor()))
    return p + 1
  }
}

extension LoweringRules {
  static let random: [LoweringRow] =
    rows([[.rdrand], [.rdseed]]) { lowering, operation in
      let operand = lowering.instruction.op0
      guard let width = lowering.widthIndex(operand.width), width > 0, lowering.setDst(operand) else {
        return .unsupported
      }
      return lowering.emit(Handlers.readRandom[operation * 3 + width - 1])
    } + [
      LoweringRow(.rdpid) { lowering in
        lowering.setDst(lowering.instruction.op0) ? lowering.emit(Handlers.readProcessor[0]) : .unsupported
      }
    ]
}
