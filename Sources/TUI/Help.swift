/// The keys, for `?`.
package enum Help {
  package static let lines = [
    "s, Enter  one instruction              S  one source line, into functions",
    "n         one instruction, over calls  N  one source line, over calls",
    "o         out of the function          l  source lines in the code, or not",
    "c         continue                     Ctrl-C  stop a running program",
    "f         continue to the next page fault",
    "y         continue to the next system call",
    "a         animate: run slowly, any key stops",
    "b         breakpoint at a place        B  breakpoint here, or away with it",
    "w         watchpoint                   p  list the points",
    "g         show code at a place         m  show memory at an address",
    "/         search: a symbol or address for code, a text or 0x… bytes for memory",
    ".         back to RIP                  Ctrl-L  draw anew",
    "Tab       next pane (Shift-Tab back)   z  zoom the pane",
    "arrows, Page Up and Down, Home         move within the pane",
    ":         a command of the console, named as gdb's (help lists them)",
    "r         run the program from its beginning",
    "q         quit",
    "",
    "While the program runs, what you type goes to it.",
    "Yellow has changed; green is where the program stands, or where it returns to.",
    "In the map: · not touched, ░ ▓ partly, █ there, yellow since the last stop.",
  ]
}
