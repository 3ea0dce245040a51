import CMachine

/// A block that was built: where its micro-ops are and what points to it.
struct Block {
  let header: UnsafeMutablePointer<BlockHeader>
  /// Micro-ops of other blocks (and its own) whose `imm` links here.
  var incoming: [OpPointer] = []
  var isValid = true

  var entry: OpPointer {
    (UnsafeMutableRawPointer(header) + BlockHeader.stride).assumingMemoryBound(to: MicroOp.self)
  }
}

/// All blocks of an address space: found by address, listed under every page that they cover.
///
/// The memory of dropped blocks is kept until `removeAll`, because a thread may stand in one of them. With several
/// threads, everything here is used with the lock of the address space held; running threads follow links without it.
final class BlockCache {
  private(set) var blocks: [Block] = []
  private var byAddress: [UInt64: Int32] = [:]
  private var byPage: [UInt64: [Int32]] = [:]
  private var arena = Arena()

  /// Blocks built so far, dropped ones included.
  private(set) var builtCount: UInt64 = 0

  /// Bytes of micro-ops held, those of dropped blocks included.
  var byteCount: Int { arena.byteCount }

  /// Whether a host address lies in the memory of blocks.
  func holds(_ address: UInt) -> Bool { arena.contains(address) }

  func find(_ address: UInt64) -> OpPointer? {
    guard let index = byAddress[address] else { return nil }
    return blocks[Int(index)].entry
  }

  /// Copies what `builder` made into the cache.
  func insert(_ builder: borrowing BlockBuilder, at address: UInt64) -> OpPointer? {
    let identifier = blocks.count
    let size = BlockHeader.stride + builder.ops.count * MemoryLayout<MicroOp>.stride
    guard let memory = arena.allocate(size) else { return nil }
    let header = memory.bindMemory(to: BlockHeader.self, capacity: 1)
    header.initialize(
      to: BlockHeader(
        rip: address, identifier: UInt32(truncatingIfNeeded: identifier),
        byteLength: UInt32(truncatingIfNeeded: builder.byteLength),
        instructionCount: UInt16(truncatingIfNeeded: builder.instructionCount),
        prologueCount: UInt16(truncatingIfNeeded: builder.prologueCount),
        opCount: UInt32(truncatingIfNeeded: builder.ops.count)))
    let ops = (memory + BlockHeader.stride).bindMemory(to: MicroOp.self, capacity: builder.ops.count)
    builder.ops.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { ops.initialize(from: base, count: source.count) }
    }
    for link in 0..<builder.linkCount { unlink(ops + builder.terminatorIndex + link) }
    blocks.append(Block(header: header))
    builtCount += 1
    byAddress[address] = Int32(truncatingIfNeeded: identifier)
    forEachPage(of: header) { byPage[$0, default: []].append(Int32(truncatingIfNeeded: identifier)) }
    return ops
  }

  /// Makes the link in `op` lead to the block at `target`.
  func link(_ op: OpPointer, to target: OpPointer) {
    publish(UInt64(UInt(bitPattern: target)), op)
    blocks[Int(target.header.pointee.identifier)].incoming.append(op)
  }

  /// Points the link in `op` back at its stub.
  private func unlink(_ op: OpPointer) {
    publish(UInt64(UInt(bitPattern: op + Terminator.stubDistance)), op)
  }

  /// Threads follow the link while it changes: one store, after everything that it leads to is written.
  private func publish(_ link: UInt64, _ op: OpPointer) {
    let place = UnsafeMutableRawPointer(op) + (MemoryLayout<MicroOp>.offset(of: \.imm) ?? 0)
    swemu_publish(place.assumingMemoryBound(to: UInt64.self), link)
  }

  /// The pages (addresses shifted right by 12) in `range` of which some block covers bytes.
  func coveredPages(in range: Range<UInt64>) -> [UInt64] {
    // A huge mapping may go away at once: walk the shorter of the two.
    range.count > byPage.count ? byPage.keys.filter { range.contains($0) } : range.filter { byPage[$0] != nil }
  }

  /// Drops every block that covers `page`. Returns the addresses of those dropped.
  func removeBlocks(onPage page: UInt64) -> [UInt64] {
    guard let identifiers = byPage.removeValue(forKey: page) else { return [] }
    var removed: [UInt64] = []
    for identifier in identifiers {
      let index = Int(identifier)
      guard blocks[index].isValid else { continue }
      blocks[index].isValid = false
      for op in blocks[index].incoming { unlink(op) }
      blocks[index].incoming = []
      let address = blocks[index].header.pointee.rip
      if byAddress[address] == identifier { byAddress[address] = nil }
      removed.append(address)
      forEachPage(of: blocks[index].header) { other in
        if other != page { byPage[other]?.removeAll { $0 == identifier } }
      }
    }
    return removed
  }

  /// Forgets all blocks. Their memory, in which threads may still stand, is the caller's to free.
  func removeAll() -> Arena {
    blocks = []
    byAddress = [:]
    byPage = [:]
    defer { arena = Arena() }
    return arena
  }

  private func forEachPage(of header: UnsafeMutablePointer<BlockHeader>, _ body: (UInt64) -> Void) {
    let first = header.pointee.rip >> 12
    let last = (header.pointee.rip &+ UInt64(max(header.pointee.byteLength, 1)) &- 1) >> 12
    body(first)
    if last != first { body(last) }
  }
}
