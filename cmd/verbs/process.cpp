// amphi process
#include <fmt/format.h>

#include "amphi/edit.hpp"
#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "base/signals.hpp"
#include "context.hpp"
#include "edit_options.hpp"
#include "exit_code.hpp"
#include "process_display.hpp"
#include "track_choice.hpp"
#include "views/event_view.hpp"
#include "views/plan_view.hpp"

namespace amphi::cmd {

namespace {

class Process : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DISC", Complete::kDisc, {}}, disc_, Options::Need::kOptional,
                     "the disc; left out: the one in the drive");
    choice_.describe(options);
    options.value("--until", until_, one_of({"rip", "transcode", "insert"}), "the last stage; insert when left out");
    options.number("--jobs", jobs_, "N", "transcodes at a time; as configured when left out");
    options.flag("--dry-run", dry_run_, "print the plan, change nothing");
    options.flag("--resume", resume_, "go on with the unfinished requests, of any disc or this one");
    fields_.describe(options);
    options.value("--patch", patch_, {"FILE", Complete::kFile, {}}, "edits as JSON, as for disc edit");
  }

  int run(Context& context) override {
    check_options();
    if (dry_run_) return print_dry_run(context);
    install_signal_handlers();
    context.out().set_when_closed(Output::WhenClosed::kMute);
    auto& catalog = context.catalog_to_write();
    const auto options = resume_ ? resume_options(context, catalog) : asked_options(context, catalog);
    const auto display = make_display(
        context, [&catalog](DiscId disc) { return short_fingerprint(catalog.load_disc(disc).disc.fingerprint); });
    const auto summary = run_or_tell(context, catalog, options, *display);
    display->finish();
    context.out().flush();
    if (summary.signal != 0) end_by_signal(summary.signal);
    return summary.unfinished() ? kExitUnfinished : kExitDone;
  }

 private:
  void check_options() const {
    const bool edits = fields_.given() || patch_;
    if (resume_ && (choice_.given() || until_ || edits)) {
      throw Error(ErrorKind::kUsage, "--resume goes on with what was asked for; it takes no tracks, stage or edits",
                  "amphi process --resume [DISC]");
    }
    if (jobs_ && *jobs_ < 1) throw Error(ErrorKind::kUsage, "--jobs takes a number from 1");
    if (resume_ && dry_run_) throw Error(ErrorKind::kUsage, "--resume and --dry-run exclude each other", "amphi plan");
  }

  Stage until() const { return until_ ? *parse_stage(*until_) : Stage::kInsert; }

  ProcessOptions resume_options(Context& context, Catalog& catalog) const {
    ProcessOptions options;
    options.mode = PlanInput::Mode::kResume;
    if (disc_) options.disc = resolve_disc(catalog, context.config(), disc_);
    options.jobs = jobs_.value_or(0);
    options.wait = context.options().wait;
    return options;
  }

  // What is edited counts for what is chosen: the edits are saved first.
  ProcessOptions asked_options(Context& context, Catalog& catalog) const {
    const auto disc = resolve_disc(catalog, context.config(), disc_);
    const auto edit = edits();
    if (!edit.empty()) save_edit(context, catalog, disc, edit);
    ProcessOptions options;
    options.disc = disc;
    options.tracks = choice_.choose(survey_disc(catalog, context.config(), disc, Look::kDisk));
    options.until = until();
    options.jobs = jobs_.value_or(0);
    options.wait = context.options().wait;
    return options;
  }

  Edit edits() const {
    auto edit = patch_ ? parse_patch(read_text(*patch_)) : Edit{};
    fields_.apply(edit.disc);
    return edit;
  }

  ProcessSummary run_or_tell(Context& context, Catalog& catalog, const ProcessOptions& options,
                             ProcessDisplay& display) const {
    if (resume_ || !options.tracks.empty()) {
      return run_process(catalog, context.config(), options, [&](const ProcessEvent& event) { display.take(event); });
    }
    for (const auto type : {ProcessEvent::Type::kPlan, ProcessEvent::Type::kSummary}) {
      ProcessEvent event;
      event.type = type;
      event.time = context.now();
      if (type == ProcessEvent::Type::kPlan) event.plan = Plan{};
      display.take(event);
    }
    return {};
  }

  int print_dry_run(Context& context) const {
    auto& catalog = context.catalog_to_observe();
    const auto disc = resolve_disc(catalog, context.config(), disc_);
    check_presets(context, edits());
    if (!edits().empty()) context.tell("a dry run saves no edits; the plan is without them");
    const auto tracks = choice_.choose(survey_disc(catalog, context.config(), disc, Look::kDisk));
    const auto plan = plan_disc(catalog, context.config(), disc, tracks, until(), PlanInput::Mode::kAsked);
    if (context.json()) {
      ProcessEvent event;
      event.time = context.now();
      event.plan = plan;
      context.out().line(dump(json_of(event_view(), event)));
    } else {
      print_plans(context, {}, [&](const std::function<void(const Plan&)>& take) { take(plan); });
    }
    return kExitDone;
  }

  std::optional<std::string> disc_, until_, patch_;
  std::optional<int> jobs_;
  bool dry_run_ = false;
  bool resume_ = false;
  TrackChoice choice_;
  FieldOptions fields_{FieldOptions::Noun::kDisc};
};

const Verb kProcessVerb({"process", "do what is left: rip, transcode, insert",
                         "amphi process dvd-a1b2c3d --title 'Sita Sings the Blues' --year 2008"},
                        &make_command<Process>, &process_document);

}  // namespace

}  // namespace amphi::cmd
