// Compressible sample data for the compression libraries: words, numbers, runs and noise.
#ifndef SAMPLE_H
#define SAMPLE_H

#include "check.h"

static inline uint8_t *make_sample(size_t size) {
  static const char *const words[] = {"emulator", "kernel", "page", "fault", "register", "flags", "the", "of", "and", "stack"};
  uint8_t *data = (uint8_t *)malloc(size + 64);
  CHECK(data);
  uint64_t random = 31337;
  size_t at = 0;
  while (at < size) {
    uint64_t r = random_u64(&random);
    if (r % 16 < 12) {
      at += (size_t)snprintf((char *)data + at, 32, "%s ", words[r / 16 % COUNT(words)]);
    } else if (r % 16 < 14) {
      at += (size_t)snprintf((char *)data + at, 32, "%llu\n", (unsigned long long)(r >> 20));
    } else if (r % 16 == 14) {
      memset(data + at, (int)(r >> 8), 40);
      at += 40;
    } else {
      for (int i = 0; i < 20; i++) data[at++] = (uint8_t)random_u64(&random);
    }
  }
  return data;
}

#endif
