import ELF
import LinuxABI
import Machine

/// What load_elf_binary does after the point of no return: stack, segments, dynamic linker, tables, heap, registers.
struct ImageLoader {
  let process: Process
  let program: ELFImageFile
  let interpreter: ELFImageFile?
  private let memory: AddressSpace
  private let mapper: SegmentMapper
  private var image = ProgramImage()

  init(process: Process, program: ELFImageFile, interpreter: ELFImageFile?) {
    self.process = process
    self.program = program
    self.interpreter = interpreter
    memory = process.memory
    mapper = SegmentMapper(memory: process.memory, story: process.story)
  }

  private var story: LoadStory? { process.story }
  /// ELF_ET_DYN_BASE without its random part.
  private static let positionIndependentBase = (SegmentMapper.taskSize / 3 * 2) & ~0xfff

  mutating func load(_ parameters: BinaryParameters, stackIsExecutable: Bool) throws(ExecFailure) {
    var stack = InitialStack(memory: memory, story: story)
    try stack.setUp(parameters, isExecutable: stackIsExecutable)
    let brk = try mapProgram()
    let start = try mapInterpreter() ?? image.entry
    guard !SegmentMapper.isBad(start) else {
      throw ExecFailure(.EINVAL, "has its entry point at \(hex(start)), outside the address space")
    }
    image.executablePath = program.file.resolvedPath
    try stack.writeTables(parameters, header: program.header, processor: process.machine.model, image: &image)
    setBreak(brk)
    process.startThread(image: image, entry: start)
    if let story {
      story.say("the address space:")
      for line in AddressSpacePicture(memory).lines { story.say(line) }
    }
  }

  // MARK: - The program

  /// Maps every PT_LOAD and records where code, data and entry point are. Returns where bss ends.
  private mutating func mapProgram() throws(ExecFailure) -> UInt64 {
    var bias: UInt64 = 0
    var isFirst = true
    var brk: UInt64 = 0
    var headers: UInt64 = 0
    for (index, segment) in program.programHeaders.enumerated() where segment.type == .load {
      var flags = MapFlags(rawValue: 0)
      var totalSize: UInt64 = 0
      if !isFirst {
        flags = .fixed
      } else if program.header.type == .executable {
        flags = .fixedNoReplace
      } else {
        totalSize = program.totalMappingSize
        guard totalSize != 0 else { throw ExecFailure(.EINVAL, "has segments that take no memory at all") }
        (bias, flags) = try chooseBias(segment, totalSize)
      }
      let mapped: UInt64
      do throws(Errno) {
        mapped = try mapper.load(
          program, segment, at: bias &+ segment.virtualAddress, flags: flags, totalSize: totalSize)
      } catch {
        throw Self.cannotMap(index, segment, bias, error)
      }
      if isFirst, program.header.type == .shared {
        bias &+= mapped &- (bias &+ segment.virtualAddress) & ~0xfff
      }
      isFirst = false
      let table = program.header.programHeaderOffset
      if segment.offset <= table, table < segment.offset &+ segment.fileSize {
        headers = table &- segment.offset &+ segment.virtualAddress
      }
      try note(index, segment, &brk)
    }
    image.bias = bias
    image.entry = program.header.entry &+ bias
    image.programHeaders = headers &+ bias
    image.startCode &+= bias
    image.endCode &+= bias
    image.startData &+= bias
    image.endData &+= bias
    story?.say("entry point of the program \(hex(image.entry, 12))\(bias == 0 ? "" : ", load bias \(hex(bias, 12))")")
    return brk &+ bias
  }

  /// Where a position-independent image goes: programs with a dynamic linker to ELF_ET_DYN_BASE, anything else (static
  /// PIE, the dynamic linker itself) among the mappings. Returns the bias and how firmly to ask for it.
  private func chooseBias(_ first: ProgramHeader, _ totalSize: UInt64) throws(ExecFailure) -> (UInt64, MapFlags) {
    let alignment = program.maximumAlignment
    var base: UInt64 = 0
    var flags = MapFlags(rawValue: 0)
    if interpreter != nil {
      base = memory.layout.positionIndependentBase
      if alignment != 0 { base &= ~(alignment &- 1) }
      flags = .fixedNoReplace
    } else if alignment > GuestAddress.pageSize {
      // Map once to see where there is room, then again, aligned.
      do throws(Errno) {
        base = try mapper.load(program, first, at: 0, flags: flags, totalSize: totalSize)
      } catch {
        throw Self.cannotMap(0, first, 0, error)
      }
      try? memory.unmap(base, totalSize)
      base &= ~(alignment &- 1)
      flags = .fixedNoReplace
    }
    return ((base &- first.virtualAddress) & ~0xfff, flags)
  }

  /// Keeps the bounds of code, data and bss, after the kernel's check of the sizes.
  private mutating func note(_ index: Int, _ segment: ProgramHeader, _ brk: inout UInt64) throws(ExecFailure) {
    let start = segment.virtualAddress
    let isCode = segment.flags.contains(.execute)
    if isCode { image.startCode = min(image.startCode, start) }
    image.startData = max(image.startData, start)
    let limit = SegmentMapper.taskSize
    guard segment.fileSize <= segment.memorySize else {
      throw ExecFailure(.EINVAL, "has a segment (number \(index)) with more bytes in the file than in memory")
    }
    guard !SegmentMapper.isBad(start), segment.memorySize <= limit, limit &- segment.memorySize >= start else {
      throw ExecFailure(.EINVAL, "has a segment (number \(index)) that leaves the address space")
    }
    let fileEnd = start &+ segment.fileSize
    if isCode { image.endCode = max(image.endCode, fileEnd) }
    image.endData = max(image.endData, fileEnd)
    brk = max(brk, start &+ segment.memorySize)
  }

  private static func cannotMap(_ index: Int, _ segment: ProgramHeader, _ bias: UInt64, _ error: Errno) -> ExecFailure {
    ExecFailure(
      error,
      "has a segment (number \(index)) that cannot be mapped at \(hex(bias &+ segment.virtualAddress)): \(error.message)"
    )
  }

  // MARK: - The dynamic linker

  /// load_elf_interp. Returns its entry point, which gets control; nil where there is no dynamic linker.
  private mutating func mapInterpreter() throws(ExecFailure) -> UInt64? {
    guard let interpreter else { return nil }
    func refuse(_ errno: Errno, _ why: String) -> ExecFailure {
      ExecFailure(errno, "has a dynamic linker that cannot be loaded: \(why)")
    }
    let type = interpreter.header.type
    guard type == .executable || type == .shared else { throw refuse(.EPERM, "it is neither program nor library") }
    var totalSize = interpreter.totalMappingSize
    guard totalSize != 0 else { throw refuse(.EINVAL, "it has no segments") }
    let path = String(decoding: interpreter.file.path, as: UTF8.self)
    story?.say("dynamic linker \(path):")
    var base: UInt64 = 0
    var isPlaced = false
    for segment in interpreter.loads {
      var flags = MapFlags(rawValue: 0)
      if type == .executable || isPlaced {
        flags = .fixed
      } else if image.bias != 0 {
        // Without MAP_FIXED this asks for any place (a hint of 0).
        base = 0 &- segment.virtualAddress
      }
      let mapped: UInt64
      do throws(Errno) {
        mapped = try mapper.load(
          interpreter, segment, at: base &+ segment.virtualAddress, flags: flags, totalSize: totalSize)
      } catch {
        throw refuse(error, error.message)
      }
      totalSize = 0
      if !isPlaced, type == .shared {
        base = mapped &- segment.virtualAddress & ~0xfff
        isPlaced = true
      }
      let start = base &+ segment.virtualAddress
      let limit = SegmentMapper.taskSize
      guard !SegmentMapper.isBad(start), segment.fileSize <= segment.memorySize, segment.memorySize <= limit,
        limit &- segment.memorySize >= start
      else { throw refuse(.ENOMEM, "a segment of it leaves the address space") }
    }
    image.interpreterBase = base
    image.interpreterPath = interpreter.file.path
    let entry = base &+ interpreter.header.entry
    guard !SegmentMapper.isBad(entry) else { throw refuse(.EINVAL, "its entry point is at \(hex(entry))") }
    story?.say("dynamic linker at \(hex(base, 12)), entry point \(hex(entry, 12))")
    return entry
  }

  // MARK: - The heap

  /// Where brk starts: after bss; for a static PIE, which lies among the mappings, at ELF_ET_DYN_BASE. In both cases a
  /// random distance of up to 1 GiB further (arch_randomize_brk).
  private mutating func setBreak(_ end: UInt64) {
    var start = end
    var isMoved = false
    if program.header.type == .shared, interpreter == nil {
      start = Self.positionIndependentBase
      isMoved = true
    }
    start = GuestAddress.pageAlign(start)
    if let random = process.randomWord() {
      if !isMoved { start &+= GuestAddress.pageSize }
      start &+= random % ((1 << 30) / GuestAddress.pageSize) &* GuestAddress.pageSize
    }
    memory.setBreak(start)
    memory.programDataSize = image.endData &- image.startData
    story?.say("heap (brk) starts at \(hex(start, 12))")
  }
}
