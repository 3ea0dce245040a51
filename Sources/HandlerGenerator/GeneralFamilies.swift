/// The general-purpose instructions beyond moves, arithmetic and branches.
let generalFamilies: [Family] = [
  Family(
    "shift", "Shift<$0, $1, $2, $3, $4>", ["Shl", "Shr", "Sar", "Rol", "Ror"], widths, ["Dst", "MemX"],
    ["CountImm", "CountCL"], flagNeeds),
  Family(
    "rotateThroughCarry", "RotateThroughCarry<$0, $1, $2, $3>", wrapper: "Called", ["Rcl", "Rcr"], widths,
    ["Dst", "MemX"],
    ["CountImm", "CountCL"]),
  Family("rewrite", "Rewrite<$0, $1>", widths, ["Dst", "MemX"]),
  Family(
    "doubleShift", "DoubleShift<$0, $1, $2, $3, $4>", ["Shld", "Shrd"], Array(widths[1...]), ["Dst", "MemX"],
    ["CountImm", "CountCL"], flagNeeds),
  Family(
    "multiplySigned", "MultiplySigned<$0, $2, $3>", Array(widths[1...]), ["Src"] + addresses, ["Dst, $1", "$1, Imm"],
    flagNeeds
  ) { $0[0] == 0 && ($0[1] == 1 || $0[1] == 2) },
  Family("multiplyWide", "MultiplyWide<$0, $1, $2>", widths, ["Src", "MemX"], flagNeeds),
  Family("multiplyWideSigned", "MultiplyWideSigned<$0, $1, $2>", widths, ["Src", "MemX"], flagNeeds),
  Family("divide", "Divide<$0, $1>", widths, ["Src", "MemX"]),
  Family("divideSigned", "DivideSigned<$0, $1>", widths, ["Src", "MemX"]),
  Family("setIf", "SetIf<$0, $1>", conditions, ["Dst", "MemX"]),
  Family("moveIf", "MoveIf<$0, $1, $2>", conditions, Array(widths[1...]), ["Src"] + addresses) {
    $0[1] == 0 && ($0[2] == 1 || $0[2] == 2)
  },
  Family("exchangeRegisters", "ExchangeRegisters<$0>", widths),
  Family("exchangeMemory", "ExchangeMemory<$0>", widths),
  Family("exchangeAdd", "ExchangeAdd<$0, $1>", widths, ["Dst", "MemX"]),
  Family("lockedExchangeAdd", "LockedExchangeAdd<$0>", widths),
  Family("compareExchange", "CompareExchange<$0, $1>", widths, ["Dst", "MemX"]),
  Family("lockedCompareExchange", "LockedCompareExchange<$0>", widths),
  .list("compareExchangeWide", ["CompareExchange8", "CompareExchange16"]),
  Family(
    "lockedBinary", "LockedBinary<$0, $1, $2, $3>", ["Add", "Or", "Adc", "Sbb", "And", "Sub", "Xor"], widths,
    ["Src", "Imm"], flagNeeds),
  Family("lockedUnary", "LockedUnary<$0, $1>", ["Inc", "Dec", "Neg", "Not"], widths),
  Family("testBit", "TestBit<$0, $1, $2>", bitOperations, Array(widths[1...]), ["Src", "Imm"]),
  Family(
    "testBitInMemory", "TestBitInMemory<$0, $1, $2>", bitOperations, Array(widths[1...]), ["BitString", "BitImm"]),
  Family("lockedTestBit", "LockedTestBit<$0, $1, $2>", bitOperations, Array(widths[1...]), ["BitString", "BitImm"]) {
    $0[0] == 0
  },
  Family(
    "countBits", "CountBits<$0, $1, $2, $3>",
    ["ScanForward", "ScanReverse", "CountTrailing", "CountLeading", "PopulationCount"], Array(widths[1...]),
    ["Src", "MemX"], flagNeeds),
  Family("swapBytes", "SwapBytes<$0>", Array(widths[1...])),
  Family("moveSwapped", "MoveSwapped<$0, $1>", Array(widths[1...]), ["Dst, MemX", "MemX, Src"]),
  .list(
    "flagControl",
    [
      "ClearCarry", "SetCarry", "ComplementCarry", "ClearDirection", "SetDirection", "LoadFlagsIntoAH",
      "StoreAHIntoFlags",
      "PushFlags<UInt64>", "PushFlags<UInt16>",
    ]),
  .list("popFlags", wrapper: "Called", ["PopFlags<UInt64>", "PopFlags<UInt16>"]),
  Family("string", "StringInstruction<$0, $1>", stringOperations, widths),
  Family("repeatedString", "StringInstruction<$0, $1>", wrapper: "Called", stringOperations, widths),
  Family("enter", "Enter<$0>", wrapper: "Called", ["UInt64", "UInt16"]),
  Family(
    "manipulateBits", "ManipulateBits<$0, $1, $2, $3>",
    [
      "AndNot", "BitFieldExtract", "ZeroHighBits", "DepositBits", "ExtractBits", "ShiftLeftX", "ShiftRightX",
      "ShiftArithmeticX",
    ], wideWidths, ["Third", "MemX"], flagNeeds
  ) { $0[0] > 2 && $0[3] == 0 },
  Family(
    "lowestBit", "CountBits<$0, $1, $2, $3>", ["IsolateLowestBit", "MaskToLowestBit", "ResetLowestBit"], wideWidths,
    ["Src", "MemX"], flagNeeds),
  Family("multiplyX", "MultiplyX<$0, $1>", wideWidths, ["Third", "MemX"]),
  Family("rotateRightX", "RotateRightX<$0, $1>", wideWidths, ["Src", "MemX"]),
  Family("addWithFlag", "AddWithFlag<$0, $1, $2>", ["CarryChain", "OverflowChain"], wideWidths, ["Src", "MemX"]),
  Family("checksum", "Checksum<$0, $1>", widths, ["Src", "MemX"]),
  Family("readRandom", "ReadRandom<$0, $1>", wrapper: "Called", ["RandomNumber", "RandomSeed"], Array(widths[1...])),
  .list("readProcessor", wrapper: "Called", ["ReadProcessor"]),
]

private let wideWidths = Array(widths[2...])

private let bitOperations = ["BitTest", "BitSet", "BitReset", "BitComplement"]
private let stringOperations = ["MoveString", "StoreString", "LoadString", "ScanString", "CompareString"]
