// One step: makes one artifact so that at every instant either all of it counts or nothing. What happens to a file once
// it is made stands in protocol.cpp.
#include "step/step_work.hpp"

#include <fmt/format.h>

#include "amphi/process.hpp"
#include "amphi/tool.hpp"
#include "base/orphans.hpp"
#include "step/leftovers.hpp"
#include "step/marked_root.hpp"
#include "step/protocol.hpp"
#include "step/receipts.hpp"
#include "step/step_parts.hpp"

namespace amphi {
namespace {

using Maker = Made (*)(StepWork&);

// nullptr: no tool of that name does this.
Maker maker_of(const StepSpec& spec) {
  const auto* ripper = find_ripper(spec.tool);
  switch (spec.stage) {
    case Stage::kRip:
      return ripper ? ripper->make : nullptr;
    case Stage::kTranscode:
      return find_encoder(spec.tool) ? transcode : nullptr;
    case Stage::kInsert:
      break;
  }
  return copy_input;
}

Maker require_maker(const StepSpec& spec) {
  if (const auto maker = maker_of(spec)) return maker;
  throw StepError(ErrorKind::kUsage, Cause::kTool,
                  fmt::format("no {} can be made with '{}'", to_string(spec.stage), spec.tool),
                  "rip.engine and transcode.engine in the configuration");
}

bool names_output(const StepSpec& spec) {
  const auto* ripper = find_ripper(spec.tool);
  return spec.stage == Stage::kRip && ripper && ripper->names_output;
}

void remove_own_leftovers(const StepWork& work) {
  remove_if_there(work.root, receipt_name(work.spec.id));
  remove_unfinished(work.root, work.spec);
}

Receipt make_artifact(StepWork& work) {
  const auto& output = work.spec.output;
  remove_own_leftovers(work);
  work.root.make_folders(folder_of(output.relative));
  if (!names_output(work.spec)) work.file = work.root.create_new(output.temporary);
  Making making{work, require_maker(work.spec)(work), {}};
  if (!work.progressed) report_progress(work, StepEvent{});  // a tool too quick to say anything
  follow(making_protocol(), making);
  return making.receipt;
}

Receipt carry_out(StepWork& work) {
  if (work.spec.action == Action::kAdopt) return adopt_in_place(work);
  if (work.spec.stage != Stage::kRip) demand_input_unchanged(work);
  if (work.spec.stage == Stage::kInsert) {
    remove_own_leftovers(work);
    if (auto receipt = insert_by_link(work)) return *receipt;
  }
  return make_artifact(work);
}

StepEvent failure(const StepSpec& spec, Cause cause, const Error& error) {
  StepEvent event;
  event.type = StepEvent::Type::kFailed;
  event.cause = out_of_space(spec) ? Cause::kSpace : cause;
  event.message = error.message();
  event.hint = error.hint();
  return event;
}

// Sectors that were copied and synced are worth keeping; anything else of a failed try is not.
void clean_up(const StepWork& work, Cause cause) {
  if (work.spec.action != Action::kMake || work.stands || !take_back(work)) return;
  remove_own_leftovers(work);
  // What was read badly, or of another disc, must be read again. Where reading came to an end before the title did,
  // what it gave so far is good.
  if (work.copied && (cause == Cause::kMedium || cause == Cause::kJudge)) remove_scratch(work.root, work.spec);
}

// Tools are given the open file; people know it by its name.
std::string for_people(const StepWork& work, std::string text) {
  const auto opened = work.file_path(), name = work.temporary_path();
  for (auto at = text.find(opened); at != std::string::npos; at = text.find(opened, at + name.size()))
    text.replace(at, opened.size(), name);
  return text;
}

void run_in(StepWork& work) {
  try {
    work.report(event_of(StepEvent::Type::kStarted, 0));
    const auto receipt = carry_out(work);
    auto event = event_of(StepEvent::Type::kPublished, 1);
    event.receipt = receipt;
    work.report(event);
  } catch (const StepError& error) {
    clean_up(work, error.cause());
    throw StepError(error.kind(), error.cause(), for_people(work, error.message()), error.hint());
  } catch (const Error& error) {
    clean_up(work, Cause::kOther);
    throw Error(error.kind(), for_people(work, error.message()), error.hint());
  }
}

void run_locked(const StepSpec& spec, const StepReport& report) {
  const auto root = open_marked(spec.output.root, spec.output.marker);
  StepWork work{spec, root, report, inherited_locks(), open_log(spec), Handle()};
  std::optional<Lock> own;
  if (work.locks.empty()) {  // started by a person or a scheduler: nobody holds the destination for us
    own = try_destination_lock(root, spec.output.relative);
    if (!own)
      throw StepError(ErrorKind::kBusy, Cause::kBusy, fmt::format("another step is making {}", work.final_path()));
    work.locks.push_back(own->descriptor());
  }
  run_in(work);
}

}  // namespace

int run_step(const StepSpec& spec, const std::function<void(const StepEvent&)>& take) {
  try {
    run_locked(spec, take);
    return 0;
  } catch (const StepError& error) {
    take(failure(spec, error.cause(), error));
    return exit_code(error.kind());
  } catch (const Error& error) {
    take(failure(spec, Cause::kOther, error));
    return exit_code(error.kind());
  }
}

}  // namespace amphi
