# Functions, recursion, locals, return values, traps on exit, set -e in functions, getopts.
factorial() {
  local n=$1
  if ((n < 2)); then
    result=1
  else
    factorial $((n - 1))
    ((result *= n))
  fi
}
factorial 20
echo "$result"
hanoi() {
  (($1 == 0)) && return
  hanoi $(($1 - 1)) "$2" "$4" "$3"
  ((moves++))
  hanoi $(($1 - 1)) "$4" "$3" "$2"
}
moves=0
hanoi 8 a c b
echo "moves $moves"
options() {
  local OPTIND=1 opt
  while getopts "ab:c" opt; do echo "option $opt ${OPTARG-}"; done
  shift $((OPTIND - 1))
  echo "rest: $*"
}
options -a -b value -c x y
scope() { local var=inner; nested; }
nested() { echo "dynamic scope: $var"; }
var=outer
scope
trap 'echo "leaving with $?"' EXIT
false || echo "status $?"
select_one() { case $# in 0) return 3 ;; *) return 4 ;; esac; }
select_one
echo $?
eval 'generated() { echo "made by eval: $1"; }'
generated yes
exec 3>scratch
echo "to a descriptor" >&3
exec 3>&-
read -r line <scratch
echo "$line"
