-- Tables, closures, metatables, varargs, integer and float arithmetic, string formatting.
print(_VERSION, arg[1], arg[2], #arg)
print(7 // 2, -7 // 2, 7 % -3, 2^53, 1e15, 10 / 2, 3 | 4, ~0, 1 << 62, math.maxinteger + 1 == math.mininteger)
print(0.1 + 0.2, 1/3, 100, 1e100, -0.0, 1/0, math.pi, string.format("%.14g %5.2f %x %q", 2/3, math.pi, 255, "a\nb"))
local function counter()
  local n = 0
  return function(step) n = n + (step or 1); return n end
end
local c = counter()
c() c(5)
print(c(10))
local Vector = {}
Vector.__index = Vector
Vector.__add = function(a, b) return setmetatable({x = a.x + b.x, y = a.y + b.y}, Vector) end
Vector.__eq = function(a, b) return a.x == b.x and a.y == b.y end
Vector.__tostring = function(v) return "(" .. v.x .. ", " .. v.y .. ")" end
Vector.__len = function(v) return 2 end
Vector.__call = function(v, k) return v.x * k end
local v = setmetatable({x = 1, y = 2}, Vector) + setmetatable({x = 3, y = 4.5}, Vector)
print(tostring(v), #v, v(10), v == setmetatable({x = 4, y = 6.5}, Vector))
local function sum(...)
  local total = 0
  for i = 1, select("#", ...) do total = total + (select(i, ...)) end
  return total, ...
end
print(sum(1, 2, 3, 4.5))
local t = {}
for i = 1, 20000 do t[i] = (i * 7919) % 10007 end
table.sort(t)
local h = 0
for i, x in ipairs(t) do h = (h * 31 + x) % 1000000007 end
print(h, #t, table.concat(t, ",", 1, 5), table.unpack(t, 1, 3))
print(pcall(error, {code = 5}), select(2, pcall(function() return nil + 1 end)))
print(string.rep("ab", 3, "-"), ("hello"):upper():reverse(), #("x"):rep(1000000))
goto done
print("skipped")
::done::
print(math.type(1), math.type(1.0), math.tointeger(3.0), tostring(nil), tonumber("0x10"), tonumber("z", 36))
