import Glibc

guard CommandLine.arguments.count == 4, let seed = UInt64(CommandLine.arguments[1]),
  let count = Int(CommandLine.arguments[2]), chdir(CommandLine.arguments[3]) == 0, let fuzzer = Fuzzer(seed: seed)
else {
  print("usage: SyscallFuzzer SEED COUNT DIRECTORY")
  exit(2)
}
fuzzer.run(count)
