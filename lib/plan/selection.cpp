// Which tracks: those that a user lists, those that are chosen without asking.
#include <set>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/plan.hpp"
#include "base/text.hpp"
#include "plan/chain.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kHighestNumber = 9999;  // makemkvcon numbers into the hundreds; keeps "1-99999999" harmless

[[noreturn]] void refuse(std::string_view text, std::string_view part) {
  throw Error(ErrorKind::kUsage, fmt::format("\"{}\" is no list of tracks: \"{}\" is not understood", text, part),
              "give track numbers and ranges, as in 1,3-5");
}

int parse_number(std::string_view text, std::string_view part, std::string_view digits) {
  const auto trimmed = trim(digits);
  const bool is_plain = !trimmed.empty() && trimmed.find_first_not_of("0123456789") == std::string_view::npos;
  const auto number = is_plain ? parse_int(trimmed) : std::nullopt;
  if (!number || *number > kHighestNumber) refuse(text, part);
  return static_cast<int>(*number);
}

}  // namespace

std::vector<int> parse_track_list(std::string_view text) {
  std::set<int> numbers;
  for (const auto& part : split(text, ',')) {
    const auto dash = part.find('-');
    const int first = parse_number(text, part, std::string_view(part).substr(0, dash));
    const int last =
        dash == std::string::npos ? first : parse_number(text, part, std::string_view(part).substr(dash + 1));
    if (last < first) refuse(text, part);
    for (int number = first; number <= last; ++number) numbers.insert(number);
  }
  return {numbers.begin(), numbers.end()};
}

bool selected_by_default(const TrackSnapshot& track, Stage until) {
  return track.wanted && !track.vanished && !stages_to_do(track, until).empty();
}

}  // namespace amphi
