import CMachine
import Glibc
import X86

/// The processor and memory of one guest process: blocks, and the loop that runs threads through them.
package final class Machine {
  package let memory: AddressSpace
  let decoder: any InstructionDecoder
  let maskedCache = BlockCache()
  /// Blocks for threads with unmasked SSE exceptions: their floating-point handlers check for them.
  private let checkedCache = BlockCache()
  private var builder = BlockBuilder()
  /// Blocks of one instruction each, for stepping; they check always.
  let stepCache = BlockCache()
  /// Indirect branches of stepped code never hit: each step ends at its branch.
  private let emptyJumpCache: UnsafeMutablePointer<UInt64>
  /// Threads that must hear of changed code, those that wait to be used again included.
  private(set) var threads: [CPU] = []
  /// States of threads that ended.
  private var spareThreads: [CPU] = []
  /// Whether there ever was a second thread: until then nothing is locked, and nobody waits for anybody.
  package private(set) var isParallel = false
  /// Counts how often all blocks were dropped; see `retire`.
  private var generation: UInt64 = 1
  /// Memory of dropped blocks in which a thread may still stand, by the generation it belongs to.
  private var retired: [(generation: UInt64, arenas: [Arena])] = []
  /// Instructions of threads that ended.
  private var retiredInstructions: UInt64 = 0
  /// Stop when a thread has retired this many instructions.
  package var instructionLimit: UInt64 = .max
  /// The processor that the guest sees.
  package var model = CPUModel.best {
    didSet { builder.features = model.features }
  }
  /// What the guest's instructions so far needed (`--report=cpu-level`).
  package var featureUses: [FeatureUse] { builder.featureUses }
  /// Called for each block that is built (`--trace=blocks`).
  package var blockObserver: ((_ address: UInt64, _ instructions: Int, _ bytes: Int) -> Void)?
  /// What debuggers and profilers have asked for (Machine+Observers.swift).
  var observers = MachineObservers()
  /// What blocks of an observed machine call.
  let blockEntry: UnsafeMutablePointer<BlockEntry>
  /// A block holding only `LeaveForResume`.
  let resumeOp: OpPointer

  /// Micro-op memory beyond which all blocks are dropped and built anew.
  static let cacheLimit = 256 << 20

  package init(memory: AddressSpace, decoder: any InstructionDecoder) {
    self.memory = memory
    self.decoder = decoder
    // Before there is any guest: nobody could go on without it.
    guard let jumps = JumpCache.make() else { preconditionFailure("no memory for the jump cache") }
    emptyJumpCache = jumps
    blockEntry = .allocate(capacity: 1)
    blockEntry.initialize(to: .none)
    let block = UnsafeMutableRawPointer.allocate(byteCount: BlockHeader.stride + 32, alignment: 32)
    block.bindMemory(to: BlockHeader.self, capacity: 1).initialize(
      to: BlockHeader(rip: 0, identifier: .max, byteLength: 0, instructionCount: 0, prologueCount: 0, opCount: 1))
    resumeOp = (block + BlockHeader.stride).bindMemory(to: MicroOp.self, capacity: 1)
    resumeOp.initialize(to: MicroOp(Handlers.system[2]))
    memory.codeObserver = { [unowned self] start, end in self.codeChanged(start, end) }
    memory.safepoint = Safepoint(
      begin: { [unowned self] in self.stopOthers() }, end: { [unowned self] in self.resumeOthers() })
  }

  /// Runs `body` alone: the lock of the address space guards the blocks as well.
  @inline(__always) func exclusively<Result>(_ body: () -> Result) -> Result {
    isParallel ? memory.locked(body) : body()
  }

  /// Blocks built so far.
  package var builtBlockCount: UInt64 { maskedCache.builtCount + checkedCache.builtCount }

  // MARK: - Threads

  /// The state of a new guest thread: registers zero, control words as at exec (System V ABI 3.4.1).
  package func makeThread() -> CPU {
    guard let cpu = makeState() else { preconditionFailure("no memory for the first thread") }
    return cpu
  }

  /// Nil where the host has no memory.
  private func makeState() -> CPU? {
    memory.locked {
      if let spare = spareThreads.popLast() {
        initialize(spare, spare.pointee.home_jump_cache, spare.pointee.checks_float)
        return spare
      }
      guard let jumps = JumpCache.make() else { return nil }
      let size = MemoryLayout<swemu_cpu>.size
      let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
      let cpu = memory.bindMemory(to: swemu_cpu.self, capacity: 1)
      initialize(cpu, jumps, 0)
      threads.append(cpu)
      return cpu
    }
  }

  /// - Parameter checksFloat: which blocks the jump cache remembers. That stays right in a state that is used again:
  ///   it is told of dropped blocks while nobody uses it.
  private func initialize(_ cpu: CPU, _ jumps: UnsafeMutablePointer<UInt64>, _ checksFloat: UInt32) {
    cpu.raw.initializeMemory(as: UInt8.self, repeating: 0, count: MemoryLayout<swemu_cpu>.size)
    cpu.pointee.page_table = memory.pageTable
    cpu.pointee.jump_cache = jumps
    cpu.pointee.home_jump_cache = jumps
    cpu.pointee.checks_float = checksFloat
    cpu.pointee.rflags = Flag.alwaysSet | Flag.interrupt
    cpu.pointee.mxcsr = 0x1f80
    cpu.pointee.fcw = 0x37f
    cpu.resetSelectors()
    cpu.pointee.machine = Unmanaged.passUnretained(self).toOpaque()
  }

  /// The state of a thread that begins as a copy of another (clone); nil where the host has no memory.
  package func makeThread(copying parent: CPU) -> CPU? {
    // Whoever stops all threads must not find the new one half made.
    memory.locked {
      guard let cpu = makeState() else { return nil }
      let (jumps, checks) = (cpu.pointee.home_jump_cache, cpu.pointee.checks_float)
      cpu.raw.copyMemory(from: UnsafeRawPointer(parent), byteCount: MemoryLayout<swemu_cpu>.size)
      (cpu.pointee.jump_cache, cpu.pointee.home_jump_cache, cpu.pointee.checks_float) = (jumps, jumps, checks)
      cpu.pointee.attention = 0
      cpu.pointee.instructions = 0
      cpu.pointee.running = 0
      cpu.pointee.generation = 0
      cpu.pointee.thread = nil
      return cpu
    }
  }

  /// Gives a thread the registers with which a program begins, all but RSP and RIP (asm/elf.h, ELF_PLAT_INIT; System V
  /// ABI 3.4.1).
  package func resetForProgram(_ cpu: CPU) {
    for number in 0..<16 { cpu[gpr: number] = 0 }
    (cpu.pointee.fs_base, cpu.pointee.gs_base) = (0, 0)
    cpu.pointee.rflags = Flag.alwaysSet | Flag.interrupt
    cpu.pointee.lazy_kind = 0
    memset(cpu.vector(0), 0, 32 * 64)
    memset(cpu.raw + Int(Offset.x87), 0, 8 * 16)
    (cpu.pointee.fcw, cpu.pointee.fsw, cpu.pointee.ftw, cpu.pointee.fop) = (0x37f, 0, 0, 0)
    (cpu.pointee.fip, cpu.pointee.fdp) = (0, 0)
    cpu.pointee.x87_last = nil
    cpu.pointee.mxcsr = 0x1f80
    cpu.resetSelectors()
  }

  /// A second thread is about to start; called by the only one, outside `run`.
  package func becomeParallel() {
    isParallel = true
    if let observer = observers.blockObserver { blockEntry.pointee = observer.blockEntry }
  }

  /// The calling thread is the only one again, outside `run`; no host thread of another is left.
  package func becomeAlone() { isParallel = false }

  /// The thread has ended.
  package func freeThread(_ cpu: CPU) {
    memory.locked {
      retiredInstructions &+= cpu.pointee.instructions
      cpu.pointee.instructions = 0
      cpu.pointee.thread = nil
      spareThreads.append(cpu)
    }
  }

  /// In the child of a fork, where `cpu` is the only thread left.
  package func becomeForkChild(_ cpu: CPU) {
    for other in threads where other != cpu && !spareThreads.contains(other) {
      other.pointee.running = 0
      other.pointee.generation = 0
      other.pointee.thread = nil
      spareThreads.append(other)
    }
    isParallel = false
    freeRetired()
  }

  /// Instructions that all threads have retired.
  package var instructionCount: UInt64 { threads.reduce(retiredInstructions) { $0 &+ $1.pointee.instructions } }

  @inline(__always) static func of(_ cpu: CPU) -> Machine {
    Unmanaged<Machine>.fromOpaque(cpu.pointee.machine.unsafelyUnwrapped)._withUnsafeGuaranteedRef { $0 }
  }

  // MARK: - Running

  /// Runs from RIP until something needs the kernel.
  package func run(_ cpu: CPU) -> Exit {
    if isParallel { swemu_set_generation(cpu, generation) }
    defer { if isParallel { swemu_end_generation(cpu) } }
    while true {
      if maskedCache.byteCount + checkedCache.byteCount > Machine.cacheLimit { dropAllBlocks(for: cpu) }
      if instructionLimit != .max, cpu.pointee.instructions &+ UInt64(BlockBuilder.instructionLimit) >= instructionLimit
      {
        if let exit = approachLimit(cpu) { return exit }
        continue
      }
      if cpu.pointee.rflags & Flag.trap != 0 { return trapAfterStep(cpu) }
      guard let entry = entry(at: cpu.pointee.rip, cpu) else { return exit(cpu) }
      if observers.hasEvent { return .observed }
      execute(cpu, entry)
      switch cpu.pointee.exit_reason {
      case SWEMU_EXIT_LINK.rawValue:
        if observers.hasEvent { return .observed }
        if !followLink(cpu) { return exit(cpu) }
      case SWEMU_EXIT_RESUME.rawValue:
        if observers.hasEvent { return .observed }
      case SWEMU_EXIT_PAIR.rawValue:
        for _ in 0..<2 { if let exit = stepInsideRun(cpu) { return exit } }
      case SWEMU_EXIT_HOST_FAULT.rawValue: if let exit = settleHostFault(cpu) { return exit }
      case SWEMU_EXIT_ATTENTION.rawValue:
        // A safepoint alone is no business of the kernel's: `execute` waits until it is over.
        if cpu.pointee.attention & ~SWEMU_ATTENTION_SAFEPOINT.rawValue != 0 { return .attention }
      default: return exit(cpu)
      }
    }
  }

  /// Executes one instruction at RIP, whether or not a breakpoint lies there. Returns nil when it completed without
  /// needing the kernel.
  package func step(_ cpu: CPU) -> Exit? {
    cpu.pointee.rflags & Flag.trap != 0 ? trapAfterStep(cpu) : stepInsideRun(cpu)
  }

  private func stepInsideRun(_ cpu: CPU) -> Exit? {
    let rip = cpu.pointee.rip
    let found = exclusively { stepCache.find(rip) ?? build(at: rip, cpu, stepCache, limit: 1) }
    guard let entry = found else { return exit(cpu) }
    cpu.pointee.jump_cache = emptyJumpCache
    execute(cpu, entry)
    cpu.pointee.jump_cache = cpu.pointee.home_jump_cache
    switch cpu.pointee.exit_reason {
    case SWEMU_EXIT_LINK.rawValue, SWEMU_EXIT_RESUME.rawValue: return observers.hasEvent ? .observed : nil
    case SWEMU_EXIT_HOST_FAULT.rawValue: return settleHostFault(cpu) ?? stepInsideRun(cpu)
    case SWEMU_EXIT_ATTENTION.rawValue
    where cpu.pointee.attention & ~SWEMU_ATTENTION_SAFEPOINT.rawValue == 0: return stepInsideRun(cpu)
    default: return exit(cpu)
    }
  }

  /// TF was set when an instruction began: #DB when it is done (SDM vol. 3B, 18.3.1.4). Whatever sets TF leaves for
  /// here, so no block runs with it.
  private func trapAfterStep(_ cpu: CPU) -> Exit {
    if let exit = stepInsideRun(cpu) { return exit }
    setException(cpu, .debug, rip: cpu.pointee.rip)
    return exit(cpu)
  }

  func isStepping(_ cpu: CPU) -> Bool { cpu.pointee.jump_cache == emptyJumpCache }

  /// Steps through the last instructions before the limit, so that the count is exact.
  private func approachLimit(_ cpu: CPU) -> Exit? {
    while cpu.pointee.instructions < instructionLimit {
      if observers.breakpoints.contains(cpu.pointee.rip) { return .breakpoint }
      if let exit = stepInsideRun(cpu) { return exit }
    }
    return .instructionLimit
  }

  /// Runs micro-ops until one leaves; only here are the host's MXCSR and x87 the guest's.
  @inline(__always) private func execute(_ cpu: CPU, _ entry: OpPointer) {
    cpu.pointee.code_changed = 0
    if isParallel { beginRunning(cpu) }
    let host = MXCSR.enter(cpu)
    swemu_execute(cpu, entry)
    MXCSR.leave(cpu, host)
    X87.settle(cpu)
    swemu_end_running(cpu)
  }

  /// Patches the link that just led to a stub. Returns false if the target cannot be built (an exception is set).
  private func followLink(_ cpu: CPU) -> Bool {
    guard let exitOp = cpu.pointee.exit_op else { return true }
    let stub = exitOp.assumingMemoryBound(to: MicroOp.self)
    return exclusively {
      guard let target = lockedEntry(at: cpu.pointee.rip, cpu) else { return false }
      // Another thread may have dropped the block that the stub is in, or everything.
      if instructionLimit == .max, !isParallel || swemu_generation(cpu) == generation {
        blocks(for: cpu).link(stub - Terminator.stubDistance, to: target)
      }
      return true
    }
  }

  /// The blocks that a thread runs, by whether it unmasks SSE exceptions.
  func blocks(for cpu: CPU) -> BlockCache { MXCSR.isUnmasked(cpu) ? checkedCache : maskedCache }

  /// The block at `address`, built if need be. Nil with an exception in the state if it cannot be.
  @inline(__always) func entry(at address: UInt64, _ cpu: CPU) -> OpPointer? {
    if cpu.pointee.checks_float == (MXCSR.isUnmasked(cpu) ? 1 : 0) {
      let known = cpu.pointee.jump_cache + JumpCache.slot(address)
      if known[0] == address { return linked(known[1]) }
    }
    return slowEntry(at: address, cpu)
  }

  @inline(never) private func slowEntry(at address: UInt64, _ cpu: CPU) -> OpPointer? {
    exclusively {
      guard let found = lockedEntry(at: address, cpu) else { return nil }
      JumpCache.remember(address, found, cpu)
      return found
    }
  }

  private func lockedEntry(at address: UInt64, _ cpu: CPU) -> OpPointer? {
    let checks: UInt32 = MXCSR.isUnmasked(cpu) ? 1 : 0
    if cpu.pointee.checks_float != checks {
      // The thread changed sides: what its jump cache remembers is the other side's.
      cpu.pointee.checks_float = checks
      forgetJumps(cpu)
    }
    let cache = blocks(for: cpu)
    return cache.find(address) ?? build(at: address, cpu, cache, limit: BlockBuilder.instructionLimit)
  }

  /// The block at an indirect target, for a thread in the middle of guest code; nil if there is none yet.
  func findBlock(_ address: UInt64, _ cpu: CPU) -> OpPointer? {
    guard isParallel else { return blocks(for: cpu).find(address) }
    return outsideGuestCode(cpu) { memory.locked { blocks(for: cpu).find(address) } }
  }

  /// With several threads the lock is held, so that nobody unmaps what is read here.
  @inline(never)
  private func build(at address: UInt64, _ cpu: CPU, _ cache: BlockCache, limit: Int) -> OpPointer? {
    guard canFetch(address, cpu, rip: address) else { return nil }
    if !retired.isEmpty { freeRetired() }
    // Marked before it is read: what another thread stores from here on drops the block again.
    if isParallel { memory.markCode(page: address >> 12) }
    let pageBytes = 0x1000 - Int(address & 0xfff)
    guard let host = UnsafeRawPointer(bitPattern: UInt(address)) else { return nil }
    // Stepped code is looked at between instructions: it needs nothing planted.
    builder.breakpoints = cache === stepCache ? [] : observers.breakpoints
    builder.tellsObserver = cache !== stepCache && observers.blockObserver != nil
    builder.keepsFlags = observers.stopsAnywhere
    var outcome = builder.build(
      at: address, code: UnsafeRawBufferPointer(start: host, count: pageBytes), pageBytes: pageBytes, limit: limit,
      checksFloat: cache !== maskedCache, decoder: decoder)
    if outcome == .undecodable, pageBytes < 15 {
      // The instruction may reach into the next page; a block of its own, so that blocks end with their page.
      let next = (address | 0xfff) &+ 1
      guard canFetch(next, cpu, rip: address) else { return nil }
      if isParallel { memory.markCode(page: next >> 12) }
      outcome = builder.build(
        at: address, code: UnsafeRawBufferPointer(start: host, count: pageBytes + 15), pageBytes: 1, limit: 1,
        checksFloat: cache !== maskedCache, decoder: decoder)
    }
    guard outcome == .block else {
      setException(cpu, .invalidOpcode, rip: address)
      return nil
    }
    blockObserver?(address, builder.instructionCount, builder.byteLength)
    if builder.tellsObserver, let observer = observers.blockObserver {
      builder.setToken(observer.blockBuilt(address, Array(builder.lowered)[...]))
    }
    guard let entry = cache.insert(builder, at: address) else {
      setException(cpu, .invalidOpcode, rip: address)
      return nil
    }
    let last = address &+ UInt64(max(builder.byteLength, 1)) &- 1
    memory.markCode(page: address >> 12)
    if last >> 12 != address >> 12 { memory.markCode(page: last >> 12) }
    return entry
  }

  /// Makes sure that the byte at `address` may be executed; sets a page fault otherwise.
  private func canFetch(_ address: UInt64, _ cpu: CPU, rip: UInt64) -> Bool {
    if address < 1 << 46, memory.pageTable[Int(truncatingIfNeeded: address >> 12)] & PageBits.executable != 0 {
      return true
    }
    return pageFault(cpu, address, .execute, size: 1, rip: rip)
  }

  private func dropAllBlocks(for cpu: CPU) {
    exclusively {
      // Nobody is told twice: another thread may have been faster.
      guard maskedCache.byteCount + checkedCache.byteCount > Machine.cacheLimit else { return }
      dropAllBlocks()
      if isParallel { swemu_set_generation(cpu, generation) }
      freeRetired()
    }
  }

  /// Drops all blocks; their memory goes when no thread can stand in one any more.
  func dropAllBlocks() {
    exclusively {
      let arenas = [maskedCache, checkedCache, stepCache].map { $0.removeAll() }
      for thread in threads { forgetJumps(thread) }
      retired.append((generation, arenas))
      generation &+= 1
    }
  }

  /// Frees the memory of blocks in which no thread can stand any more: each thread notes the generation before it looks
  /// for a block, and forgets it when it leaves `run`.
  private func freeRetired() {
    var oldest = UInt64.max
    if isParallel {
      for thread in threads {
        let seen = swemu_generation(thread)
        if seen != 0 { oldest = min(oldest, seen) }
      }
    }
    for entry in retired where entry.generation < oldest { for arena in entry.arenas { arena.free() } }
    retired.removeAll { $0.generation < oldest }
  }

  /// Whether a host address lies in the memory of blocks.
  func holdsBlock(_ address: UInt) -> Bool {
    maskedCache.holds(address) || checkedCache.holds(address) || stepCache.holds(address)
  }

  private func forgetJumps(_ cpu: CPU) { JumpCache.forgetAll(cpu.pointee.home_jump_cache) }

  /// Guest code in `start..<end` changes or goes away.
  private func codeChanged(_ start: UInt64, _ end: UInt64) {
    let pages = (start >> 12)..<max((start >> 12), (end &+ 0xfff) >> 12)
    for cache in [maskedCache, checkedCache, stepCache] {
      for page in cache.coveredPages(in: pages) {
        for address in cache.removeBlocks(onPage: page) { forgetJump(to: address) }
        for thread in threads { thread.pointee.code_changed = 1 }
      }
    }
  }

  private func forgetJump(to address: UInt64) {
    for thread in threads {
      // A thread that steps uses another cache at the moment, which is always empty; its own is the one at home.
      let cache = thread.pointee.home_jump_cache
      let entry = JumpCache.slot(address)
      if cache[entry] == address { JumpCache.forget(entry, cache) }
    }
  }
}
