# Redirections, tests of files, globs, brace expansion, cd, umask, here-documents through temporary files.
for i in {1..5}; do echo "content $i" >"file$i"; done
shopt -s nullglob
echo file* none*
[[ -f file1 && -s file1 && ! -e nothing && -r . && -d . ]] && echo "tests hold"
echo appended >>file1
while IFS= read -r line; do echo "got $line"; done <file1
echo {a..e}{1,2} {10..1..3}
{ echo grouped; echo lines; } >group
read -r first <group
echo "$first"
exec 5<>both
echo "in and out" >&5
exec 5>&-
[[ both -nt nothing ]] && echo newer
pushd . >/dev/null && popd >/dev/null && echo "directory stack"
umask 027
: >masked
umask
set -o noclobber
{ echo no >file2; } 2>/dev/null || echo "noclobber protects"
set +o noclobber
cat_file() { local l; while read -r l; do echo "$l"; done <"$1"; }
cat_file text.txt
mapfile -t big <large.txt
echo "${#big[@]} ${big[1999]}"
echo "error text" >&2
type -t echo cd cat_file if
