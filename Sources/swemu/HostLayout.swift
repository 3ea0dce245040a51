import CHost
import Glibc
import LinuxABI
import Machine

/// Sees to it that the emulator's own memory lies above 2^46, where no guest address can be, and that its stack does
/// not depend on a limit that is the guest's to set.
enum HostLayout {
  /// The limit that the user had set, while a second start with another one is under way.
  private static let savedLimitVariable = "SWEMU_STACK_LIMIT"
  private static let usualLimit: rlim_t = 8 << 20
  /// More than the emulator ever needs.
  private static let ownStack = 512 << 10

  /// Called first of all.
  ///
  /// With an unlimited stack, and with `setarch -L`, Linux puts libraries and position-independent programs below 2^46
  /// (arch/x86/mm/mmap.c). Then swemu executes itself again with the usual limit, and restores the user's, which the
  /// guest inherits, once it runs.
  static func settle() {
    var limit = rlimit()
    guard getrlimit(stackLimit, &limit) == 0 else { return }
    if let saved = getenv(savedLimitVariable) {
      if let value = UInt64(String(cString: saved)) {
        limit.rlim_cur = rlim_t(value)
        setrlimit(stackLimit, &limit)
      }
      unsetenv(savedLimitVariable)
    } else if swemu_host_lowest_code() < GuestAddress.ceiling {
      startAgain(limit)
    }
    extendStack(limit)
  }

  private static var stackLimit: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_STACK.rawValue) }

  private static func startAgain(_ limit: rlimit) {
    setenv(savedLimitVariable, String(UInt64(limit.rlim_cur)), 1)
    var usual = limit
    usual.rlim_cur = min(usualLimit, limit.rlim_max)
    setrlimit(stackLimit, &usual)
    swemu_host_leave_compat_layout()
    execv("/proc/self/exe", CommandLine.unsafeArgv)
    Launcher.fail("cannot start with memory laid out differently: \(Errno(errno).message)", remedy: "try ulimit -s 8192")
  }

  private static func extendStack(_ limit: rlimit) {
    guard limit.rlim_cur < 2 * rlim_t(ownStack) else { return swemu_host_extend_stack(ownStack) }
    var larger = limit
    larger.rlim_cur = min(usualLimit, limit.rlim_max)
    guard larger.rlim_cur >= 2 * rlim_t(ownStack), setrlimit(stackLimit, &larger) == 0 else { return }
    swemu_host_extend_stack(ownStack)
    var original = limit
    setrlimit(stackLimit, &original)
  }
}
