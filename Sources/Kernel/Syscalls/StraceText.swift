import Glibc
import LinuxABI
import Machine

/// Texts of values in guest memory, as strace writes them.
struct StraceText {
  let memory: AddressSpace

  /// How many bytes of a string or buffer are shown (strace -s).
  private static let shown = 32

  // MARK: - Numbers

  static func pointer(_ value: UInt64) -> String { value == 0 ? "NULL" : hex(value) }

  static func octal(_ value: UInt64) -> String { value == 0 ? "000" : "0" + String(value, radix: 8) }

  /// `0644`, `S_IFDIR|0755`.
  static func mode(_ value: UInt64) -> String {
    let types: [UInt64: String] = [
      0o140000: "S_IFSOCK", 0o120000: "S_IFLNK", 0o100000: "S_IFREG", 0o060000: "S_IFBLK", 0o040000: "S_IFDIR",
      0o020000: "S_IFCHR", 0o010000: "S_IFIFO",
    ]
    var text = types[value & 0o170000].map { $0 + "|" } ?? ""
    for (bit, name): (UInt64, String) in [(0o4000, "S_ISUID"), (0o2000, "S_ISGID"), (0o1000, "S_ISVTX")]
    where value & bit != 0 && !text.isEmpty {
      text += name + "|"
    }
    let digits = String(text.isEmpty ? value & 0xffff : value & 0o777, radix: 8)
    return text + "0" + String(repeating: "0", count: max(0, (text.isEmpty ? 2 : 3) - digits.utf8.count)) + digits
  }

  /// `O_RDONLY|O_CLOEXEC`.
  static func openFlags(_ value: UInt64) -> String {
    let modes = ["O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE"]
    let rest = value & ~3
    return modes[Int(value & 3)] + (rest == 0 ? "" : "|" + SymbolSet.open.flags(rest))
  }

  /// A request that is made of direction, type, number and size (asm-generic/ioctl.h).
  static func ioctl(_ value: UInt64) -> String {
    let directions = ["_IOC_NONE", "_IOC_WRITE", "_IOC_READ", "_IOC_READ|_IOC_WRITE"]
    return "_IOC(\(directions[Int(value >> 30 & 3)]), \(hex(value >> 8 & 0xff)), \(hex(value & 0xff)), "
      + "\(hex(value >> 16 & 0x3fff)))"
  }

  // MARK: - Strings

  func path(_ address: UInt64) -> String {
    guard address != 0 else { return "NULL" }
    guard let bytes = try? memory.readCString(address) else { return hex(address) }
    return Self.quoted(bytes)
  }

  func string(_ address: UInt64) -> String {
    guard address != 0 else { return "NULL" }
    guard let bytes = try? memory.readCString(address, max: 1 << 16) else { return hex(address) }
    return Self.quoted(bytes.prefix(Self.shown)) + (bytes.count > Self.shown ? "..." : "")
  }

  /// - Parameter isRandom: all in hexadecimal.
  func bytes(_ address: UInt64, count: UInt64, isRandom: Bool = false) -> String {
    guard address != 0 else { return "NULL" }
    guard let bytes = try? memory.copyIn(address, count: min(count, UInt64(Self.shown))) else { return hex(address) }
    let text = isRandom ? "\"" + bytes.map { "\\x" + hexadecimal(UInt64($0), 2) }.joined() + "\"" : Self.quoted(bytes)
    return text + (count > UInt64(Self.shown) ? "..." : "")
  }

  /// C's escapes, octal without needless zeros (string_quote of strace).
  private static func quoted(_ bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    var text = "\""
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x22: text += "\\\""
      case 0x5c: text += "\\\\"
      case 0x0a: text += "\\n"
      case 0x0d: text += "\\r"
      case 0x09: text += "\\t"
      case 0x0b: text += "\\v"
      case 0x0c: text += "\\f"
      case 0x20...0x7e: text.append(Character(Unicode.Scalar(byte)))
      default:
        // A digit that follows would be taken for part of a short number.
        let isFollowed = index + 1 < bytes.count && (0x30...0x37).contains(bytes[index + 1])
        let digits = String(byte, radix: 8)
        text += "\\" + (isFollowed ? String(repeating: "0", count: 3 - digits.utf8.count) : "") + digits
      }
    }
    return text + "\""
  }

  // MARK: - Arrays

  /// struct iovec: at most `limit` bytes of contents in all.
  func vector(_ address: UInt64, count: UInt64, limit: UInt64) -> String {
    guard address != 0 else { return "NULL" }
    guard count <= 1024, let words = try? memory.readArray(address, count: count * 2, as: UInt64.self) else {
      return hex(address)
    }
    var left = limit
    var parts: [String] = []
    for index in stride(from: 0, to: words.count, by: 2) {
      guard parts.count < Self.shown else {
        parts.append("...")
        break
      }
      let length = min(words[index + 1], left)
      parts.append("{iov_base=\(bytes(words[index], count: length)), iov_len=\(words[index + 1])}")
      left -= length
    }
    return "[\(parts.joined(separator: ", "))]"
  }

  func read<T: BitwiseCopyable>(_ address: UInt64, as type: T.Type = T.self) -> T? {
    try? memory.read(address, as: type)
  }
}
