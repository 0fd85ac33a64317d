// TheDiscDB's words for what a title is, and those that people write into names.
#include <algorithm>
#include <array>
#include <utility>

#include "amphi/identify.hpp"
#include "base/text.hpp"
#include "identify/values.hpp"

namespace amphi {
namespace {

using enum TrackType;
using TypeWord = std::pair<std::string_view, TrackType>;

constexpr std::array kItemTypes{
    TypeWord{"mainmovie", kMainFeature}, TypeWord{"episode", kEpisode},        TypeWord{"deletedscene", kDeletedScenes},
    TypeWord{"trailer", kTrailers},      TypeWord{"featurette", kFeaturettes}, TypeWord{"interview", kInterviews},
    TypeWord{"scene", kScenes},          TypeWord{"short", kShorts},           TypeWord{"music", kOther},
    TypeWord{"other", kOther},
};

// An Extra is whatever has no type of its own; before the finer types came it was all that is not listed first above.
// The first that fits counts.
constexpr std::array kExtraWords{
    TypeWord{"play all", kPlayAll},
    TypeWord{"deleted", kDeletedScenes},
    TypeWord{"extended scene", kDeletedScenes},
    TypeWord{"extended scenes", kDeletedScenes},
    TypeWord{"alternate scene", kDeletedScenes},
    TypeWord{"alternate scenes", kDeletedScenes},
    TypeWord{"alternate ending", kDeletedScenes},
    TypeWord{"alternate endings", kDeletedScenes},
    TypeWord{"alternate opening", kDeletedScenes},
    TypeWord{"trailer", kTrailers},
    TypeWord{"trailers", kTrailers},
    TypeWord{"teaser", kTrailers},
    TypeWord{"teasers", kTrailers},
    TypeWord{"tv spot", kTrailers},
    TypeWord{"tv spots", kTrailers},
    TypeWord{"interview", kInterviews},
    TypeWord{"interviews", kInterviews},
    TypeWord{"conversation with", kInterviews},
    TypeWord{"q a", kInterviews},
    TypeWord{"behind the scenes", kBehindTheScenes},
    TypeWord{"making of", kBehindTheScenes},
    TypeWord{"b roll", kBehindTheScenes},
    TypeWord{"short film", kShorts},
    TypeWord{"short films", kShorts},
    TypeWord{"animated short", kShorts},
    TypeWord{"animated shorts", kShorts},
    TypeWord{"gallery", kOther},
    TypeWord{"galleries", kOther},
    TypeWord{"slideshow", kOther},
    TypeWord{"music video", kOther},
    TypeWord{"music videos", kOther},
};

std::optional<TrackType> type_in_name(std::string_view name) {
  const auto words = as_words(name);
  const auto at = std::find_if(kExtraWords.begin(), kExtraWords.end(),
                               [&](const TypeWord& entry) { return has_word(words, entry.first); });
  return at == kExtraWords.end() ? std::nullopt : std::optional(at->second);
}

// "1", "2" of "1-2"; nullopt for anything else.
std::optional<int> episode_number(std::string_view text) {
  constexpr std::int64_t kMostEpisodes = 99'999;
  text = trim(text);
  const auto number = text.find_first_not_of("0123456789") == std::string_view::npos ? parse_int(text) : std::nullopt;
  if (!number || *number > kMostEpisodes) return std::nullopt;
  return static_cast<int>(*number);
}

// What stands between the numbers becomes a comma; a dash says "to", the others "and".
std::vector<std::string> episode_parts(std::string_view text) {
  std::string plain(text);
  for (char& c : plain)
    if (c == '&' || c == '+' || c == '/' || c == '-') c = ',';
  return split(plain, ',');
}

}  // namespace

std::optional<TrackType> track_type_of(const DiscdbTitle& title) {
  const auto word = to_lower_ascii(title.type);
  const auto at =
      std::find_if(kItemTypes.begin(), kItemTypes.end(), [&](const TypeWord& entry) { return entry.first == word; });
  if (at != kItemTypes.end()) return at->second;
  if (word.empty()) return type_in_name(title.name);
  if (word == "extra") return type_in_name(title.name).value_or(kFeaturettes);
  return std::nullopt;
}

std::optional<EpisodeNumbers> parse_discdb_episode(std::string_view text) {
  const bool is_range = text.find('-') != std::string_view::npos;
  EpisodeNumbers numbers;
  std::optional<int> before;
  for (const auto& part : episode_parts(text)) {
    const auto number = episode_number(part);
    if (!number || (before && (is_range ? *number <= *before : *number != *before + 1))) return std::nullopt;
    if (!before) {
      numbers.first = *number;
    } else {
      numbers.last = *number;
    }
    before = number;
  }
  return before ? std::optional(numbers) : std::nullopt;
}

}  // namespace amphi
