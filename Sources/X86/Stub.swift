extension Instruction {
  package var flagsRead: RFlags { .status }
  package var flagsWritten: RFlags { .status }
  package var condition: Condition? { nil }
}
