# Arithmetic of the shell: integers of 64 bits, bases, operators, loops.
echo $((1 << 62)) $((-7 / 2)) $((-7 % 3)) $((2 ** 40)) $((0x1f + 017 + 2#1011 + 36#zz))
declare -i total=0
for ((i = 1; i <= 3000; i++)); do ((total += i * i % 7)); done
echo "total $total"
fibonacci=(0 1)
for ((i = 2; i < 60; i++)); do fibonacci[i]=$((fibonacci[i - 1] + fibonacci[i - 2])); done
echo "${fibonacci[59]} ${#fibonacci[@]}"
primes=()
for ((n = 2; n < 300; n++)); do
  for p in "${primes[@]}"; do
    ((p * p > n)) && break
    ((n % p)) || continue 2
  done
  primes+=("$n")
done
echo "${primes[@]}"
((1 > 2)) || echo "one is not greater"
x=5
echo $((x++ + ++x)) $x $((x > 3 ? 10 : 20)) $((x, x * 2)) $((~x & 0xff))
echo $((9223372036854775807 + 1))
