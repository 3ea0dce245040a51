import Glibc

/// Where things are: the guest programs, their data, and the emulator under test.
enum Repository {
  /// The top of the source tree, found from the place of this file.
  static let root: String = {
    var components = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    components.removeLast(4)  // Tests/IntegrationTests/Support/Repository.swift
    return components.joined(separator: "/")
  }()

  static let programs = root + "/testbins/build"
  static let data = root + "/testbins/data"

  /// The emulator: `SWEMU` in the environment, or the release build.
  static let emulator: String = {
    if let path = getenv("SWEMU") { return String(cString: path) }
    return root + "/.build/release/swemu"
  }()

  /// False where `SWEMU` names a stand-in, such as testbins/build/tools/passthrough, by which the tests
  /// themselves are proven: then tests of swemu's own options and of dangerous code are left out.
  static let isRealEmulator = emulator.hasSuffix("/swemu")

  /// Why nothing can be tested, if so.
  static let obstacle: String? = {
    if access(emulator, X_OK) != 0 { return "\(emulator) is missing: run make build, or set SWEMU" }
    if access(programs + "/runs.list", R_OK) != 0 { return "\(programs) is empty: run make testbins" }
    return nil
  }()

  /// The lines of a text file that are neither empty nor comments.
  static func lines(of path: String) -> [String] {
    guard let text = try? File.read(path) else { return [] }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") && !$0.allSatisfy { $0 == " " } }
  }
}
