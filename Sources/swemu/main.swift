import CHost
import Glibc
import Kernel

swemu_drop_own_handlers()
let stackLimit = HostLayout.settle()
// What the start of a small program takes.
swemu_prepare_heap(384 << 10)
let given = (1..<max(1, Int(CommandLine.argc))).compactMap { CommandLine.unsafeArgv[$0].map { bytes($0) } }
let options: Options
do throws(UsageError) {
  options = try Options(arguments: given, fromEnvironment: getenv("SWEMU_OPTIONS").map { bytes($0) })
} catch {
  Launcher.fail(error.message)
}

switch options.information {
case .help: print(Help.text, terminator: "")
case .processors: print(Help.processors, terminator: "")
case .version: print(Help.versionText, terminator: "")
case nil:
  guard !options.program.isEmpty else { Launcher.fail("no PROGRAM is given; swemu --help says how to use it") }
  Launcher(options, stackLimit: stackLimit).run()
}
