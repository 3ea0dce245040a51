import CHost
import Glibc
import Kernel
import LinuxABI
import Machine
import X86

/// `--verify`: swemu and the host's processor execute the program side by side, instruction by instruction.
///
/// After each one, registers and flags are compared, and vector and x87 registers where it touches them. System calls are
/// made by swemu alone; their results and what they wrote are handed to the other side.
final class Verifier {
  private let process: Process
  private let cpu: CPU
  private let output: Output
  private var steps: UInt64 = 0
  private var calls: UInt64 = 0

  /// How a run ended.
  enum Outcome {
    case ended(ProcessEnd)
    case differs
    case impossible(String)
  }

  init(process: Process, output: Output) {
    self.process = process
    self.output = output
    cpu = process.mainThread
  }

  func run() -> Outcome {
    guard let twin = NativeTwin(memory: process.memory) else { return .impossible("no copy could be made (ptrace)") }
    defer { twin.end() }
    handOverRegisters(to: twin)
    twin.setState(state())
    while true {
      if let outcome = step(twin) {
        if case .ended = outcome {
          output.line("swemu: \(steps) instructions and \(calls) system calls executed alike")
        }
        return outcome
      }
    }
  }

  // MARK: - A step

  private func step(_ twin: NativeTwin) -> Outcome? {
    let rip = cpu.pointee.rip
    let instruction = process.instruction(at: rip)
    let before = cpu.flags
    let exit = process.machine.step(cpu)
    switch exit {
    case nil: break
    case .systemCall: return systemCall(twin)
    case .exception(let exception): return bothStop(exception, twin, instruction, rip)
    case .attention, .breakpoint, .observed: return .ended(.stopped)
    case .instructionLimit: return .ended(.instructionLimit)
    }
    steps += 1
    guard let instruction else { return .impossible("an instruction at \(process.place(rip)) cannot be decoded") }
    if isHostsOwn(instruction.mnemonic) {
      handOverRegisters(to: twin)
      twin.setState(state())
      return nil
    }
    var signal = twin.step()
    if signal == SIGSEGV, twin.follow() { signal = twin.step() }
    // A repeated string instruction stops after each iteration.
    let isRepeated = instruction.prefixes.contains(.rep) || instruction.prefixes.contains(.repne)
    while signal == 0, isRepeated, cpu.pointee.rip != rip, twin.registers.rip == rip {
      signal = twin.step()
      if signal == SIGSEGV, twin.follow() { signal = twin.step() }
    }
    guard signal == 0 else {
      return differs(instruction, rip, ["the host raises \(Signal(signal).name)"])
    }
    if instruction.mnemonic == .pushf || instruction.mnemonic == .pushfq {
      // The trap flag of the host's own stepping.
      twin.setWord(twin.word(at: cpu.rsp) & ~0x100, at: cpu.rsp)
    }
    return compare(twin, instruction, rip, before)
  }

  /// What depends on the processor or the moment: the twin takes swemu's results.
  private func isHostsOwn(_ mnemonic: Mnemonic) -> Bool {
    switch mnemonic {
    case .cpuid, .rdtsc, .rdtscp, .rdrand, .rdseed, .rdpid, .xgetbv, .rdpmc, .xsave, .xsave64, .xsavec, .xsavec64,
      .xsaveopt, .xsaveopt64, .fxsave, .fxsave64:
      if mnemonic != .cpuid, mnemonic.name.contains("save") { return false }
      return true
    default: return false
    }
  }

  private func systemCall(_ twin: NativeTwin) -> Outcome? {
    calls += 1
    steps += 1
    let number = Int(truncatingIfNeeded: cpu.rax)
    let (first, length) = (cpu.rdi, cpu.rsi)
    let newLength = cpu.rdx
    switch SyscallNumber(rawValue: number) {
    case .fork, .vfork, .clone, .clone3, .execve, .execveat:
      return .impossible("\(SyscallTable.name(number)) starts what has no copy")
    default: break
    }
    // What both wrote up to here must be the same; what differs afterwards is the kernel's doing.
    if let address = twin.firstDifference() {
      return differs(nil, cpu.pointee.rip, ["memory at \(process.place(address))"])
    }
    switch process.serveSystemCall(cpu) {
    case .exit(let status), .threadEnded(let status): return .ended(.exited(status))
    case .killed(let signal): return .ended(.killed(signal))
    case .value, .resumed: break
    }
    var replaced: Range<UInt64>?
    if cpu.rax < UInt64(bitPattern: -4095) {
      switch SyscallNumber(rawValue: number) {
      case .mmap: replaced = cpu.rax..<cpu.rax &+ (length &+ 4095) & ~4095
      case .mremap: replaced = cpu.rax..<cpu.rax &+ (newLength &+ 4095) & ~4095
      case .madvise: replaced = first..<first &+ (length &+ 4095) & ~4095
      default: break
      }
    }
    _ = twin.follow(replaced: replaced)
    if mayWriteMemory(number) { twin.copyDifferences() }
    handOverRegisters(to: twin)
    return nil
  }

  /// Whether a call may have written the guest's memory; most do.
  private func mayWriteMemory(_ number: Int) -> Bool {
    switch SyscallNumber(rawValue: number) {
    case .write, .writev, .close, .brk, .mmap, .munmap, .mprotect, .madvise, .lseek, .dup, .dup2, .getpid: false
    default: true
    }
  }

  /// The machine raised an exception: the host must, too.
  private func bothStop(_ exception: Exception, _ twin: NativeTwin, _ instruction: Instruction?, _ rip: UInt64)
    -> Outcome
  {
    let signal = twin.step()
    let text = instruction?.description ?? "(unknown)"
    if signal == 0 { return differs(instruction, rip, ["swemu raises \(exception.vector), the host nothing"]) }
    output.line("swemu: both raise an exception at \(process.place(rip)): \(text) (\(Signal(signal).name))")
    return .ended(.killed(signal))
  }

  // MARK: - Comparison

  /// Status flags, DF, NT, AC, ID.
  private static let comparedFlags: UInt64 = 0x24_4cd5

  private func compare(_ twin: NativeTwin, _ instruction: Instruction, _ rip: UInt64, _ before: RFlags) -> Outcome? {
    var native = twin.registers
    var differences: [String] = []
    withUnsafeBytes(of: &native.gpr) { values in
      for number in 0..<16 {
        let value = values.load(fromByteOffset: number * 8, as: UInt64.self)
        if value != cpu[gpr: number] {
          differences.append(line(Register(.general64, UInt8(number)).name, cpu[gpr: number], value))
        }
      }
    }
    if native.rip != cpu.pointee.rip { differences.append(line("rip", cpu.pointee.rip, native.rip)) }
    if native.fs_base != cpu.pointee.fs_base {
      differences.append(line("fs base", cpu.pointee.fs_base, native.fs_base))
    }
    let undefined = undefinedFlags(instruction).rawValue
    let flags = cpu.flags.rawValue
    let mask = Self.comparedFlags & ~undefined
    if native.rflags & mask != flags & mask { differences.append(line("flags", flags & mask, native.rflags & mask)) }
    if touchesVectors(instruction) { compareState(twin.state(), &differences) }
    if !differences.isEmpty { return differs(instruction, rip, differences) }
    if (native.rflags ^ flags) & Self.comparedFlags & undefined != 0 {
      // Undefined flags go on as the host has them, so that both sides stay alike.
      cpu.flags = RFlags(rawValue: (flags & ~undefined) | (native.rflags & undefined))
    }
    return nil
  }

  /// Also those that a count in CL decides; where it is 0 the old ones stay.
  private func undefinedFlags(_ instruction: Instruction) -> RFlags {
    var flags = instruction.flagsUndefined
    switch instruction.mnemonic {
    case .shl, .shr, .sar, .rol, .ror, .rcl, .rcr, .shld, .shrd: flags.formUnion([.overflow, .carry, .adjust])
    default: break
    }
    return flags
  }

  private func touchesVectors(_ instruction: Instruction) -> Bool {
    if instruction.opcodeMap == 0 { return instruction.opcode & 0xf8 == 0xd8 }
    if instruction.vex.isPresent { return true }
    return (0..<4).contains { index in
      switch instruction[operand: index].register.file {
      case .xmm, .ymm, .mmx, .x87: true
      default: false
      }
    }
  }

  /// The guest's vector and x87 state as the twin's image has it.
  private func state() -> [UInt8] {
    var image = [UInt8](repeating: 0, count: NativeTwin.stateSize)
    image.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      let all = StateComponent.x87 | StateComponent.sse | StateComponent.avx
      XSAVEImage.store(cpu, all, mxcsr: cpu.pointee.mxcsr, storesMXCSR: true, to: base)
      base.storeBytes(of: all, toByteOffset: XSAVEImage.headerOffset, as: UInt64.self)
    }
    return image
  }

  private func compareState(_ native: [UInt8], _ differences: inout [String]) {
    let own = state()
    guard native.count >= own.count else { return }
    // A component that is not in use is zero (x87: its control word is not).
    func bytes(_ image: [UInt8], _ offset: Int, _ count: Int, _ component: UInt8) -> [UInt8] {
      image[XSAVEImage.headerOffset] & component != 0
        ? Array(image[offset..<offset + count]) : [UInt8](repeating: 0, count: count)
    }
    for number in 0..<16 {
      let low = 160 + number * 16, high = XSAVEImage.avxOffset + number * 16
      let ours = bytes(own, low, 16, 2) + bytes(own, high, 16, 4)
      let theirs = bytes(native, low, 16, 2) + bytes(native, high, 16, 4)
      if ours != theirs { differences.append("ymm\(number): \(hexadecimal(ours)), host \(hexadecimal(theirs))") }
    }
    if own[24..<28] != native[24..<28] {
      differences.append("mxcsr: \(hexadecimal(Array(own[24..<28]))), host \(hexadecimal(Array(native[24..<28])))")
    }
    guard native[XSAVEImage.headerOffset] & 1 != 0 else { return }
    // Control, status and tag word.
    if own[0..<5] != native[0..<5] {
      differences.append("x87: \(hexadecimal(Array(own[0..<5]))), host \(hexadecimal(Array(native[0..<5])))")
    }
    for number in 0..<8 where own[32 + number * 16..<42 + number * 16] != native[32 + number * 16..<42 + number * 16] {
      let range = 32 + number * 16..<42 + number * 16
      differences.append("st\(number): \(hexadecimal(Array(own[range]))), host \(hexadecimal(Array(native[range])))")
    }
  }

  // MARK: - Text

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.reversed().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func line(_ name: String, _ own: UInt64, _ native: UInt64) -> String {
    "\(name): \(String(own, radix: 16)), host \(String(native, radix: 16))"
  }

  private func differs(_ instruction: Instruction?, _ rip: UInt64, _ differences: [String]) -> Outcome {
    output.line("swemu: different from the host after \(steps) instructions, at \(process.place(rip)):")
    if let instruction {
      let bytes = instruction.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
      output.line("swemu:   \(instruction.description)  [\(bytes)]")
    }
    for difference in differences { output.line("swemu:   \(difference)") }
    return .differs
  }

  private func handOverRegisters(to twin: NativeTwin) {
    var registers = swemu_trace_registers()
    withUnsafeMutableBytes(of: &registers.gpr) { values in
      for number in 0..<16 { values.storeBytes(of: cpu[gpr: number], toByteOffset: number * 8, as: UInt64.self) }
    }
    registers.rip = cpu.pointee.rip
    registers.rflags = cpu.flags.rawValue
    registers.fs_base = cpu.pointee.fs_base
    registers.gs_base = cpu.pointee.gs_base
    twin.registers = registers
  }
}
