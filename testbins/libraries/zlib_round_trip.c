// variants: O2 v3
// links: -l:libz.a
// zlib: compression at several levels and strategies, streaming in small pieces, checksums.

#include <zlib.h>

#include "sample.h"

enum { SIZE = 400000 };

int main(void) {
  uint8_t *data = make_sample(SIZE), *packed = malloc(SIZE * 2), *back = malloc(SIZE);
  CHECK(packed && back);
  for (int level = 0; level <= 9; level += 3) {
    uLongf length = SIZE * 2, restored = SIZE;
    CHECK(compress2(packed, &length, data, SIZE, level) == Z_OK);
    CHECK(uncompress(back, &restored, packed, length) == Z_OK && restored == SIZE && memcmp(back, data, SIZE) == 0);
    printf("level %d: %lu ", level, length);
    report("", digest_bytes(DIGEST_SEED, packed, length));
  }
  for (int strategy = 0; strategy <= 4; strategy++) {
    z_stream s = {0};
    CHECK(deflateInit2(&s, 6, Z_DEFLATED, 15 + 16, 9, strategy) == Z_OK);
    s.next_out = packed;
    s.avail_out = SIZE * 2;
    for (size_t at = 0; at < SIZE; at += 7001) {
      s.next_in = data + at;
      s.avail_in = (uInt)(SIZE - at < 7001 ? SIZE - at : 7001);
      CHECK(deflate(&s, at + 7001 >= SIZE ? Z_FINISH : at % 3 ? Z_NO_FLUSH : Z_SYNC_FLUSH) >= 0);
    }
    uLong length = s.total_out;
    deflateEnd(&s);
    z_stream r = {0};
    CHECK(inflateInit2(&r, 15 + 32) == Z_OK);
    r.next_in = packed;
    r.avail_in = (uInt)length;
    int result = Z_OK;
    while (result == Z_OK) {
      r.next_out = back + r.total_out;
      r.avail_out = (uInt)(SIZE - r.total_out < 9999 ? SIZE - r.total_out : 9999);
      result = inflate(&r, Z_NO_FLUSH);
    }
    CHECK(result == Z_STREAM_END && r.total_out == SIZE && memcmp(back, data, SIZE) == 0);
    inflateEnd(&r);
    printf("strategy %d: %lu\n", strategy, length);
  }
  printf("%08lx %08lx\n", crc32(0, data, SIZE), adler32(1, data, SIZE));
  packed[100] ^= 0x55;
  uLongf restored = SIZE;
  printf("damaged: %d\n", uncompress(back, &restored, packed, 50000) != Z_OK);
  return 0;
}
