# Indexed and associative arrays, mapfile, sorting by hand.
mapfile -t lines <text.txt
echo "${#lines[@]} lines, the third from the end: ${lines[-3]}"
declare -A count
while read -r word; do ((count[$word]++)); done <words.txt
keys=("${!count[@]}")
n=${#keys[@]}
for ((i = 0; i < n; i++)); do
  for ((j = i + 1; j < n; j++)); do
    if [[ ${keys[j]} < ${keys[i]} ]]; then
      swap=${keys[i]}
      keys[i]=${keys[j]}
      keys[j]=$swap
    fi
  done
done
for key in "${keys[@]}"; do echo "$key ${count[$key]}"; done
unset 'count[apple]'
echo "${#count[@]} ${count[apple]-gone}"
sparse=([5]=five [100]=hundred [2]=two)
echo "${!sparse[@]} ${sparse[@]:3:2}"
slice=("${lines[@]:1:2}")
printf '<%s>\n' "${slice[@]}" "$@"
declare -n reference=sparse
reference[7]=seven
declare -p sparse
