// variants: O2
// links: -l:liblzma.a
// liblzma: .xz and .lzma at several presets, the x86 filter, checks, damaged input.

#include <lzma.h>

#include "sample.h"

enum { SIZE = 150000, CAPACITY = 2 * SIZE };

int main(void) {
  uint8_t *data = make_sample(SIZE), *packed = malloc(CAPACITY), *back = malloc(SIZE);
  CHECK(packed && back);
  static const lzma_check checks[] = {LZMA_CHECK_CRC32, LZMA_CHECK_CRC64, LZMA_CHECK_SHA256};
  for (uint32_t preset = 0; preset <= 6; preset += 2)
    for (size_t i = 0; i < COUNT(checks); i += preset ? COUNT(checks) : 1) {
      const lzma_check check = checks[i];
      size_t length = 0, in = 0, out = 0;
      uint64_t limit = UINT64_MAX;
      CHECK(lzma_easy_buffer_encode(preset, check, NULL, data, SIZE, packed, &length, CAPACITY) == LZMA_OK);
      CHECK(lzma_stream_buffer_decode(&limit, 0, NULL, packed, &in, length, back, &out, SIZE) == LZMA_OK);
      CHECK(out == SIZE && memcmp(back, data, SIZE) == 0);
      printf("preset %u check %d: %zu ", preset, (int)check, length);
      report("", digest_bytes(DIGEST_SEED, packed, length));
    }
  lzma_options_lzma options;
  CHECK(!lzma_lzma_preset(&options, 3));
  lzma_filter filters[] = {{LZMA_FILTER_X86, NULL}, {LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, NULL}};
  size_t length = 0, in = 0, out = 0;
  uint64_t limit = UINT64_MAX;
  CHECK(lzma_stream_buffer_encode(filters, LZMA_CHECK_CRC64, NULL, data, SIZE, packed, &length, CAPACITY) == LZMA_OK);
  CHECK(lzma_stream_buffer_decode(&limit, 0, NULL, packed, &in, length, back, &out, SIZE) == LZMA_OK && memcmp(back, data, SIZE) == 0);
  printf("with the x86 filter: %zu\n", length);
  packed[length / 2] ^= 4;
  in = out = 0;
  printf("damaged: %d\n", lzma_stream_buffer_decode(&limit, 0, NULL, packed, &in, length, back, &out, SIZE) != LZMA_OK);
  return 0;
}
