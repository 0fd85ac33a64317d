// The three files of TheDiscDB that amphi reads.
#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/identify.hpp"
#include "base/text.hpp"
#include "identify/values.hpp"
#include "model/makemkv_line.hpp"

namespace amphi {
namespace {

using nlohmann::json;

constexpr std::size_t kMostTitles = 10'000;
constexpr std::size_t kLongestHash = 64;

bool are_digits(std::string_view text, std::size_t fewest, std::size_t most) {
  return text.size() >= fewest && text.size() <= most && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string hash_part(const json& object, std::string_view name) {
  const auto text = text_part(object, name);
  return text.size() <= kLongestHash && is_hex(text) ? to_upper_ascii(text) : "";
}

DiscdbTitle title_of(const json& object) {
  DiscdbTitle title;
  title.source_file = text_part(object, "SourceFile");
  title.segment_map = text_part(object, "SegmentMap");
  title.seconds = parse_makemkv_duration(text_part(object, "Duration"));
  const auto* item = find_part(object, "Item");
  if (item == nullptr || !item->is_object()) return title;
  title.name = text_part(*item, "Title");
  title.type = text_part(*item, "Type");
  title.season = text_part(*item, "Season");
  title.episode = text_part(*item, "Episode");
  title.identified = !title.name.empty() || !title.type.empty();
  return title;
}

std::optional<std::string> imdb_of(const json& ids) {
  const auto text = text_part(ids, "Imdb");
  const bool fits = text.starts_with("tt") && are_digits(std::string_view(text).substr(2), 7, 10);
  return fits ? std::optional(text) : std::nullopt;
}

std::optional<std::string> tmdb_of(const json& ids) {
  const auto text = text_part(ids, "Tmdb");
  return are_digits(text, 1, 12) ? std::optional(text) : std::nullopt;
}

std::optional<MediaType> media_type_of_word(std::string_view word) {
  const auto lower = to_lower_ascii(word);
  if (lower == "movie") return MediaType::kMovie;
  if (lower == "series") return MediaType::kTv;
  return std::nullopt;
}

// The value of a field of which `end_of_name` is the end: "ontentHash\"" for both ways to write its beginning.
std::string glimpse_hash(std::string_view text, std::string_view end_of_name) {
  const auto name = text.find(end_of_name);
  if (name == std::string_view::npos) return "";
  auto rest = text.substr(name + end_of_name.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n:"), rest.size()));
  if (rest.empty() || rest.front() != '"') return "";
  rest.remove_prefix(1);
  const auto value = trim(rest.substr(0, std::min(rest.find('"'), kLongestHash)));
  return is_hex(value) ? to_upper_ascii(value) : "";
}

}  // namespace

DiscdbDisc parse_discdb_disc(std::string_view text) {
  const auto object = parse_discdb_object(text);
  DiscdbDisc disc;
  disc.content_hash = hash_part(object, "ContentHash");
  disc.disc_id = hash_part(object, "GlobalDiscId");
  const auto* titles = find_part(object, "Titles");
  if (titles == nullptr) return disc;
  const bool fits = titles->is_array() && titles->size() <= kMostTitles &&
                    std::all_of(titles->begin(), titles->end(), [](const json& title) { return title.is_object(); });
  if (!fits) throw Error(ErrorKind::kUsage, "has Titles that are no list of objects", "ask whoever wrote the file");
  for (const auto& title : *titles) disc.titles.push_back(title_of(title));
  return disc;
}

DiscdbRelease parse_discdb_release(std::string_view text) {
  const auto object = parse_discdb_object(text);
  return {text_part(object, "Slug"), text_part(object, "Title")};
}

DiscdbWork parse_discdb_work(std::string_view text) {
  constexpr int kFirstYear = 1900, kLastYear = 2100;
  const auto object = parse_discdb_object(text);
  DiscdbWork work;
  work.slug = text_part(object, "Slug");
  work.title = text_part(object, "Title");
  work.type = media_type_of_word(text_part(object, "Type"));
  const auto year = number_part(object, "Year");
  if (year && *year >= kFirstYear && *year <= kLastYear) work.year = static_cast<int>(*year);
  const auto* ids = find_part(object, "ExternalIds");
  if (ids == nullptr || !ids->is_object()) return work;
  work.imdb_id = imdb_of(*ids);
  work.tmdb_id = tmdb_of(*ids);
  return work;
}

std::vector<std::string> glimpse_discdb_names(std::string_view text) {
  std::vector<std::string> names;
  for (const auto* end_of_name : {"ontentHash\"", "lobalDiscId\""}) {
    auto value = glimpse_hash(text, end_of_name);
    if (!value.empty()) names.push_back(std::move(value));
  }
  return names;
}

}  // namespace amphi
