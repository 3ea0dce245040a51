extension Instruction {
  package var flagsRead: RFlags { .status }
  package var flagsWritten: RFlags { [] }
  package var condition: Condition? {
    switch mnemonic {
    case .jo: .o
    case .jno: .no
    case .jb: .b
    case .jae: .ae
    case .je: .e
    case .jne: .ne
    case .jbe: .be
    case .ja: .a
    case .js: .s
    case .jns: .ns
    case .jp: .p
    case .jnp: .np
    case .jl: .l
    case .jge: .ge
    case .jle: .le
    case .jg: .g
    default: nil
    }
  }
}
