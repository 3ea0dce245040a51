// What a debugger or profiler asks of the machine. Guest code is never changed: a breakpoint is a micro-op in front of
// a block, a watchpoint the missing right of a page, and where neither is, blocks are what they always are.

import CMachine
import X86

/// Is told of blocks and of their execution (`--profile`, `--coverage`).
package protocol BlockObserver: AnyObject {
  /// A block was built. The result comes back each time that the block is entered.
  func blockBuilt(_ address: UInt64, _ instructions: ArraySlice<Instruction>) -> UInt64
  /// Called each time that a block is entered; asked for again when a second thread is about to start.
  var blockEntry: BlockEntry { get }
}

/// A function that is called when a block's instructions are about to run; all of them will have run unless one of
/// them leaves.
///
/// A plain function, because it is called some hundred million times a second: reaching an object through an
/// existential in a class costs more than most blocks. It runs with the guest's MXCSR: before it computes with floating
/// point, or calls what might, it must call `MXCSR.suspend`.
package struct BlockEntry {
  package typealias Function =
    @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<swemu_cpu>?, UInt64) -> Void
  /// Gets `context`, the thread and the block's token.
  package var function: Function
  package var context: UnsafeMutableRawPointer?

  package init(function: @escaping Function, context: UnsafeMutableRawPointer?) {
    self.function = function
    self.context = context
  }

  static var none: BlockEntry { BlockEntry(function: { _, _, _ in }, context: nil) }
}

/// The wishes of observers, and what there is to tell them.
struct MachineObservers {
  var breakpoints: Set<UInt64> = []
  var blockObserver: (any BlockObserver)?
  /// Whether an instruction may turn out to be the last one before a stop, so that its flags must be right.
  var stopsAnywhere = false
  /// Accesses of the instruction that just ran to watched ranges.
  var hits: [WatchHit] = []
  /// Whether the run is to end with the instruction that is running.
  var wantsStop = false

  @inline(__always) var hasEvent: Bool { wantsStop || !hits.isEmpty }

  mutating func forgetEvents() {
    if hasEvent {
      hits = []
      wantsStop = false
    }
  }
}

extension Machine {
  /// Makes `run` leave with `.breakpoint` in front of the instruction at `address`, or no longer. No thread may run.
  ///
  /// A breakpoint between the first and the last byte of an instruction, as seen from where the guest comes, is
  /// not met.
  package func setBreakpoint(_ address: UInt64, _ isSet: Bool) {
    guard isSet ? observers.breakpoints.insert(address).inserted : observers.breakpoints.remove(address) != nil else {
      return
    }
    memory.dropCode(address, address &+ 1)
  }

  /// The addresses with breakpoints.
  package var breakpoints: Set<UInt64> { observers.breakpoints }

  /// Told of each block that is entered; nil for none. No thread may run.
  package var profiler: (any BlockObserver)? {
    get { observers.blockObserver }
    set {
      observers.blockObserver = newValue
      blockEntry.pointee = newValue?.blockEntry ?? .none
      dropAllBlocks()
    }
  }

  /// Watches these ranges of memory and no others: `run` and `step` leave with `.observed` after an instruction that
  /// touched one. No thread may run.
  package func setWatches(_ watches: [Watch]) {
    memory.setWatches(watches)
    if !watches.isEmpty { expectStops() }
  }

  /// Prepares for stops after any instruction: from now on blocks keep the flags of instructions that may leave.
  package func expectStops() {
    guard !observers.stopsAnywhere else { return }
    observers.stopsAnywhere = true
    dropAllBlocks()
  }

  /// Ends `run` or `step` with `.observed` after the instruction that is running; for observers that are called in the
  /// middle of one. `expectStops` must have been called.
  package func stopAfterInstruction() {
    observers.wantsStop = true
    for thread in threads { thread.pointee.code_changed = 1 }
  }

  /// The accesses to watched ranges that ended the run, and `wantsStop`; both are forgotten.
  package func takeEvents() -> (hits: [WatchHit], wantedStop: Bool) {
    defer { observers.forgetEvents() }
    return (observers.hits, observers.wantsStop)
  }

  /// An access that is allowed and about to be made.
  @inline(never)
  func noteAccess(_ cpu: CPU, _ address: UInt64, _ count: Int, isWrite: Bool, rip: UInt64, _ watches: WatchTable) {
    let guest = MXCSR.suspend()
    defer { swemu_load_mxcsr(guest) }
    let size = UInt64(truncatingIfNeeded: count)
    outsideGuestCode(cpu) {
      exclusively {
        watches.forEachOverlap(address, size, isWrite: isWrite) { watch in
          observers.hits.append(WatchTable.hit(watch, address, size, isWrite: isWrite, rip: rip, isKernel: false))
          cpu.pointee.code_changed = 1
        }
      }
    }
  }

  /// For `TellObserver`.
  @inline(never) static func tellObserver(_ cpu: CPU, _ token: UInt64) {
    let entry = of(cpu).blockEntry
    entry.pointee.function(entry.pointee.context, cpu, token)
  }
}

/// Planted in front of a block with a breakpoint.
enum LeaveForBreakpoint: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.cpu.pointee.rip = p.header.pointee.rip
    c.cpu.pointee.exit_reason = SWEMU_EXIT_OBSERVER.rawValue
    throw Departure()
  }
}

/// Planted in front of each block while there is a `BlockObserver`; its token is in `imm`.
enum TellObserver: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    Machine.tellObserver(c.cpu, p.pointee.imm)
    return p + 1
  }
}
