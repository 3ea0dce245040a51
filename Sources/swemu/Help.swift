import Machine

/// What `--help` and `--version` print.
enum Help {
  static let version = "0.1.0"

  static var versionText: String { "swemu \(version)\n" }

  static let usage = "usage: swemu [OPTIONS] PROGRAM [ARGUMENTS...]\n"

  static var text: String {
    var text = usage
    text += "Runs a Linux x86-64 program in an emulated processor under an emulated kernel.\n\n"
    text += "Everything after PROGRAM belongs to it. A PROGRAM without a slash is looked for in PATH.\n\n"
    for row in OptionTable.rows {
      var left = "  " + (row.short.map { $0 + ", " } ?? "    ") + row.long
      if let value = row.valueName { left += "=" + value }
      let gap = left.utf8.count < 34 ? String(repeating: " ", count: 34 - left.utf8.count) : "\n" + indent
      text += left + gap + row.help + "\n"
    }
    text += epilogue
    return text
  }

  /// `--cpu help`.
  static var processors: String {
    var text = "Models for --cpu:\n"
    for level in CPUModel.levels {
      let isBest = level.features.intersection(CPUModel.best.features) == CPUModel.best.features
      text += "  \(level.name)" + String(repeating: " ", count: 12 - level.name.utf8.count) + level.help
      text += (isBest ? " (default here)" : "") + "\n"
    }
    text += "\nFeatures that ,+FEATURE and ,-FEATURE add and remove:\n "
    var column = 1
    for name in CPUModel.featureNames {
      if column + name.utf8.count > 78 {
        text += "\n "
        column = 1
      }
      text += " " + name
      column += name.utf8.count + 1
    }
    return text + "\n\nAn instruction that the model lacks is #UD: the program gets SIGILL.\n"
  }

  private static let indent = String(repeating: " ", count: 34)

  private static let epilogue = """

    A value may follow as --name=VALUE or as the next word. Options are also taken from the environment variable
    SWEMU_OPTIONS, before those of the command line.

    Examples:
      swemu ./hello                        run a program
      swemu busybox ls -l /                from PATH, with arguments
      swemu --strace ./hello               and print its system calls
      swemu --trace=load ./hello           tell how it is loaded, with a picture of its memory
      swemu --stats --max-instructions=1G ./benchmark
      swemu -L /opt/sysroot ./dynamic      with the dynamic linker and libraries of another system
      SWEMU_OPTIONS='--no-aslr --stats' swemu ./hello

    Exit status: that of the program; if a signal kills it, swemu dies of the same signal. Of swemu's own:
      120  --max-instructions was reached
      121  --verify found a difference
      124  --timeout expired
      125  swemu could not start (wrong option, no memory)
      126  PROGRAM cannot be executed
      127  PROGRAM was not found

    """
}
