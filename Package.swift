// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of our own: Swift 6 mode, and no warning survives.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
]

/// Settings of the targets that swemu consists of. Libraries that they do not use (regular expressions, concurrency) are
/// kept out of the static program, in which their tables would have to be relocated at each start.
let parts: [SwiftSetting] =
  strict + [
    .unsafeFlags([
      "-Xfrontend", "-disable-implicit-string-processing-module-import", "-Xfrontend",
      "-disable-implicit-concurrency-module-import",
    ])
  ]

/// The hot module keeps no frame pointers: handlers are leaves, and a push in each costs 8 % (docs/Architecture.md).
/// Nor may functions of the same shape be merged: a merged handler is a jump to a slower one. Accesses to the variables
/// of classes are not checked for overlaps at run time, which costs 4 % where nearly all code runs once.
let hot: [SwiftSetting] =
  parts + [
    .unsafeFlags([
      "-Xcc", "-momit-leaf-frame-pointer", "-gnone", "-enforce-exclusivity=unchecked", "-Xllvm",
      "-swiftmergefunc-threshold=0",
    ])
  ]

/// One file without shared libraries starts in a third of the time, and as a position-independent executable it is
/// loaded above the 46 bits that belong to the guest.
/// The Makefile asks for it, together with `--disable-local-rpath`: start-up code of a static PIE stops at a run path.
let standalone: [LinkerSetting] =
  Context.environment["SWEMU_STANDALONE"] == "1"
  ? [
    .unsafeFlags([
      "-static-executable", "-use-ld=lld", "-Xclang-linker", "-static-pie", "-Xlinker", "--pack-dyn-relocs=relr",
    ])
  ] : []

let package = Package(
  name: "swemu",
  products: [.executable(name: "swemu", targets: ["swemu"])],
  targets: [
    .systemLibrary(name: "CCapstone", pkgConfig: "capstone", providers: [.apt(["libcapstone-dev"])]),
    .target(name: "CCapstoneOnlyX86"),
    .target(name: "CMachine", cSettings: [.unsafeFlags(["-fomit-frame-pointer", "-momit-leaf-frame-pointer"])]),
    .target(name: "CHost"),
    .target(name: "CHostCore"),
    .target(name: "X86", swiftSettings: parts),
    .target(name: "LinuxABI", swiftSettings: parts),
    .target(name: "ELF", swiftSettings: parts),
    .target(name: "Decode", dependencies: ["CCapstone", "CCapstoneOnlyX86", "X86"], swiftSettings: parts),
    .target(name: "Machine", dependencies: ["CMachine", "CHost", "X86", "LinuxABI"], swiftSettings: hot),
    .target(
      name: "Kernel", dependencies: ["CHost", "CHostCore", "CMachine", "Machine", "ELF", "LinuxABI", "X86"],
      swiftSettings: parts),
    .target(name: "GDBRemote", swiftSettings: parts),
    .target(name: "DWARF", dependencies: ["ELF"], swiftSettings: parts),
    .target(
      name: "Debugger",
      dependencies: ["GDBRemote", "DWARF", "Kernel", "Machine", "CMachine", "ELF", "LinuxABI", "X86"],
      swiftSettings: parts),
    .target(name: "TUI", swiftSettings: parts),
    .target(
      name: "Console", dependencies: ["TUI", "Debugger", "Kernel", "Machine", "LinuxABI", "X86"],
      swiftSettings: parts),
    .target(
      name: "Profile", dependencies: ["CMachine", "DWARF", "Debugger", "Kernel", "Machine", "X86"],
      swiftSettings: parts),
    .executableTarget(
      name: "swemu",
      dependencies: [
        "Profile", "Console", "Debugger", "GDBRemote", "Kernel", "Machine", "Decode", "X86", "LinuxABI", "CHost",
        "CMachine",
      ], swiftSettings: parts,
      linkerSettings: standalone),
    .executableTarget(name: "HandlerGenerator", swiftSettings: strict),
    .executableTarget(name: "InstructionTable", dependencies: ["Machine", "Decode", "X86"], swiftSettings: strict),
    .executableTarget(name: "SyscallReference", dependencies: ["Kernel", "LinuxABI"], swiftSettings: strict),
    .testTarget(name: "X86Tests", dependencies: ["X86"], swiftSettings: strict),
    .testTarget(name: "DecodeTests", dependencies: ["Decode", "X86"], swiftSettings: strict),
    .testTarget(name: "TUITests", dependencies: ["TUI"], swiftSettings: strict),
    .testTarget(name: "GDBRemoteTests", dependencies: ["GDBRemote"], swiftSettings: strict),
    .testTarget(name: "ELFTests", dependencies: ["ELF"], swiftSettings: strict),
    .target(name: "CNativeOracle", path: "Tests/Support/CNativeOracle"),
    .testTarget(
      name: "MachineTests", dependencies: ["Machine", "Decode", "LinuxABI", "X86", "CNativeOracle"],
      exclude: ["Oracle/regressions.txt"],
      swiftSettings: strict),
    .executableTarget(
      name: "SyscallFuzzer", dependencies: ["Kernel", "Machine", "LinuxABI", "CHost", "Decode"],
      path: "Tests/Support/SyscallFuzzer", swiftSettings: strict),
    .testTarget(
      name: "KernelTests", dependencies: ["Kernel", "Machine", "LinuxABI", "CHost", "Decode", "SyscallFuzzer"],
      swiftSettings: strict),
    .testTarget(name: "CommandLineTests", dependencies: ["swemu"], swiftSettings: strict),
    .testTarget(name: "IntegrationTests", swiftSettings: strict),
  ]
)
