private let opcodes = (8...15).map { "D" + String($0, radix: 16, uppercase: true) }
private let digits = (0..<8).map { "Digit\($0)" }

let x87Families: [Family] = [
  Family("x87Register", "X87Register<$0, $1, $2>", opcodes, digits, digits) { !isRegisterForm($0[0], $0[1], $0[2]) },
  Family("x87Memory", "X87Memory<$0, $1, $2>", opcodes, digits, addresses) { !isMemoryForm($0[0], $0[1]) },
  Family("x87CompareFlags", "X87CompareFlags<$0, $1>", ["Fucomi", "Fcomi", "Fucomip", "Fcomip"], digits),
  Family("x87MoveIf", "X87MoveIf<$0, $1>", ["B", "E", "BE", "P", "AE", "NE", "A", "NP"].map { "Cond" + $0 }, digits),
  .list(
    "x87Control",
    [
      "X87Wait", "X87LoadControl", "X87ClearExceptions", "X87StoreStatus<Dst>", "X87StoreStatus<MemX>",
      "X87StoreControl",
    ]),
  .list(
    "x87Environment", wrapper: "Called",
    ["X87Initialize"]
      + ["LoadEnvironment", "StoreEnvironment", "Restore", "Save"].flatMap { name in
        ["32", "16"].map { "X87\(name)<X87Layout\($0)>" }
      }),
  .list("stateSave", wrapper: "Called", ["SaveState", "RestoreState"]),
]

/// Register forms that need nothing but themselves (SDM vol. 2D, tables ), with the undocumented aliases of
/// AMD APM vol. 3, table A-15.
private func isRegisterForm(_ opcode: Int, _ digit: Int, _ i: Int) -> Bool {
  switch (opcode, digit) {
  case (0, _), (4, _): true
  case (1, 0), (1, 1), (1, 3), (1, 6), (1, 7): true
  case (1, 2): i == 0
  case (1, 4): [0, 1, 4, 5].contains(i)
  case (1, 5): i < 7
  case (2, 5), (6, 3): i == 1
  case (3, 4): [0, 1, 4].contains(i)
  case (5, 0...5), (6, 0...2), (6, 4...7), (7, 0...3): true
  default: false
  }
}

/// Memory forms but for control and environment.
private func isMemoryForm(_ opcode: Int, _ digit: Int) -> Bool {
  switch opcode {
  case 1: [0, 2, 3].contains(digit)
  case 3: ![4, 6].contains(digit)
  case 5: digit < 4
  default: true
  }
}
