// links: -lm
// flags: -ffp-contract=off
// Matrix products, Gaussian elimination, power iteration, an FFT with table twiddles, Kahan
// summation, numeric integration: exact digests where only basic operations take part.

#include "check.h"

#include <math.h>

enum { N = 60 };
static double a[N][N], b[N][N], c[N][N], x[N];
static float fa[N][N], fb[N][N], fc[N][N];

static double uniform(uint64_t *random) { return (double)(random_u64(random) >> 11) * 0x1p-53; }

static void multiply(void) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      double sum = 0;
      float fsum = 0;
      for (int k = 0; k < N; k++) sum += a[i][k] * b[k][j], fsum += fa[i][k] * fb[k][j];
      c[i][j] = sum;
      fc[i][j] = fsum;
    }
  report("product, double", digest_bytes(DIGEST_SEED, c, sizeof c));
  report("product, float", digest_bytes(DIGEST_SEED, fc, sizeof fc));
}

static void eliminate(void) {
  double m[N][N + 1];
  for (int i = 0; i < N; i++) {
    m[i][N] = i;
    for (int j = 0; j < N; j++) m[i][j] = a[i][j];
  }
  for (int k = 0; k < N; k++) {
    int pivot = k;
    for (int i = k + 1; i < N; i++)
      if (fabs(m[i][k]) > fabs(m[pivot][k])) pivot = i;
    for (int j = k; j <= N; j++) {
      double t = m[k][j];
      m[k][j] = m[pivot][j], m[pivot][j] = t;
    }
    for (int i = k + 1; i < N; i++) {
      double factor = m[i][k] / m[k][k];
      for (int j = k; j <= N; j++) m[i][j] -= factor * m[k][j];
    }
  }
  for (int i = N; i-- > 0;) {
    double sum = m[i][N];
    for (int j = i + 1; j < N; j++) sum -= m[i][j] * x[j];
    x[i] = sum / m[i][i];
  }
  double worst = 0;
  for (int i = 0; i < N; i++) {
    double sum = 0;
    for (int j = 0; j < N; j++) sum += a[i][j] * x[j];
    worst = fmax(worst, fabs(sum - i));
  }
  CHECK(worst < 1e-8);
  report("linear system", digest_bytes(DIGEST_SEED, x, sizeof x));
}

// Twiddles by repeated squaring of a rational rotation, so that no library function is used.
static void transform(void) {
  enum { SIZE = 256 };
  double re[SIZE], im[SIZE], power = 0;
  uint64_t random = 77;
  for (int i = 0; i < SIZE; i++) re[i] = uniform(&random) - 0.5, im[i] = 0;
  for (int i = 0; i < SIZE; i++) power += re[i] * re[i];
  for (int i = 1, j = 0; i < SIZE; i++) {
    int bit = SIZE >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      double t = re[i];
      re[i] = re[j], re[j] = t;
    }
  }
  double half_angle_cos[9] = {-1, 0};  // cos(2 pi / 2^k), by the half angle formula
  for (int k = 2; k < 9; k++) half_angle_cos[k] = sqrt((1 + half_angle_cos[k - 1]) / 2);
  for (int stage = 1; stage <= 8; stage++) {
    int length = 1 << stage;
    double wr = half_angle_cos[stage - 1], wi = -sqrt(1 - wr * wr);
    for (int i = 0; i < SIZE; i += length) {
      double cr = 1, ci = 0;
      for (int j = 0; j < length / 2; j++) {
        int u = i + j, v = u + length / 2;
        double tr = re[v] * cr - im[v] * ci, ti = re[v] * ci + im[v] * cr;
        re[v] = re[u] - tr, im[v] = im[u] - ti, re[u] += tr, im[u] += ti;
        double next = cr * wr - ci * wi;
        ci = cr * wi + ci * wr, cr = next;
      }
    }
  }
  double spectrum = 0;
  for (int i = 0; i < SIZE; i++) spectrum += re[i] * re[i] + im[i] * im[i];
  CHECK(fabs(spectrum / SIZE - power) < 1e-9);
  report("transform", digest_bytes(digest_bytes(DIGEST_SEED, re, sizeof re), im, sizeof im));
}

static void sums(void) {
  double sum = 0, carry = 0, plain = 0, integral = 0;
  for (int i = 1; i <= 100000; i++) {
    double term = 1.0 / i, y = term - carry, t = sum + y;
    carry = (t - sum) - y;
    sum = t;
    plain += term;
  }
  for (int i = 0; i < 100000; i++) {
    double h = (i + 0.5) / 100000;
    integral += 4 / (1 + h * h) / 100000;
  }
  printf("harmonic %.17g %.17g, pi %.12f\n", sum, plain, integral);
}

int main(void) {
  uint64_t random = 42;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      a[i][j] = uniform(&random) - 0.5, b[i][j] = uniform(&random) - 0.5;
      fa[i][j] = (float)a[i][j], fb[i][j] = (float)b[i][j];
    }
  multiply();
  eliminate();
  transform();
  sums();
  return 0;
}
