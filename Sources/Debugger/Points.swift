import Kernel
import Machine

/// A place to stop at.
package struct Breakpoint: Sendable {
  package var number: Int
  package var address: UInt64
  /// What the user wrote: a symbol, `file:line`; empty for an address.
  package var text = ""
  package var isEnabled = true
  /// Removed once it was hit.
  package var isTemporary = false
  /// Belongs to gdb or to the debugger itself, not to a list that a user sees.
  package var isInternal = false
  /// Stop only where this is not 0.
  package var condition: Expression?
  /// How often it was reached with its condition true.
  package var hits: UInt64 = 0
  /// How many more hits to let pass.
  package var ignored: UInt64 = 0

  package init(
    number: Int = 0, address: UInt64, text: String = "", isTemporary: Bool = false, isInternal: Bool = false,
    condition: Expression? = nil
  ) {
    self.number = number
    self.address = address
    self.text = text
    self.isTemporary = isTemporary
    self.isInternal = isInternal
    self.condition = condition
  }
}

/// A range of memory to stop at.
package struct Watchpoint: Sendable {
  package enum Kind: Sendable, Equatable {
    /// Stop where a write changes the bytes.
    case write
    case read
    /// Stop at reads and at writes, whether or not they change anything.
    case access
  }
  package var number: Int
  package var kind: Kind
  package var address: UInt64
  package var length: UInt64
  package var text = ""
  package var isEnabled = true
  package var isInternal = false
  package var condition: Expression?
  package var hits: UInt64 = 0
  package var ignored: UInt64 = 0

  package init(
    number: Int = 0, kind: Kind, address: UInt64, length: UInt64, text: String = "", isInternal: Bool = false,
    condition: Expression? = nil
  ) {
    self.number = number
    self.kind = kind
    self.address = address
    self.length = length
    self.text = text
    self.isInternal = isInternal
    self.condition = condition
  }
}

/// An event to stop at.
package struct Catchpoint: Sendable {
  package enum Kind: Sendable, Equatable {
    /// On entry and return; nil for every call.
    case systemCalls(Set<Int>?)
    /// Nil for every signal. (All are reported to begin with; see `Debugger.silentSignals`.)
    case signals(Set<Int32>?)
    /// Page faults at addresses in the range; nil for all.
    case pageFault(Range<UInt64>?)
    /// The first access to a page of the range that brings it in.
    case load(Range<UInt64>)
    case exec
    /// fork, vfork and clone without CLONE_THREAD.
    case fork
  }
  package var number: Int
  package var kind: Kind
  package var isEnabled = true
  package var hits: UInt64 = 0

  package init(number: Int = 0, kind: Kind) {
    self.number = number
    self.kind = kind
  }
}
