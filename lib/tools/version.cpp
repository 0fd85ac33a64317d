#include <array>
#include <cctype>

#include "base/text.hpp"
#include "tools/makemkv.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

constexpr int kAnswersWithin = 30;  // seconds

struct Question {
  std::string_view tool;
  std::vector<std::string> arguments;
  std::string_view before;  // what stands before the version in its answer
};

const std::vector<Question>& questions() {
  static const std::vector<Question> kQuestions{
      {"HandBrakeCLI", {"--version"}, "HandBrake "},
      {"ffmpeg", {"-version"}, "ffmpeg version "},
      {"mkvpropedit", {"--version"}, "mkvpropedit v"},
      {"mkvmerge", {"--version"}, "mkvmerge v"},
      // It has no such option. Asked for a disc that is never there, with the drives left alone, it says who it is.
      {"makemkvcon", {"-r", "--noscan", "--cache=1", "info", "disc:9999"}, "MakeMKV v"},
  };
  return kQuestions;
}

std::string version_after(std::string_view printed, std::string_view before) {
  const auto at = printed.find(before);
  if (at == std::string_view::npos) return {};
  const auto rest = printed.substr(at + before.size());
  return std::string(rest.substr(0, rest.find_first_of(" \t\r\n,\"")));
}

}  // namespace

std::string tool_version(const std::string& tool) {
  const auto program = tool == "handbrake" ? "HandBrakeCLI" : tool == "makemkv" ? "makemkvcon" : tool;
  for (const auto& question : questions()) {
    if (question.tool != program || !find_program(program)) continue;
    ChildSpec spec;
    spec.arguments = {program};
    spec.arguments.insert(spec.arguments.end(), question.arguments.begin(), question.arguments.end());
    spec.err = ChildSpec::Stream::kPipe;
    const auto answer = run(spec, kAnswersWithin);
    const auto version = version_after(answer.out, question.before);
    return version.empty() ? version_after(answer.err, question.before) : version;
  }
  return {};
}

}  // namespace amphi
