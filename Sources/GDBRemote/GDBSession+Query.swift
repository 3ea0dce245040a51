// The general queries `q…` and settings `Q…`.

extension GDBSession {
  func handleQuery(_ contents: [UInt8]) {
    var scanner = PacketScanner(contents)
    if scanner.skip("qSupported") { return supported(scanner) }
    if scanner.skip("qXfer:") { return transfer(&scanner) }
    if scanner.skip("qRcmd,") { return command(scanner) }
    if scanner.skip("qAttached") { return send(isExtended ? "0" : "1") }
    if scanner.skip("qC") { return send(isAlive ? "QC" + name(target.currentThread) : "") }
    if scanner.skip("qfThreadInfo") {
      let all = target.threads + (target.waitingChild.map { [$0] } ?? [])
      return send(!isAlive ? "l" : "m" + all.map { name($0) }.joined(separator: ","))
    }
    if scanner.skip("qsThreadInfo") { return send("l") }
    if scanner.skip("qThreadExtraInfo,") {
      let number = threadNumber(&scanner) ?? thread
      return send(Hexadecimal.encode(target.symbolName(number).utf8))
    }
    if scanner.skip("qSymbol:") { return ok() }
    if scanner.skip("QStartNoAckMode") {
      setAcknowledging(false)
      return ok()
    }
    // Stopping one thread at a time is not offered.
    if scanner.skip("QNonStop:") { return scanner.text == "0" ? ok() : fail(22) }
    if scanner.skip("QCatchSyscalls:") { return catchSystemCalls(&scanner) }
    if scanner.skip("QPassSignals:") {
      let numbers = scanner.rest.split(separator: UInt8(ascii: ";"))
        .compactMap { Hexadecimal.number($0).map { UInt8(truncatingIfNeeded: $0) } }
      target.passSignals(numbers)
      return ok()
    }
    if scanner.skip("QProgramSignals:") { return ok() }
    if setStart(&scanner) { return ok() }
    send([])
  }

  /// How the next program is to be started (extended mode).
  private func setStart(_ scanner: inout PacketScanner) -> Bool {
    if scanner.skip("QDisableRandomization:") {
      program.isRandomized = scanner.text == "0"
    } else if scanner.skip("QStartupWithShell:") {
      // Programs are always started directly.
    } else if scanner.skip("QSetWorkingDir:") {
      program.workingDirectory = Hexadecimal.decode(scanner.rest)
    } else if scanner.skip("QEnvironmentHexEncoded:") || scanner.skip("QEnvironmentUnset:") {
      if let entry = Hexadecimal.decode(scanner.rest) { program.environment.append(entry) }
    } else if scanner.skip("QEnvironmentReset") {
      program.environment = []
    } else {
      return false
    }
    return true
  }

  private func supported(_ scanner: PacketScanner) {
    let offered = scanner.rest.dropFirst().split(separator: UInt8(ascii: ";")).map {
      String(decoding: $0, as: UTF8.self)
    }
    isMultiprocess = offered.contains("multiprocess+")
    knowsBreakReasons = offered.contains("swbreak+")
    knowsExecs = offered.contains("exec-events+")
    knowsForks = offered.contains("fork-events+")
    knowsVforks = offered.contains("vfork-events+")
    var answers = [
      "PacketSize=20000", "QStartNoAckMode+", "qXfer:features:read+", "qXfer:auxv:read+", "qXfer:exec-file:read+",
      "qXfer:siginfo:read+", "qXfer:threads:read+", "qXfer:libraries-svr4:read+",
      "augmented-libraries-svr4-read+", "QCatchSyscalls+", "QPassSignals+", "QProgramSignals+", "vContSupported+",
      "QDisableRandomization+", "QStartupWithShell+", "QEnvironmentHexEncoded+", "QEnvironmentUnset+",
      "QEnvironmentReset+", "QSetWorkingDir+", "swbreak+", "hwbreak+", "binary-upload+",
    ]
    if isMultiprocess { answers.append("multiprocess+") }
    if knowsExecs { answers.append("exec-events+") }
    if knowsForks { answers.append("fork-events+") }
    if knowsVforks { answers.append("vfork-events+") }
    send(answers.joined(separator: ";"))
  }

  /// `object:read:annex:offset,length`: a piece, `m` in front if more follows, `l` if not.
  private func transfer(_ scanner: inout PacketScanner) {
    let name = String(decoding: scanner.until(":"), as: UTF8.self)
    let operation = String(decoding: scanner.until(":"), as: UTF8.self)
    let annex = String(decoding: scanner.until(":"), as: UTF8.self)
    guard let kind = GDBObject(rawValue: name) else { return send([]) }
    guard operation == "read", let offset = scanner.number(","), let length = scanner.number(";") else {
      return fail(22)
    }
    guard let bytes = target.object(kind, annex: annex) else { return fail(0) }
    guard offset < UInt64(bytes.count) else { return send("l") }
    let part = bytes[Int(offset)...].prefix(Int(min(length, 0x10000)))
    send([UInt8(ascii: part.endIndex == bytes.endIndex ? "l" : "m")] + part)
  }

  /// `1;number;number…`, `1` for all, `0` for none.
  private func catchSystemCalls(_ scanner: inout PacketScanner) {
    let isOn = scanner.until(";").elementsEqual("1".utf8)
    let numbers = scanner.rest.split(separator: UInt8(ascii: ";")).compactMap { Hexadecimal.number($0) }
    target.catchSystemCalls(isOn ? numbers : nil)
    ok()
  }

  private func command(_ scanner: PacketScanner) {
    guard let bytes = Hexadecimal.decode(scanner.rest) else { return fail(22) }
    let text = target.monitor(String(decoding: bytes, as: UTF8.self))
    text.isEmpty ? ok() : send(Hexadecimal.encode(text.utf8))
  }
}
