// Random engines, complex numbers, valarray, bitset, chrono, ratio, numeric limits.
// variants: O0 O2 pie dyn v3

#include <bitset>
#include <chrono>
#include <complex>
#include <iomanip>
#include <iostream>
#include <limits>
#include <numeric>
#include <random>
#include <valarray>

#include "check.h"

int main() {
  std::mt19937 engine(5489);
  engine.discard(9999);
  std::cout << engine() << '\n';
  std::mt19937_64 engine64(5489);
  engine64.discard(9999);
  std::cout << engine64() << '\n';
  std::uniform_int_distribution<int> dice(1, 6);
  int counts[7] = {};
  for (int i = 0; i < 6000; i++) counts[dice(engine)]++;
  for (int i = 1; i <= 6; i++) std::cout << counts[i] << ' ';
  std::cout << std::minstd_rand(3)() << '\n';
  std::shuffle(counts, counts + 7, engine);
  std::complex<double> z(0.5, -0.25), w = 1;
  for (int i = 0; i < 10; i++) w = w * z + std::complex<double>(1, 1) / (z + 2.0);
  std::cout << std::setprecision(12) << w << ' ' << std::norm(w) << '\n';
  std::valarray<int> values(100);
  std::iota(std::begin(values), std::end(values), 1);
  std::valarray<int> evens = values[std::slice(1, 50, 2)];
  std::cout << evens.sum() << ' ' << (values * values).max() << ' ' << values.cshift(10)[0] << '\n';
  std::bitset<200> bits;
  for (std::size_t i = 0; i < 200; i += 7) bits.set(i);
  std::cout << bits.count() << ' ' << (bits << 3).test(3) << ' ' << std::bitset<12>(1234) << '\n';
  std::cout << std::gcd(123456, 7890) << ' ' << std::lcm(21, 6) << ' ' << std::numeric_limits<long double>::digits << ' '
            << std::numeric_limits<double>::denorm_min() << '\n';
  using namespace std::chrono;
  auto start = steady_clock::now();
  CHECK(steady_clock::now() >= start && system_clock::now().time_since_epoch() > hours(24 * 365 * 40));
  std::cout << duration_cast<minutes>(seconds(7325)).count() << '\n';
  return 0;
}
