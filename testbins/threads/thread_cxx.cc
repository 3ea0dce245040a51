// C++ threads: std::thread, async, atomics, thread_local objects, exceptions within and across threads.
// variants: O0 O2 pie dyn
// flags: -pthread

#include "check.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <future>
#include <mutex>
#include <numeric>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

static std::atomic<int> made{0}, gone{0};
struct Counted {
  std::string text;
  explicit Counted(const char *name) : text(name) { made++; }
  ~Counted() { gone++; }
};
static thread_local Counted own("a text that is too long for the small buffer");

static int dive(int depth) {
  Counted guard("guard");
  if (depth == 0) throw std::runtime_error("at the bottom");
  return dive(depth - 1) + 1;
}

int main() {
  std::vector<std::thread> threads;
  std::atomic<long> sum{0};
  std::mutex lock;
  std::vector<int> order;
  for (int i = 0; i < 6; i++) {
    threads.emplace_back([&, i] {
      own.text += std::to_string(i);
      for (int k = 0; k < 2000; k++) sum.fetch_add(k % (i + 1));
      int caught = 0;
      for (int k = 0; k < 100; k++) {
        try {
          dive(k % 10);
        } catch (const std::exception &error) {
          caught += std::string(error.what()) == "at the bottom";
        }
      }
      std::lock_guard<std::mutex> guard(lock);
      order.push_back(caught + (own.text.back() == '0' + i));
    });
  }
  for (auto &thread : threads) thread.join();
  printf("sum %ld, each %d, objects %d of %d\n", sum.load(), std::accumulate(order.begin(), order.end(), 0), gone.load(),
         made.load());

  auto future = std::async(std::launch::async, [] { return dive(3); });
  try {
    future.get();
    puts("nothing was thrown");
  } catch (const std::runtime_error &error) {
    printf("from another thread: %s\n", error.what());
  }
  std::promise<int> promise;
  std::thread keeper([&promise] { promise.set_value(12); });
  printf("promise %d\n", promise.get_future().get());
  keeper.join();

  std::condition_variable changed;
  bool ready = false;
  std::thread waiter([&] {
    std::unique_lock<std::mutex> guard(lock);
    changed.wait(guard, [&] { return ready; });
  });
  {
    std::lock_guard<std::mutex> guard(lock);
    ready = true;
  }
  changed.notify_one();
  waiter.join();
  std::unique_lock<std::mutex> guard(lock);
  const auto result = changed.wait_for(guard, std::chrono::milliseconds(5), [] { return false; });
  printf("waited: %d\n", result);

  std::shared_mutex shared;
  long value = 0, wrong = 0;
  std::vector<std::thread> users;
  for (int i = 0; i < 4; i++) {
    users.emplace_back([&, i] {
      for (int k = 0; k < 500; k++) {
        if (i == 0) {
          std::unique_lock<std::shared_mutex> writer(shared);
          value += 2;
        } else {
          std::shared_lock<std::shared_mutex> reader(shared);
          if (value % 2) wrong++;
        }
      }
    });
  }
  for (auto &user : users) user.join();
  printf("shared: %ld, wrong %ld\n", value, wrong);

  static std::once_flag flag;
  int times = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; i++) callers.emplace_back([&] { std::call_once(flag, [&] { times++; }); });
  for (auto &caller : callers) caller.join();
  printf("once: %d\n", times);
}
