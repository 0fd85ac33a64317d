// amphi track verify
#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "context.hpp"
#include "printer.hpp"
#include "verify_exit.hpp"
#include "views/verify_view.hpp"

namespace amphi::cmd {

namespace {

class TrackVerify : public Command {
 public:
  void describe(Options& options) override {
    options.arguments({"TRACK", Complete::kTrack, {}}, tracks_, Options::Need::kOptional, "track ids, or DISC:NUMBER");
    options.value("--disc", disc_, {"DISC", Complete::kDisc, {}}, "every track of a disc");
    options.flag("--all", all_, "every track of the catalog");
    options.value("--stage", stage_, one_of({"rip", "transcode", "insert"}),
                  "this stage only; pending is then not as it should be");
    options.flag("--checksum", checksum_,
                 "compare digests; where none is recorded it is taken now, and that is exit 3");
    options.flag("--probe", probe_, "ask the media itself: streams, last packets");
  }

  int run(Context& context) override {
    if ((tracks_.empty() ? 0 : 1) + (disc_ ? 1 : 0) + (all_ ? 1 : 0) != 1) {
      throw Error(ErrorKind::kUsage, "verify what? TRACK..., --disc DISC or --all", "amphi track verify --all");
    }
    VerifyOptions options;
    if (stage_) options.stage = parse_stage(*stage_);
    options.checksum = checksum_;
    options.probe = probe_;
    auto& catalog = checksum_ || probe_ ? context.catalog_to_write() : context.catalog_to_observe();
    VerifyExit result(options, tracks_.empty() ? VerifyExit::Asked::kInBulk : VerifyExit::Asked::kByName);
    print_list<VerifyRow>(context, verify_document(), verify_view(), {}, [&](const auto& take) {
      const auto take_answer = [&](const TrackAnswer& answer, const TrackSnapshot& snapshot) {
        result.count(answer);
        take(VerifyRow{&answer, &snapshot, options.stage});
      };
      if (tracks_.empty())
        return verify_discs(catalog, context.config(), discs(context, catalog), options, take_answer);
      std::vector<TrackId> tracks;
      for (const auto& selector : tracks_) tracks.push_back(catalog.find_track(selector));
      verify_tracks(catalog, context.config(), tracks, options, take_answer);
    });
    return result.code();
  }

 private:
  std::vector<DiscId> discs(Context& context, Catalog& catalog) const {
    return all_ ? catalog.all_discs() : std::vector{resolve_disc(catalog, context.config(), disc_)};
  }

  std::vector<std::string> tracks_;
  std::optional<std::string> disc_, stage_;
  bool all_ = false;
  bool checksum_ = false;
  bool probe_ = false;
};

const Verb kTrackVerifyVerb({"track verify", "receipts against files, stage by stage",
                             "amphi track verify dvd-a1b2c3d:1 --stage insert --checksum && rm rip.mkv"},
                            &make_command<TrackVerify>, &verify_document);

}  // namespace

}  // namespace amphi::cmd
