import Debugger
import Kernel
import LinuxABI
import Machine

extension CommandTable {
  static let running: [Command] = [
    Command("run r", .running, "run [ARGUMENTS]", needsProgram: false, "Starts the program anew; breakpoints stay.") {
      (console, argument) in
      if !argument.isEmpty { console.nextArguments = argument.split(separator: " ").map { Array($0.utf8) } }
      console.leave(.restart)
    },
    Command(
      "start", .running, "start [ARGUMENTS]", needsProgram: false,
      "Runs to main: from the beginning if the program has gone beyond."
    ) { (console, argument) throws(CommandError) in
      try console.addBreakpoint("main", isTemporary: true)
      if argument.isEmpty,
        console.current?.reasons.contains(where: { if case .start = $0 { true } else { false } }) == true
      {
        console.resume = .run
      } else {
        if !argument.isEmpty { console.nextArguments = argument.split(separator: " ").map { Array($0.utf8) } }
        console.startsRunning = true
        console.leave(.restart)
      }
    },
    Command(
      "continue c fg", .running, "continue [N]", "Runs to the next stop; with N, past N-1 hits of this breakpoint."
    ) {
      (console, argument) throws(CommandError) in
      if !argument.isEmpty {
        let count = try console.evaluate(argument)
        console.ignoreCurrent(count > 0 ? count - 1 : 0)
      }
      console.resume = .run
    },
    Command("stepi si", .running, "stepi [N]", "Executes one instruction, or N.") {
      (console, argument) throws(CommandError) in
      console.resume = .steps(try console.count(argument))
    },
    Command("nexti ni", .running, "nexti [N]", "As stepi, but a called function is run through.") {
      (console, argument) throws(CommandError) in
      try console.repeating(argument) { $0.debugger.stepOver($0.cpu) }
    },
    Command("step s", .running, "step [N]", "Runs to another source line, into functions that have lines.") {
      (console, argument) throws(CommandError) in
      try console.repeating(argument) { _ in .line(entersCalls: true) }
    },
    Command("next n", .running, "next [N]", "Runs to another source line, through the functions it calls.") {
      (console, argument) throws(CommandError) in
      try console.repeating(argument) { _ in .line(entersCalls: false) }
    },
    Command("finish fin", .running, "finish", "Runs until the function of the chosen frame has returned.") {
      (console, _) throws(CommandError) in
      let frames = console.debugger.backtrace(console.cpu, limit: console.frameNumber + 2)
      guard frames.count == console.frameNumber + 2 else { throw CommandError("There is no caller to return to.") }
      console.say("Run till exit from " + console.text(frames[console.frameNumber], console.frameNumber))
      console.reportsReturn = true
      console.resume = .reach(address: frames[console.frameNumber + 1].rip, stack: frames[console.frameNumber].cfa)
    },
    Command("until u", .running, "until [PLACE]", "As next, but never backwards; with PLACE, runs there.") {
      (console, argument) throws(CommandError) in
      if argument.isEmpty {
        console.resume = .line(entersCalls: false)
      } else {
        console.resume = .reach(address: try console.place(argument).address, stack: 0)
      }
    },
    Command("advance", .running, "advance PLACE", "Runs to PLACE.") { (console, argument) throws(CommandError) in
      console.resume = .reach(address: try console.place(argument).address, stack: 0)
    },
    Command("jump j", .running, "jump PLACE", "Goes on at PLACE.") { (console, argument) throws(CommandError) in
      console.cpu.pointee.rip = try console.place(argument).address
      console.resume = .run
    },
    Command(
      "signal", .running, "signal SIGNAL|0", "Goes on, with this signal in the place of the one at hand; 0 for none."
    ) {
      (console, argument) throws(CommandError) in
      guard console.debugger.stopSignal != nil else { throw CommandError("The program does not stand at a signal.") }
      console.debugger.pendingSignal = argument == "0" ? 0 : try console.signal(argument)
      console.resume = .run
    },
    Command("kill k", .running, "kill", "Ends the program.") { (console, _) in
      console.wasKilled = true
      console.resume = .kill
    },
    Command("detach", .running, "detach", "Lets the program run on without the console.") { (console, _) in
      console.resume = .detach
    },
  ]
}

extension Console {
  func count(_ argument: String) throws(CommandError) -> UInt64 {
    argument.isEmpty ? 1 : max(1, try evaluate(argument))
  }

  /// Does something `argument` times; stops at anything else on the way.
  func repeating(_ argument: String, _ action: @escaping (Console) -> Resume) throws(CommandError) {
    let times = try count(argument)
    if times > 1 { repetition = (times - 1, action) }
    resume = action(self)
  }

  func ignoreCurrent(_ count: UInt64) {
    for reason in current?.reasons ?? [] {
      if case .breakpoint(let point) = reason { _ = debugger.change(point.number, breakpoint: { $0.ignored = count }) }
    }
  }

  /// A signal by name, with or without SIG, or by number.
  func signal(_ name: String) throws(CommandError) -> Int32 {
    if let number = Int32(name), number > 0, number <= Signal.highest { return number }
    let wanted = name.uppercased()
    for number in 1...Signal.highest {
      let known = Signal(number).name
      if known == wanted || known == "SIG" + wanted { return number }
    }
    throw CommandError("There is no signal \(name).")
  }
}
