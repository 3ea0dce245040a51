// iostreams: formatting of numbers, string streams, files, manipulators, locale facets.

#include <fstream>
#include <iomanip>
#include <iostream>
#include <locale>
#include <sstream>
#include <string>

#include "check.h"

struct Thousands : std::numpunct<char> {
  char do_thousands_sep() const override { return '\''; }
  char do_decimal_point() const override { return ','; }
  std::string do_grouping() const override { return "\3"; }
  std::string do_truename() const override { return "yes"; }
};

int main() {
  std::cout << std::setw(10) << 42 << '|' << std::left << std::setw(10) << 42 << '|' << std::setfill('*') << std::right << std::setw(8) << -7 << '\n';
  std::cout << std::hex << std::showbase << 255 << ' ' << std::oct << 8 << ' ' << std::dec << std::showpos << 5 << std::noshowpos << '\n';
  std::cout << std::fixed << std::setprecision(3) << 3.14159 << ' ' << std::scientific << 12345.678 << ' ' << std::defaultfloat << 0.1 << ' '
            << std::hexfloat << 1.5 << std::defaultfloat << '\n';
  std::cout << std::setprecision(17) << 0.1 << ' ' << 1e300 << ' ' << 1.0L / 3 << ' ' << std::boolalpha << true << '\n';
  std::istringstream in("12 abc 3.5 0x1f rest of the line\nnext");
  int i = 0, h = 0;
  std::string word, line;
  double d = 0;
  in >> i >> word >> d >> std::hex >> h;
  std::getline(in >> std::ws, line);
  std::cout << i << ' ' << word << ' ' << d << ' ' << h << " [" << line << "] " << in.good() << '\n';
  in >> i;
  std::cout << in.fail() << '\n';
  std::ofstream("out.txt") << "first line\nsecond " << 2 << "\nthird\n";
  std::ifstream file("out.txt");
  int lines = 0;
  while (std::getline(file, line)) std::cout << ++lines << ": " << line << '\n';
  std::fstream both("out.txt", std::ios::in | std::ios::out | std::ios::binary);
  both.seekp(6);
  both << "LINE";
  both.seekg(0, std::ios::end);
  std::cout << both.tellg() << '\n';
  std::locale custom(std::locale::classic(), new Thousands);
  std::ostringstream out;
  out.imbue(custom);
  out << std::boolalpha << 1234567 << ' ' << true << ' ' << std::fixed << std::setprecision(2) << 9876543.21;
  std::cout << out.str() << '\n';
  std::ios::sync_with_stdio(false);
  std::cerr << "to cerr " << 1 << '\n';
  std::wostringstream wide;
  wide << L"wide " << 77;
  CHECK(wide.str() == L"wide 77");
  std::ifstream missing("does/not/exist");
  std::cout << static_cast<bool>(missing) << '\n';
  return 0;
}
