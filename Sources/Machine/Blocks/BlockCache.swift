import CMachine

/// A block that was built: where its micro-ops are and what points to it.
struct Block {
  let header: UnsafeMutablePointer<BlockHeader>
  /// First of the list, in `BlockCache.links`, of micro-ops whose `imm` links here (its own among them).
  var incoming = Link.none
  var isValid = true

  var entry: OpPointer {
    (UnsafeMutableRawPointer(header) + BlockHeader.stride).assumingMemoryBound(to: MicroOp.self)
  }
}

/// An element of a list: a micro-op that links to a block, or a block on a page.
struct Link {
  static let none: Int32 = -1
  /// The address of the micro-op, or the number of the block.
  var value: UInt
  var next: Int32
}

/// All blocks of an address space: found by address, listed under every page that they cover.
///
/// The memory of dropped blocks is kept until `removeAll`, because a thread may stand in one of them. With several
/// threads, everything here is used with the lock of the address space held; running threads follow links without it.
final class BlockCache {
  private(set) var blocks: [Block] = []
  private var byAddress = AddressMap()
  /// The first link of each page's list of blocks.
  private var byPage = AddressMap()
  /// The elements of all lists, kept together because most lists are short and there are tens of thousands.
  private var links: [Link] = []
  private var freeLinks = Link.none
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
    byAddress.set(address, Int32(truncatingIfNeeded: identifier))
    forEachPage(of: header) { byPage.set($0, add(UInt(identifier), before: byPage[$0] ?? Link.none)) }
    return ops
  }

  /// Makes the link in `op` lead to the block at `target`.
  func link(_ op: OpPointer, to target: OpPointer) {
    publish(UInt64(UInt(bitPattern: target)), op)
    let index = Int(target.header.pointee.identifier)
    blocks[index].incoming = add(UInt(bitPattern: op), before: blocks[index].incoming)
  }

  // MARK: - Lists

  private func add(_ value: UInt, before next: Int32) -> Int32 {
    let link = Link(value: value, next: next)
    guard freeLinks != Link.none else {
      links.append(link)
      return Int32(truncatingIfNeeded: links.count - 1)
    }
    let place = freeLinks
    freeLinks = links[Int(place)].next
    links[Int(place)] = link
    return place
  }

  /// Gives each value of the list to `body`, and the list's elements back.
  private func consume(_ first: Int32, _ body: (UInt) -> Void) {
    var place = first
    while place != Link.none {
      let link = links[Int(place)]
      links[Int(place)].next = freeLinks
      freeLinks = place
      body(link.value)
      place = link.next
    }
  }

  /// The list without `value`.
  private func removing(_ value: UInt, from first: Int32) -> Int32 {
    var kept = Link.none
    consume(first) { if $0 != value { kept = add($0, before: kept) } }
    return kept
  }

  // MARK: - Links between blocks

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
    guard range.count > byPage.count else { return range.filter { byPage[$0] != nil } }
    var pages: [UInt64] = []
    byPage.forEachKey { if range.contains($0) { pages.append($0) } }
    return pages
  }

  /// Drops every block that covers `page`. Returns the addresses of those dropped.
  func removeBlocks(onPage page: UInt64) -> [UInt64] {
    guard let first = byPage[page] else { return [] }
    byPage.remove(page)
    var identifiers: [UInt] = []
    consume(first) { identifiers.append($0) }
    var removed: [UInt64] = []
    for identifier in identifiers {
      let index = Int(identifier)
      guard blocks[index].isValid else { continue }
      blocks[index].isValid = false
      let incoming = blocks[index].incoming
      blocks[index].incoming = Link.none
      consume(incoming) { if let op = OpPointer(bitPattern: $0) { unlink(op) } }
      let address = blocks[index].header.pointee.rip
      if let known = byAddress[address], Int(known) == index { byAddress.remove(address) }
      removed.append(address)
      forEachPage(of: blocks[index].header) { other in
        guard other != page, let list = byPage[other] else { return }
        let rest = removing(identifier, from: list)
        if rest == Link.none { byPage.remove(other) } else { byPage.set(other, rest) }
      }
    }
    return removed
  }

  /// Forgets all blocks. Their memory, in which threads may still stand, is the caller's to free.
  func removeAll() -> Arena {
    blocks = []
    byAddress.removeAll()
    byPage.removeAll()
    links = []
    freeLinks = Link.none
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
