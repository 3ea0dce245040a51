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
    var endsInCall: Bool
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

  private struct Frame {
    var node: Int
    var stack: UInt64
  }

  private final class ThreadState {
    let cpu: CPU
    var frames: [Frame] = []
    var followsCall = false
    init(_ cpu: CPU) { self.cpu = cpu }
  }

  private let modules: Modules
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private(set) var blocks: [BlockRecord] = []
  private(set) var functions: [Function] = []
  private var functionNumbers: [Function: Int] = [:]
  /// Node 0 is the root, of no function.
  private(set) var nodes = [Node(function: -1, parent: -1)]
  private var threads: [ThreadState] = []
  private var current: ThreadState?

  package init(process: Process) {
    modules = Modules(memory: process.memory)
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    process.machine.profiler = self
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  // MARK: - What the machine tells

  package func blockBuilt(_ address: UInt64, _ instructions: ArraySlice<Instruction>) -> UInt64 {
    locked {
      let last = instructions.last
      blocks.append(
        BlockRecord(
          address: address, end: last?.nextAddress ?? address, instructions: UInt64(instructions.count),
          offsets: instructions.map { UInt16(truncatingIfNeeded: $0.address &- address) },
          endsInCall: last?.isCall ?? false, function: function(at: address)))
      return UInt64(blocks.count - 1)
    }
  }

  package func blockEntered(_ cpu: CPU, _ token: UInt64) {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    let index = Int(truncatingIfNeeded: token)
    guard index < blocks.count else { return }
    let thread = state(cpu)
    blocks[index].count &+= 1
    let function = blocks[index].function
    let stack = cpu.rsp
    while let top = thread.frames.last, stack > top.stack, thread.frames.count > 1 { thread.frames.removeLast() }
    if thread.frames.isEmpty {
      push(thread, function, parent: 0, stack)
    } else if thread.followsCall {
      push(thread, function, parent: thread.frames[thread.frames.count - 1].node, stack)
    } else {
      let top = thread.frames[thread.frames.count - 1]
      if nodes[top.node].function != function {
        // A jump to another function takes the place of its caller.
        thread.frames.removeLast()
        push(thread, function, parent: nodes[top.node].parent, top.stack)
      }
    }
    thread.followsCall = blocks[index].endsInCall
    nodes[thread.frames[thread.frames.count - 1].node].own &+= blocks[index].instructions
  }

  private func push(_ thread: ThreadState, _ function: Int, parent: Int, _ stack: UInt64) {
    let node: Int
    if let known = nodes[parent].children[function] {
      node = known
    } else {
      node = nodes.count
      nodes.append(Node(function: function, parent: parent))
      nodes[parent].children[function] = node
    }
    nodes[node].calls &+= 1
    // Recursion without end must not take all memory: the deepest frames share one.
    if thread.frames.count < 10_000 {
      thread.frames.append(Frame(node: node, stack: stack))
    } else {
      thread.frames[thread.frames.count - 1].node = node
    }
  }

  private func state(_ cpu: CPU) -> ThreadState {
    if let current, current.cpu == cpu { return current }
    if let found = threads.first(where: { $0.cpu == cpu }) {
      current = found
      return found
    }
    let made = ThreadState(cpu)
    threads.append(made)
    current = made
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
