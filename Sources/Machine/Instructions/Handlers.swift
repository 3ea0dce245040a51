/// The specialised handlers. The generated files extend it with one table a family; each index is a mixed-radix number
/// over the family's dimensions, which the lowering rule beside the semantics computes.
enum Handlers {
  static let stub = system[0]
}
