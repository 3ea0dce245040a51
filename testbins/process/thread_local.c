// Thread-local variables of the only thread: initialised and zeroed, aligned, in all the ways
// that compilers reach them; the stack protector's canary; the C library's own errno.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <pthread.h>

static __thread int initialised = 42;
static __thread char zeroed[5000];
static __thread double aligned __attribute__((aligned(64))) = 2.5;
__thread const char *text = "thread local text";

__attribute__((noinline)) static int *address_of(int which) { return which ? &initialised : &errno; }

__attribute__((noinline, optimize("stack-protector-strong"))) static int guarded(const char *s) {
  char buffer[32];
  strncpy(buffer, s, 31);
  buffer[31] = 0;
  return (int)strlen(buffer);
}

int main(void) {
  printf("%d %s %g\n", initialised, text, aligned);
  for (size_t i = 0; i < sizeof zeroed; i++) CHECK(zeroed[i] == 0);
  CHECK(((uintptr_t)&aligned & 63) == 0);
  *address_of(1) = 43;
  *address_of(0) = EBUSY;
  printf("%d %d\n", initialised, errno == EBUSY);
  printf("%d\n", guarded("a string that is copied to a guarded buffer"));
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  CHECK(pthread_mutex_lock(&mutex) == 0 && pthread_mutex_trylock(&mutex) == EBUSY && pthread_mutex_unlock(&mutex) == 0);
  pthread_key_t key;
  CHECK(pthread_key_create(&key, NULL) == 0 && pthread_setspecific(key, zeroed) == 0 && pthread_getspecific(key) == zeroed);
  CHECK(pthread_equal(pthread_self(), pthread_self()));
  pthread_attr_t attributes;
  void *stack = NULL;
  size_t size = 0;
  CHECK(pthread_getattr_np(pthread_self(), &attributes) == 0 && pthread_attr_getstack(&attributes, &stack, &size) == 0);
  char here;
  CHECK(&here > (char *)stack && &here < (char *)stack + size);
  puts("the library knows the stack");
  return 0;
}
