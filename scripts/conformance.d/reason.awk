# Turns an emulator's standard error and a test's outcome into one line that is the same for all
# tests with the same cause, so that failures can be grouped. Variables: outcome, program.

BEGIN {
    split("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM", signals, " ")
    register = "^([re]?([abcd]x|[sd]i|[bs]p)|[abcd][lh]|[sd]il|[bs]pl|r[0-9]+[bwd]?|[re]ip|[xyz]?mm[0-9]+|st[0-7])$"
}

# The line that names the cause: the first that speaks of something missing, else the last at all.
{
    if ($0 !~ /[^ \t]/) next
    last = $0
    if (cause == "" && tolower($0) ~ /unimplemented|not implemented|unsupported|undecod|unknown|invalid|illegal|fatal|trap/)
        cause = $0
}

# Returns a word with what differs from test to test replaced by a general name.
function generalised(word) {
    if (word ~ register) return "REGISTER"
    if (word ~ /^0x[0-9a-fA-F]+$/) return "NUMBER"
    # Three or more hexadecimal digits with a decimal one among them: an address, not "add" or "fadd".
    if (length(word) >= 3 && word ~ /^[0-9a-f]+$/ && word ~ /[0-9]/) return "NUMBER"
    if (word ~ /^[0-9]+$/) return "NUMBER"
    return word
}

function generaliseText(text,    result, word) {
    while ((at = index(text, program)) > 0)
        text = substr(text, 1, at - 1) "PROGRAM" substr(text, at + length(program))
    # The bytes of an instruction; its text beside them says the same.
    gsub(/[([]?[ \t]*([0-9a-f][0-9a-f][ \t]+)([0-9a-f][0-9a-f][ \t]+)*[0-9a-f][0-9a-f][ \t]*[])]/, " ", text)
    while (match(text, /[A-Za-z0-9_]+/)) {
        word = generalised(substr(text, RSTART, RLENGTH))
        result = result substr(text, 1, RSTART - 1) word
        text = substr(text, RSTART + RLENGTH)
    }
    result = result text
    gsub(/[ \t]+/, " ", result)
    return substr(result, 1, 140)
}

END {
    if (outcome ~ /^signal:/) {
        number = substr(outcome, 8)
        outcome = number in signals ? "SIG" signals[number] : "signal " number
    } else if (outcome ~ /^exit:/) outcome = "exit status " substr(outcome, 6)
    text = cause != "" ? cause : last
    print text == "" ? outcome : outcome ": " generaliseText(text)
}
