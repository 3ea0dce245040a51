// variants: O2
// links: -l:libbz2.a
// bzip2: block sizes, work factors, streaming decompression, damaged input.

#include <bzlib.h>

#include "sample.h"

enum { SIZE = 250000 };

int main(void) {
  char *data = (char *)make_sample(SIZE), *packed = malloc(2 * SIZE), *back = malloc(SIZE);
  CHECK(packed && back);
  for (int block = 1; block <= 9; block += 4) {
    unsigned length = 2 * SIZE, restored = SIZE;
    CHECK(BZ2_bzBuffToBuffCompress(packed, &length, data, SIZE, block, 0, 30) == BZ_OK);
    CHECK(BZ2_bzBuffToBuffDecompress(back, &restored, packed, length, block == 5, 0) == BZ_OK && restored == SIZE && memcmp(back, data, SIZE) == 0);
    printf("block %d: %u ", block, length);
    report("", digest_bytes(DIGEST_SEED, packed, length));
  }
  unsigned length = 2 * SIZE, restored = SIZE;
  CHECK(BZ2_bzBuffToBuffCompress(packed, &length, data, SIZE, 2, 0, 0) == BZ_OK);
  packed[length / 2] ^= 8;
  printf("damaged: %d\n", BZ2_bzBuffToBuffDecompress(back, &restored, packed, length, 0, 0) != BZ_OK);
  return 0;
}
