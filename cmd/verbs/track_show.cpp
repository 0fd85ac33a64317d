// amphi track show
#include <fmt/format.h>

#include "amphi/process.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "printer.hpp"
#include "track_page.hpp"
#include "views/disc_view.hpp"
#include "views/history_view.hpp"
#include "views/stage_view.hpp"
#include "views/stream_view.hpp"

namespace amphi::cmd {

namespace {

constexpr int kHistoryEntries = 20;

const Document& track_show_document() {
  static const Document kDocument{"amphi.track.show/1",
                                  "a track, whole",
                                  {{"track", "object", "the track", &track_info},
                                   {"disc", "object", "its disc", &disc_info},
                                   {"history", "object[]", "what happened to it, the latest first", &history_info}},
                                  {}};
  return kDocument;
}

// A heading and a table, where there is something to show.
template <class T, class Range>
void section(Context& context, std::string_view title, const View<T>& view, const Range& items) {
  if (items.empty()) return;
  context.out().line("");
  context.out().line(styled(title, Style::kBold, context.appearance()));
  print_range(context, track_show_document(), view, {}, items);
}

std::vector<std::pair<std::string, Cell>> facts(const TrackRow& row) {
  const auto& scanned = row.track->scanned;
  const auto& classification = row.track->classification;
  return {
      {"type", fmt::format("{} ({} confidence: {})", to_string(row.track->type()), classification.confidence,
                           join(classification.reasons, "; "))},
      {"reference", scanned.reference},
      {"length", fmt::format("{}, {} chapter{}", human_duration(scanned.duration_seconds), scanned.chapter_count,
                             scanned.chapter_count == 1 ? "" : "s")},
      {"size", scanned.size_bytes > 0 ? Cell(human_size(scanned.size_bytes)) : Cell()},
      {"picture", scanned.resolution ? Cell(fmt::format("{}x{} {}", scanned.resolution->width,
                                                        scanned.resolution->height, scanned.aspect))
                                     : Cell()},
      {"segments", scanned.segment_map},
      {"preset", row.report->snapshot.preset},
      {"status", Cell(std::string(to_string(row.report->status)))},
      {"wanted", Cell(row.track->wanted() ? "yes" : "no")},
  };
}

class TrackShow : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"TRACK", Complete::kTrack, {}}, track_, Options::Need::kRequired, "a track id, or DISC:NUMBER");
    options.flag("--no-verify", no_verify_, "as last seen: no file is looked at");
  }

  int run(Context& context) override {
    auto& catalog = no_verify_ ? context.catalog_to_read() : context.catalog_to_observe();
    const auto track = catalog.find_track(*track_);
    const auto look = no_verify_ ? Look::kStored : Look::kDisk;
    const auto report = survey_disc(catalog, context.config(), catalog.disc_of(track), look);
    const auto row = row_of(report, track);
    const auto history = catalog.history(std::nullopt, track, kHistoryEntries);
    if (context.json()) {
      print_document(context, track_show_document(),
                     {{"track", json_of(track_view(), row)},
                      {"disc", json_of(disc_view(), disc_row(report))},
                      {"history", json_array_of(history_view(), history)}});
      return 0;
    }
    print_text(context, report, row, history);
    return 0;
  }

 private:
  static void print_text(Context& context, const DiscReport& report, const TrackRow& row,
                         const std::vector<HistoryEntry>& history) {
    const auto name = track_name(report.record.disc, *row.track);
    context.out().line(
        render({row.track->edits.track_name ? *row.track->edits.track_name + "  " + name : name, Style::kBold},
               context.appearance()));
    print_facts(context.out(), context.appearance(), facts(row));
    std::vector<StageRow> stages;
    for (const auto stage : kStages) stages.push_back({stage, &row.report->snapshot.stages[stage], nullptr});
    section(context, "Stages", stage_view(), stages);
    section(context, "Audio", audio_view(), row.track->scanned.audio);
    section(context, "Subtitles", subtitle_view(), row.track->scanned.subtitles);
    section(context, "History", history_view(), history);
  }

  std::optional<std::string> track_;
  bool no_verify_ = false;
};

const Verb kTrackShowVerb({"track show", "one track, whole, with its history", "amphi track show dvd-a1b2c3d:1"},
                          &make_command<TrackShow>, &track_show_document);

}  // namespace

}  // namespace amphi::cmd
