extension Process {
  /// What `/proc/PID/name` shows of the guest; nil for a file that shows nothing of the emulator, or that is kept from it.
  package func procContents(_ name: String) -> [UInt8]? {
    guard let file = ProcFile(name), file != .forbidden else { return nil }
    return file.content(of: self, host: HostFile.readAll(path: "/proc/self/\(name)"))
  }
}
