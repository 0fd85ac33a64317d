// amphi: the one catch, and the answer to --version before anything is built up.
#include <cstring>
#include <exception>
#include <string>
#include <vector>

#include <unistd.h>

#include "application.hpp"
#include "output.hpp"

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "--version") == 0) {
    const auto version = amphi::cmd::version_line();
    return ::write(STDOUT_FILENO, version.data(), version.size()) == static_cast<ssize_t>(version.size()) ? 0 : 1;
  }
  const std::vector<std::string> arguments(argv + 1, argv + (argc > 0 ? argc : 1));
  try {
    return amphi::cmd::run(arguments);
  } catch (const amphi::cmd::ClosedPipe&) {
    return 0;
  } catch (const std::exception& exception) {
    return amphi::cmd::explain(exception, arguments);
  }
}
