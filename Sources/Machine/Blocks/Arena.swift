import Glibc

/// Memory for micro-ops: grows in chunks, is freed as a whole.
struct Arena {
  private static let chunkSize = 1 << 20
  private var chunks: [UnsafeMutableRawPointer] = []
  private var used = Arena.chunkSize
  /// Bytes of the last chunk that the host was asked for at once: a page fault for each page costs several times more.
  private var populated = 0
  private static let populationStep = 1 << 16

  /// Bytes mapped.
  var byteCount: Int { chunks.count * Arena.chunkSize }

  /// `size` bytes, 32-byte aligned; nil when the host has no memory, or for more than a chunk.
  mutating func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    let rounded = (size + 31) & ~31
    guard rounded <= Arena.chunkSize else { return nil }
    if used + rounded > Arena.chunkSize {
      let chunk = mmap(nil, Arena.chunkSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      guard let chunk, chunk != MAP_FAILED else { return nil }
      chunks.append(chunk)
      used = 0
      populated = 0
    }
    while populated < used + rounded {
      // Advice: where it is not taken, the pages come one by one.
      madvise(chunks[chunks.count - 1] + populated, Arena.populationStep, MADV_POPULATE_WRITE)
      populated += Arena.populationStep
    }
    defer { used += rounded }
    return chunks[chunks.count - 1] + used
  }

  func contains(_ address: UInt) -> Bool {
    chunks.contains { address >= UInt(bitPattern: $0) && address < UInt(bitPattern: $0) + UInt(Self.chunkSize) }
  }

  /// Gives the memory back; no allocation of it may be used any more.
  func free() { for chunk in chunks { munmap(chunk, Arena.chunkSize) } }
}
