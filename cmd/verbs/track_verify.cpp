// amphi track verify
#include <functional>

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
    // A disc at a time: a catalog of any size is checked in the memory that one disc takes.
    VerifyExit result(options, tracks_.empty() ? VerifyExit::Asked::kInBulk : VerifyExit::Asked::kByName);
    print_list<VerifyRow>(context, verify_document(), verify_view(), {}, [&](const auto& take) {
      for_each_group(context, catalog, [&](const std::vector<TrackId>& group) {
        const auto answers = verify_tracks(catalog, context.config(), group, options);
        const auto report = survey_disc(catalog, context.config(), catalog.disc_of(group.front()), Look::kStored);
        for (const auto& answer : answers) {
          result.count(answer);
          take(VerifyRow{&answer, snapshot_of(report, answer.track), options.stage});
        }
      });
    });
    return result.code();
  }

 private:
  using TakeGroup = std::function<void(const std::vector<TrackId>&)>;

  // Tracks that belong to one disc and follow one another; never empty.
  void for_each_group(Context& context, Catalog& catalog, const TakeGroup& take) const {
    if (!tracks_.empty()) return for_each_named(catalog, take);
    for (const auto disc : all_ ? catalog.all_discs() : std::vector{resolve_disc(catalog, context.config(), disc_)}) {
      std::vector<TrackId> group;
      for (const auto& track : catalog.load_disc(disc).tracks) group.push_back(track.id);
      if (!group.empty()) take(group);
    }
  }

  void for_each_named(Catalog& catalog, const TakeGroup& take) const {
    std::vector<std::pair<DiscId, std::vector<TrackId>>> groups;
    for (const auto& selector : tracks_) {
      const auto track = catalog.find_track(selector);
      const auto disc = catalog.disc_of(track);
      if (groups.empty() || groups.back().first != disc) groups.push_back({disc, {}});
      groups.back().second.push_back(track);
    }
    for (const auto& group : groups) take(group.second);
  }

  static const TrackSnapshot* snapshot_of(const DiscReport& report, TrackId track) {
    for (const auto& candidate : report.tracks) {
      if (candidate.snapshot.id == track) return &candidate.snapshot;
    }
    throw Error(ErrorKind::kUnexpected, "a track that was verified is not among those of its disc");
  }

  std::vector<std::string> tracks_;
  std::optional<std::string> disc_, stage_;
  bool all_ = false;
  bool checksum_ = false;
  bool probe_ = false;
};

const Verb kVerb({"track verify", "receipts against files, stage by stage",
                  "amphi track verify dvd-a1b2c3d:1 --stage insert --checksum && rm rip.mkv"},
                 &make_command<TrackVerify>, &verify_document);

}  // namespace

}  // namespace amphi::cmd
