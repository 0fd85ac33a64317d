// Listing discs. First the numbers and the order of all that fit, in one read; then the discs themselves, in small
// batches, so that no lock is held while the caller prints.
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/catalog.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "catalog/rows.hpp"
#include "catalog/store.hpp"
#include "catalog/tally.hpp"

namespace amphi {
namespace {

constexpr std::size_t kBatch = 256;
constexpr std::size_t kFewDiscs = 2000;  // below this a look-up per disc is quicker than reading everything

// What a disc is sorted by: the number, then the text, then the id.
struct Line {
  DiscId id;
  bool flagged = false;
  std::int64_t number = 0;
  std::string text;
  Tally tally;
};

void check(const DiscFilter& filter) {
  const std::vector<std::string> sorts{"title", "year", "id", "scanned", "state"};
  if (std::find(sorts.begin(), sorts.end(), filter.sort) == sorts.end()) {
    throw Error(ErrorKind::kUsage, fmt::format("cannot sort by '{}'", escape_controls(filter.sort)),
                "one of " + join(sorts, " "));
  }
  const std::vector<std::string> states{"discovered", "ripped", "transcoded", "complete"};
  if (filter.state && std::find(states.begin(), states.end(), *filter.state) == states.end()) {
    throw Error(ErrorKind::kUsage, fmt::format("no such state '{}'", escape_controls(*filter.state)),
                "one of " + join(states, " "));
  }
}

void set_key(Line& line, const DiscFilter& filter, const std::string& shown, std::optional<int> year,
             Timestamp scanned) {
  if (filter.sort == "title") line.text = case_fold(shown);
  // Unknown years come last, whichever way it is sorted.
  if (filter.sort == "year") line.number = year ? *year : (filter.descending ? INT64_MIN : INT64_MAX);
  if (filter.sort == "scanned") line.number = scanned.ns;
}

bool has_text(const std::string& folded_part, const std::string& title, const std::string& label) {
  return case_fold(title).find(folded_part) != std::string::npos ||
         case_fold(label).find(folded_part) != std::string::npos;
}

// The discs that fit as far as their own row tells.
std::vector<Line> candidates(Store& store, const DiscFilter& filter) {
  const std::string part = filter.title ? case_fold(*filter.title) : std::string();
  std::optional<std::string_view> kind;
  if (filter.kind) kind = to_string(*filter.kind);
  std::vector<Line> lines;
  Use row = store.db().use(
      "SELECT d.id, d.fingerprint, d.volume_label, d.scanned_at, d.reprocessing IS NOT NULL, e.title, e.year FROM disc "
      "d "
      "LEFT JOIN disc_edit e ON e.disc_id = d.id WHERE ?1 IS NULL OR d.kind = ?1 ORDER BY d.id",
      kind);
  while (row.step()) {
    Line line;
    line.id = row.next<DiscId>();
    Disc named;
    named.fingerprint = row.next<std::string>();
    named.volume_label = row.next<std::string>();
    const auto scanned = row.next<Timestamp>();
    line.flagged = row.next<bool>();
    named.edits.title = row.next<std::optional<std::string>>();
    const auto year = row.next<std::optional<int>>();
    if (!part.empty() && !has_text(part, named.edits.title.value_or(""), named.volume_label)) continue;
    set_key(line, filter, display_title(named), year, scanned);
    lines.push_back(std::move(line));
  }
  return lines;
}

bool needs_attention(const Line& line) {
  const auto some = [](const PerStage<int>& numbers) {
    return std::any_of(numbers.values.begin(), numbers.values.end(), [](int n) { return n > 0; });
  };
  return line.flagged || line.tally.failed > 0 || some(line.tally.trouble);
}

bool fits(const Line& line, const DiscFilter& filter) {
  if (filter.type && !line.tally.has_type) return false;
  if (filter.state && state_of(line.tally) != *filter.state) return false;
  return !filter.needs_attention || needs_attention(line);
}

void add_tallies(Store& store, const DiscFilter& filter, std::vector<Line>& lines) {
  std::vector<DiscId> ids;
  const bool few = lines.size() < kFewDiscs;
  if (few) {
    for (const Line& line : lines) ids.push_back(line.id);
  }
  auto tallies = tally_discs(store, few ? &ids : nullptr, filter.type);
  for (Line& line : lines) {
    if (const auto found = tallies.find(line.id.value); found != tallies.end()) line.tally = found->second;
    if (filter.sort == "state") line.number = std::max(line.tally.least, 0);
  }
}

std::vector<Line> ordered_lines(Store& store, const DiscFilter& filter) {
  Transaction same_state(store.db(), Transaction::Kind::kRead);
  std::vector<Line> lines = candidates(store, filter);
  add_tallies(store, filter, lines);
  std::erase_if(lines, [&](const Line& line) { return !fits(line, filter); });
  std::sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) {
    const auto& [first, second] = filter.descending ? std::tie(b, a) : std::tie(a, b);
    return std::tie(first.number, first.text, first.id) < std::tie(second.number, second.text, second.id);
  });
  return lines;
}

std::string id_list(const std::vector<Line>& lines, std::size_t from, std::size_t to) {
  nlohmann::json ids = nlohmann::json::array();
  for (std::size_t i = from; i < to; ++i) ids.push_back(lines[i].id.value);
  return ids.dump();
}

using Discs = std::unordered_map<std::int64_t, Disc>;

Discs load_batch(Store& store, const std::string& ids) {
  Transaction same_state(store.db(), Transaction::Kind::kRead);
  Discs discs;
  static const std::string kSelect = fmt::format(
      "SELECT {} FROM json_each(?) j JOIN disc d ON d.id = j.value LEFT JOIN disc_edit e ON e.disc_id = d.id",
      disc_columns());
  Use row = store.db().use(kSelect.c_str(), ids);
  while (row.step()) {
    Disc disc = read_disc(store, row);
    discs.emplace(disc.id.value, std::move(disc));
  }
  Use identifier = store.db().use(
      "SELECT i.disc_id, i.kind, i.value FROM json_each(?) j JOIN identifier i ON i.disc_id = j.value", ids);
  while (identifier.step()) {
    const auto found = discs.find(identifier.next<std::int64_t>());
    auto kind = identifier.next<std::string>();
    if (found != discs.end()) found->second.identifiers.push_back({std::move(kind), identifier.next<std::string>()});
  }
  return discs;
}

DiscSummary summary_of(Disc disc, const Tally& tally) {
  DiscSummary summary;
  summary.disc = std::move(disc);
  summary.disc.track_count = tally.tracks;
  summary.wanted = tally.wanted;
  summary.done = tally.done;
  summary.trouble = tally.trouble;
  summary.failed = tally.failed;
  summary.state = state_of(tally);
  return summary;
}

}  // namespace

void Catalog::for_each_summary(const DiscFilter& filter, const std::function<void(const DiscSummary&)>& take) {
  check(filter);
  const std::vector<Line> lines = ordered_lines(*impl_, filter);
  for (std::size_t from = 0; from < lines.size(); from += kBatch) {
    const std::size_t to = std::min(lines.size(), from + kBatch);
    Discs discs = load_batch(*impl_, id_list(lines, from, to));
    for (std::size_t i = from; i < to; ++i) {
      // One that was forgotten meanwhile is left out.
      if (const auto found = discs.find(lines[i].id.value); found != discs.end()) {
        take(summary_of(std::move(found->second), lines[i].tally));
      }
    }
  }
}

}  // namespace amphi
