import X86

/// Decodes x86-64 instructions with capstone.
///
/// Capstone needs 430 ns for an instruction; asked for every one, it would take half of the start of a small program.
/// It is therefore asked once for each instruction *form* (`FormKey`), of which a program has a few hundred, and the
/// answer is kept as a recipe that says where in the encoding each operand is found.
///
/// Not for use by two threads at once: each needs its own decoder.
package final class CapstoneDecoder: InstructionDecoder {
  private let resolver: FormResolver
  private var cache = FormCache()

  package init() throws(CapstoneError) {
    resolver = FormResolver(try CapstoneEngine())
  }

  /// Forms that were met so far, refused ones included.
  package var formCount: Int { cache.count }

  package func decode(_ bytes: UnsafeRawBufferPointer, at address: UInt64) -> Instruction? {
    guard let fields = EncodingFields(bytes) else { return nil }
    let key = FormKey(fields)
    let index = cache.find(key) ?? cache.insert(resolver.resolve(key), key)
    let form = cache.forms + index
    guard form.pointee.mnemonic != .invalid, !form.pointee.requiresNoVVVV || fields.vvvv == 0 else { return nil }
    var instruction = Instruction()
    fields.fill(&instruction, bytes, at: address)
    form.pointee.instantiate(fields, &instruction)
    if form.pointee.isGather, !Corrections.hasDistinctGatherRegisters(instruction) { return nil }
    return instruction
  }
}
