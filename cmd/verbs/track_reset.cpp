// amphi track reset
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "exit_code.hpp"
#include "printer.hpp"
#include "views/verify_view.hpp"

namespace amphi::cmd {

namespace {

class TrackReset : public Command {
 public:
  void describe(Options& options) override {
    options.arguments({"TRACK", Complete::kTrack, {}}, tracks_, Options::Need::kRequired, "track ids, or DISC:NUMBER");
    options.value("--from", from_, one_of({"rip", "transcode", "insert"}), "this stage and later; rip when left out");
    options.flag("--keep-files", keep_files_, "clear what is recorded, delete nothing");
    options.flag("--dry-run", dry_run_, "say what would be deleted, change nothing");
    options.flag("-y,--yes", yes_, "do not ask");
  }

  int run(Context& context) override {
    options_.from = from_ ? *parse_stage(*from_) : Stage::kRip;
    options_.keep_files = keep_files_;
    auto& catalog = dry_run_ ? context.catalog_to_read() : context.catalog_to_write();
    std::vector<TrackId> tracks;
    for (const auto& selector : tracks_) tracks.push_back(catalog.find_track(selector));
    if (!dry_run_) confirm(context, catalog, tracks);
    const auto act = dry_run_ ? &preview_reset : &reset_track;
    std::vector<ResetRow> rows;
    for (const auto track : tracks) rows.push_back({track, act(catalog, context.config(), track, options_)});
    return print(context, rows);
  }

 private:
  void confirm(Context& context, Catalog& catalog, const std::vector<TrackId>& tracks) const {
    if (yes_) return;
    std::string list;
    int count = 0;
    for (const auto track : tracks) {
      for (const auto& path : preview_reset(catalog, context.config(), track, options_).deleted) {
        list += fmt::format("  {}\n", escape_controls(path));
        ++count;
      }
    }
    const auto question = count > 0 ? fmt::format("{}Delete {} file{}?", list, count, count == 1 ? "" : "s")
                                    : std::string("Clear what is recorded?");
    const auto answer = ask(question);
    if (!answer) throw Error(ErrorKind::kUsage, "reset deletes files; it needs --yes where nobody can be asked");
    if (!*answer) throw Error(ErrorKind::kUnfinished, "not confirmed; nothing was changed");
  }

  int print(Context& context, const std::vector<ResetRow>& rows) const {
    bool left = false;
    for (const auto& row : rows) left = left || !row.answer.left.empty();
    if (context.json()) {
      print_document(context, reset_document(), {{"dry_run", dry_run_}, {"tracks", json_array_of(reset_view(), rows)}});
    } else {
      for (const auto& row : rows) print_text(context, row);
    }
    return left ? kExitNotAsItShouldBe : kExitDone;
  }

  void print_text(Context& context, const ResetRow& row) const {
    const auto& answer = row.answer;
    const char* would = dry_run_ ? "would be " : "";
    for (const auto& path : answer.deleted)
      context.out().line(fmt::format("{}deleted {}", would, escape_controls(path)));
    for (const auto& path : answer.cleared)
      context.out().line(fmt::format("{}cleared {}", would, escape_controls(path)));
    for (const auto& [path, why] : answer.left)
      context.tell(fmt::format("{} {}: {}", dry_run_ ? "would not delete" : "could not delete", path, why));
    if (answer.deleted.empty() && answer.cleared.empty() && answer.left.empty()) {
      context.out().line(fmt::format("track {}: nothing was recorded", row.track.value));
    }
  }

  std::vector<std::string> tracks_;
  std::optional<std::string> from_;
  bool keep_files_ = false;
  bool dry_run_ = false;
  bool yes_ = false;
  ResetOptions options_;
};

const Verb kTrackResetVerb({"track reset", "delete what the stages made of a track and start it over",
                            "amphi track reset dvd-a1b2c3d:1 --from transcode"},
                           &make_command<TrackReset>, &reset_document);

}  // namespace

}  // namespace amphi::cmd
