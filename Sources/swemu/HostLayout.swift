import CHost
import Glibc
import LinuxABI
import Machine

/// Sees to it that the emulator's own memory lies above 2^46, where no guest address can be, and that its stack has
/// room whatever limit the guest is to see.
enum HostLayout {
  /// The limit that the user had set, while a second start with another one is under way.
  private static let savedLimitVariable = "SWEMU_STACK_LIMIT"
  private static let usualLimit: rlim_t = 8 << 20
  /// More than the emulator ever needs.
  private static let smallestLimit: rlim_t = 1 << 20

  /// Called first of all. Returns the user's RLIMIT_STACK, which is the guest's.
  ///
  /// With an unlimited stack, and with `setarch -L`, Linux puts libraries and position-independent programs below 2^46
  /// (arch/x86/mm/mmap.c). Then swemu executes itself again with the usual limit.
  static func settle() -> UInt64 {
    var limit = rlimit()
    guard getrlimit(stackLimit, &limit) == 0 else { return UInt64(usualLimit) }
    let wanted = UInt64(limit.rlim_cur)
    if let saved = getenv(savedLimitVariable) {
      let value = UInt64(String(cString: saved)) ?? wanted
      unsetenv(savedLimitVariable)
      return value
    }
    if swemu_host_lowest_code() < GuestAddress.ceiling { startAgain(limit) }
    if limit.rlim_cur < smallestLimit { raise(limit) }
    return wanted
  }

  private static var stackLimit: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_STACK.rawValue) }

  private static func raise(_ limit: rlimit) {
    var usual = limit
    usual.rlim_cur = min(usualLimit, limit.rlim_max)
    setrlimit(stackLimit, &usual)
  }

  private static func startAgain(_ limit: rlimit) {
    setenv(savedLimitVariable, String(UInt64(limit.rlim_cur)), 1)
    raise(limit)
    swemu_host_leave_compat_layout()
    execv("/proc/self/exe", CommandLine.unsafeArgv)
    Launcher.fail(
      "cannot start with memory laid out differently: \(Errno(errno).message)", remedy: "try ulimit -s 8192")
  }
}
