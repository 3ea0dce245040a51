/// The protocol's own numbers of signals (gdb/include/gdb/signals.def), which differ from Linux' from 7 on.
package enum GDBSignal {
  /// Index: Linux' number of the standard signals 0…31.
  private static let standard: [UInt8] = [
    0, 1, 2, 3, 4, 5, 6, 10, 8, 9, 30, 11, 31, 13, 14, 15, 143, 20, 19, 17, 18, 21, 22, 16, 24, 25, 26, 27, 28, 23, 32,
    12,
  ]

  package static let trap: UInt8 = 5

  package static func number(linux: Int32) -> UInt8 {
    switch linux {
    case 0..<Int32(standard.count): standard[Int(linux)]
    case 32: 77
    // GDB_SIGNAL_REALTIME_33 … 63 are 45 … 75.
    case 33...63: UInt8(linux + 12)
    case 64: 78
    default: 143
    }
  }

  /// Linux' number; 0 for one that Linux does not have.
  package static func linux(_ number: UInt8) -> Int32 {
    if let index = standard.firstIndex(of: number) { return Int32(index) }
    switch number {
    case 77: return 32
    case 45...75: return Int32(number) - 12
    case 78: return 64
    default: return 0
    }
  }
}
