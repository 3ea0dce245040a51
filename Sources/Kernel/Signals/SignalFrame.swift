import CMachine
import LinuxABI
import Machine
import X86

/// The frame that a signal handler finds on its stack, byte for byte as Linux writes it: the kernel's struct
/// rt_sigframe (arch/x86/include/asm/sigframe.h), its ucontext (asm-generic/ucontext.h) and sigcontext
/// (asm/sigcontext.h), and above it the floating-point state.
struct SignalFrame {
  private enum Offset {
    static let restorer = 0
    static let flags = 8, link = 16, stack = 24, registers = 48
    /// In struct sigcontext_64, from `registers` on: R8…R15, RDI RSI RBP RBX RDX RAX RCX RSP RIP RFLAGS.
    static let rip = registers + 128, rflags = registers + 136, selectors = registers + 144
    static let error = registers + 152, trap = registers + 160, oldMask = registers + 168, cr2 = registers + 176
    static let floatState = registers + 184
    static let mask = registers + 256
    static let info = 312
  }
  private static let size = 440
  private static let contextOffset = 8
  /// The order in which the registers are kept, as numbers in encoding order.
  private static let order = [8, 9, 10, 11, 12, 13, 14, 15, 7, 6, 5, 3, 2, 0, 1, 4]
  /// UC_FP_XSTATE, UC_SIGCONTEXT_SS, UC_STRICT_RESTORE_SS.
  private static let hasExtendedState: UInt64 = 1, hasStackSegment: UInt64 = 2 | 4
  /// What a handler may change of RFLAGS (FIX_EFLAGS): AC OF DF TF SF ZF AF PF CF RF.
  private static let changeable: UInt64 = 0x0005_0dd5
  /// The processor enters a handler without DF, RF, TF.
  private static let clearedFlags: UInt64 = 0x0001_0500
  /// The x86-64 ABI's bytes below the stack pointer that belong to the interrupted function.
  private static let redZone: UInt64 = 128
  static let restorerFlag: UInt64 = 0x0400_0000, onStackFlag: UInt64 = 0x0800_0000, infoFlag: UInt64 = 4

  // MARK: - Entering a handler

  /// Writes the frame and makes the thread enter the handler (x64_setup_rt_frame). EFAULT where there is no room for it.
  static func push(
    _ thread: GuestThread, _ signal: Int32, info: UnsafeRawPointer, action: SignalAction, oldMask: UInt64
  ) throws(Errno) {
    guard action.flags & restorerFlag != 0 else { throw .EFAULT }
    let cpu = thread.cpu
    let memory = thread.process.memory
    let area = XSaveArea(thread.process.machine.model)
    let stack = thread.alternateStack
    var top = cpu.rsp
    let isNested = stack.contains(top)
    var isEntering = false
    top &-= redZone
    if action.flags & onStackFlag != 0, stack.state(at: top) == 0 {
      top = stack.address &+ stack.size
      isEntering = true
    }
    let floatState = (top &- UInt64(area.frameSize)) & ~63
    let frame = (floatState &- UInt64(size)) & ~15 &- 8
    // Better to die than to write below the alternate stack.
    if isNested || isEntering, !stack.spans(frame) { throw .EFAULT }

    let scratch = thread.scratch
    let floatBytes = UnsafeMutableRawBufferPointer(start: scratch.allocate(area.frameSize), count: area.frameSize)
    floatBytes.initializeMemory(as: UInt8.self, repeating: 0)
    if let base = floatBytes.baseAddress { area.store(cpu, to: base) }
    try memory.copyOut(UnsafeRawBufferPointer(floatBytes), to: floatState)

    let bytes = scratch.allocate(size)
    bytes.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    bytes.storeBytes(of: action.restorer, toByteOffset: Offset.restorer, as: UInt64.self)
    bytes.storeBytes(
      of: hasStackSegment | (area.hasExtension ? hasExtendedState : 0), toByteOffset: Offset.flags, as: UInt64.self)
    bytes.storeBytes(of: stack.address, toByteOffset: Offset.stack, as: UInt64.self)
    bytes.storeBytes(of: stack.flags, toByteOffset: Offset.stack + 8, as: UInt32.self)
    bytes.storeBytes(of: stack.size, toByteOffset: Offset.stack + 16, as: UInt64.self)
    for (index, number) in order.enumerated() {
      bytes.storeBytes(of: cpu[gpr: number], toByteOffset: Offset.registers + index * 8, as: UInt64.self)
    }
    bytes.storeBytes(of: cpu.pointee.rip, toByteOffset: Offset.rip, as: UInt64.self)
    bytes.storeBytes(of: cpu.flags.rawValue, toByteOffset: Offset.rflags, as: UInt64.self)
    // CS, GS, FS, SS; GS and FS are 0 there.
    bytes.storeBytes(of: 0x33, toByteOffset: Offset.selectors, as: UInt16.self)
    bytes.storeBytes(of: 0x2b, toByteOffset: Offset.selectors + 6, as: UInt16.self)
    bytes.storeBytes(of: UInt64(thread.lastTrap.errorCode), toByteOffset: Offset.error, as: UInt64.self)
    bytes.storeBytes(of: UInt64(thread.lastTrap.number), toByteOffset: Offset.trap, as: UInt64.self)
    bytes.storeBytes(of: oldMask, toByteOffset: Offset.oldMask, as: UInt64.self)
    bytes.storeBytes(of: thread.lastTrap.address, toByteOffset: Offset.cr2, as: UInt64.self)
    bytes.storeBytes(of: floatState, toByteOffset: Offset.floatState, as: UInt64.self)
    bytes.storeBytes(of: oldMask, toByteOffset: Offset.mask, as: UInt64.self)
    let hasInfo = action.flags & infoFlag != 0
    if hasInfo { (bytes + Offset.info).copyMemory(from: info, byteCount: 128) }
    try memory.copyOut(UnsafeRawBufferPointer(start: bytes, count: hasInfo ? size : Offset.info), to: frame)

    cpu[gpr: 7] = UInt64(truncatingIfNeeded: signal)
    cpu[gpr: 6] = frame &+ UInt64(Offset.info)
    cpu[gpr: 2] = frame &+ UInt64(contextOffset)
    cpu[gpr: 0] = 0
    cpu.rsp = frame
    cpu.pointee.rip = action.handler
    cpu.flags = RFlags(rawValue: cpu.flags.rawValue & ~clearedFlags)
    (cpu.pointee.selectors.1, cpu.pointee.selectors.2) = (0x33, 0x2b)
    XSaveArea.clear(cpu)
    if stack.flags & AlternateStack.autodisarm != 0 { thread.alternateStack = AlternateStack() }
  }

  // MARK: - Leaving it

  /// rt_sigreturn: everything is as the frame says. Returns the mask; the caller sets it. EFAULT for a bad frame.
  static func pop(_ thread: GuestThread) throws(Errno) -> UInt64 {
    let cpu = thread.cpu
    let memory = thread.process.memory
    // RET took the restorer's address.
    let frame = cpu.rsp &- 8
    let bytes = UnsafeMutableRawBufferPointer(start: thread.scratch.allocate(Offset.info), count: Offset.info)
    try memory.copyIn(frame, into: bytes)
    func word(_ offset: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }

    let floatState = word(Offset.floatState)
    if floatState == 0 {
      XSaveArea.clear(cpu)
    } else {
      let area = XSaveArea(thread.process.machine.model)
      let count = try area.restoredSize(floatState, memory)
      let image = UnsafeMutableRawBufferPointer(start: thread.scratch.allocate(count), count: count)
      try memory.copyIn(floatState, into: image)
      guard let base = image.baseAddress, area.load(cpu, from: base, count: count) else { throw .EFAULT }
    }
    // An alternate stack that cannot be set is no error (restore_altstack). Linux
    // looks at the stack pointer of the handler, not at the restored one.
    thread.setAlternateStack(
      address: word(Offset.stack), flags: UInt32(truncatingIfNeeded: word(Offset.stack + 8)),
      size: word(Offset.stack + 16))
    for (index, number) in order.enumerated() { cpu[gpr: number] = word(Offset.registers + index * 8) }
    cpu.pointee.rip = word(Offset.rip)
    cpu.flags = RFlags(rawValue: cpu.flags.rawValue & ~changeable | word(Offset.rflags) & changeable)
    return word(Offset.mask)
  }
}
