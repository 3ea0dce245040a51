// Registers, memory, breakpoints.

extension GDBSession {
  func handleRegisters(_ letter: UInt8, _ scanner: inout PacketScanner) {
    switch letter {
    case UInt8(ascii: "g"):
      guard let bytes = target.registers(thread) else { return fail(3) }
      send(Hexadecimal.encode(bytes))
    case UInt8(ascii: "G"):
      guard let bytes = Hexadecimal.decode(scanner.rest) else { return fail(22) }
      check(target.setRegisters(thread, bytes))
    case UInt8(ascii: "p"):
      guard let number = scanner.number(";"), number < 1024, let bytes = target.register(thread, Int(number)) else {
        return fail(22)
      }
      send(Hexadecimal.encode(bytes))
    default:
      guard let number = scanner.number("="), number < 1024, let bytes = Hexadecimal.decode(scanner.rest) else {
        return fail(22)
      }
      check(target.setRegister(thread, Int(number), bytes))
    }
  }

  func handleMemory(_ letter: UInt8, _ scanner: inout PacketScanner) {
    guard let address = scanner.number(","), let count = scanner.number(":"), count <= 1 << 20 else { return fail(22) }
    switch letter {
    case UInt8(ascii: "m"):
      let bytes = target.readMemory(address, Int(count))
      guard !bytes.isEmpty || count == 0 else { return fail(14) }
      send(Hexadecimal.encode(bytes))
    case UInt8(ascii: "x"):
      let bytes = target.readMemory(address, Int(count))
      guard !bytes.isEmpty || count == 0 else { return fail(14) }
      send([UInt8(ascii: "b")] + bytes)
    case UInt8(ascii: "M"):
      guard let bytes = Hexadecimal.decode(scanner.rest), bytes.count == Int(count) else { return fail(22) }
      check(target.writeMemory(address, bytes))
    default:
      let bytes = Array(scanner.rest)
      guard bytes.count == Int(count) else { return fail(22) }
      check(bytes.isEmpty || target.writeMemory(address, bytes))
    }
  }

  /// `Z type,address,length`: conditions and commands may follow, which gdb sends only to targets that ask for them.
  func handlePoint(isInsertion: Bool, _ scanner: inout PacketScanner) {
    guard let number = scanner.number(","), let address = scanner.number(","), let length = scanner.number(";") else {
      return fail(22)
    }
    guard let kind = GDBPointKind(rawValue: UInt8(truncatingIfNeeded: number)), number < 5 else { return send([]) }
    if speaksOfChild { return ok() }
    check(isInsertion ? target.insert(kind, address, length) : target.remove(kind, address, length))
  }
}
