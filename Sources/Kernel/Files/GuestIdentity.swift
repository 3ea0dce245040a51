import CHost
import Glibc
import LinuxABI
import Machine

/// What a guest process tells the emulators of other guests about itself, so that /proc/PID shows its program there and
/// not the emulator's.
///
/// It lies at an address that is the same in every emulator, just above guest memory. Others read it with
/// process_vm_readv, which asks for the same rights as /proc/PID/exe does.
enum GuestIdentity {
  private static let address: UInt64 = 0x4000_1000_0000
  private static let size = 8192
  private static let magic: UInt64 = 0x3174_7365_7567_7773  // "swguest1"
  private static let pathLimit = 4096
  private static let hiddenLimit = 64

  /// Offsets of fields.
  private enum Field {
    static let magic = 0, process = 8, argumentStart = 16, argumentEnd = 24, environmentStart = 32, environmentEnd = 40
    static let hiddenCount = 48, pathCount = 56, hidden = 64
    static let path = hidden + hiddenLimit * 4
  }

  /// Says what this process is; where the address is taken, nothing.
  static func publish(_ process: Process) {
    guard let base = UnsafeMutableRawPointer(bitPattern: UInt(address)), isMapped(base) else { return }
    let image = process.image
    base.storeBytes(of: image.argumentStart, toByteOffset: Field.argumentStart, as: UInt64.self)
    base.storeBytes(of: image.argumentEnd, toByteOffset: Field.argumentEnd, as: UInt64.self)
    base.storeBytes(of: image.environmentStart, toByteOffset: Field.environmentStart, as: UInt64.self)
    base.storeBytes(of: image.environmentEnd, toByteOffset: Field.environmentEnd, as: UInt64.self)
    let path = image.executablePath.prefix(pathLimit)
    path.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress { (base + Field.path).copyMemory(from: start, byteCount: bytes.count) }
    }
    base.storeBytes(of: UInt64(path.count), toByteOffset: Field.pathCount, as: UInt64.self)
    let hidden = process.files.hidden.prefix(hiddenLimit)
    for (index, number) in hidden.enumerated() {
      base.storeBytes(of: number, toByteOffset: Field.hidden + index * 4, as: Int32.self)
    }
    base.storeBytes(of: UInt64(hidden.count), toByteOffset: Field.hiddenCount, as: UInt64.self)
    base.storeBytes(of: UInt64(getpid()), toByteOffset: Field.process, as: UInt64.self)
    base.storeBytes(of: magic, toByteOffset: Field.magic, as: UInt64.self)
  }

  private static func isMapped(_ base: UnsafeMutableRawPointer) -> Bool {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE
    let result = mmap(base, size, PROT_READ | PROT_WRITE, flags, -1, 0)
    if result == base { return true }
    if result != MAP_FAILED, let result { munmap(result, size) }
    // It is ours already, or somebody else's.
    return Glibc.errno == EEXIST && base.load(as: UInt64.self) == magic
  }

  /// Another guest, as it described itself.
  struct Other {
    let process: Int32
    let executablePath: [UInt8]
    let hidden: [Int32]
    let arguments: (start: UInt64, end: UInt64)
    let environment: (start: UInt64, end: UInt64)

    /// The bytes of one of its areas, as far as they can be read.
    func bytes(_ area: (start: UInt64, end: UInt64)) -> [UInt8] {
      guard area.end > area.start, area.end - area.start <= 8 << 20, area.end < GuestAddress.ceiling else { return [] }
      let count = Int(area.end - area.start)
      return [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
        guard let start = buffer.baseAddress else { return }
        used = max(0, Int(swemu_host_peek(process, area.start, start, UInt64(count))))
      }
    }
  }

  /// What the process with a number of the host says about itself; nil for one that is no guest, or out of reach.
  static func read(_ process: Int) -> Other? {
    guard process > 0, process <= Int(Int32.max) else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { buffer -> Other? in
      guard let base = buffer.baseAddress,
        swemu_host_peek(Int32(process), address, base, UInt64(size)) == Int64(size),
        base.load(as: UInt64.self) == magic
      else { return nil }
      func word(_ offset: Int) -> UInt64 { base.load(fromByteOffset: offset, as: UInt64.self) }
      let count = Int(min(word(Field.pathCount), UInt64(pathLimit)))
      let hidden = Int(min(word(Field.hiddenCount), UInt64(hiddenLimit)))
      return Other(
        process: Int32(process), executablePath: Array(UnsafeRawBufferPointer(start: base + Field.path, count: count)),
        hidden: (0..<hidden).map { base.load(fromByteOffset: Field.hidden + $0 * 4, as: Int32.self) },
        arguments: (word(Field.argumentStart), word(Field.argumentEnd)),
        environment: (word(Field.environmentStart), word(Field.environmentEnd)))
    }
  }
}
