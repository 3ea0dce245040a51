import LinuxABI
import Machine

/// The sizes of a guest's memory as /proc shows them (man 5 proc; fs/proc/task_mmu.c, task_mem, task_statm).
struct MemoryReport {
  /// Resident pages of one kind or mapping.
  struct Resident {
    var anonymous: UInt64 = 0
    var file: UInt64 = 0
    var shared: UInt64 = 0
    var dirty: UInt64 = 0
    var referenced: UInt64 = 0
    var total: UInt64 { anonymous &+ file &+ shared }

    static func += (left: inout Resident, right: Resident) {
      left.anonymous &+= right.anonymous
      left.file &+= right.file
      left.shared &+= right.shared
      left.dirty &+= right.dirty
      left.referenced &+= right.referenced
    }
  }

  let usage: MemoryUsage
  let peakPages: UInt64
  let resident: Resident
  let codePages: UInt64
  private let mappings: [(vma: VMA, resident: Resident)]
  private let mapsText: String

  init(_ process: Process) {
    let memory = process.memory
    usage = memory.usage
    peakPages = max(memory.statistics.peakPages, usage.total)
    var sum = Resident()
    mappings = memory.vmas.map { vma in
      let part = Self.count(vma, memory)
      sum += part
      return (vma, part)
    }
    resident = sum
    let image = process.image
    let start = GuestAddress.pageStart(image.startCode)
    let end = GuestAddress.pageAlign(image.endCode)
    codePages = end > start ? min((end - start) >> GuestAddress.pageShift, usage.code) : 0
    mapsText = memory.mapsText
  }

  /// Counts what the page table shows of a mapping.
  private static func count(_ vma: VMA, _ memory: AddressSpace) -> Resident {
    var result = Resident()
    guard memory.resident(vma) != 0 else { return result }
    var page = vma.start >> GuestAddress.pageShift
    let end = vma.end >> GuestAddress.pageShift
    while page < end {
      let bits = memory.pageTable[Int(page)]
      if bits & PageBits.present != 0 {
        if vma.backing == nil || (!vma.isShared && bits & PageBits.dirty != 0) {
          result.anonymous &+= 1
        } else if vma.backing?.isAnonymous == true {
          result.shared &+= 1
        } else {
          result.file &+= 1
        }
        if bits & PageBits.dirty != 0 { result.dirty &+= 1 }
        if bits & PageBits.accessed != 0 { result.referenced &+= 1 }
      }
      page &+= 1
    }
    return result
  }

  /// size resident shared text lib data dt, in pages.
  var statm: String {
    "\(usage.total) \(resident.total) \(resident.file &+ resident.shared) \(codePages) 0 "
      + "\(usage.data &+ usage.stack) 0"
  }

  /// The lines of /proc/PID/status from VmPeak to VmLib, by name, in kB.
  var statusLines: [String: UInt64] {
    [
      "VmPeak": peakPages &* 4, "VmSize": usage.total &* 4, "VmLck": usage.locked &* 4, "VmHWM": resident.total &* 4,
      "VmRSS": resident.total &* 4, "RssAnon": resident.anonymous &* 4, "RssFile": resident.file &* 4,
      "RssShmem": resident.shared &* 4, "VmData": usage.data &* 4, "VmStk": usage.stack &* 4, "VmExe": codePages &* 4,
      "VmLib": (usage.code &- codePages) &* 4, "VmPTE": 4 &+ resident.total / 128, "VmSwap": 0,
    ]
  }

  // MARK: - smaps

  var smaps: String {
    var text = ""
    for (line, mapping) in zip(mapsText.split(separator: "\n"), mappings) {
      text += line + "\n" + Self.entry("Size", mapping.vma.size >> 10) + Self.entry("KernelPageSize", 4)
      text += Self.entry("MMUPageSize", 4) + Self.counts(mapping.resident)
      text += "THPeligible:           0\nVmFlags: \(Self.flags(mapping.vma))\n"
    }
    return text
  }

  var smapsRollup: String {
    let first = mappings.first?.vma.start ?? 0
    let last = mappings.last?.vma.end ?? 0
    let head = "\(hexadecimal(first, 8))-\(hexadecimal(last, 8)) ---p 00000000 00:00 0 "
    return head + String(repeating: " ", count: max(0, 73 - head.utf8.count)) + "[rollup]\n" + Self.counts(resident)
  }

  private static func counts(_ part: Resident) -> String {
    let clean = part.total &- min(part.dirty, part.total)
    let lines: [(String, UInt64)] = [
      ("Rss", part.total), ("Pss", part.total), ("Pss_Dirty", part.dirty), ("Shared_Clean", 0), ("Shared_Dirty", 0),
      ("Private_Clean", clean), ("Private_Dirty", part.dirty), ("Referenced", part.referenced),
      ("Anonymous", part.anonymous), ("KSM", 0), ("LazyFree", 0), ("AnonHugePages", 0), ("ShmemPmdMapped", 0),
      ("FilePmdMapped", 0), ("Shared_Hugetlb", 0), ("Private_Hugetlb", 0), ("Swap", 0), ("SwapPss", 0), ("Locked", 0),
    ]
    return lines.map { entry($0.0, $0.1 &* 4) }.joined()
  }

  /// "Rss:                   4 kB": the number ends in column 24.
  private static func entry(_ name: String, _ value: UInt64) -> String {
    let number = "\(value)"
    let gap = max(1, 24 - name.utf8.count - 1 - number.utf8.count)
    return name + ":" + String(repeating: " ", count: gap) + number + " kB\n"
  }

  /// VmFlags, for the flags that are kept (show_smap_vma_flags).
  private static func flags(_ vma: VMA) -> String {
    let names: [(VMAFlags, String)] = [
      (.read, "rd"), (.write, "wr"), (.execute, "ex"), (.shared, "sh"), (.mayRead, "mr"), (.mayWrite, "mw"),
      (.mayExecute, "me"), (.mayShare, "ms"), (.growsDown, "gd"), (.locked, "lo"), (.sequentialRead, "sr"),
      (.randomRead, "rr"), (.dontCopy, "dc"), (.dontExpand, "de"), (.account, "ac"), (.noReserve, "nr"),
      (.wipeOnFork, "wf"), (.dontDump, "dd"), (.hugePage, "hg"), (.noHugePage, "nh"), (.mergeable, "mg"),
    ]
    return names.filter { vma.flags.contains($0.0) }.map { $0.1 + " " }.joined()
  }
}

extension AddressSpace {
  /// Whether anything of a mapping may be resident: an inaccessible reservation can be as large as the address space.
  func resident(_ vma: VMA) -> UInt64 {
    vma.protection.isEmpty && vma.pages > 1 << 20 ? 0 : vma.pages
  }
}

/// `value` in hexadecimal digits, at least `width`.
func hexadecimal(_ value: UInt64, _ width: Int = 1) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
