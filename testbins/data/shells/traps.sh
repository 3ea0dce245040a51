# Traps, signals between processes, subshells, here-documents, waiting. Every shell says the same.
trap 'echo "got USR1"' USR1
kill -USR1 $$
trap 'echo "got TERM in the shell"' TERM
(trap - TERM; kill -TERM $(sh -c 'echo $PPID'); echo "not reached")
echo "subshell $?"
kill -TERM $$
trap '' HUP
kill -HUP $$
echo "ignored"
sh -c 'kill -HUP $$; echo "a child ignores it too"'
trap - HUP
f() { trap 'echo "leaving the function'"'"'s subshell"' EXIT; echo "in it"; }
(f)
sh -c 'trap "echo interrupted; exit 5" INT; kill -INT $$; echo "not reached"'
echo "status $?"
# A signal ends a wait.
trap 'echo "woken"' USR2
(sleep 0.1; kill -USR2 $$) &
sleep 5 &
wait $! 2>/dev/null
[ $? -gt 128 ] && echo "the wait was interrupted"
kill $! 2>/dev/null
wait 2>/dev/null
a=1
cat <<END
$a and $(echo "a command") and `echo another`
	tab
END
cat <<'END'
$a is not expanded
END
cat <<-END
	without tabs
	END
(
  cat <<ONE; cat <<TWO
first
ONE
second
TWO
)
x=$(cat <<END
in a substitution
END
)
echo "$x"
set -- one "two three" four
for i; do echo "<$i>"; done
(exec 4<<END
through a descriptor
END
cat <&4)
i=0
while [ $i -lt 20 ]; do (exit $i) & wait $!; [ $? -eq $i ] || echo "wrong status"; i=$((i + 1)); done
echo "twenty children"
sh -c 'sleep 0.2; echo "late"' | cat
(sh -c 'exit 3' | true; echo "pipeline $?")
trap 'echo "exit trap, status $?"' EXIT
exit 6
