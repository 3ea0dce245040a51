# Word frequencies, line lengths and a numeric column, as log analysis does it.

{
    lengths += length($0)
    amount[$1] += $2
    for (field = 3; field <= NF; field++) {
        if ($field ~ /^[bd].*a/) matched++
        count[$field]++
    }
}

END {
    for (word in count) {
        words++
        squares += count[word] * count[word]
    }
    for (day in amount) if (amount[day] > best) { best = amount[day]; bestDay = day }
    printf "%d lines, %d characters, %d words, %d matched, %d, %s %.2f\n",
        NR, lengths, words, matched, squares, bestDay, best / 7
}
