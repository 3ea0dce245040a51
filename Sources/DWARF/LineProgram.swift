/// Executes the line number programs of a file.
struct LineProgram {
  private let lines: [UInt8]
  private let strings: [UInt8]
  private let lineStrings: [UInt8]
  private(set) var files: [String] = []
  private var numbers: [String: Int32] = [:]
  private var sequences: [[LineTable.Row]] = []

  init(lines: [UInt8], strings: [UInt8], lineStrings: [UInt8]) {
    self.lines = lines
    self.strings = strings
    self.lineStrings = lineStrings
  }

  /// Whole sequences by address: those of functions that the linker dropped begin at 0 and go.
  var sortedRows: [LineTable.Row] {
    sequences.filter { $0.count > 1 && $0[0].address != 0 }.sorted { $0[0].address < $1[0].address }.flatMap { $0 }
  }

  mutating func run() {
    var start = 0
    while start < lines.count {
      var cursor = Cursor(lines, start)
      let (length, is64) = cursor.unitLength()
      guard !cursor.failed, length <= UInt64(cursor.remaining) else { return }
      let end = cursor.position + Int(length)
      var unit = Cursor(lines, cursor.position, end: end)
      runUnit(&unit, is64: is64)
      start = end
    }
  }

  private struct Header {
    var minimumLength: UInt64 = 1
    var maximumOperations: UInt64 = 1
    var isStatement = true
    var lineBase: Int64 = 0
    var lineRange: UInt64 = 1
    var opcodeBase: UInt8 = 13
    var opcodeLengths: [UInt8] = []
    /// The unit's file numbers as numbers of `files`.
    var files: [Int32] = []
    var version: UInt16 = 0
  }

  private mutating func runUnit(_ cursor: inout Cursor, is64: Bool) {
    var header = Header()
    header.version = cursor.u16()
    guard header.version >= 2, header.version <= 5 else { return }
    var addressSize = 8
    if header.version >= 5 {
      addressSize = Int(cursor.u8())
      _ = cursor.u8()
    }
    let headerLength = is64 ? cursor.u64() : UInt64(cursor.u32())
    guard headerLength <= UInt64(cursor.remaining) else { return }
    let program = cursor.position + Int(headerLength)
    header.minimumLength = UInt64(cursor.u8())
    if header.version >= 4 { header.maximumOperations = UInt64(max(1, cursor.u8())) }
    header.isStatement = cursor.u8() != 0
    header.lineBase = Int64(Int8(bitPattern: cursor.u8()))
    header.lineRange = UInt64(max(1, cursor.u8()))
    header.opcodeBase = cursor.u8()
    header.opcodeLengths = (1..<max(1, Int(header.opcodeBase))).map { _ in cursor.u8() }
    if header.version >= 5 { readTables5(&cursor, &header, is64: is64) } else { readTables4(&cursor, &header) }
    guard !cursor.failed else { return }
    cursor.move(to: program)
    execute(&cursor, header, addressSize: addressSize)
  }

  // MARK: - File names

  private mutating func number(_ path: String) -> Int32 {
    if let known = numbers[path] { return known }
    let number = Int32(files.count)
    files.append(path)
    numbers[path] = number
    return number
  }

  private static func join(_ directory: String, _ name: String) -> String {
    name.hasPrefix("/") || directory.isEmpty ? name : directory + "/" + name
  }

  private mutating func readTables4(_ cursor: inout Cursor, _ header: inout Header) {
    var directories = [""]
    while !cursor.isAtEnd {
      let name = cursor.string()
      if name.isEmpty { break }
      directories.append(name)
    }
    // File numbers begin at 1.
    header.files = [number("")]
    while !cursor.isAtEnd {
      let name = cursor.string()
      if name.isEmpty { break }
      let directory = Int(truncatingIfNeeded: cursor.uleb())
      _ = cursor.uleb()
      _ = cursor.uleb()
      header.files.append(
        number(Self.join(directories.indices.contains(directory) ? directories[directory] : "", name)))
    }
  }

  private mutating func readTables5(_ cursor: inout Cursor, _ header: inout Header, is64: Bool) {
    let directories = readEntries(&cursor, is64: is64).map(\.name)
    let first = directories.first ?? ""
    for entry in readEntries(&cursor, is64: is64) {
      var directory = directories.indices.contains(entry.directory) ? directories[entry.directory] : ""
      if entry.directory != 0 { directory = Self.join(first, directory) }
      header.files.append(number(Self.join(directory, entry.name)))
    }
  }

  /// A table of directories or files: formats, then entries (DWARF 5, 6.2.4.1).
  private func readEntries(_ cursor: inout Cursor, is64: Bool) -> [(name: String, directory: Int)] {
    let formats = (0..<cursor.u8()).map { _ in (cursor.uleb(), cursor.uleb()) }
    let count = cursor.uleb()
    guard count <= UInt64(cursor.remaining) else {
      cursor.fail()
      return []
    }
    var entries: [(String, Int)] = []
    for _ in 0..<count {
      var name = ""
      var directory = 0
      for (content, form) in formats {
        let (text, value) = readForm(form, &cursor, is64: is64)
        // DW_LNCT_path, DW_LNCT_directory_index
        if content == 1 { name = text } else if content == 2 { directory = Int(truncatingIfNeeded: value) }
      }
      if cursor.failed { return [] }
      entries.append((name, directory))
    }
    return entries
  }

  private func readForm(_ form: UInt64, _ cursor: inout Cursor, is64: Bool) -> (String, UInt64) {
    func offset() -> Int { Int(truncatingIfNeeded: is64 ? cursor.u64() : UInt64(cursor.u32())) }
    switch form {
    case 0x08: return (cursor.string(), 0)
    case 0x1f:
      var text = Cursor(lineStrings, offset())
      return (text.string(), 0)
    case 0x0e:
      var text = Cursor(strings, offset())
      return (text.string(), 0)
    case 0x0b: return ("", UInt64(cursor.u8()))
    case 0x05: return ("", UInt64(cursor.u16()))
    case 0x06: return ("", UInt64(cursor.u32()))
    case 0x07: return ("", cursor.u64())
    case 0x0f: return ("", cursor.uleb())
    case 0x1e: cursor.skip(16)
    case 0x09:
      let length = cursor.uleb()
      _ = cursor.block(length)
    default: cursor.fail()
    }
    return ("", 0)
  }

  // MARK: - The program

  private struct Registers {
    var address: UInt64 = 0
    var operation: UInt64 = 0
    var file: UInt64 = 1
    var line: Int64 = 1
    var isStatement: Bool
  }

  private mutating func execute(_ cursor: inout Cursor, _ header: Header, addressSize: Int) {
    var state = Registers(isStatement: header.isStatement)
    var rows: [LineTable.Row] = []

    func advance(_ count: UInt64) {
      let operation = state.operation &+ count
      state.address &+= header.minimumLength &* (operation / header.maximumOperations)
      state.operation = operation % header.maximumOperations
    }
    func emit(endsSequence: Bool = false) {
      let file = state.file < UInt64(header.files.count) ? header.files[Int(state.file)] : header.files.first ?? 0
      rows.append(
        LineTable.Row(
          address: state.address, file: file, line: Int32(truncatingIfNeeded: state.line),
          isStatement: state.isStatement, endsSequence: endsSequence))
    }

    while !cursor.isAtEnd {
      let opcode = cursor.u8()
      if opcode >= header.opcodeBase {
        let adjusted = UInt64(opcode - header.opcodeBase)
        advance(adjusted / header.lineRange)
        state.line &+= header.lineBase &+ Int64(adjusted % header.lineRange)
        emit()
        continue
      }
      switch opcode {
      case 0:
        let length = cursor.uleb()
        guard length > 0, length <= UInt64(cursor.remaining) else { return }
        let next = cursor.position + Int(length)
        switch cursor.u8() {
        case 1:
          emit(endsSequence: true)
          // A sequence's addresses never decrease (DWARF 5, 6.2.5.1); one that claims otherwise is broken.
          let isOrdered = zip(rows, rows.dropFirst()).allSatisfy { $0.address <= $1.address }
          if isOrdered, !files.isEmpty { sequences.append(rows) }
          rows = []
          state = Registers(isStatement: header.isStatement)
        case 2:
          state.address = cursor.unsigned(Int(length) - 1)
          state.operation = 0
        default: break
        }
        cursor.move(to: next)
      case 1: emit()
      case 2: advance(cursor.uleb())
      case 3: state.line &+= cursor.sleb()
      case 4: state.file = cursor.uleb()
      case 5: _ = cursor.uleb()
      case 6: state.isStatement.toggle()
      case 7, 10, 11: break
      case 8: advance(UInt64(255 - header.opcodeBase) / header.lineRange)
      case 9:
        state.address &+= UInt64(cursor.u16())
        state.operation = 0
      case 12: _ = cursor.uleb()
      default:
        let count = header.opcodeLengths.indices.contains(Int(opcode) - 1) ? header.opcodeLengths[Int(opcode) - 1] : 0
        for _ in 0..<count { _ = cursor.uleb() }
      }
    }
  }
}
