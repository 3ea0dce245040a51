# Pipelines, subshells, substitution, here-documents, background jobs, statuses. Every shell says the same.
x=$(echo abc | tr a-c A-C)
echo "x=$x"
(cd /; pwd; exit 4)
echo "subshell $?"
seq 1 5 | while read -r n; do echo "$n"; done | tr '\n' ' '
echo
true & wait $!
echo "background $?"
false & wait $!
echo "background $?"
for i in 1 2 3; do (echo "job $i" > "job$i") & done
wait
cat job1 job2 job3
rm job1 job2 job3
cat <<END | sort -r
1 $x
2
3
END
f() { echo "in f $1"; return 3; }
f 1 | cat
f 2
echo "$?"
(echo out; echo err >&2) 2>&1 | sort
exec 3>file.tmp
echo through three >&3
exec 3>&-
cat file.tmp
rm file.tmp
sh -c 'exit 9'
echo "$?"
/nonexistent/program 2>/dev/null
echo "not found $?"
{ sh -c 'kill -9 $$'; } 2>/dev/null
echo "killed $?"
echo "$(echo one; echo "$(echo two)")"
seq 1 1000 | sed 's/$/ line/' | grep 9 | wc -l | tr -d ' '
yes | head -n 3
cat /dev/null | (read -r line || echo "nothing to read")
for i in 1 2 3 4 5 6 7 8 9 10; do echo "$i" | cat; done | tail -n 1
trap 'echo leaving' EXIT
