import Decode
import Glibc
import Kernel
import LinuxABI

func bytes(_ pointer: UnsafePointer<CChar>) -> [UInt8] {
  Array(UnsafeRawBufferPointer(start: pointer, count: strlen(pointer)))
}
var arguments: [[UInt8]] = []
for index in 1..<Int(CommandLine.argc) { if let p = CommandLine.unsafeArgv[index] { arguments.append(bytes(p)) } }
var env: [[UInt8]] = []
var e = environ
while let p = e.pointee { env.append(bytes(p)); e += 1 }
func say(_ s: String) { let b = Array((s + "\n").utf8); _ = write(2, b, b.count) }
let process = try Process.make(decoder: CapstoneDecoder(), settings: ProcessSettings())
process.story = LoadStory { say("load: " + $0) }
do throws(ExecFailure) {
  try process.execute(path: arguments[0], arguments: arguments, environment: env)
} catch {
  say("swemu: \(error.reason ?? error.errno.message)")
  exit(126)
}
let end = process.run()
say("\(end) rip \(hex(process.mainThread.pointee.rip)) \(process.mainThread.pointee.instructions)")
if case .exited(let s) = end { exit(s) }
