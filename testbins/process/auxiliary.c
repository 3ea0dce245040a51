// The auxiliary vector: which entries there are, and their values where they do not depend on
// machine, user or address layout.

#define _GNU_SOURCE
#include "check.h"

#include <elf.h>
#include <sys/auxv.h>
#include <unistd.h>

static const struct { unsigned long type; const char *name; } required[] = {
    {AT_HWCAP, "HWCAP"}, {AT_PAGESZ, "PAGESZ"}, {AT_CLKTCK, "CLKTCK"}, {AT_PHDR, "PHDR"}, {AT_PHENT, "PHENT"},
    {AT_PHNUM, "PHNUM"}, {AT_BASE, "BASE"}, {AT_FLAGS, "FLAGS"}, {AT_ENTRY, "ENTRY"}, {AT_UID, "UID"}, {AT_EUID, "EUID"},
    {AT_GID, "GID"}, {AT_EGID, "EGID"}, {AT_SECURE, "SECURE"}, {AT_RANDOM, "RANDOM"}, {AT_HWCAP2, "HWCAP2"},
    {AT_EXECFN, "EXECFN"}, {AT_PLATFORM, "PLATFORM"}, {51 /* AT_MINSIGSTKSZ */, "MINSIGSTKSZ"}};

int main(int argc, char **argv, char **envp) {
  (void)argc;
  char **p = envp;
  while (*p) p++;
  Elf64_auxv_t *aux = (Elf64_auxv_t *)(void *)(p + 1);
  for (size_t i = 0; i < COUNT(required); i++) {
    int found = 0;
    for (Elf64_auxv_t *a = aux; a->a_type != AT_NULL; a++) found += a->a_type == required[i].type;
    printf("%s %d\n", required[i].name, found);
  }
  CHECK(getauxval(AT_PAGESZ) == 4096 && getauxval(AT_CLKTCK) == 100 && getauxval(AT_PHENT) == sizeof(Elf64_Phdr));
  CHECK(getauxval(AT_FLAGS) == 0 && getauxval(AT_SECURE) == 0);
  CHECK(getauxval(AT_UID) == getuid() && getauxval(AT_EUID) == geteuid() && getauxval(AT_GID) == getgid() && getauxval(AT_EGID) == getegid());
  CHECK(strcmp((const char *)getauxval(AT_PLATFORM), "x86_64") == 0);
  CHECK(strcmp((const char *)getauxval(AT_EXECFN), argv[0]) == 0);
  const Elf64_Phdr *header = (const Elf64_Phdr *)getauxval(AT_PHDR);
  int loads = 0, executable = 0;
  for (unsigned long i = 0; i < getauxval(AT_PHNUM); i++)
    if (header[i].p_type == PT_LOAD) loads++, executable += !!(header[i].p_flags & PF_X);
  CHECK(loads >= 2 && executable == 1);
  const unsigned char *random = (const unsigned char *)getauxval(AT_RANDOM);
  unsigned any = 0;
  for (int i = 0; i < 16; i++) any |= random[i];
  CHECK(any != 0);
  CHECK(getauxval(51) >= 1024);
  unsigned long entry = getauxval(AT_ENTRY), base = getauxval(AT_BASE);
  CHECK(entry != 0 && (base == 0 || (base & 4095) == 0));
  puts("values fit");
  return 0;
}
