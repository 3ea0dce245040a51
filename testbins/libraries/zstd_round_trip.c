// variants: O2 v3
// links: -l:libzstd.a
// zstd: several levels, with and without a dictionary, streaming, damaged input.

#include <zstd.h>

#include "sample.h"

enum { SIZE = 400000 };

int main(void) {
  uint8_t *data = make_sample(SIZE), *back = malloc(SIZE);
  size_t capacity = ZSTD_compressBound(SIZE);
  uint8_t *packed = malloc(capacity);
  CHECK(packed && back);
  static const int levels[] = {-5, 1, 3, 9, 15, 19};
  for (size_t i = 0; i < COUNT(levels); i++) {
    size_t length = ZSTD_compress(packed, capacity, data, SIZE, levels[i]);
    CHECK(!ZSTD_isError(length) && ZSTD_decompress(back, SIZE, packed, length) == SIZE && memcmp(back, data, SIZE) == 0);
    printf("level %d: %zu ", levels[i], length);
    report("", digest_bytes(DIGEST_SEED, packed, length));
  }
  ZSTD_CCtx *compressor = ZSTD_createCCtx();
  ZSTD_DCtx *decompressor = ZSTD_createDCtx();
  size_t length = ZSTD_compress_usingDict(compressor, packed, capacity, data + 100000, 20000, data, 50000, 5);
  CHECK(!ZSTD_isError(length));
  CHECK(ZSTD_decompress_usingDict(decompressor, back, SIZE, packed, length, data, 50000) == 20000 && memcmp(back, data + 100000, 20000) == 0);
  printf("with a dictionary: %zu\n", length);
  ZSTD_CCtx_setParameter(compressor, ZSTD_c_checksumFlag, 1);
  length = ZSTD_compress2(compressor, packed, capacity, data, SIZE);
  CHECK(ZSTD_decompress(back, SIZE, packed, length) == SIZE);
  packed[length / 2] ^= 1;
  printf("damaged: %d\n", ZSTD_isError(ZSTD_decompress(back, SIZE, packed, length)));
  ZSTD_freeCCtx(compressor);
  ZSTD_freeDCtx(decompressor);
  return 0;
}
