// Writes docs/Instructions.md: every instruction that the decoder knows, its operands, the CPUID feature that it belongs
// to, what it does to the flags, and whether it is executed.
//
//   InstructionTable FILE           writes the file
//   InstructionTable --check FILE   fails if it is not what would be written

import Decode
import Glibc
import Machine
import X86

func flagText(_ instructions: [Instruction]) -> String {
  let letters: [(RFlags, String)] = [
    (.overflow, "O"), (.sign, "S"), (.zero, "Z"), (.adjust, "A"), (.parity, "P"), (.carry, "C"), (.direction, "D"),
  ]
  var written: RFlags = [], undefined: RFlags = []
  for instruction in instructions {
    written.formUnion(instruction.flagsWritten)
    undefined.formUnion(instruction.flagsUndefined)
  }
  return letters.map { flag, letter in
    undefined.contains(flag) ? letter.lowercased() : written.contains(flag) ? letter : ""
  }.joined()
}

func contents(_ table: Enumeration) -> String {
  var text = """
    # Instructions

    Written by `make instructions` from the decoder's forms and the machine's rules; a test says when it is stale.

    Forms of one mnemonic differ in registers (`r`), memory (`m` and bits) and immediates. *Feature* is the CPUID bit
    without which the instruction is #UD (`--cpu`). *Flags* that are written: capitals are defined, small letters are
    undefined in the manual. *Executed*: yes; #GP and #UD where that is what a processor does at privilege level 3
    under Linux; no where a rule is missing.

    Where the manual leaves a result undefined, processors of Intel and AMD mostly agree, and so does swemu. They differ
    in SHLD and SHRD of 16 bits by more than 16 (swemu: the destination follows the source, as Intel's do it), in the
    masks that a gather leaves when it faults (swemu: cleared for elements left out, as AMD's do it), and in how much of
    memory MOVSXD with an operand size of 16 bits reads (swemu: 16 bits, as Intel's do it; AMD's read 32).

    | Instruction | Forms | Feature | Flags | Executed |
    |---|---|---|---|---|

    """
  var counts: [InstructionSupport: Int] = [:]
  var formCount = 0
  for name in table.byName.keys.sorted() {
    let instructions = table.byName[name] ?? []
    let forms = Set(instructions.map(\.formText)).sorted().joined(separator: "; ")
    formCount += instructions.count
    var features: [String] = []
    var supports: [InstructionSupport] = []
    for instruction in instructions {
      let needed = instruction.requiredFeatures.names.joined(separator: "+")
      if !needed.isEmpty, !features.contains(needed) { features.append(needed) }
      let support = Machine.support(of: instruction)
      if !supports.contains(support) { supports.append(support) }
    }
    for support in supports { counts[support, default: 0] += 1 }
    let words = supports.map(\.rawValue).sorted(by: >).joined(separator: ", ")
    text += "| \(name) | \(forms) | \(features.joined(separator: ", ")) | \(flagText(instructions)) | \(words) |\n"
  }
  text +=
    "\n\(table.byName.count) mnemonics, \(formCount) forms; \(counts[.executed, default: 0]) mnemonics are executed, "
  text += "\(counts[.missing, default: 0]) are missing.\n"
  return text
}

let isCheck = CommandLine.arguments.contains("--check")
guard let path = CommandLine.arguments.dropFirst().last, path != "--check" else {
  print("usage: InstructionTable [--check] FILE")
  exit(2)
}
guard let decoder = try? CapstoneDecoder() else {
  print("the instruction decoder cannot be opened")
  exit(1)
}
let text = contents(Enumeration(decoder: decoder))
if isCheck {
  var present: [UInt8] = []
  if let file = fopen(path, "r") {
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { present += chunk[..<count] }
    fclose(file)
  }
  if present != Array(text.utf8) {
    print("\(path) is stale: run `make instructions`")
    exit(1)
  }
} else {
  guard let file = fopen(path, "w"), fputs(text, file) >= 0, fclose(file) == 0 else {
    print("\(path) cannot be written")
    exit(1)
  }
}
