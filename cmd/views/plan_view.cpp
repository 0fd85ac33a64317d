#include "views/plan_view.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "printer.hpp"

namespace amphi::cmd {

namespace {

using R = const PlannedStep&;
using A = const Appearance&;

Style style_of(StepState state) {
  if (state == StepState::kReady) return Style::kGreen;
  if (state == StepState::kBlocked) return Style::kRed;
  return state == StepState::kWaiting ? Style::kYellow : Style::kDim;
}

std::vector<Field<PlannedStep>> step_fields() {
  return {
      {{"id", "string", "hash of disc, reference, stage and input receipt", "STEP", Column::kAsked},
       [](R s) { return Json(s.id); }},
      {{"disc_id", "integer", "catalog id of the disc", "DISC", Column::kAsked, Align::kRight},
       [](R s) { return Json(s.disc_id.value); }},
      {{"track_id", "integer", "catalog id of the track", "TRACK", Column::kShown, Align::kRight},
       [](R s) { return Json(s.track_id.value); }},
      {{"track_number", "integer", "its number on the disc", "#", Column::kShown, Align::kRight},
       [](R s) { return Json(s.track_number); }},
      {{"reference", "string", "what the track really is", "REFERENCE", Column::kAsked},
       [](R s) { return Json(s.reference); }},
      {{"stage", "rip|transcode|insert", "what the step makes", "STAGE", Column::kShown},
       [](R s) { return Json(to_string(s.stage)); }},
      {{"action", "make|adopt", "make it, or take over what is there", "ACTION", Column::kAsked},
       [](R s) { return Json(to_string(s.action)); }},
      {{"state", "ready|after|waiting|blocked", "whether it can start", "STATE", Column::kShown},
       [](R s) { return Json(to_string(s.state)); },
       [](R s, A) { return Cell(std::string(to_string(s.state)), style_of(s.state)); }},
      {{"after", "string[]", "steps that must end well first"}, [](R s) { return Json(s.after); }},
      {{"reason", "string", "why it is to be done, or why it cannot", "REASON", Column::kShown, Align::kLeft,
        Fit::kFlexible},
       [](R s) { return Json(s.reason); }},
      {{"tool", "string?", "what does it", "TOOL", Column::kShown, Align::kLeft, Fit::kDroppable},
       [](R s) { return Json(s.tool->name); }},
      {{"input", "string?", "what it reads", "INPUT", Column::kAsked, Align::kLeft, Fit::kFlexible},
       [](R s) { return or_null(s.input); }},
      {{"output", "string?", "the file it makes", "OUTPUT", Column::kShown, Align::kLeft, Fit::kFlexible},
       [](R s) { return or_null(s.output); }},
      {{"replaces", "boolean", "takes the place of an older file once it is durable"},
       [](R s) { return Json(s.replaces); }},
  };
}

}  // namespace

const View<PlannedStep>& step_view() {
  static const View<PlannedStep> kView("step", "one stage of one track, still to do", step_fields());
  return kView;
}

const ViewInfo& step_info() {
  return step_view().info();
}

const Document& plan_document() {
  static const Document kDocument{"amphi.plan/1",
                                  "the steps that process would take",
                                  {{"steps", "object[]", "in the order in which they would start", &step_info},
                                   {"notes", "string[]", "what else there is to know"}},
                                  "steps"};
  return kDocument;
}

void print_plans(Context& context, const std::vector<std::string>& columns,
                 const std::function<void(const std::function<void(const Plan&)>&)>& each) {
  std::vector<std::string> notes;
  const auto for_each_step = [&](const auto& take) {
    each([&](const Plan& plan) {
      for (const auto& step : plan.steps) take(step);
      notes.insert(notes.end(), plan.notes.begin(), plan.notes.end());
    });
  };
  if (context.json()) {
    chosen_columns(step_info(), columns);
    JsonDocument json(context, plan_document());
    json.begin_list("steps");
    for_each_step([&](const PlannedStep& step) { json.add_item(json_of(step_view(), step)); });
    json.end_list();
    json.add("notes", notes);
    return json.finish();
  }
  if (print_list<PlannedStep>(context, plan_document(), step_view(), columns, for_each_step) == 0) {
    context.out().line("nothing to do");
  }
  for (const auto& note : notes) context.out().line(fmt::format("note: {}", escape_controls(note)));
}

}  // namespace amphi::cmd
