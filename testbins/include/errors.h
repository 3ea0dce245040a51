// Names of errors, so that transcripts read well: ERROR(call) prints the call and its errno's name.
#ifndef ERRORS_H
#define ERRORS_H

#include <errno.h>

#include "check.h"

static inline const char *error_name(int e) {
  static const struct { int number; const char *name; } names[] = {
      {0, "OK"}, {EPERM, "EPERM"}, {ENOENT, "ENOENT"}, {EBADF, "EBADF"}, {ENOMEM, "ENOMEM"}, {EACCES, "EACCES"},
      {EFAULT, "EFAULT"}, {EEXIST, "EEXIST"}, {EXDEV, "EXDEV"}, {ENOTDIR, "ENOTDIR"}, {EISDIR, "EISDIR"},
      {EINVAL, "EINVAL"}, {EMFILE, "EMFILE"}, {ENOTTY, "ENOTTY"}, {EFBIG, "EFBIG"}, {ESPIPE, "ESPIPE"},
      {EROFS, "EROFS"}, {EMLINK, "EMLINK"}, {EPIPE, "EPIPE"}, {ERANGE, "ERANGE"}, {ENAMETOOLONG, "ENAMETOOLONG"},
      {ENOSYS, "ENOSYS"}, {ENOTEMPTY, "ENOTEMPTY"}, {ELOOP, "ELOOP"}, {EOVERFLOW, "EOVERFLOW"}, {EAGAIN, "EAGAIN"},
      {ENXIO, "ENXIO"}, {EOPNOTSUPP, "EOPNOTSUPP"}, {ESRCH, "ESRCH"}, {EINTR, "EINTR"}, {ECHILD, "ECHILD"},
      {EBUSY, "EBUSY"}, {ENODEV, "ENODEV"}, {E2BIG, "E2BIG"}, {ENOEXEC, "ENOEXEC"}, {ENODATA, "ENODATA"}};
  for (size_t i = 0; i < COUNT(names); i++)
    if (names[i].number == e) return names[i].name;
  return "?";
}

// The result of a call that is expected to fail, by name; a success prints as "OK".
#define SHOW_ERROR(call)                                                   \
  do {                                                                     \
    errno = 0;                                                             \
    long result_of_call = (long)(call);                                    \
    printf("%s: %s\n", #call, result_of_call < 0 ? error_name(errno) : "OK"); \
  } while (0)

#endif
