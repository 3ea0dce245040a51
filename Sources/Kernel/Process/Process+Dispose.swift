import Glibc
import Machine

extension Process {
  /// Gives back what the host holds for a process that is over, so that another can take its place: its memory and its
  /// descriptors but for the standard ones.
  package func dispose() {
    memory.removeAll()
    guard let directory = opendir("/proc/self/fd") else { return }
    var numbers: [Int32] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let number = Int32(name), number > 2, !files.hidden.contains(number) { numbers.append(number) }
    }
    let own = dirfd(directory)
    for number in numbers where number != own { close(number) }
    closedir(directory)
  }
}
