import X86

extension Lowering {
  mutating func mmx() -> Lowered { .unsupported }
  mutating func moveMMX() -> Lowered { .unsupported }
}
