# Reads a test's source, and its .x file where it has one, and prints one line: either
#   flags<TAB>FLAGS...   the compiler flags that the test asks for on x86-64 Linux, or
#   skip<TAB>REASON      when it is not meant for this target or level.
# It understands the part of DejaGnu's `dg-` language that gcc.c-torture/execute uses
# (GCC internals manual, "Directives used within DejaGnu tests"). Variable: level, as in "-O2".

# Facts about the target, as GCC's "effective targets" name them.
BEGIN {
    split("int32plus int32 longlong64 int128 dfp double64plus ptr32plus size32plus stdint_types c99_runtime lp64 " \
          "alloca trampolines label_values indirect_jumps nonlocal_goto return_address untyped_assembly " \
          "sse sse2 sse2_runtime sse3 ssse3 sse4 sse4_2 popcnt avx avx_runtime avx2 avx2_runtime fma f16c bmi bmi2 lzcnt " \
          "movbe aes pclmul vpclmul sha adx rdrand rdseed xsave xsavec x86_64 float128 float128_runtime " \
          "vect_double vect_float inf infinity longdouble128 fenv fenv_exceptions large_double large_long_double " \
          "float16_runtime float32_runtime float32x_runtime float64_runtime float64x_runtime float32 float64 __float128 " \
          "sse_runtime trapping mempcpy scheduling signal fileio mmap fpic unwrapped strict_align_no linux", names, " ")
    for (i in names) supported[names[i]] = 1
}

# Tells whether one word of a selector, a triplet pattern or an effective target, holds here.
function wordHolds(word) {
    if (word !~ /-/) return word in supported
    gsub(/\*/, ".*", word)
    gsub(/\?/, ".", word)
    return "x86_64-pc-linux-gnu" ~ "^" word "$"
}

# Evaluates the tokens from `at` to the closing brace: words side by side mean "any of",
# `!` negates what follows, `&&` and `||` join. Leaves `at` behind the brace.
function evaluate(    any, all, negate, value, token) {
    any = 0; all = 1; negate = 0
    while (at <= tokenCount) {
        token = tokens[at++]
        if (token == "}") break
        if (token == "target" || token == "||") continue
        if (token == "&&") { all = all && any; any = 0; continue }
        if (token == "!") { negate = 1; continue }
        value = token == "{" ? evaluate() : wordHolds(token)
        any = any || (negate ? !value : value)
        negate = 0
    }
    return all && any
}

function selectorHolds(text) {
    gsub(/"/, " ", text)
    gsub(/[{}!]/, " & ", text)
    tokenCount = split(text, tokens, " ")
    at = 1
    return evaluate()
}

# Takes the next brace group or quoted string off the front of `rest` and returns its inside.
function takeArgument(    depth, i, c, argument) {
    sub(/^[ \t]+/, "", rest)
    c = substr(rest, 1, 1)
    if (c == "\"") {
        i = index(substr(rest, 2), "\"")
        argument = substr(rest, 2, i - 1)
        rest = substr(rest, i + 2)
        return argument
    }
    if (c != "{") {
        match(rest, /^[^ \t}]*/)
        argument = substr(rest, 1, RLENGTH)
        rest = substr(rest, RLENGTH + 1)
        return argument
    }
    for (i = 1; i <= length(rest); i++) {
        c = substr(rest, i, 1)
        depth += (c == "{") - (c == "}")
        if (depth == 0) break
    }
    argument = substr(rest, 2, i - 2)
    rest = substr(rest, i + 1)
    return argument
}

function skip(reason) { if (skipped == "") skipped = reason }

# Tells whether a list of flags in a skip clause names this level.
function namesLevel(list,    words, count, i) {
    gsub(/["{}]/, " ", list)
    count = split(list, words, " ")
    for (i = 1; i <= count; i++)
        if (words[i] == "*" || words[i] == level) return 1
    return 0
}

function readOptions(    text, selector) {
    text = takeArgument()
    selector = takeArgument()
    gsub(/["{}]/, " ", text)
    if (selector == "" || selectorHolds(selector)) flags = flags " " text
}

function readSkip(    reason, target, only) {
    reason = takeArgument()
    target = takeArgument()
    only = takeArgument()
    if (selectorHolds(target) && (only == "" || namesLevel(only)))
        skip("marked to be skipped" (reason == "" ? "" : ": " reason))
}

FILENAME ~ /\.x$/ {
    # Lines that are indented depend on a target; those at the margin do not.
    if ($0 ~ /^lappend additional_flags/) {
        sub(/^lappend additional_flags/, "")
        gsub(/"/, " ")
        flags = flags " " $0
    }
    next
}

/\{ *dg-[a-z-]+/ {
    rest = $0
    sub(/^.*\{ *dg-/, "", rest)
    directive = rest
    sub(/[^a-z-].*$/, "", directive)
    rest = substr(rest, length(directive) + 1)
    # The brace that closes the directive itself, with what follows it.
    sub(/\}[^}]*$/, "", rest)
    if (directive == "options" || directive == "additional-options") readOptions()
    else if (directive == "skip-if") readSkip()
    else if (directive == "require-effective-target") {
        name = takeArgument()
        if (!(name in supported)) skip("needs " name)
    } else if (directive == "do") {
        takeArgument()
        selector = takeArgument()
        if (selector != "" && !selectorHolds(selector)) skip("for another target")
    }
}

END {
    if (skipped != "") print "skip\t" skipped
    else {
        gsub(/[ \t]+/, " ", flags)
        print "flags\t" flags
    }
}
