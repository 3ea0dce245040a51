/// The registers that gdb is told of, in the order of their numbers (GDB manual, appendix G.5.8, "i386 Features").
package enum TargetDescription {
  package struct Register: Sendable {
    package var name: String
    package var bits: Int
    var type: String?
    var group: String?
  }

  package struct Feature: Sendable {
    package var name: String
    package var registers: [Register]
  }

  private static func general(_ names: String, _ bits: Int, _ type: String) -> [Register] {
    names.split(separator: " ").map { Register(name: String($0), bits: bits, type: type) }
  }

  private static let core: [Register] =
    general("rax rbx rcx rdx rsi rdi", 64, "int64") + general("rbp rsp", 64, "data_ptr")
    + general("r8 r9 r10 r11 r12 r13 r14 r15", 64, "int64") + general("rip", 64, "code_ptr")
    + general("eflags", 32, "i386_eflags") + general("cs ss ds es fs gs", 32, "int32")
    + (0..<8).map { Register(name: "st\($0)", bits: 80, type: "i387_ext") }
    + ["fctrl", "fstat", "ftag", "fiseg", "fioff", "foseg", "fooff", "fop"].map {
      Register(name: $0, bits: 32, type: "int", group: "float")
    }

  private static let sse: [Register] =
    (0..<16).map { Register(name: "xmm\($0)", bits: 128, type: "vec128") }
    + [Register(name: "mxcsr", bits: 32, type: "i386_mxcsr", group: "vector")]

  private static let avx: [Register] = (0..<16).map { Register(name: "ymm\($0)h", bits: 128, type: "uint128") }

  /// The features of a processor, with AVX or without.
  package static func features(hasAVX: Bool) -> [Feature] {
    var features = [
      Feature(name: "org.gnu.gdb.i386.core", registers: core),
      Feature(name: "org.gnu.gdb.i386.sse", registers: sse),
      Feature(name: "org.gnu.gdb.i386.linux", registers: general("orig_rax", 64, "int")),
      Feature(name: "org.gnu.gdb.i386.segments", registers: general("fs_base gs_base", 64, "int")),
    ]
    if hasAVX { features.append(Feature(name: "org.gnu.gdb.i386.avx", registers: avx)) }
    return features
  }

  /// `target.xml`.
  package static func xml(hasAVX: Bool) -> String {
    var text = "<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n<target>\n"
    text += "<architecture>i386:x86-64</architecture>\n<osabi>GNU/Linux</osabi>\n"
    for feature in features(hasAVX: hasAVX) {
      text += "<feature name=\"\(feature.name)\">\n"
      if feature.name.hasSuffix(".core") { text += flags("i386_eflags", eflags) }
      if feature.name.hasSuffix(".sse") { text += vectorTypes + flags("i386_mxcsr", mxcsr) }
      for register in feature.registers {
        text += "<reg name=\"\(register.name)\" bitsize=\"\(register.bits)\""
        if let type = register.type { text += " type=\"\(type)\"" }
        if let group = register.group { text += " group=\"\(group)\"" }
        text += "/>\n"
      }
      text += "</feature>\n"
    }
    return text + "</target>\n"
  }

  private static let eflags: [(String, Int)] = [
    ("CF", 0), ("", 1), ("PF", 2), ("AF", 4), ("ZF", 6), ("SF", 7), ("TF", 8), ("IF", 9), ("DF", 10), ("OF", 11),
    ("NT", 14), ("RF", 16), ("VM", 17), ("AC", 18), ("VIF", 19), ("VIP", 20), ("ID", 21),
  ]
  private static let mxcsr: [(String, Int)] = [
    ("IE", 0), ("DE", 1), ("ZE", 2), ("OE", 3), ("UE", 4), ("PE", 5), ("DAZ", 6), ("IM", 7), ("DM", 8), ("ZM", 9),
    ("OM", 10), ("UM", 11), ("PM", 12), ("FZ", 15),
  ]

  private static func flags(_ name: String, _ fields: [(String, Int)]) -> String {
    "<flags id=\"\(name)\" size=\"4\">\n"
      + fields.map { "<field name=\"\($0.0)\" start=\"\($0.1)\" end=\"\($0.1)\"/>\n" }.joined() + "</flags>\n"
  }

  private static let vectorTypes = """
    <vector id="v4f" type="ieee_single" count="4"/>
    <vector id="v2d" type="ieee_double" count="2"/>
    <vector id="v16i8" type="int8" count="16"/>
    <vector id="v8i16" type="int16" count="8"/>
    <vector id="v4i32" type="int32" count="4"/>
    <vector id="v2i64" type="int64" count="2"/>
    <union id="vec128">
    <field name="v4_float" type="v4f"/>
    <field name="v2_double" type="v2d"/>
    <field name="v16_int8" type="v16i8"/>
    <field name="v8_int16" type="v8i16"/>
    <field name="v4_int32" type="v4i32"/>
    <field name="v2_int64" type="v2i64"/>
    <field name="uint128" type="uint128"/>
    </union>

    """
}
