// Reading small files of /proc whole.
#ifndef PROCFILE_H
#define PROCFILE_H

#include <fcntl.h>
#include <unistd.h>

#include "check.h"

static inline size_t read_file(const char *path, char *buffer, size_t capacity) {
  int fd = open(path, O_RDONLY);
  CHECK(fd >= 0);
  size_t size = 0;
  ssize_t n;
  while (size + 1 < capacity && (n = read(fd, buffer + size, capacity - 1 - size)) > 0) size += (size_t)n;
  CHECK(close(fd) == 0);
  buffer[size] = 0;
  return size;
}

#endif
