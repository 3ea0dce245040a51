# Reads the header comments of all guest programs and writes two things:
#   RULES  one make line per (program, variant), included by the Makefile
#   RUNS   one line per run, "VARIANT/NAME ARGUMENTS... -> END", read by the integration tests
#
# Header keywords, each on a comment line of its own before the first blank line:
#   variants: O0 O2 ...   which builds the program wants, if not all that fit its language
#   links: -lz ...        libraries to link
#   flags: -mno-red-zone  further compiler flags
#   run: ARGUMENTS -> END one run with these arguments; repeat for more. END is "exit N" or a
#                         signal's name; without the arrow the program exits with 0. No run line
#                         means one run without arguments, "run: never" none.
#
# The variant v3 is left out unless HAS_V3 is 1.
#
# Usage: awk -v RULES=FILE -v RUNS=FILE -v HAS_V3=1 -f programs.awk SOURCE...

function flush_program(    count, i, j, list) {
  if (source == "") return
  if (variants == "") variants = default_variants(source)
  count = split(variants, list, " ")
  for (i = 1; i <= count; i++) {
    if (list[i] == "v3" && !HAS_V3) continue
    printf "$(eval $(call program,%s,%s,%s,%s,%s))\n", list[i], name, source, flags, links > RULES
    if (run_count == 0) printf "%s/%s -> exit 0\n", list[i], name > RUNS
    for (j = 1; j <= run_count; j++) {
      if (runs[j] == "never") continue
      printf "%s/%s %s%s\n", list[i], name, runs[j], runs[j] ~ /->/ ? "" : " -> exit 0" > RUNS
    }
  }
}

function default_variants(path) {
  if (path ~ /\.cc$/) return "O0 O2 pie dyn"
  if (path ~ /^(float|integer|simd|strings)\//) return "O0 O2 musl pie dyn v3"
  if (path ~ /\.S$/) return "nostdlib"
  return "O0 O2 musl pie dyn"
}

function value_of(line) {
  sub(/^[^:]*:[ \t]*/, "", line)
  sub(/[ \t]+$/, "", line)
  return line
}

FNR == 1 {
  flush_program()
  source = FILENAME
  name = FILENAME
  sub(/^.*\//, "", name)
  sub(/\.[^.]*$/, "", name)
  if (name in seen) {
    print FILENAME ": another program is called " name " too" > "/dev/stderr"
    failed = 1
    exit 1
  }
  seen[name] = 1
  variants = links = flags = ""
  run_count = 0
  in_header = 1
}

/^[ \t]*$/ { in_header = 0 }
in_header && /^\/\/ variants:/ { variants = value_of($0) }
in_header && /^\/\/ links:/ { links = value_of($0) }
in_header && /^\/\/ flags:/ { flags = value_of($0) }
in_header && /^\/\/ run:/ { runs[++run_count] = value_of($0) }

END { if (!failed) flush_program() }
