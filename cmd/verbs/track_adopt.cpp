// amphi track adopt
#include <filesystem>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "track_page.hpp"

namespace amphi::cmd {

namespace {

const Document& track_adopt_document() {
  static const Document kDocument = changed_track_document("amphi.track.adopt/1");
  return kDocument;
}

class TrackAdopt : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"TRACK", Complete::kTrack, {}}, track_, Options::Need::kRequired, "a track id, or DISC:NUMBER");
    options.argument({"FILE", Complete::kFile, {}}, file_, Options::Need::kOptional,
                     "the file; left out: the one recorded, as it is now");
    options.value("--stage", stage_, one_of({"rip", "transcode", "insert"}), "the stage that it stands for");
  }

  int run(Context& context) override {
    if (!stage_) throw Error(ErrorKind::kUsage, "--stage is missing", "one of: rip, transcode, insert");
    auto& catalog = context.catalog_to_write();
    const auto track = catalog.find_track(*track_);
    if (file_) file_ = std::filesystem::absolute(*file_).lexically_normal().string();
    const auto receipt = adopt_file(catalog, context.config(), track, *parse_stage(*stage_), file_);
    print_changed_track(context, catalog, track, fmt::format("adopted {}", escape_controls(receipt.path)));
    return 0;
  }

 private:
  std::optional<std::string> track_, file_, stage_;
};

const Verb kTrackAdoptVerb({"track adopt", "take a file as the artifact of a stage, after probing it",
                            "amphi track adopt dvd-a1b2c3d:1 --stage rip /srv/old/sita.mkv"},
                           &make_command<TrackAdopt>, &track_adopt_document);

}  // namespace

}  // namespace amphi::cmd
