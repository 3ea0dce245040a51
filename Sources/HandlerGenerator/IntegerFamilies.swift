let widths = ["UInt8", "UInt16", "UInt32", "UInt64"]
let flagNeeds = ["Live", "Dead"]
let addresses = ["MemB", "MemBI", "MemX"]
let conditions = ["O", "NO", "B", "AE", "E", "NE", "BE", "A", "S", "NS", "P", "NP", "L", "GE", "LE", "G"].map {
  "Cond" + $0
}

/// Register, immediate and memory combinations of two-operand instructions, in the order of `Lowering.binaryForm`.
let binaryForms =
  ["Dst, Src", "Dst, Imm"] + addresses.map { "Dst, \($0)" } + addresses.map { "\($0), Src" }
  + addresses.map { "\($0), Imm" }

/// 8- and 16-bit memory operands come as `MemX` only.
func isNarrowMemory(width: Int, form: Int) -> Bool {
  width < 2 && [2, 3, 5, 6, 8, 9].contains(form)
}

let integerFamilies: [Family] = [
  Family(
    "binary", "Binary<$0, $1, $2, $3>", ["Add", "Or", "Adc", "Sbb", "And", "Sub", "Xor", "Cmp", "Test"], widths,
    binaryForms,
    flagNeeds
  ) { isNarrowMemory(width: $0[1], form: $0[2]) || ($0[0] >= 7 && $0[3] == 1) },
  Family("clear", "Clear<$0>", flagNeeds),
  Family("unary", "Unary<$0, $1, $2, $3>", ["Inc", "Dec", "Neg", "Not"], widths, ["Dst", "MemX"], flagNeeds) {
    $0[0] == 3 && $0[3] == 0 && false
  },
  Family("move", "Move<$0, $1>", widths, binaryForms) { isNarrowMemory(width: $0[0], form: $0[1]) },
  Family("moveAbsolute", "Move<$0, $1>", widths, ["MemImm, Src", "Dst, MemImm"]),
  Family(
    "extend", "Extend<$0, $1, $2>", ["ZeroExtend", "SignExtend"],
    [
      "UInt8, UInt16", "UInt8, UInt32", "UInt8, UInt64", "UInt16, UInt32", "UInt16, UInt64", "UInt32, UInt64",
      "UInt16, UInt16", "UInt32, UInt32",
    ], ["Src"] + addresses),
  Family("loadAddress", "LoadAddress<$0, $1>", widths, addresses) { $0[0] == 0 },
  .list(
    "accumulator",
    [
      "SignExtendAccumulator<UInt8, UInt16>", "SignExtendAccumulator<UInt16, UInt32>",
      "SignExtendAccumulator<UInt32, UInt64>", "SignIntoData<UInt16>", "SignIntoData<UInt32>", "SignIntoData<UInt64>",
      "Translate",
    ]),
  .list(
    "push", ["UInt64", "UInt16"].flatMap { width in (["Src", "Imm"] + addresses).map { "Push<\(width), \($0)>" } }),
  .list(
    "pop",
    [
      "PopRegister<UInt64>", "PopRegister<UInt16>", "PopMemory<UInt64>", "PopMemory<UInt16>", "Leave<UInt64>",
      "Leave<UInt16>", "PopStackPointer<UInt64>", "PopStackPointer<UInt16>",
    ]),
]

let branchFamilies: [Family] = [
  Family("jumpIf", "JumpIf<$0>", conditions),
  .list(
    "branch",
    ["Jump", "Call", "Return"] + (["Src"] + addresses).map { "JumpIndirect<\($0)>" }
      + (["Src"] + addresses).map { "CallIndirect<\($0)>" } + ["CountedJump"]),
  Family(
    "fused", "FusedBranch<$0, $1, $2, $3>", ["Cmp", "Test", "Sub", "Add", "And"], widths,
    binaryForms.map { $0.replacing("Imm", with: "ExtendedImm") }, conditions
  ) { index in
    let (operation, width, form, condition) = (index[0], index[1], index[2], index[3])
    if isNarrowMemory(width: width, form: form) { return true }
    switch operation {
    case 0:
      return ![2, 3, 4, 5, 6, 7].contains(condition) && condition < 12 && condition != 8 && condition != 9
        || width < 2 && form > 1 && condition > 7
    case 1: return ![4, 5, 8, 9, 14, 15].contains(condition) || width < 2 && form > 1 && condition > 7
    default: return width < 2 || form > 1 || !(operation == 3 ? [2, 3, 4, 5, 8, 9] : [4, 5, 8, 9]).contains(condition)
    }
  },
]
