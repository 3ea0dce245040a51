// A little of everything: streams, a map, an exception through two frames, a regular expression. Short, because
// `swemu --verify` has the processor execute it one instruction at a time. (The first exception of a static program
// sorts its tables of frames, 14 million instructions; a static-PIE one finds them sorted.)
// variants: O2 pie v3

#include <iostream>
#include <map>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>

static int depth(const std::map<std::string, int> &ages, const std::string &name) {
  std::string copy = name;  // destroyed while the exception passes
  return ages.at(copy);
}

int main() {
  std::map<std::string, int> ages{{"Ada", 36}, {"Alan", 41}, {"Grace", 85}};
  std::istringstream words("Edsger 72 Barbara 2.5");
  std::string name;
  double age;
  while (words >> name >> age) ages[name] = static_cast<int>(age * 2);
  for (const auto &[key, value] : ages) std::cout << key << ' ' << value << ' ' << value / 7.0 << '\n';
  try {
    std::cout << depth(ages, "Ada") << '\n' << depth(ages, "nobody") << '\n';
  } catch (const std::out_of_range &) {
    std::cout << "out of range\n";
  }
  std::smatch match;
  const std::string text = "call 555-1234 now";
  if (std::regex_search(text, match, std::regex("(5+)-(.2.*)4"))) std::cout << match[2] << ' ' << match.position() << '\n';
  return 0;
}
