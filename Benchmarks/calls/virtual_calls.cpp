// Virtual calls over a mixed collection: indirect calls through vtables, changing targets.

#include "bench.h"

namespace {

struct Shape {
    virtual ~Shape() = default;
    virtual uint32_t area() const = 0;
    virtual void grow(uint32_t by) = 0;
};

struct Square final : Shape {
    uint32_t side = 1;
    uint32_t area() const override { return side * side; }
    void grow(uint32_t by) override { side += by; }
};

struct Rectangle final : Shape {
    uint32_t width = 1, height = 2;
    uint32_t area() const override { return width * height; }
    void grow(uint32_t by) override { width += by, height ^= by; }
};

struct Triangle final : Shape {
    uint32_t base = 2, height = 3;
    uint32_t area() const override { return base * height / 2; }
    void grow(uint32_t by) override { base ^= by, height += by; }
};

Shape *makeShape(uint64_t kind)
{
    switch (kind % 3) {
    case 0: return new Square;
    case 1: return new Rectangle;
    default: return new Triangle;
    }
}

}  // namespace

int main(int argc, char **argv)
{
    enum { count = 1000, passes = 40 };
    static Shape *shapes[count];
    uint64_t seed = 11, sum = 0;
    for (Shape *&shape : shapes)
        shape = makeShape(benchRandom(&seed));
    for (long unit = benchScale(argc, argv); unit > 0; unit--)
        for (int pass = 0; pass < passes; pass++) {
            uint64_t total = 0;
            for (Shape *shape : shapes) {
                shape->grow(uint32_t(unit + pass));
                total += shape->area();
            }
            sum = benchMix(sum, total);
        }
    benchReport(sum);
    for (Shape *shape : shapes)
        delete shape;
}
