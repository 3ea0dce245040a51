#include <sys/platform/x86.h>

#include "CMachineVectorOp.h"

// The linker puts the lines of all files into one section and names its ends. They are marked as retained: names of a
// section's ends keep nothing of it.
extern const swemu_vector_entry __start_swemu_vector[] __attribute__((visibility("hidden")));
extern const swemu_vector_entry __stop_swemu_vector[] __attribute__((visibility("hidden")));

const swemu_vector_entry *swemu_vector_entries(void) { return __start_swemu_vector; }
uint64_t swemu_vector_entry_count(void) { return (uint64_t)(__stop_swemu_vector - __start_swemu_vector); }

uint64_t swemu_host_features(void) {
  uint64_t features = 0;
#define HOST_FEATURE(bit, name) \
  if (CPU_FEATURE_ACTIVE(name)) features |= (uint64_t)1 << bit;
  HOST_FEATURE(0, SSE3)
  HOST_FEATURE(1, SSSE3)
  HOST_FEATURE(2, SSE4_1)
  HOST_FEATURE(3, SSE4_2)
  HOST_FEATURE(4, POPCNT)
  HOST_FEATURE(5, AES)
  HOST_FEATURE(6, PCLMULQDQ)
  HOST_FEATURE(7, SHA)
  HOST_FEATURE(8, AVX)
  HOST_FEATURE(9, AVX2)
  HOST_FEATURE(10, FMA)
  HOST_FEATURE(11, F16C)
  HOST_FEATURE(12, BMI2)
  HOST_FEATURE(13, RDRAND)
  HOST_FEATURE(14, RDSEED)
  return features;
}
