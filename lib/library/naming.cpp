#include "library/naming.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "amphi/library.hpp"
#include "library/characters.hpp"
#include "library/legal_name.hpp"

namespace amphi {
namespace {

constexpr std::size_t kNameMax = 255;
constexpr std::size_t kTitleMax = 150;
constexpr std::size_t kEditionMax = 48;        // bytes; with its tag under 64
constexpr std::size_t kEditionGraphemes = 32;  // Plex's limit
constexpr std::size_t kIdDigitsMax = 12;
constexpr int kFirstYear = 1900, kLastYear = 2100;

bool is_number(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && text.size() <= kIdDigitsMax && std::all_of(text.begin(), text.end(), is_digit);
}

std::string without_tags(std::string text) {
  std::replace(text.begin(), text.end(), '{', '(');
  std::replace(text.begin(), text.end(), '}', ')');
  return text;
}

std::string tag(Layout layout, std::string_view plex, std::string_view jellyfin, std::string_view value) {
  return layout == Layout::kPlex ? fmt::format(" {{{}-{}}}", plex, value) : fmt::format(" [{}-{}]", jellyfin, value);
}

// The eight folders that Plex and Jellyfin both know, and what one extra of the type is called.
struct ExtraKind {
  TrackType type;
  std::string_view folder, singular;
};
constexpr std::array kExtraKinds{
    ExtraKind{TrackType::kFeaturettes, "Featurettes", "Featurette"},
    ExtraKind{TrackType::kDeletedScenes, "Deleted Scenes", "Deleted Scene"},
    ExtraKind{TrackType::kBehindTheScenes, "Behind The Scenes", "Behind The Scenes"},
    ExtraKind{TrackType::kInterviews, "Interviews", "Interview"},
    ExtraKind{TrackType::kScenes, "Scenes", "Scene"},
    ExtraKind{TrackType::kShorts, "Shorts", "Short"},
    ExtraKind{TrackType::kTrailers, "Trailers", "Trailer"},
    ExtraKind{TrackType::kMainFeature, "Other", "Feature"},
    ExtraKind{TrackType::kEpisode, "Other", "Episode"},
    ExtraKind{TrackType::kAudio, "Other", "Audio"},
    ExtraKind{TrackType::kPlayAll, "Other", "Play All"},
    ExtraKind{TrackType::kDuplicate, "Other", "Duplicate"},
    ExtraKind{TrackType::kDecoy, "Other", "Decoy"},
    ExtraKind{TrackType::kOther, "Other", "Extra"},
};

const ExtraKind& extra_kind(TrackType type) {
  const auto at =
      std::find_if(kExtraKinds.begin(), kExtraKinds.end(), [&](const auto& kind) { return kind.type == type; });
  return at == kExtraKinds.end() ? kExtraKinds.back() : *at;
}

}  // namespace

std::string title_part(std::string_view title) {
  const auto text = without_tags(clean_text(title));
  auto cut = std::string(cut_to_bytes(text, kTitleMax));
  cut.erase(cut.find_last_not_of(' ') + 1);
  return cut.empty() ? "_" : cut;
}

std::string year_part(const Disc& disc) {
  const auto year = disc.edits.year;
  if (!year || *year < kFirstYear || *year > kLastYear) return "";
  return fmt::format(" ({})", *year);
}

std::string id_part(Layout layout, const Disc& disc) {
  const auto imdb = disc.edits.imdb_id.value_or("");
  if (imdb.rfind("tt", 0) == 0 && is_number(std::string_view(imdb).substr(2)))
    return tag(layout, "imdb", "imdbid", imdb);
  const auto tmdb = disc.edits.tmdb_id.value_or("");
  return is_number(tmdb) ? tag(layout, "tmdb", "tmdbid", tmdb) : "";
}

std::string edition_part(Layout layout, std::string_view edition) {
  const auto text = without_tags(clean_text(edition));
  const auto cut = clean_text(cut_to_bytes(cut_to_graphemes(text, kEditionGraphemes), kEditionMax));
  if (cut.empty()) return "";
  return layout == Layout::kPlex ? fmt::format(" {{edition-{}}}", cut) : " - " + cut;
}

std::string extra_path(const Track& track, std::string_view extension) {
  const auto& kind = extra_kind(track.type());
  const auto& name = track.edits.track_name;
  const auto stem = is_blank(name) ? fmt::format("{} {}", kind.singular, track.scanned.number) : *name;
  return fmt::format("{}/{}", kind.folder, file_name(stem, extension));
}

std::string file_name(std::string_view stem, std::string_view extension) {
  if (!extension.empty() && extension.front() == '.') extension.remove_prefix(1);
  return make_legal_name(stem, kNameMax - 1 - extension.size()) + "." + std::string(extension);
}

bool is_blank(const std::optional<std::string>& text) {
  if (!text) return true;
  for (std::size_t at = 0; at < text->size();) {
    const auto code = next_code_point(*text, at);
    if (!is_layout_space(code) && !is_unwanted(code)) return false;
  }
  return true;
}

}  // namespace amphi
