import CMachine
import Glibc
import X86

/// The processor and memory of one guest process: blocks, and the loop that runs threads through them.
package final class Machine {
  package let memory: AddressSpace
  let decoder: any InstructionDecoder
  private let maskedCache = BlockCache()
  /// Blocks for threads with unmasked SSE exceptions: their floating-point handlers check for them.
  private let checkedCache = BlockCache()
  private var builder = BlockBuilder()
  /// Blocks of one instruction each, for stepping; they check always.
  let stepCache = BlockCache()
  /// Indirect branches of stepped code never hit: each step ends at its branch.
  private let emptyJumpCache: UnsafeMutablePointer<UInt64>
  /// Threads that must hear of changed code.
  private(set) var threads: [CPU] = []
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
  /// A block holding only `LeaveForResume`.
  let resumeOp: OpPointer

  /// Micro-op memory beyond which all blocks are dropped and built anew.
  static let cacheLimit = 256 << 20

  package init(memory: AddressSpace, decoder: any InstructionDecoder) {
    self.memory = memory
    self.decoder = decoder
    emptyJumpCache = JumpCache.make()
    let block = UnsafeMutableRawPointer.allocate(byteCount: BlockHeader.stride + 32, alignment: 32)
    block.bindMemory(to: BlockHeader.self, capacity: 1).initialize(
      to: BlockHeader(rip: 0, identifier: .max, byteLength: 0, instructionCount: 0, prologueCount: 0, opCount: 1))
    resumeOp = (block + BlockHeader.stride).bindMemory(to: MicroOp.self, capacity: 1)
    resumeOp.initialize(to: MicroOp(Handlers.system[2]))
    memory.codeObserver = { [unowned self] start, end in self.codeChanged(start, end) }
  }

  /// Blocks built so far.
  package var builtBlockCount: UInt64 { maskedCache.builtCount + checkedCache.builtCount }

  // MARK: - Threads

  /// The state of a new guest thread: registers zero, control words as at exec (System V ABI 3.4.1).
  package func makeThread() -> CPU {
    let size = MemoryLayout<swemu_cpu>.size
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    let cpu = memory.bindMemory(to: swemu_cpu.self, capacity: 1)
    cpu.pointee.page_table = self.memory.pageTable
    cpu.pointee.jump_cache = JumpCache.make()
    cpu.pointee.rflags = Flag.alwaysSet | Flag.interrupt
    cpu.pointee.mxcsr = 0x1f80
    cpu.pointee.fcw = 0x37f
    cpu.resetSelectors()
    cpu.pointee.machine = Unmanaged.passUnretained(self).toOpaque()
    threads.append(cpu)
    return cpu
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

  package func freeThread(_ cpu: CPU) {
    threads.removeAll { $0 == cpu }
    JumpCache.free(cpu.pointee.jump_cache)
    cpu.deallocate()
  }

  @inline(__always) static func of(_ cpu: CPU) -> Machine {
    Unmanaged<Machine>.fromOpaque(cpu.pointee.machine.unsafelyUnwrapped)._withUnsafeGuaranteedRef { $0 }
  }

  // MARK: - Running

  /// Runs from RIP until something needs the kernel.
  package func run(_ cpu: CPU) -> Exit {
    while true {
      if maskedCache.byteCount + checkedCache.byteCount > Machine.cacheLimit { dropAllBlocks() }
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
    guard let entry = stepCache.find(rip) ?? build(at: rip, cpu, stepCache, limit: 1) else { return exit(cpu) }
    let jumps = cpu.pointee.jump_cache
    cpu.pointee.jump_cache = emptyJumpCache
    isStepping = true
    execute(cpu, entry)
    isStepping = false
    cpu.pointee.jump_cache = jumps
    switch cpu.pointee.exit_reason {
    case SWEMU_EXIT_LINK.rawValue, SWEMU_EXIT_RESUME.rawValue: return observers.hasEvent ? .observed : nil
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

  private var isStepping = false
  var isSteppingNow: Bool { isStepping }

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
    let host = MXCSR.enter(cpu)
    defer { MXCSR.leave(cpu, host) }
    var op: OpPointer? = entry
    while let current = op { op = unsafeBitCast(current.pointee.handler, to: Handler.self)(cpu, current) }
    X87.settle(cpu)
  }

  /// Patches the link that just led to a stub. Returns false if the target cannot be built (an exception is set).
  private func followLink(_ cpu: CPU) -> Bool {
    guard let exitOp = cpu.pointee.exit_op else { return true }
    let stub = exitOp.assumingMemoryBound(to: MicroOp.self)
    guard let target = entry(at: cpu.pointee.rip, cpu) else { return false }
    if instructionLimit == .max { blocks(for: cpu).link(stub - Terminator.stubDistance, to: target) }
    return true
  }

  /// The blocks that a thread runs, by whether it unmasks SSE exceptions.
  func blocks(for cpu: CPU) -> BlockCache { MXCSR.isUnmasked(cpu) ? checkedCache : maskedCache }

  /// The block at `address`, built if need be. Nil with an exception in the state if it cannot be.
  func entry(at address: UInt64, _ cpu: CPU) -> OpPointer? {
    let checks: UInt32 = MXCSR.isUnmasked(cpu) ? 1 : 0
    if cpu.pointee.checks_float != checks {
      // The thread changed sides: what its jump cache remembers is the other side's.
      cpu.pointee.checks_float = checks
      forgetJumps(cpu)
    }
    let cache = blocks(for: cpu)
    return cache.find(address) ?? build(at: address, cpu, cache, limit: BlockBuilder.instructionLimit)
  }

  @inline(never)
  private func build(at address: UInt64, _ cpu: CPU, _ cache: BlockCache, limit: Int) -> OpPointer? {
    guard canFetch(address, cpu, rip: address) else { return nil }
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
      builder.setToken(observer.blockBuilt(address, builder.lowered))
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

  func dropAllBlocks() {
    maskedCache.removeAll()
    checkedCache.removeAll()
    stepCache.removeAll()
    for thread in threads { forgetJumps(thread) }
  }

  private func forgetJumps(_ cpu: CPU) {
    cpu.pointee.jump_cache.update(repeating: .max, count: JumpCache.entryCount * 2)
  }

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
      let entry = thread.pointee.jump_cache + JumpCache.slot(address)
      if entry[0] == address { entry[0] = .max }
    }
  }
}
