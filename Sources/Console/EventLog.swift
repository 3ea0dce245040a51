import Debugger
import Kernel
import Machine

/// Page faults and system calls since the last stop, and the last of all system calls.
package final class EventLog {
  private var faults: [FaultEvent] = []
  private var faultCount: UInt64 = 0
  private var callCount: UInt64 = 0
  private(set) var calls: [String] = []
  /// The latest system calls of the program, for a view of them.
  package private(set) var history: [String] = []
  private static let limit = 16
  private static let historyLimit = 1000

  package init() {}

  /// Listens to a process.
  package func observe(_ debugger: Debugger) {
    clear()
    let earlier = debugger.memory.faultObserver
    debugger.memory.faultObserver = { [unowned self] event in
      earlier?(event)
      faultCount += 1
      if faults.count < Self.limit { faults.append(event) }
    }
    if debugger.process.system.tracer == nil {
      debugger.process.system.tracer = StracePrinter(memory: debugger.memory) { [unowned self] line in
        // How the program ended is told otherwise.
        if line.hasPrefix("+++") { return }
        callCount += 1
        if calls.count < Self.limit { calls.append(line) }
        if history.count >= Self.historyLimit { history.removeFirst(Self.historyLimit / 2) }
        history.append(line)
      }
    }
  }

  /// The program has another one in its place.
  func forgetMemory() { faults = [] }

  func clear() {
    faults = []
    calls = []
    (faultCount, callCount) = (0, 0)
  }

  /// A line for each event.
  func lines(_ debugger: Debugger) -> [String] {
    // After a run through much code the numbers tell more.
    if debugger.lastEffects == nil, faults.count + calls.count > 4 {
      return ["(\(faultCount) page faults and \(callCount) system calls on the way)"]
    }
    var lines = faults.map { "fault  \(hex($0.address)) \(Self.text($0))" } + calls.map { "call   \($0)" }
    let dropped = faultCount + callCount - UInt64(faults.count + calls.count)
    if dropped > 0 { lines.append("       and \(dropped) more") }
    return lines
  }

  static func text(_ event: FaultEvent) -> String {
    let access =
      switch event.access {
      case .read: "read"
      case .write: "write"
      case .execute: "fetch"
      }
    let kind =
      switch event.kind {
      case .minor: "minor"
      case .major: "major"
      case .copyOnWrite: "first write to the page"
      case .stackGrowth: "the stack grows"
      case .codeWrite: "write to a page with code"
      case .failed: "failed"
      }
    return "\(access): \(kind)"
  }
}
