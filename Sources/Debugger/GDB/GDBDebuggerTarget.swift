import GDBRemote
import Glibc
import Kernel
import LinuxABI
import Machine

/// The debugger in the words of gdb's protocol.
package final class GDBDebuggerTarget: GDBTarget {
  private let debugger: Debugger
  private let registerList: [DebugRegister]
  private let hasAVX: Bool
  /// Runs a console command for gdb's `monitor`.
  package var monitorCommand: ((String) -> String)?

  package init(debugger: Debugger) {
    self.debugger = debugger
    // CPUID leaf 1, ECX bit 28 (SDM vol. 2A, CPUID).
    let hasAVX = debugger.machine.model.leaf(1, subleaf: 0).ecx >> 28 & 1 != 0
    self.hasAVX = hasAVX
    registerList = TargetDescription.features(hasAVX: hasAVX).flatMap(\.registers).compactMap {
      DebugRegister(gdb: $0.name)
    }
  }

  // MARK: - Threads

  package var waitingChild: GDBThread?

  private func cpu(_ thread: UInt64) -> CPU? {
    // The child of a fork has what its parent has, until it runs.
    if waitingChild?.thread == thread { return debugger.process.mainThread }
    return debugger.threads.first { UInt64($0.identifier) == thread }?.cpu
  }

  package var threads: [GDBThread] {
    debugger.threads.map { GDBThread(process: UInt64(getpid()), thread: UInt64($0.identifier)) }
  }

  package var currentThread: GDBThread {
    stoppedThread ?? threads.first ?? GDBThread(process: UInt64(getpid()), thread: UInt64(getpid()))
  }
  package var stoppedThread: GDBThread?

  package func symbolName(_ thread: UInt64) -> String {
    debugger.threads.first { UInt64($0.identifier) == thread }?.name ?? ""
  }

  // MARK: - Registers and memory

  package func registers(_ thread: UInt64) -> [UInt8]? {
    guard let cpu = cpu(thread) else { return nil }
    return registerList.flatMap { read($0, cpu, thread) }
  }

  private func read(_ register: DebugRegister, _ cpu: CPU, _ thread: UInt64) -> [UInt8] {
    // fork returns 0 there.
    if register == .general(0), waitingChild?.thread == thread { return [UInt8](repeating: 0, count: 8) }
    return debugger.read(register, cpu)
  }

  package func setRegisters(_ thread: UInt64, _ bytes: [UInt8]) -> Bool {
    guard let cpu = cpu(thread), waitingChild?.thread != thread else { return false }
    var rest = bytes[...]
    for register in registerList {
      guard rest.count >= register.size else { return rest.isEmpty }
      let part = Array(rest.prefix(register.size))
      // What cannot be set is left as it is: gdb sends all of them.
      if part != debugger.read(register, cpu) { _ = debugger.write(register, cpu, part) }
      rest = rest.dropFirst(register.size)
    }
    return true
  }

  package func register(_ thread: UInt64, _ number: Int) -> [UInt8]? {
    guard let cpu = cpu(thread), registerList.indices.contains(number) else { return nil }
    return read(registerList[number], cpu, thread)
  }

  /// RBP, RSP and RIP: with them gdb steps without asking for all.
  package func expeditedRegisters(_ thread: UInt64) -> [(number: Int, bytes: [UInt8])] {
    [6, 7, 16].compactMap { number in register(thread, number).map { (number, $0) } }
  }

  package func setRegister(_ thread: UInt64, _ number: Int, _ bytes: [UInt8]) -> Bool {
    guard let cpu = cpu(thread), registerList.indices.contains(number), waitingChild?.thread != thread else {
      return false
    }
    return debugger.write(registerList[number], cpu, bytes)
  }

  package func readMemory(_ address: UInt64, _ count: Int) -> [UInt8] { debugger.read(address, count) }
  package func writeMemory(_ address: UInt64, _ bytes: [UInt8]) -> Bool { debugger.write(address, bytes) }

  // MARK: - Points

  package func insert(_ kind: GDBPointKind, _ address: UInt64, _ length: UInt64) -> Bool {
    switch kind {
    case .software, .hardware:
      guard debugger.memory.vma(containing: address) != nil else { return false }
      let text = kind == .hardware ? "hardware" : ""
      // gdb may say a thing twice.
      if debugger.breakpoints.contains(where: { $0.isInternal && $0.address == address && $0.text == text }) {
        return true
      }
      debugger.add(Breakpoint(address: address, text: text, isInternal: true))
    case .write, .read, .access:
      guard length > 0, address &+ length > address else { return false }
      let wanted = watchKind(kind)
      if debugger.watchpoints.contains(where: {
        $0.isInternal && $0.address == address && $0.length == length && $0.kind == wanted
      }) {
        return true
      }
      debugger.add(Watchpoint(kind: wanted, address: address, length: length, isInternal: true))
    }
    return true
  }

  package func remove(_ kind: GDBPointKind, _ address: UInt64, _ length: UInt64) -> Bool {
    switch kind {
    case .software, .hardware:
      let text = kind == .hardware ? "hardware" : ""
      debugger.removeBreakpoints { $0.isInternal && $0.address == address && $0.text == text }
    case .write, .read, .access:
      let wanted = watchKind(kind)
      debugger.removeWatchpoints { $0.isInternal && $0.address == address && $0.length == length && $0.kind == wanted }
    }
    return true
  }

  private func watchKind(_ kind: GDBPointKind) -> Watchpoint.Kind {
    kind == .read ? .read : kind == .access ? .access : .write
  }

  /// The number of the catchpoint that stands for gdb's `catch syscall`.
  private var systemCallCatchpoint: Int?

  package func catchSystemCalls(_ numbers: [UInt64]?) {
    if let old = systemCallCatchpoint { debugger.removePoints { $0 == old } }
    systemCallCatchpoint = nil
    guard let numbers else { return }
    let set = numbers.isEmpty ? nil : Set(numbers.map { Int(truncatingIfNeeded: $0) })
    systemCallCatchpoint = debugger.add(Catchpoint(kind: .systemCalls(set))).number
  }

  package func passSignals(_ numbers: [UInt8]) {
    debugger.silentSignals = Set(numbers.map { GDBSignal.linux($0) }.filter { $0 != 0 })
  }

  // MARK: - Objects

  package func object(_ kind: GDBObject, annex: String) -> [UInt8]? {
    switch kind {
    case .features: return annex == "target.xml" ? Array(TargetDescription.xml(hasAVX: hasAVX).utf8) : nil
    case .auxv: return debugger.process.image.auxiliaryVector.withUnsafeBytes { Array($0) }
    case .execFile: return debugger.process.image.executablePath
    case .libraries: return Array(LibraryList.xml(debugger).utf8)
    case .threads:
      var text = "<?xml version=\"1.0\"?>\n<threads>\n"
      for thread in debugger.threads {
        let pid = String(getpid(), radix: 16)
        text +=
          "<thread id=\"p\(pid).\(String(thread.identifier, radix: 16))\" name=\"\(LibraryList.escaped(thread.name))\"/>\n"
      }
      return Array((text + "</threads>\n").utf8)
    case .siginfo:
      // What is no signal is a trap, as ptrace shows it.
      guard let info = debugger.stopSignal else { return Self.image(.SIGTRAP, SignalCode.trace.rawValue, address: 0) }
      var bytes = Self.image(info.signal, info.code.rawValue, address: info.address)
      if info.details.count == 112 { bytes.replaceSubrange(16..., with: info.details) }
      return bytes
    }
  }

  package func link(_ path: [UInt8]) -> [UInt8]? {
    let text = String(decoding: path, as: UTF8.self)
    return text == "/proc/self/exe" || text == "/proc/\(getpid())/exe" ? debugger.process.image.executablePath : nil
  }

  /// `siginfo_t` (asm-generic/siginfo.h): number, errno, code, then the address of a fault.
  private static func image(_ signal: Signal, _ code: Int32, address: UInt64) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 128)
    bytes.withUnsafeMutableBytes { raw in
      raw.storeBytes(of: signal.rawValue, as: Int32.self)
      raw.storeBytes(of: code, toByteOffset: 8, as: Int32.self)
      raw.storeBytes(of: address, toByteOffset: 16, as: UInt64.self)
    }
    return bytes
  }

  package func file(_ path: [UInt8]) -> [UInt8]? {
    let text = String(decoding: path, as: UTF8.self)
    for name in ["self", "\(getpid())"] where text.hasPrefix("/proc/\(name)/") {
      let rest = text.dropFirst("/proc/\(name)/".count)
      let leaf = rest.split(separator: "/").last.map(String.init) ?? ""
      return debugger.process.procContents(leaf)
    }
    return nil
  }

  package func monitor(_ command: String) -> String {
    monitorCommand?(command) ?? "no monitor commands\n"
  }
}
