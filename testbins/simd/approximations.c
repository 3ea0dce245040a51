// RCPPS, RSQRTPS and their scalar forms: processors differ in the bits, but SDM bounds the
// relative error by 1.5 * 2^-12. Special values are exact.

#include "check.h"

#include <xmmintrin.h>

static uint32_t bits(float f) {
  uint32_t u;
  memcpy(&u, &f, 4);
  return u;
}

static float scalar(int which, float x) {
  __m128 v = _mm_set_ss(x);
  return _mm_cvtss_f32(which ? _mm_rsqrt_ss(v) : _mm_rcp_ss(v));
}

int main(void) {
  const double bound = 1.5 / 4096;
  uint64_t random = 14;
  for (int i = 0; i < 20000; i++) {
    uint64_t r = random_u64(&random);
    uint32_t u = (uint32_t)(r & 0x7fffff) | (uint32_t)(20 + (r >> 32) % 200) << 23;
    float x;
    memcpy(&x, &u, 4);
    double reciprocal = (double)scalar(0, x) * (double)x - 1, root = (double)scalar(1, x);
    double square = root * root * (double)x - 1;
    CHECK(reciprocal < bound && reciprocal > -bound);
    CHECK(square < 2.1 * bound && square > -2.1 * bound);
    __m128 v = _mm_set_ps(x, 2 * x, x / 2, 1), packed = _mm_rcp_ps(v), roots = _mm_rsqrt_ps(v);
    CHECK(bits(_mm_cvtss_f32(_mm_shuffle_ps(packed, packed, 3))) == bits(scalar(0, x)));
    CHECK(bits(_mm_cvtss_f32(_mm_shuffle_ps(roots, roots, 3))) == bits(scalar(1, x)));
  }
  puts("within the bounds");
  printf("%08x %08x %08x %08x\n", bits(scalar(0, 0.0f)), bits(scalar(0, -0.0f)), bits(scalar(0, __builtin_inff())),
         bits(scalar(0, -__builtin_inff())));
  printf("%08x %08x %08x %08x\n", bits(scalar(1, 0.0f)), bits(scalar(1, -0.0f)), bits(scalar(1, __builtin_inff())), bits(scalar(1, -4.0f)));
  return 0;
}
