// Mandelbrot and Julia sets in double and float: iteration counts as a picture and a digest.

#include "check.h"

static int escape_double(double cx, double cy, int limit) {
  double x = 0, y = 0;
  int n = 0;
  for (; n < limit && x * x + y * y <= 4; n++) {
    double t = x * x - y * y + cx;
    y = 2 * x * y + cy;
    x = t;
  }
  return n;
}

static int escape_float(float x, float y, int limit) {
  int n = 0;
  for (; n < limit && x * x + y * y <= 4; n++) {
    float t = x * x - y * y - 0.7f;
    y = 2 * x * y + 0.27015f;
    x = t;
  }
  return n;
}

int main(void) {
  uint64_t digest = DIGEST_SEED;
  for (int row = 0; row < 24; row++) {
    for (int column = 0; column < 70; column++) {
      int n = escape_double(-2.2 + column * 0.045, -1.2 + row * 0.1, 500);
      putchar(" .:-=+*#%@"[n >= 500 ? 9 : n % 9]);
    }
    putchar('\n');
  }
  for (int row = 0; row < 100; row++)
    for (int column = 0; column < 100; column++) {
      digest = digest_u64(digest, (uint64_t)escape_double(-2 + column * 0.03, -1.5 + row * 0.03, 200));
      digest = digest_u64(digest, (uint64_t)escape_float(-1.5f + (float)column * 0.03f, -1.5f + (float)row * 0.03f, 200));
    }
  report("iterations", digest);
  return 0;
}
