# A shell script without any child process: arithmetic, arrays, string operations, functions.
# Usage: bash loop.sh SCALE

collatz() {
    local n=$1 steps=0
    while ((n != 1)); do
        ((n = n % 2 ? 3 * n + 1 : n / 2, steps++))
    done
    REPLY=$steps
}

declare -a table
declare -A seen
sum=0
for ((unit = 1; unit <= $1; unit++)); do
    for n in {1..12}; do
        collatz "$((n + unit))"
        table[n]=$REPLY
        seen[$REPLY]+=x
        ((sum = (sum * 31 + REPLY) % 1000000007))
    done
    text="${table[*]}"
    text=${text// /,}
    case $text in
        *,9,*) ((sum += ${#text})) ;;
        *) ((sum ^= ${#text})) ;;
    esac
    [[ $text =~ ^([0-9]+),(.*)$ ]] && ((sum += ${#BASH_REMATCH[2]}))
done
printf 'checksum %d, %d distinct\n' "$sum" "${#seen[@]}"
