import Testing

@testable import GDBRemote

/// A program of one thread whose memory is 64 bytes at 0x1000.
private final class FakeTarget: GDBTarget {
  var memory = [UInt8](repeating: 0, count: 64)
  var registerBytes = [UInt8](repeating: 0, count: 24)
  var points: [String] = []
  var caught: [UInt64]?
  var passed: [UInt8] = []

  var threads: [GDBThread] { [GDBThread(process: 0x10, thread: 0x10)] }
  var currentThread: GDBThread { threads[0] }
  func registers(_ thread: UInt64) -> [UInt8]? { thread == 0x10 ? registerBytes : nil }
  func setRegisters(_ thread: UInt64, _ bytes: [UInt8]) -> Bool {
    registerBytes = bytes
    return true
  }
  func register(_ thread: UInt64, _ number: Int) -> [UInt8]? {
    number < 3 ? Array(registerBytes[number * 8..<number * 8 + 8]) : nil
  }
  func setRegister(_ thread: UInt64, _ number: Int, _ bytes: [UInt8]) -> Bool {
    guard number < 3, bytes.count == 8 else { return false }
    registerBytes.replaceSubrange(number * 8..<number * 8 + 8, with: bytes)
    return true
  }
  func readMemory(_ address: UInt64, _ count: Int) -> [UInt8] {
    guard address >= 0x1000, address < 0x1040 else { return [] }
    return Array(memory[Int(address - 0x1000)...].prefix(count))
  }
  func writeMemory(_ address: UInt64, _ bytes: [UInt8]) -> Bool {
    guard address >= 0x1000, address + UInt64(bytes.count) <= 0x1040 else { return false }
    memory.replaceSubrange(Int(address - 0x1000)..<Int(address - 0x1000) + bytes.count, with: bytes)
    return true
  }
  func insert(_ kind: GDBPointKind, _ address: UInt64, _ length: UInt64) -> Bool {
    points.append("\(kind.rawValue):\(address):\(length)")
    return true
  }
  func remove(_ kind: GDBPointKind, _ address: UInt64, _ length: UInt64) -> Bool {
    points.removeAll { $0 == "\(kind.rawValue):\(address):\(length)" }
    return true
  }
  func catchSystemCalls(_ numbers: [UInt64]?) { caught = numbers }
  func passSignals(_ numbers: [UInt8]) { passed = numbers }
  func object(_ kind: GDBObject, annex: String) -> [UInt8]? { kind == .auxv ? Array("0123456789".utf8) : nil }
  var waitingChild: GDBThread?
  var expedited: [(number: Int, bytes: [UInt8])] = []
  func expeditedRegisters(_ thread: UInt64) -> [(number: Int, bytes: [UInt8])] { expedited }
  func link(_ path: [UInt8]) -> [UInt8]? {
    path.elementsEqual("/proc/16/exe".utf8) ? Array("/bin/guest".utf8) : nil
  }
  func file(_ path: [UInt8]) -> [UInt8]? {
    path.elementsEqual("/proc/16/maps".utf8) ? Array("maps".utf8) : nil
  }
  func monitor(_ command: String) -> String { command == "help" ? "ok\n" : "" }
  func symbolName(_ thread: UInt64) -> String { "fake" }
}

/// Conversations as gdb 13 holds them.
@Suite("Conversations with gdb") struct SessionTests {
  private let target = FakeTarget()
  private let session: GDBSession

  init() { session = GDBSession(target: target) }

  /// Sends a packet; the contents of the answer, and what was decided.
  @discardableResult
  private func send(_ text: String) -> (answer: String?, decision: GDBSession.Decision?) {
    var bytes = PacketWriter.frame(Array(text.utf8))[...]
    let decision = session.receive(&bytes)
    return (answer(), decision)
  }

  private func answer() -> String? {
    var reader = PacketReader()
    for byte in session.takeOutput() {
      if case .packet(let contents) = reader.take(byte) { return String(decoding: contents, as: UTF8.self) }
    }
    return nil
  }

  @Test func theBeginningOfASession() {
    let features =
      send("qSupported:multiprocess+;swbreak+;hwbreak+;qRelocInsn+;exec-events+;vContSupported+").answer ?? ""
    for feature in ["PacketSize=", "qXfer:features:read+", "QStartNoAckMode+", "multiprocess+", "QCatchSyscalls+"] {
      #expect(features.contains(feature))
    }
    #expect(send("vMustReplyEmpty").answer == "")
    #expect(send("QStartNoAckMode").answer == "OK")
    #expect(send("Hgp0.0").answer == "OK")
    #expect(send("?").answer == "T05thread:p10.10;")
    #expect(send("qC").answer == "QCp10.10")
    #expect(send("qfThreadInfo").answer == "mp10.10")
    #expect(send("qsThreadInfo").answer == "l")
    #expect(send("Tp10.10").answer == "OK")
    #expect(send("Tp10.11").answer == "E03")
  }

  @Test func acknowledgesUntilToldNotTo() {
    var bytes = PacketWriter.frame(Array("QStartNoAckMode".utf8))[...]
    _ = session.receive(&bytes)
    #expect(session.takeOutput().starts(with: "+$OK#".utf8))
    bytes = PacketWriter.frame(Array("qsThreadInfo".utf8))[...]
    _ = session.receive(&bytes)
    #expect(session.takeOutput().starts(with: "$l#".utf8))
  }

  @Test func aRefusedPacketIsSentAgain() {
    var bytes = PacketWriter.frame(Array("qsThreadInfo".utf8))[...]
    _ = session.receive(&bytes)
    _ = session.takeOutput()
    bytes = Array("-".utf8)[...]
    _ = session.receive(&bytes)
    #expect(session.takeOutput().elementsEqual("$l#6c".utf8))
  }

  @Test func registersAndMemory() {
    #expect(send("P1=0807060504030201").answer == "OK")
    #expect(send("p1").answer == "0807060504030201")
    #expect(send("p9").answer == "E16")
    #expect(send("g").answer?.count == 48)
    #expect(send("M1000,2:abcd").answer == "OK")
    #expect(send("m1000,3").answer == "abcd00")
    // What lies behind the end is left out.
    #expect(send("m103e,8").answer == "0000")
    #expect(send("m2000,1").answer == "E0e")
    #expect(send("X1000,0:").answer == "OK")
    #expect(send("M1000,2:ab").answer == "E16")
    #expect(send("m1000").answer == "E16")
  }

  @Test func breakpointsAndWatchpoints() {
    #expect(send("Z0,401000,1").answer == "OK")
    #expect(send("Z2,4010,40").answer == "OK")
    #expect(target.points == ["0:4198400:1", "2:16400:64"])
    #expect(send("z0,401000,1").answer == "OK")
    #expect(target.points == ["2:16400:64"])
    #expect(send("Z9,0,1").answer == "")
    #expect(send("Z0,x").answer == "E16")
  }

  @Test func goesOnAndStops() {
    send("qSupported:multiprocess+;swbreak+")
    #expect(send("vCont?").answer == "vCont;c;C;s;S;t;r")
    let thread = GDBThread(process: 0x10, thread: 0x10)
    #expect(send("vCont;c").decision == .resume(GDBResume([.init(action: .run)])))
    session.stopped(GDBStop(thread: thread, signal: 5, detail: .breakpoint(.software)))
    #expect(answer() == "T05thread:p10.10;swbreak:;")
    #expect(
      send("vCont;r401000,401010:p10.10;c").decision
        == .resume(
          GDBResume([.init(action: .stepRange(0x401000..<0x401010), thread: 0x10, process: 0x10), .init(action: .run)]))
    )
    session.stopped(GDBStop(thread: thread, signal: 5, detail: .watchpoint(.write, 0x4010)))
    #expect(answer() == "T05thread:p10.10;watch:4010;")
    #expect(
      send("vCont;C0b:p10.10").decision
        == .resume(GDBResume([.init(action: .run, signal: 11, thread: 0x10, process: 0x10)])))
    session.ended(.killed(signal: 11))
    #expect(answer() == "X0b;process:10")
    #expect(send("?").answer == "X0b;process:10")
    #expect(send("qfThreadInfo").answer == "l")
    #expect(send("vCont;c").answer == "E03")
    #expect(send("vCont;q").answer == "E16")
  }

  @Test func systemCalls() {
    #expect(send("QCatchSyscalls:1;1;e7").answer == "OK")
    #expect(target.caught == [1, 0xe7])
    _ = send("vCont;c")
    session.stopped(
      GDBStop(thread: GDBThread(process: 0x10, thread: 0x10), signal: 5, detail: .systemCallReturn(0xe7)))
    #expect(answer() == "T05thread:10;syscall_return:e7;")
    send("QCatchSyscalls:0")
    #expect(target.caught == nil)
  }

  @Test func objectsComeInPieces() {
    #expect(send("qXfer:auxv:read::0,4").answer == "m0123")
    #expect(send("qXfer:auxv:read::4,100").answer == "l456789")
    #expect(send("qXfer:auxv:read::a,4").answer == "l")
    #expect(send("qXfer:siginfo:read::0,10").answer == "E00")
    #expect(send("qXfer:unknown:read::0,10").answer == "")
  }

  @Test func files() {
    let path = String(decoding: Hexadecimal.encode("/proc/16/maps".utf8), as: UTF8.self)
    #expect(send("vFile:setfs:0").answer == "F0")
    #expect(send("vFile:open:\(path),0,0").answer == "F1")
    #expect(send("vFile:pread:1,10,1").answer == "F3;aps")
    #expect(send("vFile:close:1").answer == "F0")
    #expect(send("vFile:close:1").answer == "F-1,9")
    let missing = String(decoding: Hexadecimal.encode("/nonexistent".utf8), as: UTF8.self)
    #expect(send("vFile:open:\(missing),0,0").answer == "F-1,2")
  }

  @Test func extendedMode() {
    #expect(send("vRun;2f62696e2f6c73").answer == "")
    #expect(send("!").answer == "OK")
    #expect(
      send("vRun;2f62696e2f6c73;2d6c").decision
        == .start(GDBProgram(path: Array("/bin/ls".utf8), arguments: [Array("-l".utf8)], environment: [])))
    #expect(send("vKill;10").decision == .kill)
    #expect(send("D;10").decision == .detach)
  }

  @Test func forksAreToldAndDecided() {
    let features = send("qSupported:multiprocess+;fork-events+;vfork-events+;exec-events+").answer ?? ""
    for feature in ["fork-events+", "vfork-events+", "exec-events+"] { #expect(features.contains(feature)) }
    _ = send("vCont;c:p10.-1")
    let child = GDBThread(process: 0x20, thread: 0x20)
    target.waitingChild = child
    session.stopped(GDBStop(thread: target.currentThread, signal: 5, detail: .fork(child, isVfork: false)))
    #expect(answer() == "T05thread:p10.10;fork:p20.20;")
    #expect(send("qfThreadInfo").answer == "mp10.10,p20.20")
    // The child has breakpoints of its own: the parent's stay.
    #expect(send("Z0,401000,1").answer == "OK")
    #expect(send("Hgp20.20").answer == "OK")
    #expect(send("z0,401000,1").answer == "OK")
    #expect(target.points == ["0:4198400:1"])
    #expect(send("Hgp10.10").answer == "OK")
    #expect(send("z0,401000,1").answer == "OK")
    #expect(target.points.isEmpty)
    #expect(session.isForChild(GDBResume([.init(action: .run, process: 0x20)])))
    #expect(!session.isForChild(GDBResume([.init(action: .run)])))
    #expect(send("D;20").decision == .releaseChild)
    #expect(send("D;10").decision == .followChild)
    // In the child afterwards: the parent is gone already.
    target.waitingChild = nil
    session.becameChild(isRunning: false)
    let last = send("D;30")
    #expect(last.answer == "OK" && last.decision == nil)
    #expect(send("D;10").decision == .detach)
  }

  @Test func programsThatExecuteOthers() {
    send("qSupported:exec-events+;vfork-events+")
    _ = send("vCont;c")
    session.stopped(GDBStop(thread: target.currentThread, signal: 5, detail: .exec(Array("/bin/ls".utf8))))
    #expect(answer() == "T05thread:10;exec:2f62696e2f6c73;")
    _ = send("vCont;c")
    session.stopped(GDBStop(thread: target.currentThread, signal: 5, detail: .vforkDone))
    #expect(answer() == "T05thread:10;vforkdone:;")
  }

  @Test func registersThatComeWithAStop() {
    target.expedited = [(16, [1, 2]), (7, [3])]
    _ = send("vCont;s")
    session.stopped(GDBStop(thread: target.currentThread, signal: 5))
    #expect(answer() == "T05thread:10;10:0102;7:03;")
  }

  @Test func links() {
    let exe = String(decoding: Hexadecimal.encode("/proc/16/exe".utf8), as: UTF8.self)
    #expect(send("vFile:readlink:\(exe)").answer == "Fa;/bin/guest")
    let missing = String(decoding: Hexadecimal.encode("/nonexistent".utf8), as: UTF8.self)
    #expect(send("vFile:readlink:\(missing)").answer == "F-1,2")
  }

  @Test func interruptsAndOtherBytes() {
    var bytes: ArraySlice<UInt8> = [3]
    #expect(session.receive(&bytes) == .interrupt)
    #expect(send("qRcmd,68656c70").answer == "6f6b0a")
    #expect(send("~unknown").answer == "")
  }

  /// Whatever comes in, an answer goes out and nothing traps.
  @Test func survivesAnything() {
    var generator = SystemRandomNumberGenerator()
    let starts = [
      "m", "M", "X", "Z0,", "vCont;", "qXfer:auxv:read:", "vFile:pread:", "vFile:open:", "H", "T", "P", "R", "vRun;",
      "Q", "q",
    ]
    for _ in 0..<3000 {
      var text = Array(starts.randomElement(using: &generator)?.utf8 ?? "m".utf8)
      for _ in 0..<Int.random(in: 0..<20, using: &generator) {
        text.append(
          Bool.random()
            ? UInt8.random(in: 0...255, using: &generator) : Array("0123456789abcdef,;:=-p.".utf8).randomElement() ?? 0)
      }
      var bytes = PacketWriter.frame(text)[...]
      while !bytes.isEmpty { _ = session.receive(&bytes) }
      _ = session.takeOutput()
    }
  }

  @Test func theTargetDescription() {
    let text = TargetDescription.xml(hasAVX: true)
    for name in [
      "\"rip\"", "\"st7\"", "\"fop\"", "\"xmm15\"", "\"mxcsr\"", "\"orig_rax\"", "\"gs_base\"", "\"ymm15h\"",
    ] {
      #expect(text.contains("<reg name=\(name)"))
    }
    #expect(!TargetDescription.xml(hasAVX: false).contains("ymm"))
  }
}
