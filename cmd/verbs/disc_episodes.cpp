// amphi disc episodes
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "disc_page.hpp"
#include "edit_options.hpp"
#include "exit_code.hpp"
#include "track_choice.hpp"
#include "views/disc_view.hpp"
#include "views/episodes_view.hpp"

namespace amphi::cmd {

namespace {

class DiscEpisodes : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DISC", Complete::kDisc, {}}, disc_, Options::Need::kRequired, "the disc");
    options.number("--season", asked_.season, "N", "season, 0 for specials; left out: as the label says", 9'999);
    options.number("--first", asked_.first, "N", "number of its first episode; left out: after the discs before",
                   99'999);
    options.value("--tracks", tracks_, {"1,3-5", Complete::kNothing, {}},
                  "these track numbers; left out: the episodes");
    options.value("--order", order_, one_of({"auto", "disc", "play-all"}),
                  "whose order; auto: the play-all's where it plays them all, else the disc's");
    options.value("--runtimes", runtimes_, {"FILE", Complete::kFile, {}},
                  "a runtime a line from FILE, or - for stdin: [NUMBER] 45:10 [NAME]");
    options.flag("--dry-run", dry_run_, "print the numbers, write nothing");
  }

  int run(Context& context) override {
    if (runtimes_) asked_.runtimes = parse_runtimes(read_text(*runtimes_));
    if (order_) asked_.order = *parse_episode_order(*order_);
    auto& catalog = dry_run_ ? context.catalog_to_read() : context.catalog_to_write();
    const auto id = resolve_disc(catalog, context.config(), disc_);
    const auto before = survey_disc(catalog, context.config(), id, Look::kStored);
    if (tracks_) asked_.tracks = tracks_by_number(before, *tracks_);
    const auto numbering = number_disc(catalog, id, asked_, dry_run_ ? Saving::kDryRun : Saving::kSave);
    if (context.json()) {
      print_json(context, before, numbering);
    } else {
      print_text(context, before, numbering);
    }
    return numbering.partly ? kExitNotAsItShouldBe : kExitDone;
  }

 private:
  void print_json(Context& context, const DiscReport& before, const EpisodeNumbering& numbering) const {
    JsonDocument json(context, episodes_document());
    json.add("dry_run", dry_run_);
    json.add("disc", json_of(disc_view(), disc_row(before)));
    json.add("season", numbering.season);
    json.add("season_reason", numbering.season_reason);
    json.add("order", numbering.order);
    json.add("order_reason", numbering.order_reason);
    json.add("first", or_null(numbering.first));
    json.add("first_reason", numbering.first_reason);
    json.add("complete", !numbering.partly);
    json.add_list("tracks", episode_view(), episode_rows(numbering));
    json.add_list("unmatched", runtime_view(), numbering.unmatched);
    json.add("notes", numbering.notes);
    json.finish();
  }

  void print_text(Context& context, const DiscReport& before, const EpisodeNumbering& numbering) const {
    auto& out = context.out();
    out.line(escape_controls(fmt::format("{}: season {} ({}), {}", disc_name(before.record.disc), numbering.season,
                                         numbering.season_reason, numbering.order_reason)));
    out.line(escape_controls(numbering.first
                                 ? fmt::format("from episode {}: {}", *numbering.first, numbering.first_reason)
                                 : fmt::format("numbered by {}", numbering.first_reason)));
    out.line("");
    print_range(context, episodes_document(), episode_view(), {}, episode_rows(numbering));
    out.flush();
    for (const auto& note : numbering.notes) context.tell(note);
    if (dry_run_) context.tell("a dry run: nothing was written");
    context.next_step(fmt::format("amphi disc show {}", short_fingerprint(before.record.disc.fingerprint)));
  }

  std::optional<std::string> disc_, tracks_, order_, runtimes_;
  EpisodesAsked asked_;
  bool dry_run_ = false;
};

const Verb kDiscEpisodesVerb({"disc episodes", "number the episodes of a series' disc",
                              "amphi disc episodes dvd-a1b2c3d --season 2 --first 5"},
                             &make_command<DiscEpisodes>, &episodes_document);

}  // namespace

}  // namespace amphi::cmd
