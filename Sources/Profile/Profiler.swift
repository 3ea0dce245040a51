import CMachine
import Debugger
import Glibc
import Kernel
import Machine
import X86

/// Counts what is executed, block by block and by call stack (`--profile`, `--coverage`).
///
/// Exact, not sampled: each block tells when it is entered. The call stack follows the stack pointer: a call makes a
/// frame, and frames end when the stack pointer rises above them, so tail calls, longjmp and exceptions need no help.
///
/// `@unchecked Sendable`: guest threads enter blocks at the same time; `mutex` guards all of it.
package final class Profiler: BlockObserver, @unchecked Sendable {
  /// A block as it was built; a block that is built anew is another one.
  struct BlockRecord {
    var address: UInt64
    var end: UInt64
    var instructions: UInt64
    /// Addresses of the instructions, relative to the first.
    var offsets: [UInt16]
    var function: Int
    var count: UInt64 = 0
  }

  struct Function: Hashable {
    var name: String
    var module: String
    var address: UInt64
  }

  /// A function as called from one chain of callers.
  struct Node {
    var function: Int
    var parent: Int
    var own: UInt64 = 0
    var calls: UInt64 = 0
    var children: [Int: Int] = [:]
  }

  /// What is touched each time that a block is entered, without references.
  private struct Counter {
    var count: UInt64 = 0
    var instructions: UInt32
    var function: Int32
    var endsInCall: Bool
  }

  private struct Frame {
    var node: Int
    var function: Int32
    var stack: UInt64
  }

  private struct ThreadState {
    let cpu: CPU
    var frames: UnsafeMutablePointer<Frame>
    var depth = 0
    var followsCall = false
  }

  /// All that most blocks touch, at an address of its own: a class checks each access to its properties.
  private struct Hot {
    var counters = Growing<Counter>()
    /// Instructions executed in each node.
    var own = Growing<UInt64>()
    var current: UnsafeMutablePointer<ThreadState>?
    let owner: Unmanaged<Profiler>
  }

  /// Recursion without end must not take all memory: the deepest frames share one.
  private static let depthLimit = 10_000

  private let machine: Machine
  private let modules: Modules
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var records: [BlockRecord] = []
  private(set) var functions: [Function] = []
  private var functionNumbers: [Function: Int] = [:]
  /// Node 0 is the root, of no function.
  private var nodeList = [Node(function: -1, parent: -1)]
  private var threads: [UnsafeMutablePointer<ThreadState>] = []
  private let hot: UnsafeMutablePointer<Hot>

  package init(process: Process) {
    machine = process.machine
    modules = Modules(memory: process.memory)
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    hot = .allocate(capacity: 1)
    hot.initialize(to: Hot(owner: .passUnretained(self)))
    hot.pointee.own.append(0)
    machine.profiler = self
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    for thread in threads {
      thread.pointee.frames.deallocate()
      thread.deallocate()
    }
    hot.pointee.counters.free()
    hot.pointee.own.free()
    hot.deallocate()
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Blocks with how often each was entered.
  var blocks: [BlockRecord] {
    records.enumerated().map { index, record in
      var record = record
      record.count = hot.pointee.counters[index].pointee.count
      return record
    }
  }

  /// The tree of calls with its counts.
  var nodes: [Node] {
    nodeList.enumerated().map { index, node in
      var node = node
      node.own = hot.pointee.own[index].pointee
      return node
    }
  }

  // MARK: - What the machine tells

  package func blockBuilt(_ address: UInt64, _ instructions: ArraySlice<Instruction>) -> UInt64 {
    locked {
      let last = instructions.last
      let function = function(at: address)
      records.append(
        BlockRecord(
          address: address, end: last?.nextAddress ?? address, instructions: UInt64(instructions.count),
          offsets: instructions.map { UInt16(truncatingIfNeeded: $0.address &- address) }, function: function))
      hot.pointee.counters.append(
        Counter(
          instructions: UInt32(instructions.count), function: Int32(truncatingIfNeeded: function),
          endsInCall: last?.isCall ?? false))
      return UInt64(records.count - 1)
    }
  }

  package var blockEntry: BlockEntry {
    // One thread alone needs no lock, and most blocks go on in the function that runs.
    let alone: BlockEntry.Function = { context, cpu, token in
      guard let context, let cpu else { return }
      Profiler.count(context.assumingMemoryBound(to: Hot.self), cpu, token)
    }
    let together: BlockEntry.Function = { context, cpu, token in
      guard let context, let cpu else { return }
      Profiler.countLocked(context.assumingMemoryBound(to: Hot.self), cpu, token)
    }
    return BlockEntry(function: machine.isParallel ? together : alone, context: UnsafeMutableRawPointer(hot))
  }

  private static func countLocked(_ hot: UnsafeMutablePointer<Hot>, _ cpu: CPU, _ token: UInt64) {
    let mutex = hot.pointee.owner._withUnsafeGuaranteedRef { $0.mutex }
    pthread_mutex_lock(mutex)
    count(hot, cpu, token)
    pthread_mutex_unlock(mutex)
  }

  @inline(__always)
  private static func count(_ hot: UnsafeMutablePointer<Hot>, _ cpu: CPU, _ token: UInt64) {
    let index = Int(truncatingIfNeeded: token)
    guard index < hot.pointee.counters.count else { return }
    let counter = hot.pointee.counters[index]
    counter.pointee.count &+= 1
    if let thread = hot.pointee.current, thread.pointee.cpu == cpu, thread.pointee.depth > 0,
      !thread.pointee.followsCall
    {
      let top = thread.pointee.frames + (thread.pointee.depth - 1)
      if top.pointee.function == counter.pointee.function, cpu.rsp <= top.pointee.stack {
        thread.pointee.followsCall = counter.pointee.endsInCall
        hot.pointee.own[top.pointee.node].pointee &+= UInt64(counter.pointee.instructions)
        return
      }
    }
    let guest = MXCSR.suspend()
    hot.pointee.owner._withUnsafeGuaranteedRef { $0.countElsewhere(cpu, counter) }
    swemu_load_mxcsr(guest)
  }

  /// The first block of a function, or the first behind a return.
  @inline(never) private func countElsewhere(_ cpu: CPU, _ counter: UnsafeMutablePointer<Counter>) {
    let thread = state(cpu)
    let function = counter.pointee.function
    let stack = cpu.rsp
    let frames = thread.pointee.frames
    while thread.pointee.depth > 1, stack > frames[thread.pointee.depth - 1].stack { thread.pointee.depth -= 1 }
    if thread.pointee.depth == 0 {
      push(thread, function, parent: 0, stack)
    } else if thread.pointee.followsCall {
      push(thread, function, parent: frames[thread.pointee.depth - 1].node, stack)
    } else {
      let top = frames[thread.pointee.depth - 1]
      if top.function != function {
        // A jump to another function takes the place of its caller.
        thread.pointee.depth -= 1
        push(thread, function, parent: nodeList[top.node].parent, top.stack)
      }
    }
    thread.pointee.followsCall = counter.pointee.endsInCall
    hot.pointee.own[frames[thread.pointee.depth - 1].node].pointee &+= UInt64(counter.pointee.instructions)
  }

  private func push(_ thread: UnsafeMutablePointer<ThreadState>, _ function: Int32, parent: Int, _ stack: UInt64) {
    let number = Int(function)
    let node: Int
    if let known = nodeList[parent].children[number] {
      node = known
    } else {
      node = nodeList.count
      nodeList.append(Node(function: number, parent: parent))
      hot.pointee.own.append(0)
      nodeList[parent].children[number] = node
    }
    nodeList[node].calls &+= 1
    let frames = thread.pointee.frames
    if thread.pointee.depth < Self.depthLimit {
      frames[thread.pointee.depth] = Frame(node: node, function: function, stack: stack)
      thread.pointee.depth += 1
    } else {
      frames[thread.pointee.depth - 1].node = node
      frames[thread.pointee.depth - 1].function = function
    }
  }

  private func state(_ cpu: CPU) -> UnsafeMutablePointer<ThreadState> {
    if let current = hot.pointee.current, current.pointee.cpu == cpu { return current }
    if let found = threads.first(where: { $0.pointee.cpu == cpu }) {
      hot.pointee.current = found
      return found
    }
    let made = UnsafeMutablePointer<ThreadState>.allocate(capacity: 1)
    made.initialize(to: ThreadState(cpu: cpu, frames: .allocate(capacity: Self.depthLimit)))
    threads.append(made)
    hot.pointee.current = made
    return made
  }

  /// The function that an address belongs to: by symbols, by call frame information, else by the address itself.
  private func function(at address: UInt64) -> Int {
    var function = Function(name: "", module: "", address: address)
    if let module = modules.module(at: address) {
      let linked = address &- module.bias
      function.module = module.path
      if let (symbol, _) = module.symbols.find(linked) {
        function.name = module.symbols.name(of: symbol)
        function.address = symbol.address &+ module.bias
      } else if let start = module.frames.functionStart(linked) {
        function.address = start &+ module.bias
      } else {
        function.address = module.bias
        function.name = "[\(module.name)]"
      }
    }
    if function.name.isEmpty { function.name = hex(function.address) }
    if let known = functionNumbers[function] { return known }
    functions.append(function)
    functionNumbers[function] = functions.count - 1
    return functions.count - 1
  }

  // MARK: - Reports

  /// Instructions executed in blocks that were entered.
  package var total: UInt64 { locked { blocks.reduce(0) { $0 &+ $1.count &* $1.instructions } } }

  /// Runs `body` while no thread counts.
  func report<Result>(_ body: (Modules) -> Result) -> Result { locked { body(modules) } }
}
