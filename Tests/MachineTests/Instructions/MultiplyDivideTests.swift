import Testing
import X86

@Suite struct MultiplyDivideTests {
  static let multiplyUndefined: RFlags = [.sign, .zero, .adjust, .parity]

  @Test func products() {
    var cases: [InstructionCase] = []
    func add(_ name: String, _ bytes: [UInt8]) {
      cases.append(InstructionCase(name, bytes, undefined: Self.multiplyUndefined, prepare: Forms.smallIndex))
    }
    for width in Forms.widths {
      for (text, rm) in Forms.all {
        add("mul:\(width) \(text)", Encoding.modRM([sized(0xf6, width)], width: width, reg: 4, rm: rm))
        add("imul:\(width) \(text)", Encoding.modRM([sized(0xf6, width)], width: width, reg: 5, rm: rm))
        guard width > 8 else { continue }
        for reg in [R.rdx, R.r10] {
          add("imul:\(width) \(reg), \(text)", Encoding.modRM([0x0f, 0xaf], width: width, reg: reg, rm: rm))
          for value in [0, 3, 0xffff_fff9, 0x7fff_ffff, 0x8000_0000] as [UInt64] {
            add(
              "imul:\(width) \(reg), \(text), \(value)",
              Encoding.modRM([0x69], width: width, reg: reg, rm: rm, immediate: Encoding.immediate(value, width: width))
            )
          }
          add(
            "imul:\(width) \(reg), \(text), -7",
            Encoding.modRM([0x6b], width: width, reg: reg, rm: rm, immediate: [0xf9]))
        }
      }
    }
    Differential.compare(cases, count: 40)
  }

  /// Where the quotient does not fit the exception is compared; the state is made such that it often fits.
  @Test func quotients() {
    var cases: [InstructionCase] = []
    for width in Forms.widths {
      for (number, name) in [(6, "div"), (7, "idiv")] {
        for (text, rm) in Forms.all {
          for style in 0..<3 {
            cases.append(
              InstructionCase(
                "\(name):\(width) \(text) style \(style)",
                Encoding.modRM([sized(0xf6, width)], width: width, reg: number, rm: rm), undefined: .status
              ) { state, generator in
                Forms.smallIndex(&state, &generator)
                switch style {
                case 0: break
                case 1:
                  // The sign of RAX in RDX, as CQO leaves it.
                  let shift = Int64(64 - width)
                  let low = Int64(bitPattern: state.gpr[R.rax]) << shift
                  if number == 7 { state.gpr[R.rdx] = UInt64(bitPattern: low >> 63) } else { state.gpr[R.rdx] = 0 }
                  if width == 8 { state.gpr[R.rax] &= 0xff }
                default:
                  state.gpr[R.rdx] = generator.next() & 0xff
                  if width == 8 { state.gpr[R.rax] &= 0x7ff }
                  state.gpr[R.r13] = generator.next() | 0xff00
                  state.gpr[R.rdi] = generator.next() >> 3
                }
              })
          }
        }
      }
    }
    Differential.compare(cases, count: 150)
  }
}
