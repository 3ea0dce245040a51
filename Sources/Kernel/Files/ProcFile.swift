import LinuxABI
import Machine

/// The files of /proc/PID that show the guest instead of the emulator (man 5 proc, fs/proc/base.c).
enum ProcFile {
  case maps, smaps, smapsRollup, commandLine, environment, auxiliaryVector, stat, statm, status, limits
  /// Would show or change the emulator's memory.
  case forbidden

  /// - Parameter name: what follows `/proc/PID` or `/proc/PID/task/TID`.
  init?(_ name: String) {
    switch name {
    case "maps", "numa_maps": self = .maps
    case "smaps": self = .smaps
    case "smaps_rollup": self = .smapsRollup
    case "cmdline": self = .commandLine
    case "environ": self = .environment
    case "auxv": self = .auxiliaryVector
    case "stat": self = .stat
    case "statm": self = .statm
    case "status": self = .status
    case "limits": self = .limits
    case "mem", "pagemap", "clear_refs", "map_files", "syscall", "stack": self = .forbidden
    default:
      guard name.hasPrefix("map_files/") else { return nil }
      self = .forbidden
    }
  }

  /// - Parameter host: what the host shows.
  func content(of process: Process, host: [UInt8]) -> [UInt8] {
    let image = process.image
    let memory = process.memory
    switch self {
    case .maps: return Array(memory.mapsText.utf8)
    case .smaps: return Array(MemoryReport(process).smaps.utf8)
    case .smapsRollup: return Array(MemoryReport(process).smapsRollup.utf8)
    case .commandLine: return Self.strings(memory, image.argumentStart, image.argumentEnd)
    case .environment: return Self.strings(memory, image.environmentStart, image.environmentEnd)
    case .auxiliaryVector: return image.auxiliaryVector.withUnsafeBytes { Array($0) }
    case .stat: return ProcText.stat(process, host)
    case .statm: return Array((MemoryReport(process).statm + "\n").utf8)
    case .status: return ProcText.status(process, host)
    case .limits: return ProcText.limits(process, host)
    case .forbidden: return []
    }
  }

  /// What is shown of another guest; nil where the host's file has to do.
  ///
  /// - Parameter host: what the host shows.
  func content(of other: GuestIdentity.Other, host: [UInt8]) -> [UInt8]? {
    switch self {
    case .commandLine: return other.bytes(other.arguments)
    case .environment: return other.bytes(other.environment)
    case .maps, .smaps:
      // Lines, or groups of lines, begin with an address.
      var isGuest = true
      var text: [UInt8] = []
      for line in host.split(separator: UInt8(ascii: "\n")) {
        let number = line.prefix { $0 != UInt8(ascii: "-") }
        if line.count > number.count, let start = UInt64(String(decoding: number, as: UTF8.self), radix: 16) {
          isGuest = start < GuestAddress.ceiling
        }
        if isGuest { text += line + [UInt8(ascii: "\n")] }
      }
      return text
    case .auxiliaryVector, .smapsRollup: return []
    case .stat, .statm, .status, .limits, .forbidden: return nil
    }
  }

  /// The bytes of an area that the program can have changed, or unmapped.
  private static func strings(_ memory: AddressSpace, _ start: UInt64, _ end: UInt64) -> [UInt8] {
    guard end > start, end - start <= 8 << 20 else { return [] }
    return (try? memory.copyIn(start, count: memory.readablePrefix(start, end - start))) ?? []
  }
}
