// DISC and TRACK as people write them.
#include <algorithm>

#include <fmt/format.h>

#include "amphi/catalog.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/store.hpp"

namespace amphi {
namespace {

constexpr std::size_t kFewestDigits = 4;
constexpr std::size_t kMostCandidates = 20;
constexpr std::string_view kPrefixes[] = {"dvd-", "br-", "uhd-", "cd-", "log-"};

struct Candidates {
  std::vector<DiscId> ids;
  void add(DiscId id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
};

bool is_decimal(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void add_exact(Store& store, std::string_view value, Candidates& found) {
  Use row = store.db().use("SELECT disc_id FROM identifier WHERE value = ?", value);
  while (row.step()) found.add(row.next<DiscId>());
}

// `start` ends with a hexadecimal digit; every longer text sorts before `start` followed by 'g'.
void add_fingerprints(Store& store, const std::string& start, Candidates& found) {
  Use row = store.db().use("SELECT disc_id FROM identifier WHERE value >= ? AND value < ? AND kind = 'amphi' LIMIT 100",
                           start, start + "g");
  while (row.step()) found.add(row.next<DiscId>());
}

Candidates by_identifier(Store& store, std::string_view selector) {
  Candidates found;
  add_exact(store, selector, found);
  if (!found.ids.empty()) return found;
  // Hexadecimal identifiers are written in one case, people write either.
  std::string upper(selector);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  add_exact(store, upper, found);
  add_exact(store, to_lower_ascii(selector), found);
  return found;
}

Candidates by_beginning(Store& store, std::string_view selector) {
  const std::string text = to_lower_ascii(selector);
  Candidates found;
  for (const std::string_view prefix : kPrefixes) {
    const bool named = text.starts_with(prefix);
    const std::string digits = named ? text.substr(prefix.size()) : text;
    if (digits.size() < kFewestDigits || !is_hex(digits)) continue;
    add_fingerprints(store, std::string(prefix) + digits, found);
  }
  return found;
}

std::string fingerprint_of(Store& store, DiscId id) {
  Use row = store.db().use("SELECT fingerprint FROM disc WHERE id = ?", id);
  return row.step() ? row.next<std::string>() : std::string();
}

// Fingerprints, each as short as tells them all apart.
std::vector<std::string> shortest_names(Store& store, const Candidates& found) {
  std::vector<std::string> whole;
  for (const DiscId id : found.ids) whole.push_back(fingerprint_of(store, id));
  for (std::size_t more = 0;; ++more) {
    std::vector<std::string> names;
    for (const auto& fingerprint : whole)
      names.push_back(fingerprint.substr(0, short_fingerprint(fingerprint).size() + more));
    std::vector<std::string> sorted = names;
    std::sort(sorted.begin(), sorted.end());
    if (more >= 64 || std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end()) return names;
  }
}

[[noreturn]] void throw_ambiguous(Store& store, std::string_view selector, Candidates found) {
  const std::size_t count = found.ids.size();
  if (found.ids.size() > kMostCandidates) found.ids.resize(kMostCandidates);
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < found.ids.size() && i < 5; ++i) {
    shown.push_back(escape_controls(disc_name(store, found.ids[i])));
  }
  throw Error(ErrorKind::kAmbiguous,
              fmt::format("'{}' fits {} discs: {}{}", escape_controls(selector), count, join(shown, ", "),
                          count > shown.size() ? " ..." : ""),
              "give more digits of the fingerprint, or the disc's id", shortest_names(store, found));
}

std::optional<DiscId> by_id(Store& store, std::string_view selector) {
  const auto number = is_decimal(selector) ? parse_int(selector) : std::nullopt;
  if (!number) return std::nullopt;
  Use row = store.db().use("SELECT id FROM disc WHERE id = ?", *number);
  if (!row.step()) return std::nullopt;
  return row.next<DiscId>();
}

std::string hint_for_unknown(std::string_view selector) {
  const std::string text = to_lower_ascii(selector);
  for (const std::string_view prefix : kPrefixes) {
    if (text.starts_with(prefix) && text.size() < prefix.size() + kFewestDigits) {
      return "a fingerprint's beginning needs at least 4 digits";
    }
  }
  return "amphi disc list shows the known ones; amphi disc scan adds one";
}

TrackId track_of_number(Store& store, DiscId disc, std::string_view text) {
  const auto number = parse_int(text);
  if (!number) {
    throw Error(ErrorKind::kUsage, fmt::format("'{}' is no track number", escape_controls(text)),
                "a track is its id or DISC:NUMBER");
  }
  Use row = store.db().use("SELECT id FROM track WHERE disc_id = ? AND vanished = 0 AND number = ?", disc, *number);
  if (!row.step()) {
    throw Error(ErrorKind::kNotFound,
                fmt::format("{} has no track {}", escape_controls(disc_name(store, disc)), *number),
                "amphi disc show lists its tracks");
  }
  const auto id = row.next<TrackId>();
  if (row.step()) {
    const auto other = row.next<TrackId>();
    throw Error(ErrorKind::kAmbiguous, fmt::format("{} has several tracks {}", disc_name(store, disc), *number),
                "give the track's id", {std::to_string(id.value), std::to_string(other.value)});
  }
  return id;
}

}  // namespace

DiscId Catalog::find_disc(std::string_view selector) {
  Transaction same_state(impl_->db(), Transaction::Kind::kRead);
  if (const auto id = by_id(*impl_, selector)) return *id;
  Candidates found = by_identifier(*impl_, selector);
  if (found.ids.empty()) found = by_beginning(*impl_, selector);
  if (found.ids.size() == 1) return found.ids.front();
  if (found.ids.size() > 1) throw_ambiguous(*impl_, selector, found);
  throw Error(ErrorKind::kNotFound, fmt::format("no disc '{}' in the catalog", escape_controls(selector)),
              hint_for_unknown(selector));
}

TrackId Catalog::find_track(std::string_view selector) {
  const auto colon = selector.rfind(':');
  if (colon != std::string_view::npos) {
    const DiscId disc = find_disc(selector.substr(0, colon));
    return track_of_number(*impl_, disc, selector.substr(colon + 1));
  }
  const auto number = is_decimal(selector) ? parse_int(selector) : std::nullopt;
  if (!number) {
    throw Error(ErrorKind::kNotFound, fmt::format("no track '{}'", escape_controls(selector)),
                "a track is its id or DISC:NUMBER");
  }
  const TrackId id{*number};
  disc_of_track(*impl_, id);
  return id;
}

DiscId Catalog::disc_of(TrackId id) {
  return disc_of_track(*impl_, id);
}

}  // namespace amphi
