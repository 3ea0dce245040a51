// flags: -ffp-contract=off
// links: -lm
// Planets in double precision, bit for bit: only + - * / and sqrt, which IEEE 754 fixes.

#include "check.h"

#include <math.h>

struct body { double p[3], v[3], mass; };

static struct body bodies[] = {
    {{0, 0, 0}, {0, 0, 0}, 39.47841760435743},
    {{4.84143144246472090, -1.16032004402742839, -0.103622044471123109}, {0.606326392995832, 2.81198684491626, -0.02521836165988763}, 0.03769367487038949},
    {{8.34336671824457987, 4.12479856412430479, -0.403523417114321381}, {-1.01077434617879236, 1.82566237123041186, 0.00841576137658415351}, 0.011286326131968767},
    {{12.8943695621391310, -15.1111514016986312, -0.223307578892655734}, {1.08279100644153536, 0.868713018169608220, -0.0108326374013636358}, 0.0017237240570597112},
    {{15.3796971148509165, -25.9193146099879641, 0.179258772950371181}, {0.979090732243897976, 0.594698998647676060, -0.0347559555040781104}, 0.0020336868699246304}};

static double energy(void) {
  double e = 0;
  for (size_t i = 0; i < COUNT(bodies); i++) {
    struct body *a = &bodies[i];
    e += 0.5 * a->mass * (a->v[0] * a->v[0] + a->v[1] * a->v[1] + a->v[2] * a->v[2]);
    for (size_t j = i + 1; j < COUNT(bodies); j++) {
      struct body *b = &bodies[j];
      double x = a->p[0] - b->p[0], y = a->p[1] - b->p[1], z = a->p[2] - b->p[2];
      e -= a->mass * b->mass / sqrt(x * x + y * y + z * z);
    }
  }
  return e;
}

static void advance(double dt) {
  for (size_t i = 0; i < COUNT(bodies); i++)
    for (size_t j = i + 1; j < COUNT(bodies); j++) {
      struct body *a = &bodies[i], *b = &bodies[j];
      double d[3], square = 0;
      for (int k = 0; k < 3; k++) d[k] = a->p[k] - b->p[k], square += d[k] * d[k];
      double magnitude = dt / (square * sqrt(square));
      for (int k = 0; k < 3; k++) {
        a->v[k] -= d[k] * b->mass * magnitude;
        b->v[k] += d[k] * a->mass * magnitude;
      }
    }
  for (size_t i = 0; i < COUNT(bodies); i++)
    for (int k = 0; k < 3; k++) bodies[i].p[k] += dt * bodies[i].v[k];
}

int main(void) {
  printf("%.9f\n", energy());
  for (int i = 0; i < 20000; i++) advance(0.01);
  printf("%.9f\n", energy());
  report("positions", digest_bytes(DIGEST_SEED, bodies, sizeof bodies));
  return 0;
}
