// Newtonian n-body in doubles: scalar multiply-add chains with square roots and divisions.

#include "bench.h"
#include <math.h>

enum { bodies = 5 };

static struct { double x, y, z, vx, vy, vz, mass; } body[bodies];

static void advance(double dt)
{
    for (int i = 0; i < bodies; i++)
        for (int j = i + 1; j < bodies; j++) {
            double dx = body[i].x - body[j].x, dy = body[i].y - body[j].y, dz = body[i].z - body[j].z;
            double square = dx * dx + dy * dy + dz * dz + 0.01;
            double force = dt / (square * sqrt(square));
            body[i].vx -= dx * body[j].mass * force;
            body[i].vy -= dy * body[j].mass * force;
            body[i].vz -= dz * body[j].mass * force;
            body[j].vx += dx * body[i].mass * force;
            body[j].vy += dy * body[i].mass * force;
            body[j].vz += dz * body[i].mass * force;
        }
    for (int i = 0; i < bodies; i++) {
        body[i].x += dt * body[i].vx;
        body[i].y += dt * body[i].vy;
        body[i].z += dt * body[i].vz;
    }
}

static double energy(void)
{
    double total = 0;
    for (int i = 0; i < bodies; i++) {
        total += 0.5 * body[i].mass * (body[i].vx * body[i].vx + body[i].vy * body[i].vy + body[i].vz * body[i].vz);
        for (int j = i + 1; j < bodies; j++) {
            double dx = body[i].x - body[j].x, dy = body[i].y - body[j].y, dz = body[i].z - body[j].z;
            total -= body[i].mass * body[j].mass / sqrt(dx * dx + dy * dy + dz * dz + 0.01);
        }
    }
    return total;
}

int main(int argc, char **argv)
{
    uint64_t seed = 21;
    for (int i = 0; i < bodies; i++) {
        body[i].x = benchRandomDouble(&seed) * 20 - 10;
        body[i].y = benchRandomDouble(&seed) * 20 - 10;
        body[i].z = benchRandomDouble(&seed) * 20 - 10;
        body[i].vx = benchRandomDouble(&seed) - 0.5;
        body[i].vy = benchRandomDouble(&seed) - 0.5;
        body[i].vz = benchRandomDouble(&seed) - 0.5;
        body[i].mass = benchRandomDouble(&seed) * 5 + 0.1;
    }
    printf("%.17g\n", energy());
    for (long step = 10000 * benchScale(argc, argv); step > 0; step--)
        advance(0.001);
    printf("%.17g %.17g\n", energy(), body[0].x);
}
