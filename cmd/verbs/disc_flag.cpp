// amphi disc flag
#include <fmt/format.h>

#include "amphi/process.hpp"
#include "context.hpp"
#include "disc_page.hpp"

namespace amphi::cmd {

namespace {

const Document& disc_flag_document() {
  static const Document kDocument = disc_page_document("amphi.disc.flag/1", "the disc as it is now");
  return kDocument;
}

class DiscFlag : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DISC", Complete::kDisc, {}}, disc_, Options::Need::kRequired, "the disc");
    options.argument(one_of({"re-rip", "re-transcode", "missing-tracks", "none"}), flag_, Options::Need::kRequired,
                     "what to do again; none takes the flag away");
  }

  int run(Context& context) override {
    auto& catalog = context.catalog_to_write();
    const auto disc = resolve_disc(catalog, context.config(), disc_);
    catalog.set_flag(disc, parse_reprocessing_type(*flag_));
    print_changed_disc(context, catalog, disc, *flag_ == "none" ? "no flag" : fmt::format("flagged {}", *flag_));
    if (*flag_ == "missing-tracks") context.next_step("amphi disc scan");
    return 0;
  }

 private:
  std::optional<std::string> disc_, flag_;
};

const Verb kDiscFlagVerb({"disc flag", "mark a disc for ripping, transcoding or scanning again",
                          "amphi disc flag dvd-a1b2c3d re-transcode && amphi process dvd-a1b2c3d"},
                         &make_command<DiscFlag>, &disc_flag_document);

}  // namespace

}  // namespace amphi::cmd
