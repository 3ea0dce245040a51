// Virtual calls through single, multiple and virtual inheritance, member pointers, RTTI,
// templates, lambdas, static initialisation order, placement new.

#include <functional>
#include <iostream>
#include <memory>
#include <new>
#include <typeinfo>
#include <utility>
#include <vector>

#include "check.h"

struct Shape {
  virtual ~Shape() = default;
  virtual double area() const = 0;
  virtual const char *name() const { return "shape"; }
};
struct Square : Shape {
  double side;
  explicit Square(double s) : side(s) {}
  double area() const override { return side * side; }
  const char *name() const override { return "square"; }
};
struct Circle final : Shape {
  double radius;
  explicit Circle(double r) : radius(r) {}
  double area() const override { return 3 * radius * radius; }
};

struct Top { int top = 1; virtual ~Top() = default; virtual int value() const { return top; } };
struct A : virtual Top { int a = 2; int value() const override { return a; } };
struct B : virtual Top { int b = 3; };
struct Diamond : A, B { int d = 4; int value() const override { return top + a + b + d; } };

struct Counter {
  static int created;
  int number;
  Counter() : number(++created) {}
  int add(int n) { return number += n; }
};
int Counter::created = 0;
static Counter first, second;

template <int N> struct Factorial { static constexpr unsigned long long value = N * Factorial<N - 1>::value; };
template <> struct Factorial<0> { static constexpr unsigned long long value = 1; };

template <class... Ts> static auto sum(Ts... values) { return (values + ...); }

static const Counter &lazy() {
  static Counter counter;  // guarded initialisation
  return counter;
}

int main() {
  std::vector<std::unique_ptr<Shape>> shapes;
  for (int i = 1; i < 200; i++)
    if (i % 3) shapes.push_back(std::make_unique<Square>(i)); else shapes.push_back(std::make_unique<Circle>(i));
  double total = 0;
  int squares = 0;
  for (const auto &s : shapes) {
    total += s->area();
    squares += dynamic_cast<const Square *>(s.get()) != nullptr;
    if (total < 30) std::cout << s->name() << ' ' << typeid(*s).name() << '\n';
  }
  std::cout << total << ' ' << squares << '\n';
  Diamond diamond;
  Top *top = &diamond;
  B *b = &diamond;
  std::cout << top->value() << ' ' << static_cast<Diamond *>(b)->d << ' ' << (dynamic_cast<A *>(b) == static_cast<A *>(&diamond)) << '\n';
  int (Counter::*member)(int) = &Counter::add;
  int Counter::*field = &Counter::number;
  std::cout << (first.*member)(10) << ' ' << second.*field << ' ' << lazy().number << ' ' << lazy().number << '\n';
  std::vector<std::function<int(int)>> functions;
  for (int i = 0; i < 5; i++) functions.emplace_back([i, big = std::vector<int>(100, i)](int x) { return x * i + big[50]; });
  functions.emplace_back(std::bind(&Counter::add, &second, std::placeholders::_1));
  int result = 1;
  for (auto &f : functions) result = f(result) + 1;
  std::cout << result << ' ' << Factorial<20>::value << ' ' << sum(1, 2.5, 3l) << '\n';
  alignas(Circle) unsigned char storage[sizeof(Circle)];
  auto *placed = new (storage) Circle(2);
  std::cout << placed->area() << '\n';
  placed->~Circle();
  return 0;
}
