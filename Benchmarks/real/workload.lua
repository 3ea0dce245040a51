-- A mixed Lua program: tables, strings, closures, coroutines, integer and floating arithmetic.

local scale = tonumber((...)) or 1

local function sieve(limit)
  local composite, count = {}, 0
  for i = 2, limit do
    if not composite[i] then
      count = count + 1
      for j = i * i, limit, i do composite[j] = true end
    end
  end
  return count
end

local function wordCounts(text)
  local counts = {}
  for word in text:gmatch("%a+") do counts[word] = (counts[word] or 0) + 1 end
  local names = {}
  for name in pairs(counts) do names[#names + 1] = name end
  -- The order of `pairs` depends on addresses; the sorted one does not.
  table.sort(names, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  return #names, names[1], counts[names[1]]
end

local function fib(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end

local function walk(tree)
  return coroutine.wrap(function()
    local function visit(node)
      if node then visit(node.left); coroutine.yield(node.key); visit(node.right) end
    end
    visit(tree)
  end)
end

local function treeSum(count, seed)
  local root
  for _ = 1, count do
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    local node, place, side = { key = seed }, nil, nil
    local at = root
    while at do
      place, side = at, seed < at.key and "left" or "right"
      at = at[side]
    end
    if place then place[side] = node else root = node end
  end
  local sum, position = 0, 0
  for key in walk(root) do
    position = position + 1
    sum = (sum * 31 + key * position) & 0xffffffff
  end
  return sum
end

local text = ("the quick brown fox jumps over the lazy dog and the cat "):rep(20)
local checksum, real = 0, 0.0
for round = 1, scale do
  local distinct, top, times = wordCounts(text .. round)
  checksum = checksum * 33 + sieve(2000) + fib(13) + treeSum(300, round) + distinct + times + #top
  checksum = checksum & 0xffffffffffff
  for i = 1, 500 do real = real + math.sqrt(i) / (i + round) end
end
print(("%x %.10f"):format(checksum, real))
