// amphi track path
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "context.hpp"
#include "exit_code.hpp"
#include "printer.hpp"
#include "track_page.hpp"

namespace amphi::cmd {

namespace {

const Document& track_path_document() {
  static const Document kDocument{"amphi.track.path/1",
                                  "where an artifact is",
                                  {{"track_id", "integer", "catalog id of the track"},
                                   {"stage", "rip|transcode|insert", "the stage"},
                                   {"path", "string?", "the file that is recorded"}},
                                  {}};
  return kDocument;
}

class TrackPath : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"TRACK", Complete::kTrack, {}}, track_, Options::Need::kRequired, "a track id, or DISC:NUMBER");
    options.value("--stage", stage_, one_of({"rip", "transcode", "insert"}), "the stage");
  }

  int run(Context& context) override {
    if (!stage_) throw Error(ErrorKind::kUsage, "--stage is missing", "one of: rip, transcode, insert");
    auto& catalog = context.catalog_to_read();
    const auto track = catalog.find_track(*track_);
    const auto report = survey_disc(catalog, context.config(), catalog.disc_of(track), Look::kStored);
    const auto& receipt = row_of(report, track).report->snapshot.stages[*parse_stage(*stage_)].receipt;
    const auto path = receipt ? receipt->path : std::string();
    if (context.json()) {
      print_document(context, track_path_document(),
                     {{"track_id", track.value}, {"stage", *stage_}, {"path", or_null(path)}});
    } else if (path.empty()) {
      context.tell(fmt::format("nothing is recorded for {} of track {}", *stage_, track.value));
    } else {
      context.out().line(path);  // as it is: scripts open it
    }
    return path.empty() ? kExitNotAsItShouldBe : kExitDone;
  }

 private:
  std::optional<std::string> track_, stage_;
};

const Verb kTrackPathVerb({"track path", "the path of an artifact, alone on a line",
                           "mpv \"$(amphi track path dvd-a1b2c3d:1 --stage insert)\""},
                          &make_command<TrackPath>, &track_path_document);

}  // namespace

}  // namespace amphi::cmd
