// flags: -fnon-call-exceptions
// A C++ exception thrown by a handler, through the handler's frame, for a fault and for a division.

#include <csetjmp>
#include <csignal>
#include <cstdio>
#include <stdexcept>

static void thrower(int number) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
  throw std::runtime_error(number == SIGSEGV ? "segmentation fault" : "floating point exception");
}

struct Witness {
  const char *name;
  ~Witness() { std::printf("  %s destroyed\n", name); }
};

__attribute__((noinline)) static int read_it(volatile int *p) {
  Witness witness{"reader"};
  return *p;
}

__attribute__((noinline)) static int divide(volatile int a, volatile int b) {
  Witness witness{"divider"};
  return a / b;
}

int main() {
  std::signal(SIGSEGV, thrower);
  std::signal(SIGFPE, thrower);
  for (int i = 0; i < 3; i++) {
    try {
      std::printf("%d\n", read_it(nullptr));
    } catch (const std::runtime_error &error) {
      std::printf("caught: %s\n", error.what());
    }
    try {
      std::printf("%d\n", divide(1, 0));
    } catch (const std::runtime_error &error) {
      std::printf("caught: %s\n", error.what());
    }
  }
  return 0;
}
