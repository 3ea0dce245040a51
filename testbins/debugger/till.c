// variants: O0
// flags: -g -fcf-protection=none
// run: -> exit 0
// The program of docs/Tutorial.md: a till whose total goes wrong. Who writes it?

#include <stdio.h>

struct {
  char owner[8];
  long total;
} till;

static void rename_owner(const char *name) {
  char *to = till.owner;
  while ((*to++ = *name++)) {
  }
}

static void sell(long price) {
  till.total += price;
}

int main(void) {
  rename_owner("Ada");
  sell(120);
  sell(80);
  rename_owner("Bartholomew");
  sell(50);
  printf("The total is %ld\n", till.total);
  return 0;
}
