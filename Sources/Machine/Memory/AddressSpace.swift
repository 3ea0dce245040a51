import Glibc
import LinuxABI

/// The memory of a guest process: its VMAs, the page table made from them, and the host mappings behind them.
///
/// Guest address and host address are the same number (`mirrorBase` is 0): the emulator is position-independent and
/// lies above 2^46, guest memory below. Each VMA is one host mapping with the same backing and the same rights, execute
/// aside, so copy-on-write, file coherence and fork are the host kernel's own.
///
/// The VMAs are the truth. The page table caches them: a page's byte is set when the page is first touched (`fault`),
/// and every change of a VMA is carried from the VMA to the page table, and to cached code through `codeObserver`.
///
/// Locking: `mutex` guards everything below, and the machine's blocks, except the bytes of the page table and the
/// micro-ops, which running threads read without it. It is recursive, and no other lock is taken while it is held. Bits
/// are granted at any time; before they are taken away, every running guest thread is stopped (`stopThreads`).
///
/// `@unchecked Sendable`: all mutable state is guarded by `mutex`, or belongs to the page table as said above.
package final class AddressSpace: @unchecked Sendable {
  /// Where the parts of a program go.
  package let layout: AddressSpaceLayout
  /// The page table: a byte of `PageBits` for every page below 2^46.
  package var pageTable: UnsafeMutablePointer<UInt8> { table.base }

  let table: PageTable
  var tree = VMATree()
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  /// What bounds mappings; setrlimit changes it.
  package var limits: MemoryLimits
  package internal(set) var usage = MemoryUsage()
  package internal(set) var statistics = MemoryStatistics()

  /// Called before guest code in [start, end) changes or goes away, for ranges of pages whose `hasCode` is set.
  package var codeObserver: ((_ start: UInt64, _ end: UInt64) -> Void)?
  /// Stops the other threads while rights are taken away.
  var safepoint: Safepoint?
  private var lockDepth = 0
  private var isStopped = false
  /// Called for each page fault, for `--trace=faults`.
  package var faultObserver: ((FaultEvent) -> Void)?

  /// Ranges that a debugger watches; nil where there are none.
  package internal(set) var watches: WatchTable?

  /// start_brk and brk of the program; both 0 until `setBreak`.
  package internal(set) var breakStart: UInt64 = 0
  package internal(set) var breakEnd: UInt64 = 0
  /// Bytes of the program's own data segment, which RLIMIT_DATA counts for brk (end_data - start_data).
  package var programDataSize: UInt64 = 0
  /// The stack pointer at exec: marks the VMA that is called "[stack]" (mm->start_stack).
  package var stackStart: UInt64 = 0

  /// Pages that hold cached code.
  var codePages = 0
  /// Files, and shared objects, of which a page ever held code: a write through any mapping of them looks for it.
  var codeBackings: Set<FileBacking.Key> = []
  /// Backings in use, so that mappings of one open file share one and can merge.
  var backings: [FileBacking.Key: [WeakBacking]] = [:]
  var nextSharedInode: UInt64 = 1
  var nextAnonymous: UInt32 = 0
  /// Where the next search for a free range may begin.
  var gaps: GapCache
  /// Names of VMAs; 0 is none.
  var names: [String] = [""]
  /// Flags that mlockall(MCL_FUTURE) gives to new VMAs (mm->def_flags).
  var defaultFlags: VMAFlags = []
  /// File pages that the host was seen to have, so that their first touches need no host call.
  var populated = PopulatedWindows()

  /// What the child of a vfork changes, until it ends or executes a program.
  var writeLog: WriteLog?
  /// Changes of protection that came back from such a child, to be made last.
  var lateProtections: [(start: UInt64, end: UInt64, protection: Protection)] = []

  /// A weak reference, so that a file's last unmapping frees its backing.
  struct WeakBacking {
    weak var object: FileBacking?
    var accessMode: Int32
  }

  /// An empty address space; ENOMEM where the host cannot reserve the page table.
  package init(layout: AddressSpaceLayout = .init(), limits: MemoryLimits = .init()) throws(Errno) {
    table = try PageTable()
    self.layout = layout
    gaps = GapCache(ceiling: layout.mmapBase)
    self.limits = limits
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    initializeLock()
  }

  /// The lock is recursive: building a block looks up pages with it held.
  func initializeLock() {
    var attributes = pthread_mutexattr_t()
    pthread_mutexattr_init(&attributes)
    pthread_mutexattr_settype(&attributes, Int32(PTHREAD_MUTEX_RECURSIVE))
    pthread_mutex_init(mutex, &attributes)
    pthread_mutexattr_destroy(&attributes)
    lockDepth = 0
    isStopped = false
  }

  deinit {
    for index in tree.indices { try? HostMemory.unmap(tree[index].start, tree[index].size) }
    table.destroy()
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Unmaps everything, as exec does at its point of no return.
  package func removeAll() {
    locked {
      while tree.count > 0 {
        let vma = tree[tree.count - 1]
        // The host refuses to unmap only what it would have to split; a whole VMA it does not.
        try? HostMemory.unmap(vma.start, vma.size)
        revokeCode(vma.start, vma.end)
        table.clear(vma.start >> GuestAddress.pageShift, vma.end >> GuestAddress.pageShift)
        tree.remove(vma.start, vma.end)
      }
      usage = MemoryUsage()
      (breakStart, breakEnd, programDataSize, stackStart) = (0, 0, 0, 0)
      (codeBackings, backings, defaultFlags) = ([], [:], [])
      writeLog = nil
      populated.removeAll()
      gaps = GapCache(ceiling: layout.mmapBase)
    }
  }

  /// Runs `body` with the lock held.
  @inline(__always)
  func locked<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    lock()
    defer { unlock() }
    return try body()
  }

  /// Takes the lock, for the length of a fork: no other thread is in the middle of a change then.
  package func lock() {
    pthread_mutex_lock(mutex)
    lockDepth &+= 1
  }

  package func unlock() {
    lockDepth &-= 1
    if isStopped, lockDepth == 0 {
      isStopped = false
      safepoint?.end()
    }
    pthread_mutex_unlock(mutex)
  }

  /// Rights of pages in [start, end) are about to be taken away: no thread uses them until the lock is released.
  func stopThreads(_ start: UInt64, _ end: UInt64) {
    guard !isStopped, let safepoint else { return }
    var isTouched = false
    table.forEachTouchedRun(start >> GuestAddress.pageShift, end >> GuestAddress.pageShift) { run, _ in
      if !isTouched { isTouched = run.contains { $0 != 0 } }
    }
    guard isTouched else { return }
    isStopped = true
    safepoint.begin()
  }

  // MARK: - Accounting

  /// Whether `pages` more pages of this kind may be mapped (may_expand_vm, and `limits.committed`).
  func mayExpand(_ flags: VMAFlags, _ pages: UInt64, backing: FileBacking? = nil) -> Bool {
    let (total, overflow) = usage.total.addingReportingOverflow(pages)
    guard !overflow, total <= limits.addressSpace >> GuestAddress.pageShift else { return false }
    if flags.isData, usage.data &+ pages > limits.data >> GuestAddress.pageShift {
      // The kernel lets a soft limit of 0 pass, for valgrind's sake.
      guard limits.data == 0, usage.data &+ pages <= limits.dataHard >> GuestAddress.pageShift else { return false }
    }
    return true
  }

  /// Whether `pages` more pages may become the guest's own.
  func mayCommit(_ pages: UInt64) -> Bool {
    limits.committed == .max || usage.committed &+ pages <= limits.committed >> GuestAddress.pageShift
  }

  /// mlock_future_ok: whether `pages` more locked pages are within RLIMIT_MEMLOCK.
  func mayLock(_ flags: VMAFlags, _ pages: UInt64) -> Bool {
    guard flags.contains(.locked), !limits.mayLockBeyondLimit else { return true }
    return usage.locked &+ pages <= limits.locked >> GuestAddress.pageShift
  }

  /// accountable_mapping: private writable memory is committed when it is mapped.
  func isAccountable(_ flags: VMAFlags) -> Bool {
    flags.intersection([.noReserve, .shared, .write]) == .write
  }

  func account(_ vma: VMA, adding: Bool) {
    usage.change(vma.flags, backing: vma.backing, by: vma.pages, adding: adding)
    statistics.peakPages = max(statistics.peakPages, usage.total)
  }

  func pages(_ start: UInt64, _ end: UInt64) -> (first: UInt64, end: UInt64) {
    (start >> GuestAddress.pageShift, end >> GuestAddress.pageShift)
  }

  // MARK: - Queries

  /// The VMA that contains `address`.
  package func vma(containing address: UInt64) -> VMA? {
    locked { tree.index(containing: address).map { tree[$0] } }
  }

  /// All VMAs, by address.
  package var vmas: [VMA] { locked { tree.vmas } }

  /// Pages that were touched and are still mapped.
  package var residentPages: UInt64 {
    locked {
      tree.vmas.reduce(0) { total, vma in
        total &+ table.count(vma.start >> 12, vma.end >> 12, having: PageBits.present)
      }
    }
  }

  /// Checks what must always hold; compiled to nothing in release builds.
  func checkInvariants() {
    #if DEBUG
      var recount = MemoryUsage()
      var end: UInt64 = 0
      for vma in tree.vmas {
        assert(vma.start >= end && vma.end > vma.start && vma.end <= GuestAddress.ceiling, "VMAs out of order")
        assert(GuestAddress.isAligned(vma.start) && GuestAddress.isAligned(vma.end), "VMA not aligned")
        recount.change(vma.flags, backing: vma.backing, by: vma.pages, adding: true)
        end = vma.end
      }
      assert(recount == usage, "accounting is off: \(recount) instead of \(usage)")
    #endif
  }
}
