# Parameter expansion, patterns, regular expressions, printf.
text="The quick brown fox jumps over the lazy dog"
echo "${#text} ${text:4:5} ${text: -3} ${text^^} ${text,,} ${text/quick/slow} ${text//o/0} ${text#* } ${text##* } ${text%% *}"
path=/usr/local/lib/archive.tar.gz
echo "${path##*/} ${path%/*} ${path%%.*} ${path%.gz}"
unset nothing
echo "${nothing:-default} ${nothing:=assigned} ${nothing:+present} ${nothing}"
if [[ "2024-02-29" =~ ^([0-9]{4})-([0-9]{2})-([0-9]{2})$ ]]; then echo "${BASH_REMATCH[@]}"; fi
[[ $text == *fox* && $text != cat* ]] && echo "patterns match"
shopt -s extglob
file=photo.jpeg
case $file in *.@(png|jp?(e)g)) echo picture ;; *) echo other ;; esac
printf '%05d|%-8s|%8.3f|%x|%q|%b|%c\n' 42 left 3.14159 255 "it's a \"test\"" 'a\tb' Z
printf -v joined '%s,' a b c
echo "${joined%,}"
IFS=: read -r -a fields <<<"one:two::four"
echo "${#fields[@]} ${fields[3]}"
quoted=$'tab\there\x41\u00e9'
printf '%s\n' "${quoted@Q}" "${text@U}"
long=
for i in {1..500}; do long+="$i-"; done
echo "${#long} ${long:1000:30}"
for ((i = ${#text} - 1; i >= 0; i--)); do reversed+=${text:i:1}; done
echo "$reversed"
