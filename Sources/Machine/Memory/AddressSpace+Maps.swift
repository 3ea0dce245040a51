import LinuxABI

extension AddressSpace {
  /// What /proc/self/maps shows (fs/proc/task_mmu.c, show_map_vma).
  package var mapsText: String {
    // Paths are looked up after the lock is released: a file system may be slow.
    let vmas: [VMA]
    let heap: (UInt64, UInt64)
    (vmas, heap) = locked { () -> ([VMA], (UInt64, UInt64)) in (tree.vmas, (breakStart, breakEnd)) }
    var text: [UInt8] = []
    text.reserveCapacity(vmas.count * 80)
    for vma in vmas {
      let lineStart = text.count
      text.appendHexadecimal(vma.start, width: 8)
      text.append(UInt8(ascii: "-"))
      text.appendHexadecimal(vma.end, width: 8)
      text.append(contentsOf: " \(Self.permissions(vma)) ".utf8)
      text.appendHexadecimal(vma.isAnonymous ? 0 : vma.pageOffset << GuestAddress.pageShift, width: 8)
      text.append(UInt8(ascii: " "))
      text.appendHexadecimal(vma.backing?.deviceMajor ?? 0, width: 2)
      text.append(UInt8(ascii: ":"))
      text.appendHexadecimal(vma.backing?.deviceMinor ?? 0, width: 2)
      text.append(contentsOf: " \(vma.backing?.key.inode ?? 0) ".utf8)
      let label = label(vma, heap: heap)
      if !label.isEmpty {
        // seq_setwidth(m, 25 + sizeof(void *) * 6 - 1), then a space.
        while text.count - lineStart < 73 { text.append(UInt8(ascii: " ")) }
        for byte in label.utf8 {
          if byte == UInt8(ascii: "\n") { text.append(contentsOf: "\\012".utf8) } else { text.append(byte) }
        }
      }
      text.append(UInt8(ascii: "\n"))
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func permissions(_ vma: VMA) -> String {
    let rights = vma.protection
    return (rights.contains(.read) ? "r" : "-") + (rights.contains(.write) ? "w" : "-")
      + (rights.contains(.execute) ? "x" : "-") + (vma.isShared ? "s" : "p")
  }

  private func label(_ vma: VMA, heap: (UInt64, UInt64)) -> String {
    if let backing = vma.backing { return backing.currentPath }
    let name = locked { names.indices.contains(Int(vma.name)) ? names[Int(vma.name)] : "" }
    if vma.isSpecial { return name }
    // vma_is_initial_heap, vma_is_initial_stack.
    if vma.start < heap.1, vma.end > heap.0 { return "[heap]" }
    if stackStart != 0, vma.start <= stackStart, vma.end >= stackStart { return "[stack]" }
    return name.isEmpty ? "" : "[anon:\(name)]"
  }

  /// prctl(PR_SET_VMA, PR_SET_VMA_ANON_NAME): names private anonymous memory; nil takes the name away.
  ///
  /// The name's length and characters are the caller's to check. EBADF for a file, ENOMEM where nothing is mapped.
  package func setName(_ address: UInt64, _ unalignedLength: UInt64, _ name: String?) throws(Errno) {
    guard GuestAddress.isAligned(address) else { throw .EINVAL }
    let length = GuestAddress.pageAlign(unalignedLength)
    guard unalignedLength == 0 || length != 0 else { throw .EINVAL }
    let (end, overflow) = address.addingReportingOverflow(length)
    guard !overflow else { throw .EINVAL }
    try locked { () throws(Errno) in
      let identifier = intern(name ?? "")
      try forEachPart(address, end) { (index, start, end) throws(Errno) in
        guard tree[index].isAnonymous else { throw .EBADF }
        guard tree[index].name != identifier else { return }
        try checkSplitCount(index, start, end)
        tree.modify(index, start, end) { $0.name = identifier }
      }
    }
  }

  /// Maps a private page range that the kernel provides, such as "[vdso]": it never merges, grows or moves in part.
  package func mapSpecial(
    at address: UInt64, length: UInt64, protection: Protection, name: String
  ) throws(Errno) -> UInt64 {
    try locked { () throws(Errno) -> UInt64 in
      let size = GuestAddress.pageAlign(length)
      guard size != 0 else { throw .EINVAL }
      let start = try unmappedArea(hint: GuestAddress.pageStart(address), length: size, flags: [])
      var vma = VMA(
        start: start, end: start &+ size, flags: VMAFlags.mayAll.union(.dontExpand).with(protection),
        pageOffset: start >> GuestAddress.pageShift, backing: nil)
      vma.isSpecial = true
      vma.name = intern(name)
      try install(&vma, file: nil, descriptor: -1, populating: false)
      return start
    }
  }

  /// The number of a name. Names are few and kept for good; past 65535 of them, new ones are not remembered.
  private func intern(_ name: String) -> UInt16 {
    if let index = names.firstIndex(of: name) { return UInt16(truncatingIfNeeded: index) }
    guard names.count < Int(UInt16.max) else { return 0 }
    names.append(name)
    return UInt16(truncatingIfNeeded: names.count - 1)
  }
}

extension [UInt8] {
  /// Appends lower-case hexadecimal digits, at least `width` of them.
  fileprivate mutating func appendHexadecimal(_ value: UInt64, width: Int) {
    let digits = Swift.max((67 - (value | 1).leadingZeroBitCount) / 4, width)
    for position in stride(from: digits - 1, through: 0, by: -1) {
      let digit = UInt8(truncatingIfNeeded: position < 16 ? value >> UInt64(position * 4) & 15 : 0)
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
