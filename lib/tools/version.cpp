#include "base/programs.hpp"
#include "base/text.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

constexpr int kAnswersWithin = 30;  // seconds

std::string version_after(std::string_view printed, std::string_view before) {
  const auto at = printed.find(before);
  if (at == std::string_view::npos) return {};
  const auto rest = printed.substr(at + before.size());
  return std::string(rest.substr(0, rest.find_first_of(" \t\r\n,\"")));
}

}  // namespace

std::string version_of(const Program& program) {
  if (program.version[0].empty() || !find_program(std::string(program.name))) return {};
  ChildSpec spec;
  spec.arguments = {std::string(program.name)};
  for (const auto argument : program.version)
    if (!argument.empty()) spec.arguments.emplace_back(argument);
  spec.err = ChildSpec::Stream::kPipe;
  const auto answer = run(spec, kAnswersWithin);
  const auto version = version_after(answer.out, program.before);
  return version.empty() ? version_after(answer.err, program.before) : version;
}

}  // namespace amphi
