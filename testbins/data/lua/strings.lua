-- Patterns, gsub, string.pack, utf8, byte buffers.
local text = "The quick brown fox, born 2024-02-29, weighs 3.5 kg"
print(text:find("quick"), text:match("(%d+)-(%d+)-(%d+)"), text:gsub("%a+", string.upper, 3))
for w in text:gmatch("%a+") do io.write(w:sub(1, 1)) end
print()
print(("key = value; other=thing"):gsub("(%w+)%s*=%s*(%w+)", "%2=%1"))
print(("%bxy"):len(), ("f(a(b)c)d"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"))
print(string.format("%10s|%-10s|%05d|%+.3e|%g|%i|%c|%o|%a", "right", "left", 42, 12345.678, 0.1, 7, 65, 8, 1.5))
local packed = string.pack("<i4 >I2 z s1 d f", -2, 258, "zero", "len", 1.5, 0.25)
print(#packed, packed:byte(1, 8))
print(string.unpack("<i4 >I2 z s1 d f", packed))
for p, code in utf8.codes("aé€😀") do io.write(p, ":", code, " ") end
print(utf8.len("aé€😀"), utf8.char(233, 8364), #utf8.charpattern)
local parts = {}
for i = 1, 5000 do parts[#parts + 1] = string.format("%d:%s", i, string.char(97 + i % 26)) end
local joined = table.concat(parts, ";")
local h = 5381
for i = 1, #joined do h = (h * 33 + joined:byte(i)) & 0xffffffff end
print(#joined, h)
local function permutations(a, n)
  n = n or #a
  if n <= 1 then coroutine.yield(table.concat(a)) else
    for i = 1, n do
      a[n], a[i] = a[i], a[n]
      permutations(a, n - 1)
      a[n], a[i] = a[i], a[n]
    end
  end
end
local count, last = 0
for p in coroutine.wrap(function() permutations({"a", "b", "c", "d", "e", "f"}) end) do count, last = count + 1, p end
print(count, last)
