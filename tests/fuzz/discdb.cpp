// Files of TheDiscDB: what they say becomes names, types and numbers that the catalog could hold, or an error.
#include <cstddef>
#include <cstdint>

#include "amphi/error.hpp"
#include "amphi/identify.hpp"
#include "base/text.hpp"
#include "demand.hpp"

using namespace amphi;

namespace {

// As the seeds tell them, so that titles find their tracks.
std::vector<Track> tracks() {
  std::vector<Track> made;
  const std::pair<const char*, double> known[] = {
      {"mpls:00800", 5405}, {"m2ts:00002", 20}, {"dvd:1", 90}, {"dvd:2", 1300}, {"mpls:00801", 5405}};
  for (const auto& [reference, seconds] : known) {
    Track track;
    track.id = {static_cast<std::int64_t>(made.size()) + 1};
    track.scanned.number = static_cast<int>(made.size()) + 1;
    track.scanned.reference = reference;
    track.scanned.duration_seconds = seconds;
    track.scanned.segment_map = std::to_string(made.size());
    made.push_back(std::move(track));
  }
  return made;
}

void demand_text(const std::optional<std::string>& text) {
  if (!text) return;
  fuzz::demand(!trim(*text).empty() && is_valid_utf8(*text), "a text is UTF-8 and not empty", escape_controls(*text));
  fuzz::demand(text->size() <= 4 * 500 && text->find('\0') == std::string::npos, "the catalog takes it");
}

void demand_number(const std::optional<int>& number, int most) {
  fuzz::demand(!number || (*number >= 0 && *number <= most), "the catalog takes the number");
}

void demand_fitting(const Proposal& proposal) {
  const auto& disc = proposal.disc;
  for (const auto* text : {&disc.title, &disc.show_name, &disc.edition, &disc.imdb_id, &disc.tmdb_id})
    demand_text(*text);
  fuzz::demand(!disc.year || (*disc.year >= 1900 && *disc.year <= 2100), "the catalog takes the year");
  for (const auto& track : proposal.tracks) {
    demand_text(track.edits.track_name);
    demand_text(track.edits.edition);
    demand_number(track.edits.season, 9'999);
    demand_number(track.edits.episode, 99'999);
    demand_number(track.edits.episode_end, 99'999);
    fuzz::demand(!track.edits.episode_end || (track.edits.episode && *track.edits.episode_end >= *track.edits.episode),
                 "a range ends after it begins");
  }
  for (const auto* lines : {&proposal.untaken, &proposal.not_on_disc})
    for (const auto& line : *lines) demand_text(line.empty() ? std::nullopt : std::optional(line));
}

template <class Value>
std::optional<Value> parsed(Value (*parse)(std::string_view), std::string_view text) {
  try {
    return parse(text);
  } catch (const Error& error) {
    fuzz::demand(error.kind() == ErrorKind::kUsage && !error.hint().empty(), "a bad file is bad input",
                 error.message());
    fuzz::demand(is_valid_utf8(error.message()), "a message is UTF-8", escape_controls(error.message()));
    return std::nullopt;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  DiscdbEntry entry;
  entry.release = parsed(parse_discdb_release, text);
  entry.work = parsed(parse_discdb_work, text);
  const auto disc = parsed(parse_discdb_disc, text);
  for (const auto& name : glimpse_discdb_names(text))
    fuzz::demand(is_hex(name), "a name is a hash", escape_controls(name));
  if (!disc) return 0;
  entry.disc = *disc;
  Disc row;
  row.kind = size % 2 == 0 ? DiscKind::kBluray : DiscKind::kDvd;
  const auto proposal = propose(row, tracks(), entry);
  demand_fitting(proposal);
  fuzz::demand(agree({proposal, proposal}).conflicts.empty(), "a release agrees with itself");
  const auto decisions = decide(row, tracks(), {}, proposal, HandEdits::kKeep);
  for (const auto& field : decisions.fields) fuzz::demand(field.written, "what is empty is written", field.field);
  const auto again = decide(decisions.disc, decisions.tracks, {}, proposal, HandEdits::kKeep);
  fuzz::demand(again.fields.empty(), "a second time there is nothing to do");
  return 0;
}
