// /proc/cpuinfo tells of the processor that CPUID tells of.

#include "check.h"

#include <cpuid.h>
#include <unistd.h>

static char text[1 << 20];

// The value of a line of the first processor.
static char *value_of(const char *name) {
  static char value[4096];
  char *line = strstr(text, name);
  CHECK(line != NULL);
  char *colon = strchr(line, ':');
  CHECK(colon != NULL);
  const size_t length = strcspn(colon, "\n");
  CHECK(length + 2 < sizeof value);
  value[0] = ' ';
  memcpy(value, colon + 1, length - 1);
  value[length - 1] = 0;
  return value;
}

static const struct {
  const char *name;
  unsigned leaf, reg, bit;
} features[] = {
    {"sse2", 1, 3, 26}, {"pni", 1, 2, 0}, {"pclmulqdq", 1, 2, 1}, {"ssse3", 1, 2, 9}, {"fma", 1, 2, 12},
    {"cx16", 1, 2, 13}, {"sse4_1", 1, 2, 19}, {"sse4_2", 1, 2, 20}, {"movbe", 1, 2, 22}, {"popcnt", 1, 2, 23},
    {"aes", 1, 2, 25}, {"xsave", 1, 2, 26}, {"avx", 1, 2, 28}, {"f16c", 1, 2, 29}, {"rdrand", 1, 2, 30},
    {"bmi1", 7, 1, 3}, {"avx2", 7, 1, 5}, {"bmi2", 7, 1, 8}, {"erms", 7, 1, 9}, {"adx", 7, 1, 19},
    {"sha_ni", 7, 1, 29}, {"avx512f", 7, 1, 16}, {"vaes", 7, 2, 9}, {"fsrm", 7, 3, 4},
    {"lahf_lm", 0x80000001, 2, 0}, {"abm", 0x80000001, 2, 5}, {"3dnow", 0x80000001, 3, 31},
};

int main(void) {
  FILE *file = fopen("/proc/cpuinfo", "r");
  CHECK(file != NULL && fread(text, 1, sizeof text - 1, file) > 0);
  fclose(file);
  unsigned r[4], differences = 0, processors = 0;
  char vendor[13] = "", brand[49] = "", name[32];
  for (char *at = text; (at = strstr(at, "processor\t:")); at++) processors++;
  printf("as many as are online: %d\n", processors == (unsigned)sysconf(_SC_NPROCESSORS_ONLN));
  __cpuid(0, r[0], r[1], r[2], r[3]);
  memcpy(vendor, &r[1], 4), memcpy(vendor + 4, &r[3], 4), memcpy(vendor + 8, &r[2], 4);
  printf("vendor: %d\n", strcmp(value_of("vendor_id") + 1, vendor) == 0);
  for (unsigned i = 0; i < 3; i++) {
    __cpuid(0x80000002 + i, r[0], r[1], r[2], r[3]);
    memcpy(brand + i * 16, r, 16);
  }
  const char *start = brand + strspn(brand, " ");
  printf("name: %d\n", strncmp(value_of("model name") + 1, start, 8) == 0);
  __cpuid(1, r[0], r[1], r[2], r[3]);
  const unsigned family = (r[0] >> 8 & 15) + ((r[0] >> 8 & 15) == 15 ? r[0] >> 20 & 255 : 0);
  printf("family: %d\n", (unsigned)atoi(value_of("cpu family")) == family);
  char *flags = value_of("\nflags");
  strcat(flags, " ");
  for (size_t i = 0; i < COUNT(features); i++) {
    __cpuid_count(features[i].leaf, 0, r[0], r[1], r[2], r[3]);
    snprintf(name, sizeof name, " %s ", features[i].name);
    const int told = strstr(flags, name) != NULL, there = r[features[i].reg] >> features[i].bit & 1;
    if (told != there) differences++, printf("%s: told %d, there %d\n", features[i].name, told, there);
  }
  printf("%u features differ\n", differences);
  return differences ? 99 : 0;
}
