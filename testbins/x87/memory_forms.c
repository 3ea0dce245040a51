// flags: -mno-red-zone
// x87 loads, stores and arithmetic from memory in all formats: float, double, extended, 16-,
// 32- and 64-bit integers, packed BCD; constants; exchange, FCMOV, FFREE, FINCSTP; FNSTENV
// and FNSAVE images.

#include "check.h"

#define ALL_ST "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)"

static const double doubles[] = {0, -0.0, 1, -1, 0.5, 1.5, 2.5, -2.5, 1e10, -1e10, 123456.789, 1e19, -3e38, 1e-310, 32767.4, 32767.5,
                                 -32768.5, 2147483647.5, 9.2e18, 1e300};

static void stores(void) {
  static const uint16_t controls[] = {0x37f, 0x77f, 0xb7f, 0xf7f};
  uint64_t digest = DIGEST_SEED;
  for (size_t c = 0; c < COUNT(controls); c++)
    for (size_t i = 0; i < COUNT(doubles); i++) {
      int16_t i16, t16;
      int32_t i32, t32;
      int64_t i64, t64;
      float f;
      double d;
      uint8_t bcd[10];
      uint16_t sw;
      asm volatile("fninit\n\tfldcw %[cw]\n\tfldl %[in]\n\tfists %[i16]\n\tfistl %[i32]\n\tfsts %[f]\n\tfstl %[d]\n\t"
                   "fld %%st(0)\n\tfistpll %[i64]\n\tfld %%st(0)\n\tfisttps %[t16]\n\tfld %%st(0)\n\tfisttpl %[t32]\n\t"
                   "fld %%st(0)\n\tfisttpll %[t64]\n\tfbstp %[bcd]\n\tfnstsw %[sw]\n\tfninit"
                   : [i16] "=m"(i16), [i32] "=m"(i32), [i64] "=m"(i64), [f] "=m"(f), [d] "=m"(d), [t16] "=m"(t16),
                     [t32] "=m"(t32), [t64] "=m"(t64), [bcd] "=m"(bcd), [sw] "=m"(sw)
                   : [in] "m"(doubles[i]), [cw] "m"(controls[c])
                   : ALL_ST);
      digest = digest_u64(digest, (uint16_t)i16 | (uint64_t)(uint32_t)i32 << 16 | (uint64_t)(uint16_t)t16 << 48);
      digest = digest_u64(digest_u64(digest, (uint64_t)i64), (uint32_t)t32 ^ (uint64_t)t64);
      digest = digest_double(digest_bytes(digest, &f, 4), d);
      digest = digest_u64(digest_bytes(digest, bcd, 10), sw & 0x383f);
    }
  report("stores", digest);
}

static void loads(void) {
  uint64_t digest = DIGEST_SEED, random = 3;
  for (int i = 0; i < 500; i++) {
    int16_t i16 = (int16_t)random_u64(&random);
    int32_t i32 = (int32_t)random_u64(&random);
    int64_t i64 = (int64_t)random_u64(&random);
    float f = (float)i32 / 7;
    double d = (double)i64 / 7;
    long double r = 0, s = 0;
    asm volatile("fninit\n\tfilds %[i16]\n\tfiadds %[i16]\n\tfimull %[i32]\n\tfisubl %[i32]\n\tfadds %[f]\n\tfmull %[d]\n\t"
                 "fdivs %[f]\n\tfsubl %[d]\n\tfidivrs %[i16]\n\tfildll %[i64]\n\tfaddp\n\tfisubrl %[i32]\n\tfdivrl %[d]\n\t"
                 "fstpt %[r]\n\tfldl %[d]\n\tflds %[f]\n\tfildl %[i32]\n\tfxch %%st(2)\n\tfsubrp\n\tfdivp\n\tfstpt %[s]\n\tfninit"
                 : [r] "=m"(r), [s] "=m"(s)
                 : [i16] "m"(i16), [i32] "m"(i32), [i64] "m"(i64), [f] "m"(f), [d] "m"(d)
                 : ALL_ST);
    digest = digest_bytes(digest_bytes(digest, &r, 10), &s, 10);
    uint8_t bcd[10];
    asm volatile("fninit\n\tfildll %[in]\n\tfbstp %[bcd]\n\tfbld %[bcd]\n\tfstpt %[r]\n\tfninit"
                 : [r] "=m"(r), [bcd] "+m"(bcd) : [in] "m"(i64) : ALL_ST);
    digest = digest_bytes(digest_bytes(digest, bcd, 10), &r, 10);
  }
  report("loads", digest);
}

static void constants(void) {
  static const uint16_t controls[] = {0x37f, 0x77f, 0xb7f, 0xf7f};
  uint64_t digest = DIGEST_SEED;
  for (size_t c = 0; c < COUNT(controls); c++) {
    long double v[7] = {0};
    asm volatile("fninit\n\tfldcw %[cw]\n\tfld1\n\tfstpt %0\n\tfldl2t\n\tfstpt %1\n\tfldl2e\n\tfstpt %2\n\tfldpi\n\tfstpt %3\n\t"
                 "fldlg2\n\tfstpt %4\n\tfldln2\n\tfstpt %5\n\tfldz\n\tfstpt %6\n\tfninit"
                 : "=m"(v[0]), "=m"(v[1]), "=m"(v[2]), "=m"(v[3]), "=m"(v[4]), "=m"(v[5]), "=m"(v[6])
                 : [cw] "m"(controls[c]) : ALL_ST);
    for (int i = 0; i < 7; i++) digest = digest_bytes(digest, &v[i], 10);
  }
  report("constants", digest);
}

static void conditional_moves(void) {
  uint64_t digest = DIGEST_SEED;
  for (uint64_t flags = 0; flags < 8; flags++) {
    uint64_t word = (flags & 1) | (flags & 2) << 1 | (flags & 4) << 4;  // CF PF ZF
    double r[8];
#define MOVE(i, text)                                                                          \
  asm volatile("fninit\n\tfldpi\n\tfld1\n\tpushq %1\n\tpopfq\n\t" text " %%st(1), %%st\n\tfstpl %0\n\tfninit" \
               : "=m"(r[i]) : "r"(word) : "cc", "memory", ALL_ST)
    MOVE(0, "fcmovb");
    MOVE(1, "fcmove");
    MOVE(2, "fcmovbe");
    MOVE(3, "fcmovu");
    MOVE(4, "fcmovnb");
    MOVE(5, "fcmovne");
    MOVE(6, "fcmovnbe");
    MOVE(7, "fcmovnu");
    digest = digest_bytes(digest, r, sizeof r);
  }
  report("conditional moves", digest);
}

// Control, status and tag words of the saved images; pointers to code and data are left out.
static void images(void) {
  uint32_t environment[7];
  uint8_t saved[108], fxsaved[512] __attribute__((aligned(16)));
  asm volatile("fninit\n\tfld1\n\tfldz\n\tfldpi\n\tffree %%st(1)\n\tfnstenv %0" : "=m"(environment)::ALL_ST);
  printf("environment %04x %04x %04x\n", environment[0] & 0xffff, environment[1] & 0xffff, environment[2] & 0xffff);
  asm volatile("fninit\n\tfld1\n\tfchs\n\tfldpi\n\tfincstp\n\tfnsave %0" : "=m"(saved)::ALL_ST);
  printf("saved %02x%02x %02x%02x %02x%02x", saved[1], saved[0], saved[5], saved[4], saved[9], saved[8]);
  report("", digest_bytes(DIGEST_SEED, saved + 28, 80));
  uint16_t control = 0, status;
  asm volatile("fnstcw %0\n\tfnstsw %1" : "=m"(control), "=m"(status));
  printf("fnsave initialises: %04x %04x\n", control, status);
  long double top;
  asm volatile("frstor %1\n\tfdecstp\n\tfstpt %0\n\tfninit" : "=m"(top) : "m"(saved) : ALL_ST);
  printf("restored %.15Lg\n", top);
  asm volatile("fninit\n\tfld1\n\tfldpi\n\tfxsave %0\n\tfninit\n\tfxrstor %0\n\tfaddp\n\tfstpt %1\n\tfninit"
               : "+m"(fxsaved), "=m"(top)::ALL_ST);
  printf("fxsave %02x%02x %02x%02x %02x, pi + 1 = %.15Lg\n", fxsaved[1], fxsaved[0], fxsaved[3], fxsaved[2], fxsaved[4], top);
  // Stack overflow and underflow set IE and SF, with C1 telling which; the result is the default NaN.
  uint16_t under, over;
  long double empty;
  asm volatile("fninit\n\tfstpt %0\n\tfnstsw %1\n\tfninit" : "=m"(empty), "=m"(under)::ALL_ST);
  asm volatile("fninit\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfnstsw %0\n\tfninit" : "=m"(over)::ALL_ST);
  uint16_t sign_exponent;
  memcpy(&sign_exponent, (char *)&empty + 8, 2);
  printf("underflow %04x value %04x, overflow %04x\n", under, sign_exponent, over);
}

int main(void) {
  stores();
  loads();
  constants();
  conditional_moves();
  images();
  return 0;
}
