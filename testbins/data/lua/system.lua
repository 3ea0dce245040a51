-- Files, the clock, the environment, garbage collection, errors with tracebacks, modules by load.
local f = assert(io.open("out.txt", "w"))
f:write("line one\n", 42, " ", 3.5, "\n", "last")
f:close()
for l in io.lines("out.txt") do io.write("[", l, "]") end
print()
f = io.open("out.txt", "r+b")
f:seek("set", 5)
f:write("ONE")
f:seek("set")
print(f:read("l", "n", "n", "a"))
f:close()
print(io.open("missing/file"))
print(os.rename("out.txt", "renamed.txt"), os.remove("renamed.txt"), select(2, os.remove("renamed.txt")))
print(os.getenv("LC_ALL"), os.getenv("NOTHING"), os.time() > 1600000000, os.date("!%Y-%m-%d %H:%M:%S", 86400 * 365))
print(type(os.clock()), os.time({year = 2000, month = 1, day = 1, hour = 12}))
collectgarbage()
local weak = setmetatable({}, {__mode = "k"})
for i = 1, 1000 do weak[{}] = i end
collectgarbage()
print(next(weak), collectgarbage("count") < 2000)
local closed = {}
do
  local guard <close> = setmetatable({}, {__close = function() closed[1] = true end})
end
print(closed[1], load("return 1 +")) 
print(load("local a, b = ... return a * b")(6, 7))
local ok, message = xpcall(function() local t = nil; return t.field end, function(e) return "handled: " .. e end)
print(ok, (message:gsub("^.-handled", "handled"):gsub("/.*/", "")))
local function deep(n) return n == 0 and 0 or 1 + deep(n - 1) end
print(deep(10000), (select(2, pcall(function() local function f() return f() + 1 end return f() end)):match("stack overflow")))
local t = {}
for line in io.lines("words.txt") do t[line] = (t[line] or 0) + 1 end
print(t.banana, t.apple, t.fig)
io.stderr:write("to stderr\n")
