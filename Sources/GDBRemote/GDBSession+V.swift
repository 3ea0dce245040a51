// The packets with long names: vCont, vRun, vKill, vFile.

extension GDBSession {
  func handleV(_ contents: [UInt8]) -> Decision? {
    var scanner = PacketScanner(contents)
    if scanner.skip("vCont?") {
      send("vCont;c;C;s;S;t;r")
    } else if scanner.skip("vCont;") {
      guard let request = resumeRequest(&scanner) else {
        fail(22)
        return nil
      }
      return resume(request)
    } else if scanner.skip("vCtrlC") {
      ok()
      return .interrupt
    } else if scanner.skip("vKill") {
      ok()
      return .kill
    } else if scanner.skip("vRun;") {
      var arguments = scanner.rest.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        .map { Hexadecimal.decode($0) ?? [] }
      let path = arguments.removeFirst()
      program.path = path.isEmpty ? nil : path
      program.arguments = arguments
      return start(program)
    } else if scanner.skip("vAttach;") {
      // The program is swemu's own; there is no other to attach to.
      fail(1)
    } else if scanner.skip("vFile:") {
      files.handle(&scanner, self)
    } else {
      send([])
    }
    return nil
  }

  /// `action[:thread];action[:thread]…`
  private func resumeRequest(_ scanner: inout PacketScanner) -> GDBResume? {
    var entries: [GDBResume.Entry] = []
    for part in scanner.rest.split(separator: UInt8(ascii: ";")) {
      var item = PacketScanner(part)
      var action = PacketScanner(item.until(":"))
      let hasThread = !item.isAtEnd
      var copy = item
      let process = processNumber(&copy)
      let thread = hasThread ? threadNumber(&item) : nil
      var entry = GDBResume.Entry(action: .run, thread: thread, process: process)
      switch action.character() {
      case UInt8(ascii: "c"): entry.action = .run
      case UInt8(ascii: "s"): entry.action = .step
      case UInt8(ascii: "C"), UInt8(ascii: "S"):
        entry.action = part.first == UInt8(ascii: "C") ? .run : .step
        guard let signal = action.number() else { return nil }
        entry.signal = UInt8(truncatingIfNeeded: signal)
      case UInt8(ascii: "r"):
        guard let start = action.number(","), let end = action.number(","), start <= end else { return nil }
        entry.action = .stepRange(start..<end)
      case UInt8(ascii: "t"): entry.action = .stop
      default: return nil
      }
      entries.append(entry)
    }
    return entries.isEmpty ? nil : GDBResume(entries)
  }
}
