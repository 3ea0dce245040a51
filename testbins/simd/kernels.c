// Loops with SSE2 intrinsics as programs use them: saturating image blends, transposition,
// prefix sums, dot products, byte search, population count, Adler-32, colour conversion.

#include "check.h"

#include <emmintrin.h>

enum { N = 4096 };
static uint8_t a[N + 16] __attribute__((aligned(16))), b[N + 16], out[N + 16];

static void blend(void) {
  for (int i = 0; i < N; i += 16) {
    __m128i x = _mm_load_si128((const __m128i *)(a + i)), y = _mm_loadu_si128((const __m128i *)(b + i + 1));
    __m128i mixed = _mm_avg_epu8(_mm_adds_epu8(x, y), _mm_subs_epu8(x, y));
    __m128i mask = _mm_cmpgt_epi8(mixed, _mm_set1_epi8(17));
    _mm_storeu_si128((__m128i *)(out + i), _mm_or_si128(_mm_and_si128(mask, mixed), _mm_andnot_si128(mask, y)));
  }
  report("blend", digest_bytes(DIGEST_SEED, out, N));
}

static void transpose(void) {
  __m128i row[8];
  for (int i = 0; i < 8; i++) row[i] = _mm_loadu_si128((const __m128i *)(a + 16 * i));
  for (int pass = 0; pass < 3; pass++) {
    __m128i next[8];
    for (int i = 0; i < 4; i++) {
      next[2 * i] = _mm_unpacklo_epi16(row[i], row[i + 4]);
      next[2 * i + 1] = _mm_unpackhi_epi16(row[i], row[i + 4]);
    }
    memcpy(row, next, sizeof row);
  }
  uint16_t in[64], transposed[64];
  memcpy(in, a, 128);
  memcpy(transposed, row, 128);
  for (int i = 0; i < 8; i++)
    for (int j = 0; j < 8; j++) CHECK(transposed[8 * i + j] == in[8 * j + i]);
  report("transpose", digest_bytes(DIGEST_SEED, row, sizeof row));
}

static void prefix_sums(void) {
  uint32_t sums[N / 4], expected = 0;
  __m128i carry = _mm_setzero_si128();
  for (int i = 0; i < N / 4; i += 4) {
    __m128i x = _mm_load_si128((const __m128i *)(a + 4 * i));
    x = _mm_add_epi32(x, _mm_slli_si128(x, 4));
    x = _mm_add_epi32(x, _mm_slli_si128(x, 8));
    x = _mm_add_epi32(x, carry);
    carry = _mm_shuffle_epi32(x, 0xff);
    _mm_storeu_si128((__m128i *)(sums + i), x);
  }
  for (int i = 0; i < N / 4; i++) {
    uint32_t v;
    memcpy(&v, a + 4 * i, 4);
    expected += v;
    CHECK(sums[i] == expected);
  }
  report("prefix sums", digest_bytes(DIGEST_SEED, sums, sizeof sums));
}

static void products(void) {
  __m128i sum = _mm_setzero_si128();
  __m128d fsum = _mm_setzero_pd();
  __m128 single = _mm_setzero_ps();
  for (int i = 0; i < N; i += 16) {
    __m128i x = _mm_load_si128((const __m128i *)(a + i)), y = _mm_loadu_si128((const __m128i *)(b + i));
    sum = _mm_add_epi32(sum, _mm_madd_epi16(x, y));
    sum = _mm_add_epi32(sum, _mm_sad_epu8(x, y));
    __m128d d = _mm_cvtepi32_pd(x);
    fsum = _mm_add_pd(_mm_mul_pd(d, _mm_set_pd(1.25, -0.5)), _mm_sqrt_pd(_mm_mul_pd(fsum, fsum)));
    single = _mm_add_ps(single, _mm_div_ps(_mm_cvtepi32_ps(y), _mm_set_ps(3, 5, 7, 11)));
  }
  uint64_t digest = digest_bytes(digest_bytes(DIGEST_SEED, &sum, 16), &fsum, 16);
  report("products", digest_bytes(digest, &single, 16));
}

static int find(uint8_t needle) {
  for (int i = 0; i < N; i += 16) {
    int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_load_si128((const __m128i *)(a + i)), _mm_set1_epi8((char)needle)));
    if (mask) return i + __builtin_ctz((unsigned)mask);
  }
  return -1;
}

static void search(void) {
  uint64_t digest = DIGEST_SEED;
  for (int c = 0; c < 256; c++) {
    int found = find((uint8_t)c);
    const uint8_t *expected = memchr(a, c, N);
    CHECK(found == (expected ? (int)(expected - a) : -1));
    digest = digest_u64(digest, (uint64_t)found);
  }
  report("search", digest);
}

static void colours(void) {
  __m128i zero = _mm_setzero_si128(), weights = _mm_set_epi16(0, 29, 150, 77, 0, 29, 150, 77);
  uint64_t digest = DIGEST_SEED;
  for (int i = 0; i < N; i += 8) {
    __m128i pixels = _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)(a + i)), zero);
    __m128i sums = _mm_madd_epi16(pixels, weights);
    sums = _mm_srli_epi32(_mm_add_epi32(sums, _mm_srli_epi64(sums, 32)), 8);
    digest = digest_u64(digest, (uint64_t)_mm_cvtsi128_si32(sums) | (uint64_t)_mm_extract_epi16(sums, 4) << 32);
    __m128i packed = _mm_packus_epi16(_mm_mulhi_epi16(pixels, weights), _mm_mullo_epi16(pixels, weights));
    digest = digest_u64(digest, (uint64_t)_mm_cvtsi128_si64(packed));
  }
  report("colours", digest);
}

int main(void) {
  uint64_t random = 6;
  for (int i = 0; i < N + 16; i++) a[i] = (uint8_t)(random_u64(&random) % 251), b[i] = (uint8_t)random_u64(&random);
  blend();
  transpose();
  prefix_sums();
  products();
  search();
  colours();
  return 0;
}
