/// A small random generator with a seed that can be printed and given again (SplitMix64, Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A value that is often at or near a border: small, all ones, a sign bit of some width, one bit.
  mutating func interesting() -> UInt64 {
    let raw = next()
    switch raw & 15 {
    case 0: return 0
    case 1: return 1
    case 2: return .max
    case 3: return 1 << 63
    case 4: return .max >> 1
    case 5: return 0x8000_0000
    case 6: return 0x7fff_ffff
    case 7: return next() & 0xff
    case 8: return 1 << (next() & 63)
    case 9: return 0 &- (next() & 0xff)
    case 10: return UInt64(bitPattern: Int64(bitPattern: next()) >> Int64(next() & 63))
    case 11: return 0x8080_8080_8080_8080
    default: return next()
    }
  }
}
