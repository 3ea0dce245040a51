/// How an argument prints in `--strace`.
package enum ArgumentKind: Sendable {
  case int, unsigned, hex, pointer, size, fd, atFD, path, string, buffer, output
  case mode, openFlags, signal, protection, mapFlags
  case none
}
