// /proc/self/maps: the address space as this program knows it: its own segments with its name, [heap],
// [stack], new mappings with their rights, merged and split, files with their offsets.

#define _GNU_SOURCE
#include "procfile.h"

#include <sys/mman.h>
#include <sys/syscall.h>

enum { PAGE = 4096 };
static char buffer[1 << 17];
static int global_data = 5;
static const char constant[] = "constant";

struct line { unsigned long start, end, offset, inode; char rights[8], name[512]; };

// The line of maps that holds an address.
static int find(const void *address, struct line *l) {
  read_file("/proc/self/maps", buffer, sizeof buffer);
  unsigned long previous = 0;
  int found = 0;
  for (char *p = buffer; *p; p = strchr(p, '\n') + 1) {
    struct line this = {0};
    unsigned major, minor;
    int n = sscanf(p, "%lx-%lx %7s %lx %x:%x %lu", &this.start, &this.end, this.rights, &this.offset, &major, &minor, &this.inode);
    CHECK(n == 7 && this.start < this.end && this.start >= previous && this.start % PAGE == 0 && this.end % PAGE == 0);
    previous = this.end;
    char *end = strchr(p, '\n'), *name = memchr(p, '/', (size_t)(end - p));
    if (!name) name = memchr(p, '[', (size_t)(end - p));
    if (name) snprintf(this.name, sizeof this.name, "%.*s", (int)(end - name), name);
    if ((unsigned long)address >= this.start && (unsigned long)address < this.end) {
      *l = this;
      found = 1;
    }
  }
  return found;
}

static void show(const char *label, const void *address) {
  struct line l;
  if (!find(address, &l)) {
    printf("%-20s none\n", label);
    return;
  }
  const char *name = strrchr(l.name, '/');
  printf("%-20s %s %s", label, l.rights, name ? name + 1 : l.name);
  if (l.name[0] != '[' && l.name[0]) printf(" inode %s", l.inode ? "set" : "0");
  puts("");
}

static unsigned long pages_of(const void *address) {
  struct line l;
  CHECK(find(address, &l));
  return (l.end - l.start) / PAGE;
}

int main(void) {
  int local = 0;
  void *code;
  int (*function)(void) = main;
  memcpy(&code, &function, sizeof code);
  show("code", code);
  show("constants", constant);
  show("data", &global_data);
  show("stack", &local);
  char *top = (char *)syscall(SYS_brk, 0);
  CHECK((char *)syscall(SYS_brk, top + 3 * PAGE) == top + 3 * PAGE);
  show("heap", top + PAGE);
  char *p = mmap(NULL, 9 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *fence = mmap(p, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  CHECK(mmap(p + 8 * PAGE, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == p + 8 * PAGE && fence == p);
  p += PAGE;
  show("anonymous", p);
  printf("%lu pages\n", pages_of(p));
  CHECK(mprotect(p + 2 * PAGE, 2 * PAGE, PROT_READ | PROT_EXEC) == 0);
  show("after mprotect", p + 2 * PAGE);
  printf("%lu %lu %lu pages\n", pages_of(p), pages_of(p + 2 * PAGE), pages_of(p + 4 * PAGE));
  CHECK(mprotect(p + 2 * PAGE, 2 * PAGE, PROT_READ | PROT_WRITE) == 0);
  printf("merged again: %lu pages\n", pages_of(p));
  CHECK(munmap(p + PAGE, PAGE) == 0);
  show("hole", p + PAGE);
  int fd = open("mapped", O_RDWR | O_CREAT, 0600);
  CHECK(fd >= 0 && ftruncate(fd, 4 * PAGE) == 0);
  char *shared = mmap(NULL, 2 * PAGE, PROT_READ, MAP_SHARED, fd, 2 * PAGE);
  show("shared file", shared);
  struct line l;
  CHECK(find(shared, &l) && l.offset == 2 * PAGE && l.inode != 0);
  CHECK(unlink("mapped") == 0);
  CHECK(find(shared, &l) && strstr(l.name, "/mapped (deleted)"));
  puts("a deleted file is marked");
  void *anonymous = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK(find(anonymous, &l) && l.rights[3] == 's');
  puts("shared anonymous memory is marked");
  return 0;
}
