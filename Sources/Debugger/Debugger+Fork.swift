import Glibc
import Kernel
import Machine

/// Which of two processes goes on under the debugger.
package enum ForkSide: UInt8, Sendable {
  case parent = 0
  /// The child takes the front end over, and asks it how to go on.
  case child
  /// The child takes over and runs at once: it was told so before it could ask.
  case childRunning
}

/// A pipe of swemu's own, hidden from the guest while it exists.
struct ForkPipe {
  let read: OwnDescriptor
  let write: OwnDescriptor

  init?(_ files: FileTable) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    read = files.adopt(ends[0])
    write = files.adopt(ends[1])
  }

  func send(_ side: ForkSide) {
    var byte = side.rawValue
    _ = Glibc.write(write.number, &byte, 1)
  }

  /// Waits; a parent that died leaves its child free.
  func receive() -> ForkSide {
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(read.number, &byte, 1)
      if count < 0, errno == EINTR { continue }
      return count == 1 ? ForkSide(rawValue: byte) ?? .parent : .parent
    }
  }
}

// Forks. The child waits, before it runs anything, until the parent knows which of the two stays under the debugger;
// the other one runs free. The front end's terminal or connection belongs to both until then.
extension Debugger {
  private var looksAtForks: Bool {
    !isDetached && !isKilled
      && (followsChild || frontEnd?.wantsForks ?? false || catchpoints.contains { $0.isEnabled && $0.kind == .fork })
  }

  package func willFork(_ cpu: CPU) {
    forkPipe = looksAtForks ? ForkPipe(process.files) : nil
  }

  package func forked(_ child: Int32, isVfork: Bool, _ cpu: CPU) {
    guard let pipe = forkPipe else { return }
    forkPipe = nil
    defer {
      process.files.release(pipe.read)
      process.files.release(pipe.write)
    }
    guard child > 0 else { return }
    let isCaught = isForkCaught()
    forkSide = !followsChild ? .parent : isCaught ? .child : .childRunning
    // gdb decides while it looks at the fork; who follows the child anyway looks at it there.
    if frontEnd?.wantsForks ?? false || isCaught && !followsChild {
      stop(cpu, [.fork(child: child, isVfork: isVfork)])
    }
    pipe.send(forkSide)
    if forkSide == .parent {
      awaitsVforkDone = isVfork && frontEnd?.wantsForks ?? false && !isDetached
    } else {
      frontEnd?.gaveWay()
      frontEnd = nil
      detach()
    }
  }

  /// In the child of a fork.
  func becameChild() {
    var side = ForkSide.parent
    if let pipe = forkPipe {
      process.files.release(pipe.write)
      side = pipe.receive()
      process.files.release(pipe.read)
      forkPipe = nil
    }
    plans = []
    guard side != .parent, let frontEnd else {
      frontEnd = nil
      detach()
      return
    }
    let cpu = process.mainThread
    // What the call is going to return.
    cpu.rax = 0
    goOn(frontEnd.tookOver(Stop(thread: thread(cpu), reasons: [.becameChild]), isRunning: side == .childRunning), cpu)
  }

  private func isForkCaught() -> Bool {
    var isCaught = false
    for index in catchpoints.indices where catchpoints[index].isEnabled && catchpoints[index].kind == .fork {
      catchpoints[index].hits += 1
      isCaught = true
    }
    return isCaught
  }
}
