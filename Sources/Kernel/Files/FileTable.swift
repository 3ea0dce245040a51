import Glibc
import LinuxABI

/// The descriptors of a process. The guest's numbers are the host's; what is kept here is what the host cannot know.
package final class FileTable {
  /// Descriptors of swemu's own, which the guest must not see.
  private(set) var hidden: [Int32] = []

  package init() {}

  /// A guest's descriptor as the host gets it: -1 in the place of one that is hidden, so that it fails with EBADF.
  @inline(__always) func visible(_ descriptor: Int32) -> Int {
    hidden.isEmpty ? Int(descriptor) : visibleSlow(descriptor)
  }

  @inline(never) private func visibleSlow(_ descriptor: Int32) -> Int {
    hidden.contains(descriptor) ? -1 : Int(descriptor)
  }

  // MARK: - What descriptors are

  /// Descriptor `descriptor` may be another file from now on.
  func forget(_ descriptor: Int32) {}

  func forgetAll() {}
}
