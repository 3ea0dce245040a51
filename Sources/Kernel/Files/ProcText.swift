import LinuxABI
import Machine

/// Files of /proc whose text is the host's with the guest's numbers put in.
enum ProcText {
  /// /proc/PID/stat (man 5 proc; fs/proc/array.c, do_task_stat).
  static func stat(_ process: Process, _ host: [UInt8]) -> [UInt8] {
    // The name stands in parentheses and may hold any byte, so the last one ends it.
    guard let close = host.lastIndex(of: UInt8(ascii: ")")), close + 2 < host.count else { return host }
    var fields = String(decoding: host[(close + 2)...], as: UTF8.self).split(separator: " ").map(String.init)
    if let last = fields.last, last.hasSuffix("\n") { fields[fields.count - 1] = String(last.dropLast()) }
    let image = process.image
    let report = MemoryReport(process)
    let signals = process.system.signals
    let faults = process.memory.statistics
    // Numbered as in the manual; the list begins with field 3.
    let values: [Int: UInt64] = [
      10: faults.minorFaults, 12: faults.majorFaults, 23: report.usage.total &* 4096, 24: report.resident.total,
      26: image.startCode, 27: image.endCode, 28: image.startStack, 29: 0, 30: 0,
      32: process.leader.mask & 0x7fff_ffff, 33: signals.ignored & 0x7fff_ffff, 34: signals.caught & 0x7fff_ffff,
      45: image.startData, 46: image.endData, 47: process.memory.breakStart,
      48: image.argumentStart, 49: image.argumentEnd, 50: image.environmentStart, 51: image.environmentEnd,
    ]
    for (field, value) in values where field - 3 < fields.count { fields[field - 3] = "\(value)" }
    return Array(host[...(close + 1)]) + Array((fields.joined(separator: " ") + "\n").utf8)
  }

  /// /proc/PID/status.
  static func status(_ process: Process, _ host: [UInt8]) -> [UInt8] {
    let sizes = MemoryReport(process).statusLines
    let signals = process.system.signals
    let sets: [String: UInt64] = [
      "SigBlk": process.leader.mask, "SigIgn": signals.ignored, "SigCgt": signals.caught,
    ]
    var text: [UInt8] = []
    for line in host.split(separator: UInt8(ascii: "\n")) {
      let name = String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
      if let size = sizes[name] {
        let number = "\(size)"
        let padding = String(repeating: " ", count: max(0, 8 - number.utf8.count))
        text.append(contentsOf: "\(name):\t\(padding)\(number) kB".utf8)
      } else if let set = sets[name] {
        text.append(contentsOf: "\(name):\t\(hexadecimal(set, 16))".utf8)
      } else {
        text.append(contentsOf: line)
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  /// /proc/PID/limits: those that the emulator keeps itself.
  static func limits(_ process: Process, _ host: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for line in host.split(separator: UInt8(ascii: "\n")) {
      let name = String(decoding: line.prefix(26), as: UTF8.self).trimmingTrailingSpaces
      if let resource = ResourceLimits.names[name], let pair = process.system.limits[resource] {
        // "%-26s%-21s%-21s%-10s" (fs/proc/base.c, proc_pid_limits).
        let columns = [
          name.padded(26), word(pair.current).padded(21), word(pair.maximum).padded(21), "bytes".padded(10),
        ]
        text.append(contentsOf: columns.joined().utf8)
      } else {
        text.append(contentsOf: line)
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  private static func word(_ limit: UInt64) -> String { limit == .max ? "unlimited" : "\(limit)" }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = Substring(self)
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - utf8.count)) }
}
