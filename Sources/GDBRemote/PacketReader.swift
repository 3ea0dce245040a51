/// Splits what gdb sends into packets, acknowledgements and interrupts (GDB manual, appendix E.1, "Overview").
///
/// Knows nothing of sockets: bytes go in, events come out.
package struct PacketReader: Sendable {
  package enum Event: Sendable, Equatable {
    /// The contents of a packet, unescaped, whose checksum is right.
    case packet([UInt8])
    /// A packet whose checksum is wrong.
    case corrupt
    /// `+`
    case acknowledged
    /// `-`: the last packet is to be sent again.
    case refused
    /// The byte 3, which gdb sends for Ctrl-C.
    case interrupt
  }

  private enum State { case idle, body, checksum }
  private var state = State.idle
  private var body: [UInt8] = []
  private var digits: [UInt8] = []
  private var sum: UInt8 = 0
  private var isEscaped = false

  /// Longer packets are cut off as corrupt.
  package static let largestPacket = 1 << 20

  package init() {}

  /// Takes the next byte; an event, if it completes one.
  package mutating func take(_ byte: UInt8) -> Event? {
    switch state {
    case .idle: return takeIdle(byte)
    case .body:
      takeBody(byte)
      return nil
    case .checksum:
      digits.append(byte)
      guard digits.count == 2 else { return nil }
      state = .idle
      let expected = Hexadecimal.byte(digits[0], digits[1])
      return expected == sum && body.count <= Self.largestPacket ? .packet(body) : .corrupt
    }
  }

  private mutating func takeIdle(_ byte: UInt8) -> Event? {
    switch byte {
    case UInt8(ascii: "$"):
      state = .body
      body.removeAll(keepingCapacity: true)
      sum = 0
      isEscaped = false
      return nil
    case UInt8(ascii: "+"): return .acknowledged
    case UInt8(ascii: "-"): return .refused
    case 3: return .interrupt
    default: return nil
    }
  }

  private mutating func takeBody(_ byte: UInt8) {
    if byte == UInt8(ascii: "#") {
      state = .checksum
      digits.removeAll(keepingCapacity: true)
      return
    }
    // A new packet begins in the middle of one: the old one was cut short.
    if byte == UInt8(ascii: "$") {
      body.removeAll(keepingCapacity: true)
      sum = 0
      isEscaped = false
      return
    }
    sum &+= byte
    if isEscaped {
      isEscaped = false
      append(byte ^ 0x20)
    } else if byte == UInt8(ascii: "}") {
      isEscaped = true
    } else {
      append(byte)
    }
  }

  private mutating func append(_ byte: UInt8) {
    if body.count <= Self.largestPacket { body.append(byte) }
  }
}

/// Writes packets.
package enum PacketWriter {
  /// `$contents#checksum`, with the bytes escaped that have a meaning of their own.
  package static func frame(_ contents: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(contents.count + 8)
    text.append(UInt8(ascii: "$"))
    var sum: UInt8 = 0
    for byte in contents {
      switch byte {
      // `*` begins a run length in replies.
      case UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "}"), UInt8(ascii: "*"):
        text.append(UInt8(ascii: "}"))
        text.append(byte ^ 0x20)
        sum &+= UInt8(ascii: "}") &+ (byte ^ 0x20)
      default:
        text.append(byte)
        sum &+= byte
      }
    }
    text.append(UInt8(ascii: "#"))
    Hexadecimal.append(sum, to: &text)
    return text
  }
}
