// run: -> exit 12
// Constructors and destructors of static objects, thread_local objects, atexit in between:
// the order in which they speak.

#include <cstdio>
#include <cstdlib>

struct Speaker {
  const char *name;
  explicit Speaker(const char *n) : name(n) { std::printf("+%s\n", name); }
  ~Speaker() { std::printf("-%s\n", name); }
};

static Speaker one("one");
static thread_local Speaker local("thread local");
static Speaker two("two");

__attribute__((init_priority(200))) static Speaker early("early");

static Speaker &inner() {
  static Speaker speaker("function static");
  return speaker;
}

int main() {
  std::atexit([] { std::puts("atexit 1"); });
  inner();
  std::atexit([] { std::puts("atexit 2"); });
  std::printf("main %s\n", local.name);
  std::exit(12);
}
