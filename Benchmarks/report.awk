# Turns the samples of scripts/bench into a table: for each workload the median CPU time of each
# engine and its ratio to native, for each group the geometric mean of the ratios, for start-up
# also the maximum resident set. Variables: engines, rounds, tsv and json (file names or empty).

function median(list,    values, count, i, j, held) {
    count = split(list, values, " ")
    for (i = 2; i <= count; i++) {
        held = values[i] + 0
        for (j = i - 1; j > 0 && values[j] + 0 > held; j--) values[j + 1] = values[j]
        values[j + 1] = held
    }
    if (count % 2) return values[(count + 1) / 2] + 0
    return (values[count / 2] + values[count / 2 + 1]) / 2
}

# Returns the ratio of two engines' times on a workload, or 0 where one is missing.
function ratio(id, engine, base) {
    return time[id, engine] > 0 && time[id, base] > 0 ? time[id, engine] / time[id, base] : 0
}

# Returns the geometric mean over a group ("" for all), leaving out what failed;
# sets `meanCount` to the number of workloads in it.
function geometricMean(group, engine, base,    i, sum, r) {
    sum = meanCount = 0
    for (i = 1; i <= workloads; i++)
        if ((group == "" || groupOf[order[i]] == group) && (r = ratio(order[i], engine, base)) > 0) {
            sum += log(r)
            meanCount++
        }
    return meanCount ? exp(sum / meanCount) : 0
}

function cell(value, format) { return sprintf("%12s", value > 0 ? sprintf(format, value) : "-") }

function printRatios(group, id,    e, r) {
    for (e = 2; e <= engineCount; e++) {
        r = id == "" ? geometricMean(group, engine[e], "native") : ratio(id, engine[e], "native")
        printf "%s", cell(r, "%.2f x")
    }
    if (comparing) {
        r = id == "" ? geometricMean(group, "swemu2", "swemu") : ratio(id, "swemu2", "swemu")
        printf "%s", cell(r, "%.3f")
    }
    printf "\n"
}

function printHeading(    e) {
    printf "%-10s %-18s", "group", "workload"
    for (e = 1; e <= engineCount; e++) printf "%12s", engine[e] " ms"
    for (e = 2; e <= engineCount; e++) printf "%12s", engine[e] "/nat."
    if (comparing) printf "%12s", "B/A"
    printf "\n"
}

function printTable(    g, i, e, id) {
    printHeading()
    for (g = 1; g <= groupCount; g++) {
        for (i = 1; i <= workloads; i++) {
            id = order[i]
            if (groupOf[id] != groups[g]) continue
            printf "%-10s %-18s", groupOf[id], nameOf[id]
            for (e = 1; e <= engineCount; e++) printf "%s", cell(time[id, engine[e]], "%.2f")
            printRatios("", id)
        }
        printf ("%-10s %-18s%" 12 * engineCount "s"), groups[g], "geometric mean", ""
        printRatios(groups[g], "")
        printf "\n"
    }
    if (groupCount > 1) {
        printf ("%-10s %-18s%" 12 * engineCount "s"), "all", "geometric mean", ""
        printRatios("", "")
    }
}

# Start-up is judged by absolute figures as well: milliseconds above, resident memory here.
function printMemory(    i, e, id, printed) {
    for (i = 1; i <= workloads; i++) {
        id = order[i]
        if (groupOf[id] != "startup") continue
        if (!printed++) {
            printf "\n%-29s", "maximum resident set"
            for (e = 1; e <= engineCount; e++) printf "%12s", engine[e] " MiB"
            printf "\n"
        }
        printf "%-10s %-18s", groupOf[id], nameOf[id]
        for (e = 1; e <= engineCount; e++) printf "%s", cell(memory[id, engine[e]] / 1024, "%.2f")
        printf "\n"
    }
}

function writeTSV(    i, e, id) {
    print "group\tworkload\tscale\tengine\tcpu_ms\tuser_ms\tsystem_ms\twall_ms\tmax_rss_kib\tratio_to_native\tfailure" > tsv
    for (i = 1; i <= workloads; i++)
        for (e = 1; e <= engineCount; e++) {
            id = order[i]
            printf "%s\t%s\t%s\t%s\t%.3f\t%.3f\t%.3f\t%.3f\t%d\t%.4f\t%s\n", groupOf[id], nameOf[id], scaleOf[id],
                engine[e], time[id, engine[e]], userTime[id, engine[e]], systemTime[id, engine[e]],
                wallTime[id, engine[e]], memory[id, engine[e]], ratio(id, engine[e], "native"),
                failure[id, engine[e]] > tsv
        }
    close(tsv)
}

function quoted(text) {
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    gsub(/[\001-\037]/, " ", text)
    return "\"" text "\""
}

function writeJSON(    i, e, g, id, base) {
    printf "{\"rounds\": %d,\n \"workloads\": [", rounds > json
    for (i = 1; i <= workloads; i++) {
        id = order[i]
        printf "%s\n  {\"group\": %s, \"name\": %s, \"scale\": %d, \"engines\": {", (i > 1 ? "," : ""),
            quoted(groupOf[id]), quoted(nameOf[id]), scaleOf[id] > json
        for (e = 1; e <= engineCount; e++) {
            printf "%s%s: ", (e > 1 ? ", " : ""), quoted(engine[e]) > json
            if (time[id, engine[e]] > 0)
                printf "{\"cpu_ms\": %.3f, \"user_ms\": %.3f, \"system_ms\": %.3f, \"wall_ms\": %.3f, \"max_rss_kib\": %d, \"ratio\": %.4f}",
                    time[id, engine[e]], userTime[id, engine[e]], systemTime[id, engine[e]],
                    wallTime[id, engine[e]], memory[id, engine[e]], ratio(id, engine[e], "native") > json
            else
                printf "{\"failure\": %s}", quoted(failure[id, engine[e]]) > json
        }
        printf "}}" > json
    }
    printf "],\n \"geometric_means\": {" > json
    for (g = 1; g <= groupCount; g++) {
        printf "%s\n  %s: {", (g > 1 ? "," : ""), quoted(groups[g]) > json
        for (e = 2; e <= engineCount; e++)
            printf "%s%s: %.4f", (e > 2 ? ", " : ""), quoted(engine[e]), geometricMean(groups[g], engine[e], "native") > json
        printf "}" > json
    }
    print "}}" > json
    close(json)
}

BEGIN {
    FS = "\t"
    engineCount = split(engines, engine, " ")
    for (e = 1; e <= engineCount; e++) comparing = comparing || engine[e] == "swemu2"
    for (e = 1; e <= engineCount; e++) hasSwemu = hasSwemu || engine[e] == "swemu"
    comparing = comparing && hasSwemu
}

{
    id = $2 "/" $3
    if (!(id in groupOf)) {
        order[++workloads] = id
        groupOf[id] = $2
        nameOf[id] = $3
        scaleOf[id] = $4
        if (!seenGroup[$2]++) groups[++groupCount] = $2
    }
}

$1 == "sample" {
    cpu[id, $5] = cpu[id, $5] " " ($6 + $7) / 1000
    user[id, $5] = user[id, $5] " " $6 / 1000
    system_[id, $5] = system_[id, $5] " " $7 / 1000
    wall[id, $5] = wall[id, $5] " " $8 / 1000
    resident[id, $5] = resident[id, $5] " " $9
}

$1 == "failure" {
    failure[id, $5] = $6
    failures[++failureCount] = sprintf("  %s on %s: %s", id, $5, $6)
}

END {
    for (i = 1; i <= workloads; i++)
        for (e = 1; e <= engineCount; e++) {
            key = order[i] SUBSEP engine[e]
            # Each element is set here: gawk 5.2.1 crashes when one that never was is passed to a function.
            time[key] = userTime[key] = systemTime[key] = wallTime[key] = memory[key] = 0
            # A workload that failed once has no time, even if earlier rounds went well.
            if (key in failure) continue
            failure[key] = ""
            if (!(key in cpu)) continue
            time[key] = median(cpu[key])
            userTime[key] = median(user[key])
            systemTime[key] = median(system_[key])
            wallTime[key] = median(wall[key])
            memory[key] = median(resident[key])
        }
    printTable()
    printMemory()
    if (tsv != "") writeTSV()
    if (json != "") writeJSON()
    if (failureCount) {
        printf "\n%d failed, and are left out of the means:\n", failureCount
        for (i = 1; i <= failureCount; i++) print failures[i]
    }
}
