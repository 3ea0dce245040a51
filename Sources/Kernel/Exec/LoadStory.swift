import ELF

/// What `--trace=load` tells: exec, step by step.
package final class LoadStory {
  private let write: (String) -> Void

  package init(_ write: @escaping (String) -> Void) { self.write = write }

  func say(_ line: String) { write(line) }

  func recognized(_ format: String, _ parameters: BinaryParameters) {
    let path = String(decoding: parameters.interpreterPath, as: UTF8.self)
    say("\(path): \(parameters.file.size) bytes, format \(format)")
  }

  func interpreter(_ line: ScriptLine) {
    let argument = line.argument.map { ", with the argument \"\(String(decoding: $0, as: UTF8.self))\"" } ?? ""
    say("interpreter \(String(decoding: line.interpreter, as: UTF8.self))\(argument)")
  }
}

/// `value` as 0x… with at least `digits` digits.
package func hex<T: BinaryInteger>(_ value: T, _ digits: Int = 1) -> String {
  let text = String(UInt64(truncatingIfNeeded: value), radix: 16)
  return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
}
