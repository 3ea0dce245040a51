// Code for x86-64-v3 as compilers and libraries make it: AVX2 intrinsics, vectorised loops, fused multiplication and
// addition, BMI, gathers, masked loads at the end of memory, half precision.
// variants: O2
// flags: -O3 -march=x86-64-v3

#include "check.h"

#include <immintrin.h>
#include <sys/mman.h>

enum { N = 1024 };
static uint8_t bytes[N + 64], out[N + 64];
static float x[N], y[N];
static double d[N];
static uint32_t words[N];

static void fill(void) {
  uint32_t state = 12345;
  for (int i = 0; i < N; i++) {
    state = state * 1664525 + 1013904223;
    bytes[i] = (uint8_t)(state >> 24);
    x[i] = (float)(int32_t)state * 0x1p-20f;
    y[i] = (float)(i - N / 2) * 0.37f;
    d[i] = (double)(int32_t)state / 3.0;
    words[i] = state;
  }
}

static void integers(void) {
  __m256i sum = _mm256_setzero_si256();
  for (int i = 0; i < N; i += 32) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(bytes + i)), b = _mm256_shuffle_epi8(a, _mm256_set1_epi8(5));
    __m256i c = _mm256_alignr_epi8(a, b, 7), e = _mm256_maddubs_epi16(a, c);
    sum = _mm256_add_epi64(sum, _mm256_sad_epu8(c, _mm256_permute4x64_epi64(a, 0x1b)));
    sum = _mm256_xor_si256(sum, _mm256_blend_epi16(e, _mm256_mulhrs_epi16(a, e), 0x5a));
    _mm256_storeu_si256((__m256i *)(out + i), _mm256_blendv_epi8(a, b, _mm256_cmpgt_epi8(a, c)));
  }
  report("integers", digest_bytes(digest_bytes(DIGEST_SEED, out, N), &sum, sizeof sum));
}

static void saxpy(void) {
  for (int i = 0; i < N; i++) y[i] += 1.25f * x[i];
  report("saxpy", digest_bytes(DIGEST_SEED, y, sizeof y));
}

static void matrix(void) {
  static float a[24][24], b[24][24], c[24][24];
  for (int i = 0; i < 24 * 24; i++) a[i / 24][i % 24] = x[i], b[i / 24][i % 24] = y[i];
  for (int i = 0; i < 24; i++)
    for (int k = 0; k < 24; k++)
      for (int j = 0; j < 24; j++) c[i][j] += a[i][k] * b[k][j];
  report("matrix", digest_bytes(DIGEST_SEED, c, sizeof c));
}

static void bits(void) {
  uint64_t sum = 0;
  for (int i = 0; i < N; i++) {
    uint64_t value = (uint64_t)words[i] << 32 | words[N - 1 - i];
    sum += _pdep_u64(value, 0x5555aaaa0f0ff0f0) ^ _pext_u64(value, 0x1234567890abcdef);
    sum = (sum << 9 | sum >> 55) + _lzcnt_u64(value) + _tzcnt_u64(value) + (uint64_t)__builtin_popcountll(value);
    sum ^= _blsr_u64(value) + _bzhi_u64(value, words[i] & 127) + _andn_u64(value, sum) + _bextr_u64(value, i & 63, 17);
    unsigned long long high;
    sum += _mulx_u64(value, sum, &high);
    sum ^= high;
  }
  report("bits", digest_bytes(DIGEST_SEED, &sum, sizeof sum));
}

static void gathers(void) {
  __m256i sum = _mm256_setzero_si256();
  __m256d total = _mm256_setzero_pd();
  for (int i = 0; i < N; i += 8) {
    __m256i at = _mm256_and_si256(_mm256_loadu_si256((const __m256i *)(words + i)), _mm256_set1_epi32(N - 1));
    __m256i mask = _mm256_cmpgt_epi32(at, _mm256_set1_epi32(N / 3));
    sum = _mm256_add_epi32(sum, _mm256_mask_i32gather_epi32(at, (const int *)words, at, mask, 4));
    total = _mm256_add_pd(total, _mm256_i32gather_pd(d, _mm256_castsi256_si128(at), 8));
  }
  report("gathers", digest_bytes(digest_bytes(DIGEST_SEED, &sum, sizeof sum), &total, sizeof total));
}

// Lanes that are masked out lie on a page that is not there.
static void masks(void) {
  char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(page != MAP_FAILED && munmap(page + 4096, 4096) == 0);
  float *last = (float *)(page + 4096) - 3;
  for (int i = 0; i < 3; i++) last[i] = x[i];
  __m256i mask = _mm256_setr_epi32(-1, -1, -1, 0, 0, 0, 0, 0);
  __m256 value = _mm256_maskload_ps(last, mask);
  _mm256_maskstore_ps(last, mask, _mm256_add_ps(value, value));
  __m256i at = _mm256_setr_epi32(0, 1, 2, 3000, 3001, 3002, 3003, 3004);
  value = _mm256_mask_i32gather_ps(value, last, at, _mm256_castsi256_ps(mask), 4);
  float lanes[8];
  _mm256_storeu_ps(lanes, value);
  for (int i = 0; i < 3; i++) CHECK(lanes[i] == 2 * x[i]);
  report("masks", digest_bytes(DIGEST_SEED, lanes, sizeof lanes));
}

static void halves(void) {
  uint64_t sum = DIGEST_SEED;
  for (int i = 0; i < N; i += 8) {
    __m128i half = _mm256_cvtps_ph(_mm256_loadu_ps(x + i), _MM_FROUND_TO_NEAREST_INT);
    __m256 back = _mm256_round_ps(_mm256_cvtph_ps(half), _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
    sum = digest_bytes(sum, &back, sizeof back);
  }
  report("halves", sum);
}

static void strings(void) {
  char text[300];
  uint64_t sum = DIGEST_SEED;
  for (int length = 0; length < 280; length += 7) {
    memset(text, 'a' + length % 26, sizeof text);
    text[length] = 0;
    size_t values[] = {strlen(text), strnlen(text, 100), strchr(text, 'z') ? 1 : 0, memchr(text, 0, 300) != NULL,
                       (size_t)(strrchr(text, 0) - text), (size_t)(memcmp(text, text + 1, (size_t)length) != 0)};
    sum = digest_bytes(sum, values, sizeof values);
  }
  report("strings", sum);
}

int main(void) {
  fill();
  integers();
  saxpy();
  matrix();
  bits();
  gathers();
  masks();
  halves();
  strings();
  return 0;
}
