import CCapstone
import Glibc
import X86

/// Why capstone could not be started.
package struct CapstoneError: Error, CustomStringConvertible {
  package let code: UInt32
  package var description: String { "capstone does not start: error \(code)" }
}

/// A capstone handle, and what swemu takes from it: the name of an instruction and the kinds of its operands.
///
/// `access`, `eflags` and `cs_regs_access` of capstone 4.0.2 are wrong too often to be used; see `OperandAccess`.
final class CapstoneEngine {
  enum Operand {
    case register(Register)
    /// Bits accessed, as capstone believes, and the file of a vector index register or `.none`.
    case memory(width: UInt16, vectorIndex: Register.File)
    case immediate(Int64)
  }

  private var handle: csh = 0
  private let insn: UnsafeMutablePointer<cs_insn>
  /// `Mnemonic` raw values by capstone id, plus one; 0 where the name was not looked up yet.
  private let mnemonics: UnsafeMutablePointer<UInt16>
  private static let idCount = Int(X86_INS_ENDING.rawValue) + 1

  init() throws(CapstoneError) {
    let status = cs_open(CS_ARCH_X86, CS_MODE_64, &handle)
    guard status == CS_ERR_OK else { throw CapstoneError(code: status.rawValue) }
    cs_option(handle, CS_OPT_DETAIL, Int(CS_OPT_ON.rawValue))
    guard let insn = cs_malloc(handle) else {
      cs_close(&handle)
      throw CapstoneError(code: CS_ERR_MEM.rawValue)
    }
    self.insn = insn
    mnemonics = .allocate(capacity: Self.idCount)
    mnemonics.initialize(repeating: 0, count: Self.idCount)
  }

  deinit {
    cs_free(insn, 1)
    cs_close(&handle)
    mnemonics.deallocate()
  }

  /// Decodes the instruction that starts at the first byte; nil where capstone knows none.
  func disassemble(_ bytes: UnsafeRawBufferPointer) -> (mnemonic: Mnemonic, length: Int)? {
    guard let start = bytes.baseAddress else { return nil }
    var code: UnsafePointer<UInt8>? = start.assumingMemoryBound(to: UInt8.self)
    var size = bytes.count
    var address: UInt64 = 0
    guard cs_disasm_iter(handle, &code, &size, &address, insn) else { return nil }
    return (mnemonic(ofID: insn.pointee.id), bytes.count - size)
  }

  /// The operands of the instruction decoded last, in Intel order.
  func forEachOperand(_ body: (Operand) -> Void) {
    guard let detail = insn.pointee.detail else { return }
    let count = min(Int(detail.pointee.x86.op_count), 8)
    withUnsafePointer(to: &detail.pointee.x86.operands) { tuple in
      tuple.withMemoryRebound(to: cs_x86_op.self, capacity: 8) { operands in
        for index in 0..<count {
          let operand = operands[index]
          switch operand.type {
          case X86_OP_REG: body(.register(Register(capstone: operand.reg)))
          case X86_OP_IMM: body(.immediate(operand.imm))
          case X86_OP_MEM:
            let file = Register(capstone: operand.mem.index).file
            body(.memory(width: UInt16(operand.size) * 8, vectorIndex: file == .xmm || file == .ymm ? file : .none))
          default: break
          }
        }
      }
    }
  }

  /// Capstone's ids change between releases, so names are compared, once for each id that is met.
  private func mnemonic(ofID id: UInt32) -> Mnemonic {
    guard id < Self.idCount else { return .invalid }
    let known = mnemonics[Int(id)]
    if known != 0 { return Mnemonic(rawValue: known &- 1) ?? .invalid }
    var found = Mnemonic.invalid
    if let name = cs_insn_name(handle, id) { found = capstoneAlias(name) ?? Mnemonic(name: name) }
    mnemonics[Int(id)] = found.rawValue + 1
    return found
  }
}

/// The SDM's name where capstone has one of its own for an encoding or a size of the same instruction.
private func capstoneAlias(_ name: UnsafePointer<CChar>) -> Mnemonic? {
  for alias in capstoneAliases where strcmp(alias.name, name) == 0 { return alias.mnemonic }
  return nil
}

private struct CapstoneAlias: Sendable {
  let spelling: StaticString
  let mnemonic: Mnemonic
  /// Zero-terminated, as string literals are.
  var name: UnsafePointer<CChar> { UnsafeRawPointer(spelling.utf8Start).assumingMemoryBound(to: CChar.self) }
}

private let capstoneAliases: [CapstoneAlias] = [
  CapstoneAlias(spelling: "movabs", mnemonic: .mov),
  CapstoneAlias(spelling: "sal", mnemonic: .shl),
  CapstoneAlias(spelling: "wait", mnemonic: .fwait),
  CapstoneAlias(spelling: "fstpnce", mnemonic: .fstp),
  CapstoneAlias(spelling: "feni8087_nop", mnemonic: .fnop),
  CapstoneAlias(spelling: "fdisi8087_nop", mnemonic: .fnop),
  CapstoneAlias(spelling: "fsetpm", mnemonic: .fnop),
  CapstoneAlias(spelling: "vcvtpd2dqx", mnemonic: .vcvtpd2dq),
  CapstoneAlias(spelling: "vcvttpd2dqx", mnemonic: .vcvttpd2dq),
  CapstoneAlias(spelling: "vcvtpd2psx", mnemonic: .vcvtpd2ps),
]
