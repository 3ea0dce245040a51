import CMachine
import GDBRemote
import Machine
import X86

/// One register as debuggers name them.
package enum DebugRegister: Sendable, Equatable {
  /// In encoding order: RAX RCX RDX RBX RSP RBP RSI RDI R8…R15.
  case general(Int)
  case rip, flags
  /// In encoding order: ES CS SS DS FS GS.
  case segment(Int)
  /// ST(i), counted from the top.
  case x87(Int)
  case x87Control(X87Field)
  case xmm(Int)
  /// The upper half of a YMM register.
  case ymmHigh(Int)
  case mxcsr, fsBase, gsBase
  /// The number of the system call that is being served, else -1.
  case systemCall

  package enum X87Field: String, Sendable { case fctrl, fstat, ftag, fiseg, fioff, foseg, fooff, fop }

  /// The register that gdb's target description calls `name`.
  package init?(gdb name: String) {
    if let number = Self.generalNames.firstIndex(of: name) {
      self = .general(number)
    } else if let number = Self.segmentNames.firstIndex(of: name) {
      self = .segment(number)
    } else if let field = X87Field(rawValue: name) {
      self = .x87Control(field)
    } else if name.hasPrefix("xmm"), let number = Int(name.dropFirst(3)), number < 16 {
      self = .xmm(number)
    } else if name.hasPrefix("ymm"), name.hasSuffix("h"), let number = Int(name.dropFirst(3).dropLast()), number < 16 {
      self = .ymmHigh(number)
    } else if name.hasPrefix("st"), let number = Int(name.dropFirst(2)), number < 8 {
      self = .x87(number)
    } else {
      switch name {
      case "rip", "pc": self = .rip
      case "eflags", "rflags": self = .flags
      case "mxcsr": self = .mxcsr
      case "fs_base": self = .fsBase
      case "gs_base": self = .gsBase
      case "orig_rax": self = .systemCall
      default: return nil
      }
    }
  }

  package static let generalNames = [
    "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
  ]
  package static let segmentNames = ["es", "cs", "ss", "ds", "fs", "gs"]

  /// Size in bytes, as in the target description.
  package var size: Int {
    switch self {
    case .general, .rip, .fsBase, .gsBase, .systemCall: 8
    case .flags, .segment, .x87Control, .mxcsr: 4
    case .x87: 10
    case .xmm, .ymmHigh: 16
    }
  }
}

extension Debugger {
  /// The bytes of a register, least significant first.
  package func read(_ register: DebugRegister, _ cpu: CPU) -> [UInt8] {
    switch register {
    case .general(let number): return bytes(cpu[gpr: number], 8)
    case .rip: return bytes(cpu.pointee.rip, 8)
    case .flags: return bytes(cpu.flags.rawValue, 4)
    case .segment(let number): return bytes(UInt64(selector(cpu, number)), 4)
    case .mxcsr: return bytes(UInt64(cpu.pointee.mxcsr), 4)
    case .fsBase: return bytes(cpu.pointee.fs_base, 8)
    case .gsBase: return bytes(cpu.pointee.gs_base, 8)
    case .systemCall: return bytes(systemCall.map { UInt64(truncatingIfNeeded: $0) } ?? .max, 8)
    case .xmm(let number): return Array(UnsafeRawBufferPointer(start: cpu.vector(number & 15), count: 16))
    case .ymmHigh(let number): return Array(UnsafeRawBufferPointer(start: cpu.vector(number & 15) + 16, count: 16))
    case .x87(let number): return x87Image(cpu) { Array($0[32 + (number & 7) * 16..<42 + (number & 7) * 16]) }
    case .x87Control(let field): return bytes(x87Image(cpu) { Self.value(of: field, $0) }, 4)
    }
  }

  /// Sets a register; false where it cannot be set or `value` has another size.
  package func write(_ register: DebugRegister, _ cpu: CPU, _ value: [UInt8]) -> Bool {
    guard value.count == register.size else { return false }
    let word = value.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    switch register {
    case .general(let number): cpu[gpr: number] = word
    case .rip: cpu.pointee.rip = word
    case .flags:
      // What POPF may change in user mode, and the resume flag.
      let changeable: UInt64 = 0x0025_4dd5
      cpu.flags = RFlags(rawValue: cpu.flags.rawValue & ~changeable | word & changeable)
    // Selectors and bases are what the kernel lets programs load.
    case .segment(let number): return word == UInt64(selector(cpu, number))
    case .mxcsr:
      guard UInt32(truncatingIfNeeded: word) & MXCSR.reserved == 0 else { return false }
      cpu.pointee.mxcsr = UInt32(truncatingIfNeeded: word)
    case .fsBase: cpu.pointee.fs_base = word
    case .gsBase: cpu.pointee.gs_base = word
    case .systemCall: systemCall = word == .max ? nil : Int(truncatingIfNeeded: word)
    case .xmm(let number): cpu.vector(number & 15).copyMemory(from: value, byteCount: 16)
    case .ymmHigh(let number): (cpu.vector(number & 15) + 16).copyMemory(from: value, byteCount: 16)
    case .x87(let number):
      changeX87(cpu) { image in
        for (index, byte) in value.enumerated() { image[32 + (number & 7) * 16 + index] = byte }
      }
    case .x87Control(let field):
      changeX87(cpu) { Self.set(field, UInt32(truncatingIfNeeded: word), &$0) }
    }
    return true
  }

  private func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
  }

  private func selector(_ cpu: CPU, _ number: Int) -> UInt16 {
    let all = cpu.pointee.selectors
    switch number {
    case 0: return all.0
    case 1: return all.1
    case 2: return all.2
    case 3: return all.3
    case 4: return all.4
    default: return all.5
    }
  }

  // MARK: - x87

  private func x87Image<Result>(_ cpu: CPU, _ body: ([UInt8]) -> Result) -> Result {
    var image = [UInt8](repeating: 0, count: FXSAVEImage.size)
    image.withUnsafeMutableBytes {
      FXSAVEImage.store(cpu, mxcsr: cpu.pointee.mxcsr, to: $0.baseAddress.unsafelyUnwrapped)
    }
    return body(image)
  }

  private func changeX87(_ cpu: CPU, _ body: (inout [UInt8]) -> Void) {
    var image = x87Image(cpu) { $0 }
    body(&image)
    image.withUnsafeBytes { FXSAVEImage.load(cpu, from: $0.baseAddress.unsafelyUnwrapped) }
  }

  private static func value(of field: DebugRegister.X87Field, _ image: [UInt8]) -> UInt64 {
    func half(_ offset: Int) -> UInt64 { UInt64(image[offset]) | UInt64(image[offset + 1]) << 8 }
    switch field {
    case .fctrl: return half(0)
    case .fstat: return half(2)
    case .ftag: return fullTags(image)
    case .fop: return half(6)
    case .fioff: return half(8) | half(10) << 16
    case .fiseg: return half(12)
    case .fooff: return half(16) | half(18) << 16
    case .foseg: return half(20)
    }
  }

  private static func set(_ field: DebugRegister.X87Field, _ value: UInt32, _ image: inout [UInt8]) {
    func put(_ offset: Int) {
      image[offset] = UInt8(truncatingIfNeeded: value)
      image[offset + 1] = UInt8(truncatingIfNeeded: value >> 8)
    }
    switch field {
    case .fctrl: put(0)
    case .fstat: put(2)
    case .ftag: image[4] = (0..<8).reduce(0) { $0 | (value >> UInt32($1 * 2) & 3 == 3 ? 0 : 1 << UInt8($1)) }
    case .fop: put(6)
    case .fioff, .fiseg, .fooff, .foseg: break
    }
  }

  /// The two-bit tags of the eight physical registers (SDM vol. 1, 8.1.7).
  private static func fullTags(_ image: [UInt8]) -> UInt64 {
    let top = Int(image[3] >> 3 & 7)
    var tags: UInt64 = 0
    for physical in 0..<8 {
      let start = 32 + ((physical - top) & 7) * 16
      let significand = (0..<8).reduce(UInt64(0)) { $0 | UInt64(image[start + $1]) << UInt64($1 * 8) }
      let exponent = (UInt64(image[start + 8]) | UInt64(image[start + 9]) << 8) & 0x7fff
      let tag: UInt64
      if image[4] >> UInt8(physical) & 1 == 0 {
        tag = 3
      } else if exponent == 0, significand == 0 {
        tag = 1
      } else {
        tag = exponent == 0 || exponent == 0x7fff || significand >> 63 == 0 ? 2 : 0
      }
      tags |= tag << UInt64(physical * 2)
    }
    return tags
  }

  // MARK: - By name

  /// The integer that `$name` stands for, also for parts such as EAX, AX, AL and AH.
  package func value(named name: String, _ cpu: CPU) -> UInt64? {
    switch name {
    case "pc": return cpu.pointee.rip
    case "sp": return cpu.rsp
    case "fp": return cpu.rbp
    default: break
    }
    if let part = Self.part(name) { return cpu[gpr: part.number] >> part.shift & part.mask }
    guard let register = DebugRegister(gdb: name), register.size <= 8 else { return nil }
    return read(register, cpu).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
  }

  /// Sets what `$name` stands for; false where there is no such integer register.
  package func set(_ name: String, _ value: UInt64, _ cpu: CPU) -> Bool {
    switch name {
    case "pc": cpu.pointee.rip = value
    case "sp": cpu.rsp = value
    case "fp": cpu.rbp = value
    default:
      if let part = Self.part(name) {
        // As the processor does: 32-bit results clear the upper half.
        let kept = part.mask == 0xffff_ffff ? 0 : cpu[gpr: part.number] & ~(part.mask << part.shift)
        cpu[gpr: part.number] = kept | (value & part.mask) << part.shift
      } else if let register = DebugRegister(gdb: name), register.size <= 8 {
        return write(register, cpu, bytes(value, register.size))
      } else {
        return false
      }
    }
    return true
  }

  private static func part(_ name: String) -> (number: Int, shift: UInt64, mask: UInt64)? {
    for number in 0..<16 {
      let n = UInt8(number)
      if name == Register(.general32, n).name { return (number, 0, 0xffff_ffff) }
      if name == Register(.general16, n).name { return (number, 0, 0xffff) }
      if name == Register(.general8, n).name { return (number, 0, 0xff) }
      if number < 4, name == Register(.high8, n).name { return (number, 8, 0xff) }
    }
    return nil
  }
}
