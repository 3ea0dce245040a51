import Glibc
import LinuxABI

extension AddressSpace {
  /// mmap(2): maps `length` bytes and returns where.
  ///
  /// Arguments are raw, as the system call gets them; errors come in the kernel's order (ksys_mmap_pgoff, do_mmap).
  /// - Parameter descriptor: the host's descriptor behind the guest's; ignored for anonymous memory.
  package func map(
    at address: UInt64, length: UInt64, protection: ProtectionFlags, flags: MapFlags, descriptor: Int32 = -1,
    offset: UInt64 = 0
  ) throws(Errno) -> UInt64 {
    guard GuestAddress.isAligned(offset) else { throw .EINVAL }
    var file: MappableFile?
    if !flags.contains(.anonymous) {
      file = try MappableFile(descriptor)
      if flags.contains(.hugeTLB) { throw .EINVAL }
    }
    return try locked { () throws(Errno) -> UInt64 in
      try mapLocked(address, length, Protection(protection), flags, file, descriptor, offset)
    }
  }

  /// The size of the huge pages that MAP_HUGETLB asks for, 4096 without it.
  private func pageSize(_ flags: MapFlags) throws(Errno) -> UInt64 {
    guard flags.contains(.hugeTLB), flags.contains(.anonymous) else { return GuestAddress.pageSize }
    switch flags.rawValue >> MapFlags.hugeShift & 0x3f {
    case 0, 21: return 2 << 20
    case 30: return 1 << 30
    default: throw .EINVAL
    }
  }

  /// Huge pages are those of a file without a name, of which none are reserved here (vm.nr_hugepages is 0).
  ///
  /// The kernel finds that out last, when what the mapping was to replace is gone already.
  private func refuseHugePages(
    _ type: UInt64, _ flags: MapFlags, _ bits: VMAFlags, _ address: UInt64, _ length: UInt64, _ offset: UInt64,
    _ pageMask: UInt64
  ) throws(Errno) {
    try checkExtent(offset, length)
    guard type >= MapFlags.shared.rawValue, type <= MapFlags.sharedValidate.rawValue else { throw .EINVAL }
    if type == MapFlags.sharedValidate.rawValue, !flags.isSubset(of: .legacy) { throw .EOPNOTSUPP }
    guard !bits.contains(.growsDown) else { throw .EINVAL }
    guard mayExpand(bits, length >> GuestAddress.pageShift) else { throw .ENOMEM }
    try unmapRange(address, address &+ length)
    throw offset & pageMask != 0 ? .EINVAL : .ENOMEM
  }

  private func mapLocked(
    _ hint: UInt64, _ unalignedLength: UInt64, _ protection: Protection, _ given: MapFlags, _ file: MappableFile?,
    _ descriptor: Int32, _ offset: UInt64, attempt: UInt64 = 0
  ) throws(Errno) -> UInt64 {
    let pageMask = try pageSize(given) &- 1
    guard unalignedLength != 0 else { throw .EINVAL }
    var flags = given
    if flags.contains(.fixedNoReplace) { flags.insert(.fixed) }
    let length = (unalignedLength &+ pageMask) & ~pageMask
    guard length != 0 else { throw pageMask == GuestAddress.pageMask ? .ENOMEM : .EINVAL }
    let pageOffset = offset >> GuestAddress.pageShift
    guard tree.count <= limits.mapCount else { throw .ENOMEM }

    var bits: VMAFlags = defaultFlags.union(.mayAll).with(protection)
    if flags.contains(.growsDown) {
      bits.insert(.growsDown)
      gaps.hasStacks = true
    }
    if flags.contains(.locked) { bits.insert(.locked) }
    // Since Linux 6.7 a thread's stack asks not to be made of huge pages.
    if flags.contains(.stack) { bits.insert(.noHugePage) }
    if flags.contains(.sync) { bits.insert(.sync) }

    let type = flags.rawValue & MapFlags.typeMask
    let isShared = type & MapFlags.shared.rawValue != 0
    let address = try unmappedArea(
      hint: flags.contains(.fixed) ? hint : roundHint(hint), length: length, flags: flags,
      alignsHuge: file == nil && !isShared)
    if flags.contains(.fixed), address & pageMask != 0 { throw .EINVAL }
    let end = address &+ length
    if flags.contains(.fixedNoReplace), tree.hasOverlap(address, end) { throw .EEXIST }
    if flags.contains(.locked), limits.locked == 0, !limits.mayLockBeyondLimit { throw .EPERM }
    guard mayLock(bits, length >> GuestAddress.pageShift) else { throw .EAGAIN }

    let isHuge = pageMask != GuestAddress.pageMask
    if let file {
      try checkFile(file, type, flags, protection, offset, length, &bits)
    } else if isHuge {
      try refuseHugePages(type, flags, bits, address, length, offset, pageMask)
    } else {
      switch type {
      case MapFlags.shared.rawValue:
        guard !bits.contains(.growsDown) else { throw .EINVAL }
        bits.formUnion([.shared, .mayShare])
      case MapFlags.droppable.rawValue:
        guard flags.isDisjoint(with: [.locked, .growsDown]) else { throw .EINVAL }
        // Nothing is ever dropped, which the flag allows; without it, such memory would be an ordinary mapping.
        bits.formUnion([.noReserve, .wipeOnFork, .dontDump])
      case MapFlags.private.rawValue: break
      default: throw .EINVAL
      }
    }
    if flags.contains(.noReserve), limits.committed == .max { bits.insert(.noReserve) }

    var vma = VMA(start: address, end: end, flags: bits, pageOffset: pageOffset, backing: nil)
    if file == nil { vma.pageOffset = isShared ? 0 : address >> GuestAddress.pageShift }
    // Whether a file can be mapped with MAP_SYNC is for its file system to say.
    let validation = type == MapFlags.sharedValidate.rawValue ? Int32(MapFlags.sharedValidate.rawValue) : 0
    do throws(Errno) {
      try install(
        &vma, file: file, descriptor: descriptor, populating: populates(bits, flags),
        hostFlags: flags.contains(.sync) ? MAP_SYNC | validation : 0)
    } catch {
      guard error == .EEXIST, !flags.contains(.fixedNoReplace) else { throw error }
      // The range holds memory of the host's that is no guest's: only another process image could have put it there
      // (a legacy memory layout, a second address space). Look below it.
      guard !flags.contains(.fixed), attempt < 40 else { throw .ENOMEM }
      let step = length &<< attempt
      guard address > step else { throw .ENOMEM }
      gaps.ceiling = address &- step
      (gaps.floor, gaps.largest) = (gaps.ceiling, 0)
      return try mapLocked(0, unalignedLength, protection, given, file, descriptor, offset, attempt: attempt + 1)
    }
    return address
  }

  /// round_hint_to_min.
  private func roundHint(_ hint: UInt64) -> UInt64 {
    let page = GuestAddress.pageStart(hint)
    return page != 0 && page < limits.minimumAddress ? GuestAddress.pageAlign(limits.minimumAddress) : page
  }

  private func populates(_ bits: VMAFlags, _ flags: MapFlags) -> Bool {
    if bits.contains(.locked) { return !bits.contains(.lockOnFault) }
    return flags.contains(.populate) && !flags.contains(.nonBlock)
  }

  /// file_mmap_ok: a file ends at s_maxbytes, which is at most 2^63 - 1.
  private func checkExtent(_ offset: UInt64, _ length: UInt64) throws(Errno) {
    let limit = UInt64(Int64.max)
    guard length <= limit, offset <= limit &- length else { throw .EOVERFLOW }
  }

  /// What do_mmap asks of a file.
  private func checkFile(
    _ file: MappableFile, _ type: UInt64, _ flags: MapFlags, _ protection: Protection,
    _ offset: UInt64, _ length: UInt64, _ bits: inout VMAFlags
  ) throws(Errno) {
    try checkExtent(offset, length)
    switch type {
    case MapFlags.shared.rawValue, MapFlags.sharedValidate.rawValue:
      if type == MapFlags.sharedValidate.rawValue, !flags.subtracting(.sync).isSubset(of: .legacy) {
        throw .EOPNOTSUPP
      }
      if protection.contains(.write), !file.isWritable { throw .EACCES }
      bits.formUnion([.shared, .mayShare])
      if !file.isWritable { bits.subtract([.mayWrite, .shared]) }
    case MapFlags.private.rawValue: break
    default: throw .EINVAL
    }
    guard file.isReadable else { throw .EACCES }
    if file.isOnNoExecMount {
      if protection.contains(.execute) { throw .EPERM }
      bits.remove(.mayExecute)
    }
    guard file.isMappable else { throw .ENODEV }
    guard !bits.contains(.growsDown) else { throw .EINVAL }
  }

  /// Puts a VMA in place of whatever lies in its range (mmap_region), on the host and here.
  ///
  /// - Parameter hostFlags: what the host's mmap gets besides the flags that follow from the VMA.
  func install(
    _ vma: inout VMA, file: MappableFile?, descriptor: Int32, populating: Bool, hostFlags: Int32 = 0
  ) throws(Errno) {
    let covered = tree.pages(vma.start, vma.end)
    let extra = vma.pages &- covered
    if covered != 0 { try checkUnmapCount(vma.start, vma.end) }
    guard mayExpand(vma.flags, extra) else { throw .ENOMEM }
    if isAccountable(vma.flags) {
      guard mayCommit(vma.pages) else { throw .ENOMEM }
      vma.flags.insert(.account)
    }
    let isShared = vma.flags.contains(.mayShare)
    if isShared, file == nil {
      guard mayCommit(vma.pages) else { throw .ENOMEM }
      vma.backing = makeSharedMemory(vma.size)
    }
    if covered != 0 { revoke(vma.start, vma.end) }
    var flags = hostFlags | (isShared ? MAP_SHARED : MAP_PRIVATE)
    if file == nil { flags |= MAP_ANONYMOUS }
    if vma.flags.contains(.noReserve) { flags |= MAP_NORESERVE }
    if populating { flags |= MAP_POPULATE }
    let offset = vma.pageOffset << GuestAddress.pageShift
    do throws(Errno) {
      try HostMemory.map(
        vma.start, vma.size, vma.protection, flags: flags, replacing: covered != 0,
        descriptor: file == nil ? -1 : descriptor, offset: file == nil ? 0 : offset)
    } catch {
      // A file system that refuses late leaves a gap where something was (vms_abort_munmap_vmas).
      if let first = tree.overlapping(vma.start, vma.end).first,
        !HostMemory.isMapped(max(vma.start, tree[first].start))
      {
        forget(vma.start, vma.end)
      }
      throw error
    }
    if let file { vma.backing = backing(of: file, descriptor) }
    if covered != 0 { forget(vma.start, vma.end) }
    tree.insert(vma)
    account(vma, adding: true)
    if populating { markPopulated(vma.start, vma.end) }
    checkInvariants()
  }

  private func makeSharedMemory(_ size: UInt64) -> FileBacking {
    // Device 0:1 is the kernel's internal tmpfs, where it keeps such memory too.
    defer { nextSharedInode &+= 1 }
    return FileBacking(
      key: .init(device: 1, inode: nextSharedInode), path: "/dev/zero", size: size, isAnonymous: true, isMemory: true)
  }

  /// The backing shared by all mappings of an open file.
  ///
  /// Which open file a descriptor stands for is told by device, inode and access mode.
  private func backing(of file: MappableFile, _ descriptor: Int32) -> FileBacking {
    let key = file.key
    var known = backings[key] ?? []
    known.removeAll { $0.object == nil }
    if let found = known.first(where: { $0.accessMode == file.accessMode })?.object { return found }
    let made = FileBacking(
      key: key, path: MappableFile.path(descriptor), size: file.size, isAnonymous: false,
      isMemory: file.isMemory)
    known.append(.init(object: made, accessMode: file.accessMode))
    backings[key] = known
    return made
  }
}
