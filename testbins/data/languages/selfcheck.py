# What a Python program leans on: text, numbers, files, processes, sockets. Prints the same everywhere.
import array, base64, bisect, collections, csv, ctypes, datetime, decimal, fractions, gc, hashlib, heapq, io, itertools
import json, math, mmap, operator, os, pickle, random, re, select, signal, socket, string, struct, subprocess, sys
import tempfile, textwrap, time, unicodedata, urllib.parse, uuid, zlib

def show(name, value):
    print(f"{name:24} {value}")

text = "The quick brown fox jumps over the lazy dog; größer, 日本語, \U0001f600 " * 20
show("re", re.sub(r"(\w+) (\w+)", r"\2 \1", text)[:60])
show("findall", len(re.findall(r"\b[a-z]{4,}\b", text)))
show("json", json.dumps(json.loads('{"a": [1, 2.5, null, true, "\\u00e9"], "b": {"c": -1e300}}'), sort_keys=True))
for name in ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256"):
    show(name, hashlib.new(name, text.encode()).hexdigest()[:32])
show("struct", struct.unpack("<hIqfd", struct.pack("<hIqfd", -2, 3, -(1 << 60), 0.5, 1 / 3)))
decimal.getcontext().prec = 60
show("decimal", decimal.Decimal(2).sqrt() + decimal.Decimal(1) / 7)
show("fractions", sum(fractions.Fraction(1, n) for n in range(1, 40)))
show("big", hex(pow(3, 5000, 1 << 200)))
show("factorial", str(math.factorial(300))[-100:].strip("0")[-20:])
show("math", [round(f(0.7), 15) for f in (math.sin, math.exp, math.gamma, math.erf, math.log1p)])
show("float", [float("1e-320"), 0.1 + 0.2, float("inf") - float("inf"), 1e16 + 1, round(2.5), (-7) // 2, math.fmod(-7, 2)])
show("unicodedata", [unicodedata.name(c) for c in "é日😀"] + [unicodedata.normalize("NFD", "é").encode().hex()])
show("case", "straße ǅ İ".upper().casefold())
show("base64", base64.b85encode(bytes(range(20))).decode())
show("zlib", zlib.crc32(zlib.decompress(zlib.compress(text.encode(), 9))))
show("pickle", pickle.loads(pickle.dumps({"x": (1, {2, 3}, b"\0\xff", None)}, 5)))
random.seed(42)
show("random", [random.randrange(10**9) for _ in range(3)] + [round(random.gauss(0, 1), 12)])
show("datetime", datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc) + datetime.timedelta(days=365.25))
show("csv", list(csv.reader(io.StringIO('a,"b ""q"" c",3\r\n'))))
show("heapq", heapq.nsmallest(3, [5, 1, 4, 2, 3]))
show("permutations", sum(1 for _ in itertools.permutations(range(7))))
show("uuid", uuid.uuid5(uuid.NAMESPACE_DNS, "example.org"))
show("url", urllib.parse.quote("ä b/c?") + urllib.parse.urlsplit("http://h:80/p?q#f").netloc)
show("ctypes", ctypes.CDLL(None).strlen(b"twelve bytes"))
compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))(lambda a, b: a[0] - b[0])
numbers = (ctypes.c_int * 5)(5, 2, 4, 1, 3)
ctypes.CDLL(None).qsort(numbers, 5, 4, compare)
show("callback", list(numbers))

class Node:
    pass
for _ in range(1000):
    a, b = Node(), Node()
    a.other, b.other = b, a
show("gc", gc.collect() > 500)
def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)
show("recursion", deep(900))
try:
    sys.setrecursionlimit(400)
    deep(10000)
except RecursionError as error:
    show("RecursionError", error)
sys.setrecursionlimit(1000)

with tempfile.TemporaryDirectory() as directory:
    path = os.path.join(directory, "file")
    with open(path, "w+b") as file:
        file.write(b"x" * 10000)
        file.flush()
        with mmap.mmap(file.fileno(), 0) as view:
            view[5000:5004] = b"here"
            show("mmap", view.find(b"here"))
    show("files", [os.listdir(directory), os.path.getsize(path), os.stat(path).st_mode & 0o170000])
show("subprocess", subprocess.run(["tr", "a-z", "A-Z"], input="piped", capture_output=True, text=True).stdout)
show("check_output", subprocess.check_output("echo $((6 * 7)); exit 0", shell=True).decode().strip())
show("returncode", [subprocess.call(["sh", "-c", "exit 3"]), subprocess.call(["sh", "-c", "kill -9 $$"])])
try:
    subprocess.run(["sleep", "10"], timeout=0.2)
except subprocess.TimeoutExpired as error:
    show("timeout", error.cmd)
try:
    subprocess.run(["/nonexistent"])
except FileNotFoundError as error:
    show("missing", error.errno)
r, w = os.pipe()
pid = os.fork()
if pid == 0:
    os.write(w, b"from a child")
    os._exit(4)
show("fork", [os.read(r, 100), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])])
caught = []
signal.signal(signal.SIGALRM, lambda number, frame: caught.append(number))
signal.setitimer(signal.ITIMER_REAL, 0.01)
while not caught:
    time.sleep(0.005)
show("signal", caught)
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
peer, _ = server.accept()
client.sendall(b"over tcp")
select.select([peer], [], [], 5)
poller = select.epoll()
poller.register(peer, select.EPOLLIN)
show("socket", [peer.recv(100), len(poller.poll(0))])
show("environ", sorted(k for k in os.environ if k in ("PATH", "HOME")))
show("executable", os.path.realpath("/proc/self/exe") == os.path.realpath(sys.executable))
