import Debugger
import Glibc
import Kernel
import TUI

/// The terminal that the full screen is drawn on: its descriptors, its mode and its size.
final class ScreenTerminal {
  private var input: Int32
  private var output: Int32
  private var saved = termios()
  private var isRaw = false
  let isASCII: Bool

  /// Nil with errno set where standard input and output are no terminal.
  init?() {
    guard isatty(0) != 0, isatty(1) != 0 else { return nil }
    (input, output) = (dup(0), dup(1))
    guard input >= 0, output >= 0, tcgetattr(input, &saved) == 0 else { return nil }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { (name: String) in
      getenv(name).map { String(cString: $0) }
    }.first { !$0.isEmpty }
    let name = (locale ?? "").lowercased()
    isASCII = !(name.includes("utf-8") || name.includes("utf8"))
  }

  /// Hides the descriptors from the guest.
  func hide(in files: FileTable) {
    input = files.adopt(input).number
    output = files.adopt(output).number
  }

  func begin() {
    var raw = saved
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    raw.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR)
    raw.c_oflag &= ~tcflag_t(OPOST)
    withUnsafeMutableBytes(of: &raw.c_cc) { bytes in
      bytes[Int(VMIN)] = 1
      bytes[Int(VTIME)] = 0
    }
    tcsetattr(input, TCSADRAIN, &raw)
    isRaw = true
    write(TerminalEncoder.begin)
  }

  func end() {
    guard isRaw else { return }
    isRaw = false
    write(TerminalEncoder.end)
    tcsetattr(input, TCSADRAIN, &saved)
  }

  var size: (rows: Int, columns: Int) {
    var size = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else { return (24, 80) }
    return (Int(size.ws_row), Int(size.ws_col))
  }

  func write(_ text: String) { HostFile.writeAll(output, Array(text.utf8)) }

  /// What to poll for keys.
  var descriptor: Int32 { input }

  /// Bytes that were typed, waiting at most so long; empty if none came, nil at the end of the terminal.
  func read(milliseconds: Int32) -> [UInt8]? {
    var polled = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, milliseconds) > 0 else { return [] }
    return HostFile.readSome(input)
  }
}

/// The program's own terminal: what it prints comes here, what is typed for it goes there.
final class ProgramTerminal {
  private(set) var master: Int32

  /// A pair of pseudo-terminals whose slave becomes standard input, output and error; nil with errno set where the host
  /// has none.
  init?(rows: Int, columns: Int) {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { return nil }
    // Unlocked and opened through the master itself, wherever /dev/pts is (man 4 pts; man 2 ioctl_tty).
    var isLocked: Int32 = 0
    guard ioctl(master, Self.setLock, &isLocked) == 0 else { return nil }
    let slave = ioctl(master, Self.openPeer, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { return nil }
    resize(rows: rows, columns: columns)
    for number: Int32 in 0...2 { dup2(slave, number) }
    close(slave)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  /// TIOCSPTLCK and TIOCGPTPEER.
  private static let setLock: UInt = 0x4004_5431, openPeer: UInt = 0x5441

  func hide(in files: FileTable) { master = files.adopt(master).number }

  func resize(rows: Int, columns: Int) {
    var size = winsize(ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// What the program printed and nobody read yet.
  func read() -> [UInt8] {
    var all: [UInt8] = []
    while all.count < 1 << 20, let bytes = HostFile.readSome(master), !bytes.isEmpty { all += bytes }
    return all
  }

  func type(_ bytes: [UInt8]) { HostFile.writeAll(master, bytes) }
}

extension HostFile {
  /// What can be read at once; nil at the end, empty where nothing is there.
  static func readSome(_ descriptor: Int32) -> [UInt8]? {
    while true {
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, used in
        count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        used = max(0, count)
      }
      if count > 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      return count < 0 && errno == EAGAIN ? [] : nil
    }
  }

  static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN {
          usleep(1000)
          continue
        }
        return
      }
      rest = rest.dropFirst(count)
    }
  }
}
