// VGATHERDPS VGATHERQPS VGATHERDPD VGATHERQPD VPGATHERDD VPGATHERQD VPGATHERDQ VPGATHERQQ (SDM vol. 2).

import CMachine
import X86

/// What a gather's micro-op keeps in `imm`.
private struct GatherShape {
  /// Bytes of an element and of an index.
  var element: Int
  var index: Int
  var count: Int
  /// Left shift of the indices.
  var scale: Int
  /// Of the index register in the CPU state.
  var indexOffset: UInt16

  var bits: UInt64 {
    UInt64(element) | UInt64(index) << 8 | UInt64(count) << 16 | UInt64(scale) << 24 | UInt64(indexOffset) << 32
  }

  init(element: Int, index: Int, count: Int, scale: Int, indexOffset: UInt16) {
    self.element = element
    self.index = index
    self.count = count
    self.scale = scale
    self.indexOffset = indexOffset
  }

  init(_ bits: UInt64) {
    element = Int(bits & 0xf)
    index = Int(bits >> 8 & 0xf)
    count = Int(bits >> 16 & 0xf)
    scale = Int(bits >> 24 & 3)
    indexOffset = UInt16(truncatingIfNeeded: bits >> 32)
  }
}

/// Elements in order, those whose mask bit is set; each done is written and its mask cleared, so that after a fault the
/// instruction goes on where it was. Masks of elements left out are cleared even before a fault. `MemX` adds
/// everything but the index, whose place a segment base may take.
enum Gather: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let shape = GatherShape(p.pointee.imm)
    let destination = c.vector(p.pointee.dst)
    let mask = c.vector(p.pointee.src)
    let indices = c.vector(shape.indexOffset)
    for lane in 0..<shape.count {
      let place = lane * shape.element
      guard mask.load(fromByteOffset: place + shape.element - 1, as: UInt8.self) & 0x80 != 0 else {
        (mask + place).initializeMemory(as: UInt8.self, repeating: 0, count: shape.element)
        continue
      }
      let index =
        shape.index == 4
        ? Int64(indices.load(fromByteOffset: lane * 4, as: Int32.self))
        : indices.load(fromByteOffset: lane * 8, as: Int64.self)
      let address = MemX.address(c, p, plus: UInt64(bitPattern: index) &<< UInt64(shape.scale))
      let host = try c.host(address, shape.element, Right.read, p)
      (destination + place).copyMemory(from: host, byteCount: shape.element)
      (mask + place).initializeMemory(as: UInt8.self, repeating: 0, count: shape.element)
    }
    mask.initializeMemory(as: UInt8.self, repeating: 0, count: 32)
    let used = shape.count * shape.element
    (destination + used).initializeMemory(as: UInt8.self, repeating: 0, count: 32 - used)
    return p + 1
  }
}

extension LoweringRules {
  static let gathers: [LoweringRow] = [
    LoweringRow(.vgatherdps) { $0.gather(4, 4) }, LoweringRow(.vpgatherdd) { $0.gather(4, 4) },
    LoweringRow(.vgatherqps) { $0.gather(4, 8) }, LoweringRow(.vpgatherqd) { $0.gather(4, 8) },
    LoweringRow(.vgatherdpd) { $0.gather(8, 4) }, LoweringRow(.vpgatherdq) { $0.gather(8, 4) },
    LoweringRow(.vgatherqpd) { $0.gather(8, 8) }, LoweringRow(.vpgatherqq) { $0.gather(8, 8) },
  ]
}

extension Lowering {
  fileprivate mutating func gather(_ element: Int, _ index: Int) -> Lowered {
    let i = instruction
    guard i.op1.kind == .memory, setDst(i.op0), setSrc(i.op2), let indexOffset = Offset.of(i.op1.index) else {
      return .unsupported
    }
    _ = setMemory(i.op1, general: true)
    let bytes = i.vex.l ? 32 : 16
    let shape = GatherShape(
      element: element, index: index, count: bytes / max(element, index),
      scale: i.op1.scale.trailingZeroBitCount & 3, indexOffset: indexOffset)
    op.imm = shape.bits
    // In C where the address is simple; what that finds inaccessible comes back to `Gather`.
    if op.kind == 0, op.index == Offset.zero {
      return emit(HandlerBits(swemu_gather_form(UInt64(element), UInt64(index), i.vex.l ? 1 : 0)))
    }
    return emit(Handlers.gather[0])
  }
}
