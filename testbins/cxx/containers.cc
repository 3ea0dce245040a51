// Containers and algorithms of the standard library over a common random sequence.
// variants: O0 O2 pie dyn v3

#include <algorithm>
#include <deque>
#include <forward_list>
#include <iostream>
#include <list>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <queue>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "check.h"

static std::vector<unsigned> sequence(std::size_t count) {
  std::vector<unsigned> values(count);
  std::uint64_t random = 7;
  for (auto &v : values) v = static_cast<unsigned>(random_u64(&random) % 10007);
  return values;
}

template <class Range> static std::uint64_t digest(const Range &range) {
  std::uint64_t d = DIGEST_SEED;
  for (const auto &v : range) d = digest_u64(d, static_cast<std::uint64_t>(v));
  return d;
}

int main() {
  const auto values = sequence(20000);
  auto sorted = values;
  std::sort(sorted.begin(), sorted.end());
  auto stable = values;
  std::stable_sort(stable.begin(), stable.end(), [](unsigned a, unsigned b) { return a % 100 < b % 100; });
  auto heap = values;
  std::make_heap(heap.begin(), heap.end());
  std::sort_heap(heap.begin(), heap.end());
  CHECK(heap == sorted);
  auto partial = values;
  std::nth_element(partial.begin(), partial.begin() + 10000, partial.end());
  CHECK(partial[10000] == sorted[10000]);
  std::cout << "sorted " << std::hex << digest(sorted) << " stable " << digest(stable) << std::dec << '\n';

  std::map<unsigned, int> ordered;
  std::unordered_map<unsigned, int> hashed;
  for (auto v : values) ordered[v]++, hashed[v]++;
  CHECK(ordered.size() == hashed.size());
  for (auto [key, count] : ordered) CHECK(hashed.at(key) == count);
  std::set<unsigned> unique(values.begin(), values.end());
  std::unordered_set<unsigned> buckets(values.begin(), values.end());
  CHECK(unique.size() == buckets.size() && unique.size() == ordered.size());
  std::multimap<int, unsigned> by_count;
  for (auto [key, count] : ordered) by_count.emplace(-count, key);
  std::cout << "most frequent " << by_count.begin()->second << " times " << -by_count.begin()->first << '\n';
  std::cout << "lower bound " << *unique.lower_bound(5000) << " upper " << *unique.upper_bound(9000) << '\n';

  std::deque<unsigned> deque;
  std::list<unsigned> list;
  for (auto v : values) {
    if (v & 1) deque.push_front(v); else deque.push_back(v);
    if (v % 3 == 0) list.push_front(v); else list.push_back(v);
    if (deque.size() > 500) deque.pop_back();
  }
  list.sort();
  list.unique();
  CHECK(std::equal(list.begin(), list.end(), unique.begin(), unique.end()));
  std::forward_list<unsigned> forward(values.begin(), values.begin() + 100);
  forward.reverse();
  std::priority_queue<unsigned, std::vector<unsigned>, std::greater<>> queue(values.begin(), values.end());
  for (std::size_t i = 0; i < 100; i++, queue.pop()) CHECK(queue.top() == sorted[i]);
  std::cout << "deque " << std::hex << digest(deque) << " forward " << digest(forward) << std::dec << '\n';

  std::vector<std::unique_ptr<std::string>> pointers;
  for (int i = 0; i < 100; i++) pointers.push_back(std::make_unique<std::string>(static_cast<std::size_t>(i), 'x'));
  std::rotate(pointers.begin(), pointers.begin() + 30, pointers.end());
  std::shared_ptr<std::string> shared(std::move(pointers[0]));
  std::weak_ptr<std::string> weak = shared;
  std::cout << shared->size() << ' ' << weak.use_count() << '\n';
  shared.reset();
  CHECK(weak.expired());
  std::variant<int, std::string, double> variant = "a string that does not fit the small buffer of std::string";
  std::optional<std::tuple<int, std::string>> optional{std::in_place, 3, "tuple"};
  std::cout << std::get<std::string>(variant).size() << ' ' << std::get<1>(*optional) << ' '
            << std::accumulate(values.begin(), values.end(), 0ull) << '\n';
  std::string permutation = "abcde";
  int count = 0;
  do count++;
  while (std::next_permutation(permutation.begin(), permutation.end()));
  std::cout << count << '\n';
  return 0;
}
