import LinuxABI

/// What exec remembers about the program that runs (the kernel's mm_struct and its saved_auxv).
package struct ProgramImage: Sendable {
  /// The program's file, absolute (/proc/self/exe).
  package var executablePath: [UInt8] = []
  /// What was asked to be executed, which is a script's path for a script (AT_EXECFN).
  package var filename: [UInt8] = []
  /// The dynamic linker, empty without one.
  package var interpreterPath: [UInt8] = []

  /// Added to the program's addresses.
  package var bias: UInt64 = 0
  package var interpreterBase: UInt64 = 0
  /// The program's entry point, AT_ENTRY.
  package var entry: UInt64 = 0
  /// Where the program headers are in memory, AT_PHDR.
  package var programHeaders: UInt64 = 0

  package var startCode: UInt64 = .max
  package var endCode: UInt64 = 0
  package var startData: UInt64 = 0
  package var endData: UInt64 = 0
  /// The stack pointer at the start: argc lies there.
  package var startStack: UInt64 = 0
  package var argumentStart: UInt64 = 0
  package var argumentEnd: UInt64 = 0
  package var environmentStart: UInt64 = 0
  package var environmentEnd: UInt64 = 0

  /// As it lies on the stack, AT_NULL included: type, value, type, value…
  package var auxiliaryVector: [UInt64] = []

  package init() {}
}
