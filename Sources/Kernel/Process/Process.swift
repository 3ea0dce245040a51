import LinuxABI
import Machine

/// A guest process: its memory, its processor, and what the kernel keeps about it.
package final class Process {
  package let machine: Machine
  package var memory: AddressSpace { machine.memory }
  /// Descriptors.
  package let files = FileTable()
  /// What system calls keep.
  package let system = SyscallState()

  package init(machine: Machine) { self.machine = machine }
}
