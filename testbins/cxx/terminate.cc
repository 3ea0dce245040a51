// run: uncaught -> SIGABRT
// run: noexcept -> SIGABRT
// run: handler -> exit 9
// flags: -Wno-terminate
// Programs that the C++ runtime ends.

#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

static void never() noexcept { throw std::runtime_error("from noexcept"); }

int main(int argc, char **argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  std::cout << "ending by " << mode << std::endl;
  if (mode == "uncaught") throw std::runtime_error("nobody catches this");
  if (mode == "noexcept") never();
  if (mode == "handler") {
    std::set_terminate([] { std::_Exit(9); });
    throw 1;
  }
  return 0;
}
