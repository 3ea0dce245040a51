# Reads the lines of `run` and prints counts for each level, what was skipped and why, and the
# failures grouped by reason, the most frequent first. Variable: all (1 lists every failure).

BEGIN { FS = "\t" }

{
    if (!seen[$2]++) levels[++levelCount] = $2
    count[$2, $1]++
    total[$1]++
}

$1 == "passed" && $4 != "" { passReason[$4]++; passNames[$4] = passNames[$4] " " $3; noted++ }

$1 == "skipped" { skipReason[$4]++ }

$1 == "failed" {
    failReason[$4]++
    if (all || failReason[$4] <= 8) failNames[$4] = failNames[$4] sprintf("\n          %s %s", $2, $3)
}

function line(label, passed, failed, skipped) {
    printf "%-6s %5d passed, %5d failed, %5d skipped\n", label, passed, failed, skipped
}

# Prints the keys of a table of counts, largest first; with names, those below each.
function printByCount(table, names,    key, best, left) {
    left = 0
    for (key in table) left++
    while (left-- > 0) {
        best = ""
        for (key in table)
            if (!(key in printed) && (best == "" || table[key] > table[best] || (table[key] == table[best] && key < best))) best = key
        printed[best] = 1
        printf "  %5d  %s", table[best], best
        if (best in names) {
            printf "%s", names[best]
            if (!all && table[best] > 8) printf "\n          ... and %d more", table[best] - 8
        }
        printf "\n"
    }
    for (key in printed) delete printed[key]
}

END {
    # `+ 0` on elements that may be unset: gawk 5.2.1 mishandles those as arguments.
    for (i = 1; i <= levelCount; i++)
        line(levels[i], count[levels[i], "passed"] + 0, count[levels[i], "failed"] + 0, count[levels[i], "skipped"] + 0)
    if (levelCount > 1) line("all", total["passed"] + 0, total["failed"] + 0, total["skipped"] + 0)
    if (noted > 0) {
        print "\nPassed, but:"
        for (reason in passReason) printf "  %5d  %s:%s\n", passReason[reason], reason, passNames[reason]
    }
    if (total["skipped"] > 0) { print "\nSkipped:"; printByCount(skipReason, none) }
    if (total["failed"] > 0) { print "\nFailed, by reason:"; printByCount(failReason, failNames) }
}
