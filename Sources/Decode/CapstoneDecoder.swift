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
  /// Behind a pointer: reading a class's own variable is checked for exclusivity at run time.
  private let cache: UnsafeMutablePointer<FormCache>

  /// What an instruction is before its fields are filled in.
  private let blank: UnsafeMutablePointer<Instruction>

  package init() throws(CapstoneError) {
    resolver = FormResolver(try CapstoneEngine())
    cache = .allocate(capacity: 1)
    cache.initialize(to: FormCache())
    blank = .allocate(capacity: 1)
    blank.initialize(to: Instruction())
  }

  deinit {
    cache.deinitialize(count: 1)
    cache.deallocate()
    blank.deallocate()
  }

  /// Forms that were met so far, refused ones included.
  package var formCount: Int { cache.pointee.count }

  package func decode(
    _ bytes: UnsafeRawBufferPointer, at address: UInt64, into instruction: UnsafeMutablePointer<Instruction>
  ) -> Bool {
    guard let fields = EncodingFields(bytes) else { return false }
    let key = FormKey(fields)
    let index = cache.pointee.find(key) ?? resolve(key)
    let form = cache.pointee.forms + index
    guard form.pointee.isValid, !form.pointee.requiresNoVVVV || fields.vvvv == 0 else { return false }
    instruction.initialize(from: blank, count: 1)
    fields.fill(instruction, bytes, at: address)
    form.pointee.instantiate(fields, instruction)
    return !form.pointee.isGather || Corrections.isGather(instruction.pointee)
  }

  @inline(never)
  private func resolve(_ key: FormKey) -> Int { cache.pointee.insert(resolver.resolve(key), key) }
}
