// Exceptions: thrown through many frames with destructors, rethrown, nested, from constructors,
// caught by base, by value, with exception_ptr, bad_alloc, bad_cast, dynamic_cast failures.

#include <exception>
#include <functional>
#include <iostream>
#include <limits>
#include <new>
#include <stdexcept>
#include <string>
#include <typeinfo>
#include <vector>

#include "check.h"

static int alive;

struct Guard {
  Guard() { alive++; }
  ~Guard() { alive--; }
};

struct Custom : std::runtime_error {
  int code;
  explicit Custom(int c) : std::runtime_error("custom " + std::to_string(c)), code(c) {}
};

struct Member {
  Guard guard;
  explicit Member(int i) {
    if (i == 7) throw Custom(i);
  }
};

[[gnu::noinline]] static int descend(int depth, std::vector<int> &trace) {
  Guard guard;
  trace.push_back(depth);
  if (depth == 0) throw Custom(static_cast<int>(trace.size()));
  return descend(depth - 1, trace) + alive;
}

static void rethrow(int depth) {
  try {
    if (depth == 0) throw std::logic_error("innermost");
    rethrow(depth - 1);
  } catch (...) {
    if (depth % 2) throw;
    std::throw_with_nested(std::runtime_error("level " + std::to_string(depth)));
  }
}

static void print_nested(const std::exception &e, int level = 0) {
  std::cout << std::string(static_cast<std::size_t>(level), ' ') << e.what() << '\n';
  try {
    std::rethrow_if_nested(e);
  } catch (const std::exception &inner) {
    print_nested(inner, level + 1);
  }
}

struct Base {
  virtual ~Base() = default;
};
struct Left : Base {};
struct Right : Base {};

int main() {
  std::vector<int> trace;
  try {
    descend(200, trace);
  } catch (const Custom &e) {
    std::cout << e.what() << " code " << e.code << " alive " << alive << '\n';
  }
  try {
    std::vector<Member> members;
    members.reserve(20);
    for (int i = 0; i < 20; i++) members.emplace_back(i);
  } catch (const std::exception &e) {
    std::cout << typeid(e).name() << ' ' << alive << '\n';
  }
  try {
    rethrow(6);
  } catch (const std::exception &e) {
    print_nested(e);
  }
  std::exception_ptr kept;
  try {
    throw 42;
  } catch (...) {
    kept = std::current_exception();
  }
  try {
    std::rethrow_exception(kept);
  } catch (int i) {
    std::cout << "int " << i << '\n';
  }
  try {
    volatile std::size_t size = std::numeric_limits<std::size_t>::max() / 4;
    delete[] new char[size];
  } catch (const std::bad_alloc &e) {
    std::cout << e.what() << '\n';
  }
  try {
    std::vector<int>().at(5);
  } catch (const std::out_of_range &e) {
    std::cout << "out of range\n";
  }
  Left left;
  Base &base = left;
  CHECK(dynamic_cast<Right *>(&base) == nullptr && dynamic_cast<Left *>(&base) == &left);
  try {
    (void)dynamic_cast<Right &>(base);
  } catch (const std::bad_cast &e) {
    std::cout << e.what() << '\n';
  }
  try {
    std::function<int()> empty;
    empty();
  } catch (const std::bad_function_call &e) {
    std::cout << e.what() << '\n';
  }
  int caught = 0;
  for (int i = 0; i < 2000; i++) try {
      if (i % 3 == 0) throw i;
      if (i % 3 == 1) throw std::string("text");
      throw 1.5;
    } catch (int v) {
      caught += v % 7;
    } catch (const std::string &s) {
      caught += static_cast<int>(s.size());
    } catch (double) {
      caught++;
    }
  std::cout << caught << ' ' << alive << '\n';
  return 0;
}
