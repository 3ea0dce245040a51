-- Floating-point and integer loops: matrices, n-queens, spectral norm, a sieve, a random generator of one's own.
local function multiply(a, b, n)
  local c = {}
  for i = 1, n do
    local row = {}
    for j = 1, n do
      local s = 0.0
      for k = 1, n do s = s + a[i][k] * b[k][j] end
      row[j] = s
    end
    c[i] = row
  end
  return c
end
local n, seed = 40, 42
local function random()
  seed = (seed * 6364136223846793005 + 1442695040888963407)
  return (seed >> 33) / 2^31
end
local m = {}
for i = 1, n do
  m[i] = {}
  for j = 1, n do m[i][j] = random() end
end
local p = multiply(m, multiply(m, m, n), n)
print(string.format("%.10f %.10f", p[1][1], p[n][n]))
local function queens(size)
  local count, cols, d1, d2 = 0, {}, {}, {}
  local function place(r)
    if r > size then count = count + 1 return end
    for c = 1, size do
      if not (cols[c] or d1[r + c] or d2[r - c]) then
        cols[c], d1[r + c], d2[r - c] = true, true, true
        place(r + 1)
        cols[c], d1[r + c], d2[r - c] = nil, nil, nil
      end
    end
  end
  place(1)
  return count
end
print(queens(6), queens(7))
local function A(i, j) local ij = i + j - 1 return 1.0 / (ij * (ij - 1) * 0.5 + i) end
local u, v = {}, {}
for i = 1, 50 do u[i] = 1 end
for _ = 1, 5 do
  for i = 1, 50 do local s = 0 for j = 1, 50 do s = s + A(i, j) * u[j] end v[i] = s end
  for i = 1, 50 do local s = 0 for j = 1, 50 do s = s + A(j, i) * v[j] end u[i] = s end
end
print(string.format("%.9f", u[1] / u[2]))
local sieve, primes = {}, 0
for i = 2, 30000 do
  if not sieve[i] then
    primes = primes + 1
    for j = i * i, 30000, i do sieve[j] = true end
  end
end
print(primes)
print(math.floor(3.7), math.ceil(-3.7), math.fmod(-7, 3), math.ult(1, -1), math.abs(math.mininteger), 5 // 0.0, -5 % math.huge)
print(string.format("%.6f %.6f %.6f %.6f", math.sin(1), math.exp(1), math.log(10, 2), math.sqrt(2)))
