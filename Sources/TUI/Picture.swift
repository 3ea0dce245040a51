/// All that the full screen shows of a program that stands still: values only, gathered by whoever knows the program.
package struct Picture: Sendable {
  package struct Instruction: Sendable, Equatable {
    package var address: UInt64
    package var text: String
    /// The name of the function that begins here.
    package var label: String?
    /// What its operands are called.
    package var note = ""
    /// A direct jump's target.
    package var target: UInt64?
    package var isConditional = false
    package var hasBreakpoint = false
    /// The source line that begins here.
    package var source: String?

    package init(address: UInt64, text: String) {
      self.address = address
      self.text = text
    }
  }

  package struct Register: Sendable, Equatable {
    package var name: String
    package var value: String
    package var isChanged: Bool
    package init(_ name: String, _ value: String, isChanged: Bool) {
      (self.name, self.value, self.isChanged) = (name, value, isChanged)
    }
  }

  package struct StackWord: Sendable, Equatable {
    package var address: UInt64
    package var value: UInt64
    /// What the value points to.
    package var note: String
    /// Whether a frame of the backtrace returns through this word.
    package var isReturn: Bool
    package var isChanged: Bool
    package init(address: UInt64, value: UInt64, note: String, isReturn: Bool, isChanged: Bool) {
      (self.address, self.value, self.note, self.isReturn, self.isChanged) = (address, value, note, isReturn, isChanged)
    }
  }

  /// Sixteen bytes; nil where there is no memory.
  package struct MemoryRow: Sendable, Equatable {
    package var address: UInt64
    package var bytes: [UInt8?]
    package var changed: Set<Int>
    package init(address: UInt64, bytes: [UInt8?], changed: Set<Int>) {
      (self.address, self.bytes, self.changed) = (address, bytes, changed)
    }
  }

  /// A mapping with its pages, in order.
  package struct Mapping: Sendable, Equatable {
    package enum Page: Sendable, Equatable {
      case absent, resident
      /// Came in since the last stop.
      case fresh
      case watched
    }
    package var start: UInt64
    package var end: UInt64
    package var rights: String
    package var name: String
    package var pages: [Page]
    package init(start: UInt64, end: UInt64, rights: String, name: String, pages: [Page]) {
      (self.start, self.end, self.rights, self.name, self.pages) = (start, end, rights, name, pages)
    }
  }

  package var program = ""
  /// Why the program stands, in a line.
  package var status = ""
  package var instructions: UInt64 = 0
  package var function = ""
  package var rip: UInt64 = 0
  /// The instruction that is kept in sight: RIP, or a place that the user looks at.
  package var center: UInt64 = 0
  package var code: [Instruction] = []
  /// Whether the conditional jump at RIP will be taken; nil for another instruction.
  package var isTaken: Bool?
  package var registers: [Register] = []
  package var stack: [StackWord] = []
  package var memory: [MemoryRow] = []
  package var map: [Mapping] = []
  package var calls: [String] = []
  package var points: [String] = []
  package var output: [String] = []
  package var threads: [String] = []
  /// What the instruction in front of the stop did.
  package var effects: [String] = []

  package init() {}
}

/// The parts of the screen.
package enum Pane: String, CaseIterable, Sendable {
  case code, registers, stack, memory, map, calls, output
}
