import CHost
import ELF
import LinuxABI
import Machine

/// The stack that a program starts with (fs/exec.c, setup_arg_pages; fs/binfmt_elf.c, create_elf_tables).
///
/// From the top down: eight zero bytes, the path, the environment strings, the arguments; a random gap; the platform's
/// name; 16 random bytes; the auxiliary vector; envp; argv; argc, at a multiple of 16, where RSP points.
struct InitialStack {
  let memory: AddressSpace
  let story: LoadStory?
  /// Where the strings begin.
  private var stringStart: UInt64 = 0
  private var filename: UInt64 = 0

  init(memory: AddressSpace, story: LoadStory?) {
    self.memory = memory
    self.story = story
  }

  /// What the stack has from the start below the strings.
  private static let headroom: UInt64 = 131072

  /// Maps the stack and puts the strings at its top.
  mutating func setUp(_ parameters: BinaryParameters, isExecutable: Bool) throws(ExecFailure) {
    let top = memory.layout.stackTop
    let size = GuestAddress.pageAlign(parameters.used)
    guard size < top &- memory.limits.minimumAddress else {
      throw ExecFailure(.ENOMEM, "has arguments that do not fit the address space")
    }
    let expanded = min(GuestAddress.pageStart(parameters.stackLimit), size &+ Self.headroom)
    let start = top &- max(size, expanded)
    let rights = ProtectionFlags.read.union(.write)
    let protection = isExecutable ? rights.union(.execute) : rights
    stringStart = top &- parameters.used
    filename = top &- 8 &- UInt64(parameters.filename.count) &- 1
    do throws(Errno) {
      try memory.mapStack(top: top, size: top &- start, protection: Protection(protection))
      try memory.copyOut(parameters.stringArea, to: stringStart)
    } catch {
      throw ExecFailure(error, "gets no stack: \(error.message)")
    }
    story?.say("stack \(range(start, top &- start)) \(protection.letters), grows down")
    story?.say(
      "strings \(range(stringStart, parameters.used)): \(parameters.arguments.count) arguments, "
        + "\(parameters.environment.count) environment variables, the path")
  }

  /// Writes platform name, random bytes, auxiliary vector, envp, argv and argc; records where things are.
  func writeTables(
    _ parameters: BinaryParameters, header: ELFHeader, processor: CPUModel, image: inout ProgramImage
  ) throws(ExecFailure) {
    var place = (stringStart &- memory.layout.stackPointerOffset) & ~15
    let platform: [UInt8] = Array("x86_64".utf8) + [0]
    place &-= UInt64(platform.count)
    let platformAddress = place
    place &-= 16
    let strings = AuxiliaryVector.Strings(platform: platformAddress, random: place, filename: filename)
    let vector = AuxiliaryVector(
      image: image, headerCount: header.programHeaderCount, credentials: parameters.credentials, strings: strings,
      processor: processor)

    var words: [UInt64] = [UInt64(parameters.arguments.count)]
    words.reserveCapacity(parameters.arguments.count + parameters.environment.count + vector.words.count + 3)
    var string = stringStart
    image.argumentStart = string
    Self.appendPointers(parameters.arguments, &string, &words)
    image.argumentEnd = string
    image.environmentStart = string
    Self.appendPointers(parameters.environment, &string, &words)
    image.environmentEnd = string
    let stackPointer = (place &- UInt64(vector.words.count + words.count) &* 8) & ~15
    image.startStack = stackPointer
    image.auxiliaryVector = vector.words
    image.filename = parameters.filename
    do throws(Errno) {
      try memory.copyOut(platform, to: platformAddress)
      try memory.copyOut(Self.randomBytes(), to: strings.random)
      let vectorAddress = stackPointer &+ UInt64(words.count) &* 8
      try memory.copyOut(Self.bytes(words + vector.words), to: stackPointer)
      tell(vector, vectorAddress, stackPointer)
    } catch {
      throw ExecFailure(error, "has too little stack for its arguments")
    }
    memory.stackStart = stackPointer
  }

  private static func appendPointers(_ strings: [[UInt8]], _ address: inout UInt64, _ words: inout [UInt64]) {
    for string in strings {
      words.append(address)
      address &+= UInt64(string.count) &+ 1
    }
    words.append(0)
  }

  private static func bytes(_ words: [UInt64]) -> [UInt8] { words.withUnsafeBytes { Array($0) } }

  private static func randomBytes() -> [UInt8] { bytes([Process.randomWord(), Process.randomWord()]) }

  private func tell(_ vector: AuxiliaryVector, _ address: UInt64, _ stackPointer: UInt64) {
    guard let story else { return }
    story.say("auxiliary vector at \(hex(address, 12)):")
    for index in stride(from: 0, to: vector.words.count - 1, by: 2) {
      let name = AuxiliaryType(rawValue: vector.words[index]).name
      story.say("  AT_\(name) \(hex(vector.words[index + 1]))")
    }
    story.say("stack pointer \(hex(stackPointer, 12)): argc, argv, envp and the auxiliary vector lie from there on")
  }
}
