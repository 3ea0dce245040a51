import Glibc
import LinuxABI
import Machine

/// A path that a program gave, copied to where no other thread of it changes it any more; valid during the call.
struct GuestPath {
  /// The bytes, then a NUL.
  let pointer: UnsafePointer<CChar>
  /// Bytes before the NUL.
  let count: Int

  /// As an argument for the host.
  var address: Int { Int(bitPattern: pointer) }
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: pointer, count: count) }
  var isEmpty: Bool { count == 0 }
  var isAbsolute: Bool { count > 0 && pointer[0] == 0x2f }

  /// The bytes after the last slash.
  var lastComponent: UnsafeRawBufferPointer {
    var start = count
    while start > 0, pointer[start - 1] != 0x2f { start -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start...])
  }
}

extension SyscallContext {
  /// Argument `index` as a path (getname_flags).
  ///
  /// One that cannot be read, or that is too long, is left for the host to refuse, in its order of checks.
  func path(_ index: Int) -> GuestPath {
    if let sandbox = system.sandbox, let path = sandbox.replaced[index] { return hostPath(path) }
    let string = string(raw(index), max: Int(PATH_MAX))
    let path = GuestPath(pointer: string.pointer, count: string.count)
    if !files.hidden.isEmpty, leadsToHidden(path, index) {
      return hostPath(Array("/proc/self/fd/-1".utf8))
    }
    return process.settings.sysroot.isEmpty ? path : inSysroot(path) ?? path
  }

  /// Whether a path leads to a descriptor of an emulator's own in /proc.
  private func leadsToHidden(_ path: GuestPath, _ index: Int) -> Bool {
    guard path.count > 0 else { return false }
    var base = -100
    if index > 0, let row = SyscallTable.row(number), index <= row.arguments.count,
      case .atFD = row.arguments[index - 1]
    {
      base = fd(index - 1)
    }
    return PathWalk(path, under: base).passesDescriptor { number, descriptor in
      if ProcPath(process: number, rest: "fd").isOwn { return files.isHidden(descriptor) }
      return GuestIdentity.read(number)?.hidden.contains(descriptor) ?? false
    }
  }

  /// A copy of a string of the guest for a host that looks at no more than `max` bytes.
  ///
  /// Where it cannot be read the pointer is one that the host cannot read either. Without a NUL among its first `max`
  /// bytes it stays without one, and its count is 0.
  func string(_ address: UInt64, max: Int) -> (pointer: UnsafePointer<CChar>, count: Int) {
    let memory = memory
    var count = 0
    var copy = scratch.allocate(0)
    var room = 0
    while count < max {
      let at = address &+ UInt64(count)
      let wanted = min(max - count, Int(GuestAddress.pageSize - (at & GuestAddress.pageMask)))
      guard at < GuestAddress.ceiling,
        memory.pageTable[Int(at >> GuestAddress.pageShift)] & PageBits.readable != 0
          || memory.readablePrefix(at, UInt64(wanted)) != 0,
        let source = UnsafeRawPointer(bitPattern: UInt(at))
      else { return (Self.unreadable, 0) }
      let end = memchr(source, 0, wanted).map { UnsafeRawPointer($0) - source }
      let size = end ?? wanted
      if count + size + 1 > room {
        room = end == nil ? max : count + size + 1
        let larger = scratch.allocate(room)
        memcpy(larger, copy, count)
        copy = larger
      }
      memcpy(copy + count, source, size)
      count += size
      if end != nil {
        // Another thread may have put a NUL before the end in the meantime: the host stops there.
        copy.storeBytes(of: 0, toByteOffset: count, as: UInt8.self)
        return (UnsafePointer(copy.assumingMemoryBound(to: CChar.self)), count)
      }
    }
    return (UnsafePointer(copy.assumingMemoryBound(to: CChar.self)), 0)
  }

  /// Where nobody can read a string.
  private static var unreadable: UnsafePointer<CChar> {
    UnsafePointer(bitPattern: unmappedAddress).unsafelyUnwrapped
  }

  /// Argument `index` as a string for the host, as `string`.
  func hostString(_ index: Int, max: Int) -> Int { Int(bitPattern: string(raw(index), max: max).pointer) }
}
