# Turns an emulator's standard error and a test's outcome into one line that is the same for all
# tests with the same cause, so that failures can be grouped. Variables: outcome, program.

BEGIN {
    split("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM", names, " ")
}

# The line that names the cause: the first that speaks of something missing, else the last at all.
{
    if ($0 !~ /[^ \t]/) next
    last = $0
    if (cause == "" && tolower($0) ~ /unimplemented|not implemented|unsupported|undecod|unknown|invalid|illegal|fatal|trap/) cause = $0
}

END {
    if (outcome ~ /^signal:/) {
        number = substr(outcome, 8)
        outcome = number in names ? "SIG" names[number] : "signal " number
    } else if (outcome ~ /^exit:/) outcome = "exit status " substr(outcome, 6)
    text = cause != "" ? cause : last
    # Addresses, bytes and the program's own name differ from test to test.
    while ((at = index(text, program)) > 0)
        text = substr(text, 1, at - 1) "PROGRAM" substr(text, at + length(program))
    gsub(/(\(|\[)? *([0-9a-f][0-9a-f] )+[0-9a-f][0-9a-f] *(\)|\])?/, " ", text)
    gsub(/0x[0-9a-fA-F]+/, "ADDRESS", text)
    gsub(/[ \t]+/, " ", text)
    print text == "" ? outcome : outcome ": " substr(text, 1, 140)
}
