// AES-128 in counter mode, four blocks side by side: aesenc, aeskeygenassist, pshufb.

#include "bench.h"
#include <immintrin.h>

enum { bytes = 1 << 14 };

static unsigned char data[bytes] __attribute__((aligned(16)));
static __m128i keys[11];

static __m128i expand(__m128i key, __m128i assist)
{
    assist = _mm_shuffle_epi32(assist, 0xff);
    key = _mm_xor_si128(key, _mm_slli_si128(key, 4));
    key = _mm_xor_si128(key, _mm_slli_si128(key, 8));
    return _mm_xor_si128(key, assist);
}

static void schedule(__m128i key)
{
    keys[0] = key;
#define ROUND(i, constant) keys[i] = expand(keys[i - 1], _mm_aeskeygenassist_si128(keys[i - 1], constant))
    ROUND(1, 1); ROUND(2, 2); ROUND(3, 4); ROUND(4, 8); ROUND(5, 16);
    ROUND(6, 32); ROUND(7, 64); ROUND(8, 128); ROUND(9, 27); ROUND(10, 54);
}

int main(int argc, char **argv)
{
    const __m128i swap = _mm_setr_epi8(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    schedule(_mm_set_epi64x(0x0123456789abcdef, (long long)0xfedcba9876543210));
    __m128i counter = _mm_setzero_si128(), one = _mm_set_epi64x(0, 1);
    for (long unit = 20 * benchScale(argc, argv); unit > 0; unit--)
        for (int at = 0; at < bytes; at += 64) {
            __m128i block[4];
            for (int i = 0; i < 4; i++) {
                block[i] = _mm_xor_si128(_mm_shuffle_epi8(counter, swap), keys[0]);
                counter = _mm_add_epi64(counter, one);
            }
            for (int round = 1; round < 10; round++)
                for (int i = 0; i < 4; i++)
                    block[i] = _mm_aesenc_si128(block[i], keys[round]);
            for (int i = 0; i < 4; i++) {
                __m128i *place = (__m128i *)(data + at) + i;
                _mm_store_si128(place, _mm_xor_si128(_mm_load_si128(place), _mm_aesenclast_si128(block[i], keys[10])));
            }
        }
    uint64_t sum = 0;
    for (int i = 0; i < bytes; i++)
        sum = benchMix(sum, data[i]);
    benchReport(sum);
}
