import Testing
import X86

@testable import Machine

@Suite struct CPULevelsTests {
  private func message(_ description: String) -> String? {
    do throws(CPUModel.Refusal) {
      _ = try CPUModel.named(description)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func levelsContainEachOther() throws {
    #expect(CPUFeatures.level2.isSuperset(of: .level1))
    #expect(CPUFeatures.level3.isSuperset(of: .level2))
    #expect(try CPUModel.named("x86-64").features == .level1)
    #expect(try CPUModel.named("x86-64-v2").features.isSuperset(of: .level2))
  }

  @Test func featuresBringWhatTheyNeedAndTakeWhatNeedsThem() throws {
    let without = try CPUModel.named("-avx").features
    for feature in [CPUFeatures.avx, .avx2, .fma, .f16c] { #expect(!without.contains(feature)) }
    #expect(try CPUModel.named("x86-64,+sse4.2").features.isSuperset(of: [.sse3, .ssse3, .sse41, .sse42]))
    #expect(try !CPUModel.named("x86-64-v2,-ssse3").features.contains(.sse42))
  }

  @Test func whatDoesNotExistIsRefused() {
    #expect(message("pentium")?.contains("there is no CPU model pentium") == true)
    #expect(message("x86-64,+mmx2")?.contains("+mmx2") == true)
    #expect(message("x86-64,avx")?.contains("avx") == true)
    #expect(message("") != nil)
  }

  /// CPUID, XCR0 and the size of the state agree.
  @Test func extendedStateAgrees() throws {
    let plain = try CPUModel.named("x86-64")
    #expect(plain.enabledComponents == 0)
    #expect(plain.stateSize == 512)
    #expect(plain.leaf(1, subleaf: 0).ecx >> 26 & 7 == 0)
    guard CPUFeatures.available.contains(.avx) else { return }
    let wide = try CPUModel.named("x86-64-v3")
    #expect(wide.enabledComponents == 7)
    #expect(wide.stateSize == 832)
    #expect(wide.leaf(1, subleaf: 0).ecx >> 26 & 7 == 7)
    #expect(wide.leaf(13, subleaf: 0) == CPUModel.Registers(eax: 7, ebx: 832, ecx: 832))
    #expect(wide.leaf(13, subleaf: 2) == CPUModel.Registers(eax: 256, ebx: 576))
  }

  /// An instruction outside the model is #UD; TZCNT and LZCNT are BSF and BSR.
  @Test func instructionsOutsideTheModelAreUndefined() {
    let cases: [(String, [UInt8], Vector)] = [
      ("pshufb", [0x66, 0x0f, 0x38, 0x00, 0xc1], .invalidOpcode), ("popcnt", [0xf3, 0x0f, 0xb8, 0xc1], .invalidOpcode),
      ("vpaddb", [0xc5, 0xf9, 0xfc, 0xc1], .invalidOpcode), ("andn", [0xc4, 0xe2, 0x70, 0xf2, 0xc2], .invalidOpcode),
      ("movbe", [0x0f, 0x38, 0xf0, 0x03], .invalidOpcode), ("xgetbv", [0x0f, 0x01, 0xd0], .invalidOpcode),
      ("crc32", [0xf2, 0x0f, 0x38, 0xf0, 0xc1], .invalidOpcode), ("paddb", [0x66, 0x0f, 0xfc, 0xc1], .breakpoint),
    ]
    Differential.withMachine { target in
      defer { target.machine.model = .best }
      target.machine.model = .baseline
      for (name, bytes, expected) in cases {
        let address = target.place(bytes)
        ProcessorState().store(to: target.cpu)
        target.cpu.pointee.rip = address
        guard case .exception(let exception) = target.machine.run(target.cpu) else {
          Issue.record("\(name) did not end")
          continue
        }
        #expect(exception.vector == expected, "\(name)")
      }
      let address = target.place([0xf3, 0x0f, 0xbd, 0xc1])
      var state = ProcessorState()
      state.gpr[R.rcx] = 0x10
      state.store(to: target.cpu)
      target.cpu.pointee.rip = address
      _ = target.machine.run(target.cpu)
      #expect(target.cpu.rax == 4)
    }
  }
}
