import Testing

@testable import GDBRemote

@Suite("Packets of gdb's protocol") struct PacketTests {
  private func events(_ text: String) -> [PacketReader.Event] { events(Array(text.utf8)) }

  private func events(_ bytes: [UInt8]) -> [PacketReader.Event] {
    var reader = PacketReader()
    return bytes.compactMap { reader.take($0) }
  }

  @Test func readsPackets() {
    #expect(events("$?#3f") == [.packet(Array("?".utf8))])
    #expect(events("+$g#67-") == [.acknowledged, .packet(Array("g".utf8)), .refused])
    #expect(events("$#00") == [.packet([])])
    #expect(events([3]) == [.interrupt])
  }

  @Test func refusesAWrongChecksum() {
    #expect(events("$g#68") == [.corrupt])
    #expect(events("$g#zz") == [.corrupt])
  }

  @Test func anInterruptedPacketBeginsAnew() { #expect(events("$gg$g#67") == [.packet(Array("g".utf8))]) }

  @Test func unescapes() {
    // } followed by the byte with bit 5 turned over.
    #expect(events(PacketWriter.frame([0x23, 0x24, 0x7d, 0x2a, 0x00])) == [.packet([0x23, 0x24, 0x7d, 0x2a, 0x00])])
  }

  @Test func everyByteSurvives() {
    let all = (0...255).map { UInt8($0) }
    #expect(events(PacketWriter.frame(all)) == [.packet(all)])
  }

  @Test func whatIsTooLongIsCorrupt() {
    var reader = PacketReader()
    _ = reader.take(UInt8(ascii: "$"))
    for _ in 0...PacketReader.largestPacket + 10 { _ = reader.take(UInt8(ascii: "a")) }
    _ = reader.take(UInt8(ascii: "#"))
    _ = reader.take(UInt8(ascii: "0"))
    #expect(reader.take(UInt8(ascii: "0")) == .corrupt)
  }

  @Test func hexadecimal() {
    #expect(Hexadecimal.decode("00ff7F".utf8) == [0, 255, 127])
    #expect(Hexadecimal.decode("0".utf8) == nil && Hexadecimal.decode("0g".utf8) == nil)
    #expect(Hexadecimal.number("ffffffffffffffff".utf8) == .max)
    #expect(Hexadecimal.number("10000000000000000".utf8) == nil && Hexadecimal.number("".utf8) == nil)
    #expect(Hexadecimal.encode([1, 0xab]) == Array("01ab".utf8))
  }

  @Test func signals() {
    for linux in Int32(1)...64 where linux != 16 {
      #expect(GDBSignal.linux(GDBSignal.number(linux: linux)) == linux)
    }
    // SIGBUS, SIGUSR1, SIGCHLD in gdb's numbers.
    #expect([7, 10, 17].map { GDBSignal.number(linux: $0) } == [10, 30, 20])
  }
}
