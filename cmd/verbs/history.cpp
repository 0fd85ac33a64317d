// amphi history
#include "amphi/process.hpp"
#include "context.hpp"
#include "printer.hpp"
#include "views/history_view.hpp"

namespace amphi::cmd {

namespace {

constexpr int kDefaultLimit = 50;

class History : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DISC|TRACK", Complete::kDisc, {}}, about_, Options::Need::kOptional,
                     "a disc, or a track as DISC:NUMBER; left out: everything");
    options.value("--track", track_, {"TRACK", Complete::kTrack, {}}, "a track by its id");
    options.number("--limit", limit_, "N", "at most so many, the latest; 50 when left out, 0 for all");
    options.list("--columns", columns_, {"NAMES", Complete::kColumns, {}}, "columns of the table");
  }

  int run(Context& context) override {
    auto& catalog = context.catalog_to_read();
    std::optional<DiscId> disc;
    std::optional<TrackId> track;
    if (track_) {
      track = catalog.find_track(*track_);
    } else if (about_ && about_->find(':') != std::string::npos) {
      track = catalog.find_track(*about_);
    } else if (about_) {
      disc = resolve_disc(catalog, context.config(), about_);
    }
    constexpr int kAll = 1 << 30;
    const int limit = limit_.value_or(kDefaultLimit);
    print_range(context, history_document(), history_view(), columns_,
                catalog.history(disc, track, limit == 0 ? kAll : limit));
    return 0;
  }

 private:
  std::optional<std::string> about_, track_;
  std::optional<int> limit_;
  std::vector<std::string> columns_;
};

const Verb kHistoryVerb({"history", "what happened, the latest first", "amphi history dvd-a1b2c3d --limit 10"},
                        &make_command<History>, &history_document);

}  // namespace

}  // namespace amphi::cmd
