#include "disc_page.hpp"

#include <fmt/format.h>

#include "amphi/classify.hpp"
#include "base/text.hpp"
#include "views/disc_view.hpp"
#include "views/track_view.hpp"

namespace amphi::cmd {

namespace {

std::string kind_name(DiscKind kind) {
  switch (kind) {
    case DiscKind::kDvd:
      return "DVD";
    case DiscKind::kBluray:
      return "Blu-ray";
    case DiscKind::kUhd:
      return "UHD Blu-ray";
    case DiscKind::kCd:
      return "audio CD";
  }
  return {};
}

// Title and year, then in a second line what else tells discs apart.
void print_header(Context& context, const DiscReport& report) {
  const auto& disc = report.record.disc;
  const auto& look = context.appearance();
  Cell title;
  title.pieces.push_back({display_title(disc), Style::kBold});
  if (disc.edits.year) title.pieces.push_back({fmt::format(" ({})", *disc.edits.year), Style::kBold});
  if (disc.edits.edition) title.pieces.push_back({", " + *disc.edits.edition, Style::kPlain});
  title.pieces.push_back({"  " + short_fingerprint(disc.fingerprint), Style::kCyan});
  title.pieces.push_back({"  ", Style::kPlain});
  title.pieces.push_back(state_cell(report.state).pieces.front());
  context.out().line(render(title, look));

  std::vector<std::string> facts{kind_name(disc.kind), fmt::format("disc {}", disc.id.value),
                                 fmt::format("{} track{}", disc.track_count, disc.track_count == 1 ? "" : "s")};
  if (!disc.volume_label.empty()) facts.push_back("label " + disc.volume_label);
  if (disc.edits.imdb_id) facts.push_back(*disc.edits.imdb_id);
  if (disc.encrypted) facts.emplace_back("encrypted");
  if (disc.provisional) facts.emplace_back("known from a log only");
  if (disc.reprocessing) facts.push_back(fmt::format("flagged {}", to_string(disc.reprocessing->type)));
  context.out().line(render({join(facts, look.ascii ? ", " : " · "), Style::kDim}, look));
}

bool anything_selected(const DiscReport& report) {
  for (const auto& track : report.tracks) {
    if (track.selected) return true;
  }
  return false;
}

// Under the table, for people: why a track cannot go on.
void print_troubles(Context& context, const DiscReport& report) {
  for (const auto& row : track_rows(report)) {
    const auto& snapshot = row.report->snapshot;
    for (const auto stage : kStages) {
      const auto& failures = snapshot.failures[stage];
      if (failures.empty() || snapshot.stages[stage].verdict == Verdict::kDone) continue;
      const auto text =
          fmt::format("track {}: {} failed: {}", snapshot.number, to_string(stage), failures.back().message);
      context.out().line(render({text, Style::kRed}, context.appearance()));
    }
  }
}

// Under the table, for people: of the main feature, what ties with it, until someone has said what it is.
void print_ties(Context& context, const DiscReport& report) {
  const auto name = short_fingerprint(report.record.disc.fingerprint);
  for (const auto& row : track_rows(report)) {
    const auto ties = ties_of(row.track->classification);
    if (ties.empty() || row.track->type() != TrackType::kMainFeature || row.track->edits.track_type) continue;
    const auto number = row.track->scanned.number;
    const auto text = fmt::format("track {} {}: amphi track edit {}:{} --track-type says which is the main feature",
                                  number, join(ties, ", "), name, number);
    context.out().line(render({text, Style::kYellow}, context.appearance()));
  }
}

void print_disc_json(Context& context, const DiscReport& report) {
  JsonDocument json(context, context.document());
  add_disc_and_tracks(json, report);
  json.finish();
}

}  // namespace

Document disc_page_document(std::string_view schema, std::string_view summary) {
  return {schema,
          summary,
          {{"disc", "object", "the disc", &disc_info}, {"tracks", "object[]", "its tracks by number", &track_info}},
          {}};
}

std::string disc_name(const Disc& disc) {
  const auto year = disc.edits.year ? fmt::format(" ({})", *disc.edits.year) : std::string();
  const auto short_name = short_fingerprint(disc.fingerprint);
  const auto title = display_title(disc);
  return title == short_name ? title : fmt::format("{}{}, {}", title, year, short_name);
}

void add_disc_and_tracks(JsonDocument& json, const DiscReport& report) {
  json.add("disc", json_of(disc_view(), disc_row(report)));
  json.add_list("tracks", track_view(), track_rows(report));
}

void print_disc_page(Context& context, const DiscReport& report, const std::vector<std::string>& columns) {
  const auto chosen = chosen_columns(track_info(), columns);
  if (context.json()) return print_disc_json(context, report);
  print_header(context, report);
  context.out().line("");
  print_range(context, context.document(), track_view(), columns, track_rows(report));
  print_troubles(context, report);
  print_ties(context, report);
  const auto name = short_fingerprint(report.record.disc.fingerprint);
  if (!report.record.disc.edits.title && !context.config().thediscdb.empty()) {
    context.next_step(fmt::format("amphi disc identify {} --preview", name));
  } else if (!report.record.disc.edits.title) {
    context.next_step(fmt::format("amphi disc edit {} --title TITLE --year YEAR", name));
  } else if (anything_selected(report)) {
    context.next_step(fmt::format("amphi process {}", name));
  }
}

void print_changed_disc(Context& context, Catalog& catalog, DiscId disc, const std::string& sentence) {
  const auto report = survey_disc(catalog, context.config(), disc, Look::kStored);
  if (context.json()) return print_disc_json(context, report);
  context.out().line(fmt::format("{}: {}", escape_controls(disc_name(report.record.disc)), sentence));
}

}  // namespace amphi::cmd
