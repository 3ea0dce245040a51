// The vector families. Orders are those of the tables of mnemonics beside the lowering rules.

private let formats = ["SS", "SD", "PS", "PD"]
private let sources = ["Src"] + addresses

/// Operands of instructions whose memory form is too rare for three handlers.
private let narrowSources = ["Src", "MemX"]

private let packedOperations = """
  PAddB PAddW PAddD PAddQ PSubB PSubW PSubD PSubQ PAddSB PAddSW PAddUSB PAddUSW PSubSB PSubSW PSubUSB PSubUSW \
  PCmpEqB PCmpEqW PCmpEqD PCmpGtB PCmpGtW PCmpGtD PAnd PAndN POr PXor \
  PUnpckLBW PUnpckLWD PUnpckLDQ PUnpckLQDQ PUnpckHBW PUnpckHWD PUnpckHDQ PUnpckHQDQ PackSSWB PackSSDW PackUSWB \
  PMinUB PMaxUB PMinSW PMaxSW PAvgB PAvgW PMulLW PMulHW PMulHUW PMulUDQ PMAddWD PSadBW
  """.split(separator: " ").map(String.init)

private let shifts = ["PSllW", "PSllD", "PSllQ", "PSrlW", "PSrlD", "PSrlQ", "PSraW", "PSraD"]

private let commonFloat =
  ["Add", "Sub", "Mul", "Div", "Min", "Max", "Sqrt"].flatMap { operation in formats.map { operation + $0 } }
  + ["CvtSS2SD", "CvtSD2SS"]

private let rareFloat = [
  "RcpSS", "RcpPS", "RsqrtSS", "RsqrtPS", "CvtPS2PD", "CvtDQ2PD", "CvtPD2PS", "CvtPD2DQ", "CvttPD2DQ", "CvtPS2DQ",
  "CvttPS2DQ", "CvtDQ2PS",
]

private let compares = formats.flatMap { format in
  ["Equal", "Less", "LessOrEqual", "Unordered", "NotEqual", "NotLess", "NotLessOrEqual", "Ordered"]
    .map { "Compare\(format)<\($0)>" }
}

private let fromInteger = ["SS", "SD"].flatMap { format in ["UInt32", "UInt64"].map { "CvtSI2\(format)<\($0)>" } }

private let toInteger = ["CvtSS2SI", "CvttSS2SI", "CvtSD2SI", "CvttSD2SI"]

private let orders = ["UcomiSS", "UcomiSD", "ComiSS", "ComiSD"]

let vectorFamilies: [Family] = [
  .list(
    "moveVector",
    sources.map { "LoadAligned<\($0)>" } + addresses.map { "LoadUnaligned<\($0)>" }
      + addresses.map { "StoreAligned<\($0)>" }
      + addresses.map { "StoreUnaligned<\($0)>" }),
  Family("loadZero", "LoadZero<$0, $1>", ["UInt32", "UInt64"], sources),
  .list(
    "merge", ["MovLPS", "MovHPS"].flatMap { half in sources.map { "Merge<\(half), \($0)>" } } + ["Merge<MovSS, Src>"]),
  Family("storePart", "Move<$0, $1, VectorPart>", ["UInt32", "UInt64"], addresses),
  .list(
    "movePart",
    [
      "Move<UInt32, Dst, VectorPart>", "Move<UInt64, Dst, VectorPart>", "Move<UInt16, VectorPartDst, Src>",
      "Move<UInt16, VectorPartDst, MemX>", "Extend<ZeroExtend, UInt16, UInt32, VectorPart>",
    ]),
  Family("packed", "Packed<$0, $1>", packedOperations, sources),
  Family("packedShift", "Packed<$0, $1>", shifts, ["Imm", "Src", "MemX"]),
  Family("fillVector", "FillVector<$0>", ["Zeros", "Ones"]),
  .list("collectSigns", ["PMovMskB", "MovMskPS", "MovMskPD"].map { "CollectSigns<\($0)>" }),
  .list("shuffle", ["Shuffle", "ShuffleTwo"].flatMap { type in narrowSources.map { "\(type)<\($0)>" } }),
  .list(
    "shufflePortable", wrapper: "Called",
    ["ShufflePortable", "ShuffleTwoPortable"].flatMap { type in narrowSources.map { "\(type)<\($0)>" } }),
  .list(
    "mmx", wrapper: "Called",
    ["MMX<Src>", "MMX<MemX>", "StoreMMX<UInt32>", "StoreMMX<UInt64>", "MaskedStoreMMX", "EmptyMMX", "MaskedStore"]),
  .list(
    "extractLane",
    ["UInt8", "UInt16"].map { "Extend<ZeroExtend, \($0), UInt32, VectorPart>" }
      + ["UInt32", "UInt64"].map { "Move<\($0), Dst, VectorPart>" }),
  Family("storeLane", "Move<$0, MemX, VectorPart>", widths),
  .list("vectorChecked", wrapper: "Called", ["CheckedVector<Src>", "CheckedVector<MemX>"]),
  .list("gather", wrapper: "Called", ["Gather"]),
]

/// Each table twice: for threads with all exceptions masked, and (`Checked`) for those without.
let floatFamilies: [Family] = [
  .list("mxcsr", ["LoadMXCSR<MemX>", "StoreMXCSR<MemX>"]),
  Family("float", "ComputeFloat<$0, $1>", commonFloat, sources),
  Family("floatRare", "ComputeFloat<$0, $1>", rareFloat, narrowSources),
  Family("floatCompare", "ComputeFloat<$0, $1>", compares, narrowSources),
  Family("floatFromInteger", "ComputeFloat<$0, $1>", fromInteger, sources),
  Family("floatToInteger", "ConvertToInteger<$0, $1, $2>", toInteger, ["UInt32", "UInt64"], narrowSources),
  Family("floatOrder", "CompareOrder<$0, $1>", orders, sources),
  Family("floatChecked", "ComputeFloat<$0, $1>", wrapper: "Called", commonFloat, narrowSources),
  Family("floatRareChecked", "ComputeFloat<$0, $1>", wrapper: "Called", rareFloat, narrowSources),
  Family("floatCompareChecked", "ComputeFloat<$0, $1>", wrapper: "Called", compares, narrowSources),
  Family("floatFromIntegerChecked", "ComputeFloat<$0, $1>", wrapper: "Called", fromInteger, narrowSources),
  Family(
    "floatToIntegerChecked", "ConvertToInteger<$0, $1, $2>", wrapper: "Called", toInteger, ["UInt32", "UInt64"],
    narrowSources),
  Family("floatOrderChecked", "CompareOrder<$0, $1>", wrapper: "Called", orders, narrowSources),
]
