#define _GNU_SOURCE
#include "CMachine.h"

#include <sched.h>

uint32_t swemu_current_processor(void) {
  unsigned processor = 0, node = 0;
  if (getcpu(&processor, &node) != 0) return 0;
  return node << 12 | (processor & 0xfff);
}
