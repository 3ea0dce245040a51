// std::regex, std::string operations, string_view, to_chars and from_chars.
// variants: O0 O2 pie dyn v3

#include <charconv>
#include <iostream>
#include <iterator>
#include <regex>
#include <string>
#include <string_view>

#include "check.h"

int main() {
  const std::string text = "On 2024-02-29 alice@example.org wrote 17 lines; on 1999-12-31 bob@test.net wrote 4.";
  const std::regex date(R"((\d{4})-(\d{2})-(\d{2}))"), mail(R"(([a-z]+)@([a-z]+)\.(org|net))"), number(R"(\b\d+\b)");
  for (auto it = std::sregex_iterator(text.begin(), text.end(), date); it != std::sregex_iterator(); ++it)
    std::cout << (*it)[3] << '.' << (*it)[2] << '.' << (*it)[1] << " at " << it->position() << '\n';
  std::cout << std::regex_replace(text, mail, "<$2/$1>") << '\n';
  std::cout << std::distance(std::sregex_iterator(text.begin(), text.end(), number), std::sregex_iterator()) << '\n';
  std::cout << std::regex_match("aaaabbb", std::regex("a*b*")) << std::regex_search("xyz", std::regex("[0-9]", std::regex::icase)) << '\n';
  try {
    std::regex broken("(unclosed");
  } catch (const std::regex_error &) {
    std::cout << "regex error\n";
  }
  std::string s = "abc";
  s.insert(1, 5, '-').append("tail").replace(0, 2, "START").erase(8, 2);
  std::cout << s << ' ' << s.find("tail") << ' ' << s.rfind('-') << ' ' << s.substr(3, 4) << ' ' << s.compare("START") << '\n';
  std::string long_string;
  for (int i = 0; i < 1000; i++) long_string += std::to_string(i) + ',';
  std::cout << long_string.size() << ' ' << long_string.find("999,") << ' ' << std::hash<std::string>()(long_string) << '\n';
  std::string_view view = long_string;
  view.remove_prefix(100);
  std::cout << view.substr(0, 12) << ' ' << std::stoi("  123x") << ' ' << std::stod("2.5e3") << '\n';
  char buffer[64];
  std::uint64_t random = 9, digest = DIGEST_SEED;
  for (int i = 0; i < 2000; i++) {
    std::uint64_t bits = random_u64(&random);
    double value, back = 0;
    memcpy(&value, &bits, 8);
    if (value != value) continue;
    auto end = std::to_chars(buffer, buffer + 64, value).ptr;
    CHECK(std::from_chars(buffer, end, back).ptr == end && back == value);
    digest = digest_bytes(digest, buffer, static_cast<std::size_t>(end - buffer));
    end = std::to_chars(buffer, buffer + 64, bits, 36).ptr;
    digest = digest_bytes(digest, buffer, static_cast<std::size_t>(end - buffer));
  }
  report("shortest numbers", digest);
  return 0;
}
