import LinuxABI
import Machine

/// The address space as a picture in text, the highest address on top.
struct AddressSpacePicture {
  private let memory: AddressSpace

  init(_ memory: AddressSpace) { self.memory = memory }

  private static let width = 56

  var lines: [String] {
    var lines: [String] = []
    // Where the free range below the last box drawn ends.
    var top = GuestAddress.ceiling
    for vma in memory.vmas.reversed() {
      if vma.end != top {
        lines.append(Self.ruler(top))
        lines.append(Self.row(":", "\(Self.size(top &- vma.end)) free"))
      }
      lines.append(Self.ruler(vma.end))
      lines.append(Self.row("|", "\(Self.rights(vma)) \(Self.size(vma.size)) \(label(vma))"))
      top = vma.start
    }
    lines.append(Self.ruler(top))
    if top != 0 {
      lines.append(Self.row(":", "\(Self.size(top)) free"))
      lines.append(Self.ruler(0))
    }
    return lines
  }

  private static func ruler(_ address: UInt64) -> String {
    "\(hex(address, 12)) +" + String(repeating: "-", count: width) + "+"
  }

  private static func row(_ edge: String, _ text: String) -> String {
    let fill = max(0, width - 1 - text.unicodeScalars.count)
    return String(repeating: " ", count: 15) + edge + " " + text + String(repeating: " ", count: fill) + edge
  }

  private static func rights(_ vma: VMA) -> String {
    ProtectionFlags(rawValue: UInt64(vma.protection.rawValue)).letters
  }

  private func label(_ vma: VMA) -> String {
    if let backing = vma.backing {
      let name = backing.path.split(separator: "/").last.map(String.init) ?? backing.path
      return vma.pageOffset == 0 ? name : "\(name) + \(hex(vma.pageOffset << GuestAddress.pageShift))"
    }
    if vma.flags.contains(.growsDown) { return "stack, grows down" }
    return "zeros"
  }

  /// `132 KiB`, right-aligned.
  private static func size(_ bytes: UInt64) -> String {
    var value = bytes >> 10
    var unit = 0
    while value >= 10_000, unit < 3 {
      value >>= 10
      unit += 1
    }
    let text = "\(value) \(["KiB", "MiB", "GiB", "TiB"][unit])"
    return String(repeating: " ", count: max(0, 8 - text.utf8.count)) + text
  }
}
