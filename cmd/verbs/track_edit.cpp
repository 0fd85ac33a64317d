// amphi track edit
#include "amphi/edit.hpp"
#include "amphi/error.hpp"
#include "context.hpp"
#include "edit_options.hpp"
#include "track_page.hpp"

namespace amphi::cmd {

namespace {

const Document& track_edit_document() {
  static const Document kDocument = changed_track_document("amphi.track.edit/1");
  return kDocument;
}

class TrackEdit : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"TRACK", Complete::kTrack, {}}, track_, Options::Need::kRequired, "a track id, or DISC:NUMBER");
    fields_.describe(options);
  }

  int run(Context& context) override {
    if (!fields_.given()) {
      throw Error(ErrorKind::kUsage, "nothing to edit", "give a field: amphi track edit TRACK --track-type trailers");
    }
    auto& catalog = context.catalog_to_write();
    TrackChange change;
    change.id = catalog.find_track(*track_);
    fields_.apply(change);
    Edit edit;
    edit.tracks.push_back(change);
    save_edit(context, catalog, catalog.disc_of(change.id), edit);
    print_changed_track(context, catalog, change.id, "saved");
    return 0;
  }

 private:
  std::optional<std::string> track_;
  FieldOptions fields_{FieldOptions::Noun::kTrack};
};

const Verb kTrackEditVerb({"track edit", "say what a track is: name, type, preset ...",
                           "amphi track edit dvd-a1b2c3d:4 --track-name 'Theatrical Trailer' --track-type trailers"},
                          &make_command<TrackEdit>, &track_edit_document);

}  // namespace

}  // namespace amphi::cmd
