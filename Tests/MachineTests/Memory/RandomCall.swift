/// A small generator with a seed, so that a failure can be repeated (splitmix64).
struct Random {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
  mutating func below(_ bound: UInt64) -> UInt64 { next() % bound }
  mutating func pick<T>(_ choices: [T]) -> T { choices[Int(below(UInt64(choices.count)))] }
}

/// A call with arguments, made of random numbers.
struct RandomCall: CustomStringConvertible {
  var name: String
  var arguments: [UInt64]
  var description: String { "\(name)(\(arguments.map { String($0, radix: 16) }.joined(separator: ", ")))" }

  init(_ random: inout Random, pages: UInt64) {
    func start() -> UInt64 { random.below(pages) << 12 }
    let at = random.below(pages) << 12
    let room = pages - at >> 12
    func length(_ limit: UInt64) -> UInt64 { (random.below(min(limit, 8)) + 1) << 12 }
    let protections: [UInt64] = [0, 1, 2, 3, 3, 3, 4, 5, 7]
    switch random.below(110) {
    case 0..<30:
      name = "mmap"
      let sharing = random.pick([1, 2, 2, 2, 2, 3] as [UInt64])
      let extra = random.pick([0, 0, 0, 0, 0x4000, 0x20000, 0x8000, 0x2000, 0x100, 0x100000] as [UInt64])
      let anonymous: UInt64 = random.below(3) == 0 ? 0 : 0x20
      let file = random.below(3)
      arguments = [
        at, length(room), random.pick(protections), 0x10 | sharing | extra | anonymous, file, random.below(20) << 12,
      ]
    case 30..<45:
      name = "munmap"
      arguments = [at, length(room)]
    case 45..<62:
      name = "mprotect"
      let growth: UInt64 = random.below(12) == 0 ? 0x0100_0000 : 0
      arguments = [at, length(room), random.pick(protections) | growth]
    case 62..<74:
      name = "mremap"
      let to = start()
      let new = length(pages - to >> 12)
      let old = random.below(10) == 0 ? 0 : random.below(3) == 0 ? new : length(room)
      arguments = [at, old, new, random.pick([0, 0, 3, 3, 3, 5, 7, 2]), to]
      // What would move to a place of the kernel's choosing cannot be compared.
      if arguments[3] == 5 { arguments[3] = 7 }
    case 74..<84:
      name = "madvise"
      arguments = [
        at, length(room), random.pick([0, 1, 2, 3, 4, 4, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 22, 23, 5, 999]),
      ]
    case 84..<88:
      name = "mlock"
      arguments = [at, length(room), random.below(3)]
    case 88..<91:
      name = "munlock"
      arguments = [at, length(room)]
    case 91..<93:
      name = "msync"
      arguments = [at, length(room), random.below(8)]
    case 93..<103:
      name = "store"
      arguments = [at + random.below(4096), random.below(256)]
    default:
      name = "load"
      arguments = [at + random.below(4096)]
    }
    if random.below(6) == 0 { spoil(&random) }
  }

  /// Makes one or two arguments such as the kernel refuses, or should.
  ///
  /// Never a length that would take the test's own memory along.
  private mutating func spoil(_ random: inout Random) {
    for _ in 0...random.below(2) {
      switch (name, random.below(5)) {
      case ("store", _), ("load", _): return
      case (_, 0): arguments[0] += random.pick([1, 0x800, 0xfff] as [UInt64])
      case ("mmap", 1): arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, 1 << 47, 0x7fff_ffff_f000])
      case ("mmap", 2): arguments[2] |= random.pick([8, 0x10, 0x0100_0000, 1 << 31] as [UInt64])
      case ("mmap", 3):
        arguments[3] ^= random.pick([1, 2, 0x40000, 0x40000 | 21 << 26, 0x40000 | 20 << 26, 4, 0x40, 0x100, 0x80000])
      case ("mmap", _):
        if random.below(2) == 0 { arguments[4] = 3 } else { arguments[5] = random.pick([1, 0x7ff, ~0xfff, 1 << 63]) }
      case ("munmap", 1): arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, 1 << 47])
      case ("mprotect", 1): arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, 1 << 40])
      case ("mprotect", _): arguments[2] ^= random.pick([8, 0x10, 0x0100_0000, 0x0200_0000, 0x0300_0000] as [UInt64])
      case ("mremap", 1): arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, 1 << 47])
      case ("mremap", 2): arguments[2] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, 1 << 47, 0x7fff_ffff_f000])
      case ("mremap", 3): arguments[3] = random.pick([8, 2, 4, 6, 0])
      case ("mremap", _): arguments[4] = random.pick([1, ~0xfff, 0x7fff_ffff_f000, arguments[0]])
      case ("madvise", 1), ("mlock", 1), ("munlock", 1):
        arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff, ~0x1fff])
      case ("msync", 1): arguments[1] = random.pick([0, 1, 0xfff, 0x1001, ~0, ~0xfff])
      case ("msync", _): arguments[2] = random.pick([8, 0x10, 5, 7])
      case ("mlock", _): arguments[2] = random.pick([2, 3, 0x10])
      default: break
      }
    }
    // Huge pages without a reservation can be mapped natively, though never touched.
    if name == "mmap", arguments[3] & 0x40000 != 0 { arguments[3] &= ~0x4000 }
    // Fixed mappings of a size that would cover the process.
    if name == "mremap", arguments[3] & 1 == 1, arguments[3] & 2 == 0 { arguments[3] = 0 }
  }

  func run(_ calls: some MemoryCalls, _ writable: Int32, _ readOnly: Int32) -> CallResult {
    let a = arguments
    switch name {
    case "mmap": return calls.map(a[0], a[1], a[2], a[3], [readOnly, writable, writable, -1][Int(a[4])], a[5])
    case "munmap": return calls.unmap(a[0], a[1])
    case "mprotect": return calls.protect(a[0], a[1], a[2])
    case "mremap": return calls.remap(a[0], a[1], a[2], a[3], a[4])
    case "madvise": return calls.advise(a[0], a[1], a[2])
    case "mlock": return calls.lock(a[0], a[1], a[2])
    case "munlock": return calls.unlock(a[0], a[1])
    case "msync": return calls.sync(a[0], a[1], a[2])
    case "store":
      guard let line = calls.lines().first(where: { $0.start <= a[0] && a[0] < $0.end }),
        line.permissions.contains("w")
      else { return 1 }
      return calls.store(a[0], UInt8(truncatingIfNeeded: a[1]))
    default:
      // Elsewhere x86 reads what the kernel's own access may not.
      guard let line = calls.lines().first(where: { $0.start <= a[0] && a[0] < $0.end }),
        line.permissions.contains("r")
      else { return -1 }
      return calls.load(a[0])
    }
  }
}
