# A database server with threads of its own, on a socket in the working directory, and clients that talk to it.
redis-server --port 0 --unixsocket "$PWD/socket" --save "" --appendonly no --dir "$PWD" --daemonize no \
  --io-threads 2 >log 2>&1 &
server=$!
ask() { redis-cli -s socket "$@"; }
i=0
until [ "$(ask ping 2>/dev/null)" = PONG ]; do
  i=$((i + 1))
  [ $i -lt 200 ] || { echo "the server does not answer"; cat log; kill -9 $server; exit 1; }
  sleep 0.1
done
ask set key "a value"
ask get key
for n in 1 2 3 4 5; do ask incr counter; done
ask rpush list c a d b
ask sort list alpha
ask eval 'local s = 0; for i = 1, 10000 do s = s + i end; return s' 0
i=0
while [ $i -lt 300 ]; do
  echo "set key$i value$i"
  echo "zadd scores $((i * 7919 % 1000)) member$i"
  i=$((i + 1))
done | ask --pipe | tail -n 1
ask dbsize
ask zrange scores 0 4 withscores
ask zcard scores
ask debug digest >/dev/null
ask flushall async
ask dbsize
ask shutdown nosave 2>/dev/null
wait $server
echo "ended with $?"
rm -f log socket
