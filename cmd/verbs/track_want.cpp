// amphi track want
#include <fmt/format.h>

#include "amphi/edit.hpp"
#include "context.hpp"
#include "track_page.hpp"

namespace amphi::cmd {

namespace {

const Document& track_want_document() {
  static const Document kDocument = changed_track_document("amphi.track.want/1");
  return kDocument;
}

class TrackWant : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"TRACK", Complete::kTrack, {}}, track_, Options::Need::kRequired, "a track id, or DISC:NUMBER");
    options.argument(one_of({"yes", "no", "auto"}), wanted_, Options::Need::kRequired,
                     "auto: everything but decoys, duplicates and play-all");
  }

  int run(Context& context) override {
    auto& catalog = context.catalog_to_write();
    TrackChange change;
    change.id = catalog.find_track(*track_);
    change.wanted = *wanted_ == "auto" ? std::optional<bool>() : std::optional<bool>(*wanted_ == "yes");
    Edit edit;
    edit.tracks.push_back(change);
    catalog.apply_edit(catalog.disc_of(change.id), edit);
    print_changed_track(context, catalog, change.id, fmt::format("wanted: {}", *wanted_));
    return 0;
  }

 private:
  std::optional<std::string> track_, wanted_;
};

const Verb kTrackWantVerb({"track want", "whether a track belongs to what its disc needs",
                           "amphi track want dvd-a1b2c3d:5 no"},
                          &make_command<TrackWant>, &track_want_document);

}  // namespace

}  // namespace amphi::cmd
