#include "catalog/ancestor_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

constexpr std::size_t kDigits = 64;

using KindWord = std::pair<std::string_view, DiscKind>;
constexpr std::array<KindWord, 8> kKindWords{{{"dvd", DiscKind::kDvd},
                                              {"bluray", DiscKind::kBluray},
                                              {"blu_ray", DiscKind::kBluray},
                                              {"br", DiscKind::kBluray},
                                              {"bd", DiscKind::kBluray},
                                              {"uhd4k", DiscKind::kUhd},
                                              {"uhd", DiscKind::kUhd},
                                              {"cd", DiscKind::kCd}}};

// What comes after "dvd-"; the whole where no such beginning is there. "" unless that is 64 hex digits.
std::string digits_of(std::string_view fingerprint) {
  const auto digits = to_lower_ascii(fingerprint.substr(fingerprint.rfind('-') + 1));
  return digits.size() == kDigits && is_hex(digits) ? digits : std::string();
}

// What every version of the ancestor's has, and an upgrade of its tables does not change.
constexpr std::array kOldestColumns{
    "id", "title", "year", "imdb_id", "disc_type", "disc_release_year", "edition_notes", "processed_at", "notes"};

}  // namespace

std::vector<Identifier> ancestor_identifiers(const std::string& fingerprint) {
  std::vector<Identifier> found{{"amphigory", fingerprint}};
  const auto digits = digits_of(fingerprint);
  if (!digits.empty() && digits != fingerprint) found.push_back({"amphigory", digits});
  return found;
}

std::string provisional_of(const std::optional<std::string>& fingerprint, const nlohmann::json& row) {
  if (fingerprint) {
    const auto digits = digits_of(*fingerprint);
    return "log-" + (digits.empty() ? sha256_hex("amphigory\n" + *fingerprint) : digits);
  }
  auto said = nlohmann::json::array();
  for (const auto* column : kOldestColumns) said.push_back(row.contains(column) ? row.at(column) : nlohmann::json());
  return "log-" + sha256_hex(said.dump());
}

std::optional<DiscKind> kind_of_word(std::string_view word) {
  auto plain = to_lower_ascii(trim(word));
  std::replace_if(
      plain.begin(), plain.end(), [](char c) { return c == '-' || c == ' '; }, '_');
  const auto at =
      std::find_if(kKindWords.begin(), kKindWords.end(), [&](const KindWord& w) { return w.first == plain; });
  return at != kKindWords.end() ? std::optional(at->second) : std::nullopt;
}

std::optional<DiscKind> kind_of_fingerprint(std::string_view fingerprint) {
  const auto end = fingerprint.find('-');
  return end == std::string_view::npos ? std::nullopt : kind_of_word(fingerprint.substr(0, end));
}

DiscKind kind_of_pictures(const std::vector<ScannedTrack>& tracks) {
  constexpr int kWiderThanDvd = 1280, kWiderThanBluray = 3840;
  int widest = 0;
  for (const auto& track : tracks)
    if (track.resolution) widest = std::max(widest, track.resolution->width);
  if (widest >= kWiderThanBluray) return DiscKind::kUhd;
  return widest >= kWiderThanDvd ? DiscKind::kBluray : DiscKind::kDvd;
}

}  // namespace amphi
