// SETcc CMOVcc (SDM vol. 2, the instructions' own pages).

import CMachine
import X86

enum SetIf<C: ConditionCode, D: MutablePlace>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try D.write(c, p, (LazyFlags.holds(C.code, c.cpu) ? 1 : 0) as UInt8)
    return p + 1
  }
}

/// CMOVcc reads its source, and writes a 32-bit destination (upper half cleared), whether or not the condition holds.
enum MoveIf<C: ConditionCode, T: Word, S: Place>: Semantics {
  typealias OutOfLine = MoveIf<C, T, S.General>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value: T = try S.read(c, p)
    let old: T = c.get(p.pointee.dst)
    c.set(p.pointee.dst, LazyFlags.holds(C.code, c.cpu) ? value : old)
    return p + 1
  }
}

extension LoweringRules {
  static let conditional: [LoweringRow] =
    [
      Mnemonic.seto, .setno, .setb, .setae, .sete, .setne, .setbe, .seta, .sets, .setns, .setp, .setnp, .setl, .setge,
      .setle, .setg,
    ].enumerated().map { number, mnemonic in LoweringRow(mnemonic) { $0.setIf(number) } }
    + [
      Mnemonic.cmovo, .cmovno, .cmovb, .cmovae, .cmove, .cmovne, .cmovbe, .cmova, .cmovs, .cmovns, .cmovp, .cmovnp,
      .cmovl, .cmovge, .cmovle, .cmovg,
    ].enumerated().map { number, mnemonic in LoweringRow(mnemonic) { $0.moveIf(number) } }
}

extension Lowering {
  fileprivate mutating func setIf(_ condition: Int) -> Lowered {
    guard let form = placeForm(instruction.op0) else { return .unsupported }
    return emit(Handlers.setIf[condition * 2 + form])
  }

  fileprivate mutating func moveIf(_ condition: Int) -> Lowered {
    let i = instruction
    guard let width = widthIndex(i.op0.width), width > 0, setDst(i.op0) else { return .unsupported }
    let form: Int
    switch i.op1.kind {
    case .register:
      guard setSrc(i.op1) else { return .unsupported }
      form = 0
    case .memory: form = 1 + setMemory(i.op1, general: width == 1)
    default: return .unsupported
    }
    return emit(Handlers.moveIf[(condition * 3 + width - 1) * 4 + form])
  }
}
