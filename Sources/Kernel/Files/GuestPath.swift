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
  /// Argument `index` as a path, copied as getname_flags does: EFAULT; ENAMETOOLONG from PATH_MAX bytes on.
  func path(_ index: Int) throws(Errno) -> GuestPath {
    let string = try string(raw(index), max: Int(PATH_MAX), tooLong: .ENAMETOOLONG)
    return GuestPath(pointer: string.pointer, count: string.count)
  }

  /// A string of the guest with its NUL among the first `max` bytes.
  func string(
    _ address: UInt64, max: Int, tooLong: Errno
  ) throws(Errno) -> (pointer: UnsafePointer<CChar>, count: Int) {
    let memory = memory
    var count = 0
    var copy = scratch.allocate(0)
    var room = 0
    while count < max {
      let at = address &+ UInt64(count)
      let page = at >> GuestAddress.pageShift
      let wanted = min(max - count, Int(GuestAddress.pageSize - (at & GuestAddress.pageMask)))
      guard at < GuestAddress.ceiling,
        memory.pageTable[Int(page)] & PageBits.readable != 0 || memory.readablePrefix(at, UInt64(wanted)) != 0,
        let source = UnsafeRawPointer(bitPattern: UInt(at))
      else { throw .EFAULT }
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
        copy.storeBytes(of: 0, toByteOffset: count, as: UInt8.self)
        // Another thread may have put a NUL before the end in the meantime: the host stops there.
        return (UnsafePointer(copy.assumingMemoryBound(to: CChar.self)), count)
      }
    }
    throw tooLong
  }
}
