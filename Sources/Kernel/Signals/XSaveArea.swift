import LinuxABI
import Machine

/// The floating-point part of a signal frame: the FXSAVE image, and with XSAVE the extended components behind it
/// (SDM vol. 1, 13.4; asm/sigcontext.h, struct _xstate). Its size follows from what CPUID says about the processor.
struct XSaveArea {
  /// Components that XCR0 enables, bit 0 x87, 1 SSE, 2 AVX; 0 for a processor without XSAVE.
  let components: UInt64
  /// Bytes of the area in standard form, without the closing magic number.
  let size: Int
  /// Where the upper halves of the YMM registers are.
  private let upperHalves: Int

  private static let headerOffset = 512, headerSize = 64
  private static let xmm: UInt64 = 3, avx: UInt64 = 4
  /// FP_XSTATE_MAGIC1 and 2, and where sw_reserved begins.
  private static let magic1: UInt32 = 0x4650_5853, magic2: UInt32 = 0x4650_5845
  private static let reservedOffset = 464

  init(_ model: CPUModel) {
    // OSXSAVE: the kernel uses XSAVE, and leaf 13 tells of it.
    if model.leaf(1, subleaf: 0).ecx >> 27 & 1 != 0 {
      let main = model.leaf(13, subleaf: 0)
      components = UInt64(main.eax) | UInt64(main.edx) << 32
      size = max(Int(main.ebx), Self.headerOffset + Self.headerSize)
      upperHalves = Int(model.leaf(13, subleaf: 2).ebx)
    } else {
      components = 0
      size = FXSAVEImage.size
      upperHalves = 0
    }
  }

  var hasExtension: Bool { components != 0 }
  private var hasAVX: Bool {
    components & Self.avx != 0 && upperHalves >= Self.headerOffset + Self.headerSize && upperHalves + 256 <= size
  }

  /// Bytes in the frame (fpu_user_cfg.max_size, and FP_XSTATE_MAGIC2 behind it).
  var frameSize: Int { hasExtension ? size + 4 : size }

  /// Stores the thread's state in `frameSize` bytes of a signal frame (copy_fpstate_to_sigframe); `memory` is zero.
  func store(_ cpu: CPU, to memory: UnsafeMutableRawPointer) {
    storeRegisters(cpu, to: memory)
    guard hasExtension else { return }
    // struct _fpx_sw_bytes.
    memory.storeBytes(of: Self.magic1, toByteOffset: Self.reservedOffset, as: UInt32.self)
    memory.storeBytes(of: UInt32(frameSize), toByteOffset: Self.reservedOffset + 4, as: UInt32.self)
    memory.storeBytes(of: components, toByteOffset: Self.reservedOffset + 8, as: UInt64.self)
    memory.storeBytes(of: UInt32(size), toByteOffset: Self.reservedOffset + 16, as: UInt32.self)
    memory.storeBytes(of: Self.magic2, toByteOffset: size, as: UInt32.self)
  }

  /// Stores the thread's state in `size` bytes as a core file has it, with XCR0 where debuggers look for it
  /// (copy_xstate_to_uabi_buf); `memory` is zero.
  func store(_ cpu: CPU, toCore memory: UnsafeMutableRawPointer) {
    storeRegisters(cpu, to: memory)
    if hasExtension { memory.storeBytes(of: components, toByteOffset: Self.reservedOffset, as: UInt64.self) }
  }

  private func storeRegisters(_ cpu: CPU, to memory: UnsafeMutableRawPointer) {
    FXSAVEImage.store(cpu, mxcsr: cpu.pointee.mxcsr, to: memory)
    guard hasExtension else { return }
    var used = Self.xmm
    if hasAVX {
      var any: UInt64 = 0
      for number in 0..<16 {
        let upper = cpu.vector(number) + 16
        (memory + upperHalves + number * 16).copyMemory(from: upper, byteCount: 16)
        any |= upper.loadUnaligned(as: UInt64.self) | upper.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      }
      if any != 0 { used |= Self.avx }
    }
    memory.storeBytes(of: used, toByteOffset: Self.headerOffset, as: UInt64.self)
  }

  /// The state in which a handler starts, and a thread whose frame has none goes on (fpu__clear_user_states).
  static func clear(_ cpu: CPU) {
    cpu.pointee.fcw = 0x37f
    cpu.pointee.fsw = 0
    cpu.pointee.ftw = 0
    cpu.pointee.fop = 0
    cpu.pointee.fip = 0
    cpu.pointee.fdp = 0
    cpu.pointee.mxcsr = 0x1f80
    let first = cpu.vector(0)
    first.initializeMemory(as: UInt8.self, repeating: 0, count: 32 * 64)
    let x87 = UnsafeMutableRawPointer(cpu) + (MemoryLayout.offset(of: \ProcessorState.x87) ?? 0)
    x87.initializeMemory(as: UInt8.self, repeating: 0, count: 128)
  }

  /// How many bytes at `address` make up the state of a frame: with the magic numbers of this processor's own frames
  /// all of it, else the FXSAVE image alone (check_xstate_in_sigframe).
  func restoredSize(_ address: UInt64, _ memory: AddressSpace) throws(Errno) -> Int {
    guard hasExtension else { return FXSAVEImage.size }
    let first: UInt32 = try memory.read(address &+ UInt64(Self.reservedOffset))
    let frame: UInt32 = try memory.read(address &+ UInt64(Self.reservedOffset) &+ 4)
    let stated: UInt32 = try memory.read(address &+ UInt64(Self.reservedOffset) &+ 16)
    guard first == Self.magic1, Int(stated) >= Self.headerOffset + Self.headerSize, Int(stated) <= size,
      stated <= frame
    else { return FXSAVEImage.size }
    let last: UInt32 = try memory.read(address &+ UInt64(stated))
    return last == Self.magic2 ? Int(stated) : FXSAVEImage.size
  }

  /// Loads the state from `count` bytes; false if the processor would refuse them.
  func load(_ cpu: CPU, from memory: UnsafeRawPointer, count: Int) -> Bool {
    let mxcsr = FXSAVEImage.mxcsr(memory)
    var wanted = Self.xmm
    var present = Self.xmm
    if count > FXSAVEImage.size {
      present = memory.loadUnaligned(fromByteOffset: Self.headerOffset, as: UInt64.self)
      // XCOMP_BV and what is reserved must be zero in standard form (SDM vol. 1, 13.8.1).
      let compact = memory.loadUnaligned(fromByteOffset: Self.headerOffset + 8, as: UInt64.self)
      let reserved = memory.loadUnaligned(fromByteOffset: Self.headerOffset + 16, as: UInt64.self)
      guard present & ~components == 0, compact == 0, reserved == 0 else { return false }
      wanted = components
      wanted &= memory.loadUnaligned(fromByteOffset: Self.reservedOffset + 8, as: UInt64.self)
    }
    guard mxcsr & MXCSR.reserved == 0 else { return false }
    let (x87, sse) = (present & 1 != 0, present & 2 != 0)
    let old = mxcsr
    Self.clear(cpu)
    if x87 || sse { FXSAVEImage.load(cpu, from: memory) }
    if !x87 {
      (cpu.pointee.fcw, cpu.pointee.fsw, cpu.pointee.ftw) = (0x37f, 0, 0)
    }
    if !sse { for number in 0..<16 { cpu.vector(number).initializeMemory(as: UInt8.self, repeating: 0, count: 64) } }
    // MXCSR is loaded with SSE or AVX, also where the image says that the registers are in their first state.
    cpu.pointee.mxcsr = old
    if hasAVX, wanted & present & Self.avx != 0, count >= upperHalves + 256 {
      for number in 0..<16 {
        (cpu.vector(number) + 16).copyMemory(from: memory + upperHalves + number * 16, byteCount: 16)
      }
    }
    return true
  }
}

private typealias ProcessorState = CPU.Pointee
