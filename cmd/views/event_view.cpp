#include "views/event_view.hpp"

#include "base/clock.hpp"
#include "views/plan_view.hpp"

namespace amphi::cmd {

namespace {

using R = const ProcessEvent&;
using Type = ProcessEvent::Type;

Json step_text(R event, std::string PlannedStep::*member) {
  return event.step ? or_null((*event.step).*member) : Json();
}
Json report_text(R event, std::string StepEvent::*member) {
  return event.report ? or_null((*event.report).*member) : Json();
}
Json count(R event, int ProcessEvent::*member) {
  return event.type == Type::kSummary ? Json(event.*member) : Json();
}
Json fraction(R event) {
  return event.report && event.type == Type::kProgress ? finite(event.report->progress.fraction) : Json();
}
template <class Word>
Json word_or_null(const std::optional<Word>& word) {
  return word ? Json(to_string(*word)) : Json();
}
Progress progress_of(R event) {
  return event.report ? event.report->progress : Progress{};
}
Json speed(R event) {
  const auto known = progress_of(event).speed;
  return known ? finite(known->value) : Json();
}
Json speed_unit(R event) {
  const auto known = progress_of(event).speed;
  return known ? Json(to_string(known->unit)) : Json();
}
Json maybe_finite(const std::optional<double>& value) {
  return value ? finite(*value) : Json();
}

std::vector<Field<ProcessEvent>> step_fields() {
  return {
      {{"event", "plan|step_started|progress|step_finished|step_failed|summary", "what happened"},
       [](R e) { return Json(event_name(e.type)); }},
      {{"time", "time", "when"}, [](R e) { return Json(to_rfc3339(e.time)); }},
      {{"track_id", "integer?", "catalog id of the track"},
       [](R e) { return e.step ? Json(e.step->track_id.value) : Json(); }},
      {{"stage", "rip|transcode|insert?", "stage of the step"},
       [](R e) { return e.step ? Json(to_string(e.step->stage)) : Json(); }},
      {{"step_id", "string?", "the step"}, [](R e) { return step_text(e, &PlannedStep::id); }},
      {{"disc_id", "integer?", "catalog id of the disc"},
       [](R e) { return e.step ? Json(e.step->disc_id.value) : Json(); }},
      {{"track_number", "integer?", "number on the disc"},
       [](R e) { return e.step ? Json(e.step->track_number) : Json(); }},
      {{"tool", "string?", "what does it"}, [](R e) { return e.step ? Json(e.step->tool->name) : Json(); }},
      {{"output", "string?", "the file it makes"}, [](R e) { return step_text(e, &PlannedStep::output); }},
  };
}

std::vector<Field<ProcessEvent>> progress_fields() {
  return {
      {{"fraction", "number?", "progress: 0 to 1"}, fraction},
      {{"phase", "string?", "what the step does now"}, [](R e) { return word_or_null(progress_of(e).phase); }},
      {{"speed", "number?", "in speed_unit"}, speed},
      {{"speed_unit", "string?", "x: times real time; B/s"}, speed_unit},
      {{"eta_seconds", "number?", "time left"}, [](R e) { return maybe_finite(progress_of(e).eta_seconds); }},
      {{"size_bytes", "integer?", "step_finished: size of the file"},
       [](R e) { return e.report && e.report->receipt ? Json(e.report->receipt->size_bytes) : Json(); }},
      {{"cause", "string?", "step_failed: key preset tool medium space judge other"},
       [](R e) { return e.report ? word_or_null(e.report->cause) : Json(); }},
      {{"message", "string?", "step_failed: what went wrong"}, [](R e) { return report_text(e, &StepEvent::message); }},
      {{"hint", "string?", "step_failed: what to do"}, [](R e) { return report_text(e, &StepEvent::hint); }},
  };
}

std::vector<Field<ProcessEvent>> whole_fields() {
  return {
      {{"steps", "object[]?", "plan: the steps", {}, Column::kNone, Align::kLeft, Fit::kWhole, &step_info},
       [](R e) { return e.plan ? json_array_of(step_view(), e.plan->steps) : Json(); }},
      {{"notes", "string[]?", "plan: what else there is to know"},
       [](R e) { return e.plan ? Json(e.plan->notes) : Json(); }},
      {{"done", "integer?", "summary: steps done"}, [](R e) { return count(e, &ProcessEvent::done); }},
      {{"failed", "integer?", "summary: steps failed"}, [](R e) { return count(e, &ProcessEvent::failed); }},
      {{"waiting", "integer?", "summary: steps that wait"}, [](R e) { return count(e, &ProcessEvent::waiting); }},
      {{"blocked", "integer?", "summary: steps that are blocked"},
       [](R e) { return count(e, &ProcessEvent::blocked); }},
  };
}

}  // namespace

std::string_view event_name(ProcessEvent::Type type) {
  switch (type) {
    case Type::kPlan:
      return "plan";
    case Type::kStepStarted:
      return "step_started";
    case Type::kProgress:
      return "progress";
    case Type::kStepFinished:
      return "step_finished";
    case Type::kStepFailed:
      return "step_failed";
    case Type::kSummary:
      return "summary";
    case Type::kRecovered:
      return "";
  }
  return "";
}

const View<ProcessEvent>& event_view() {
  static const View<ProcessEvent> kView("event", "one line of process --json", [] {
    auto fields = step_fields();
    for (auto& field : progress_fields()) fields.push_back(field);
    for (auto& field : whole_fields()) fields.push_back(field);
    return fields;
  }());
  return kView;
}

const Document& process_document() {
  static const Document kDocument = [] {
    Document document{
        "amphi.process/1", "JSON Lines; each line one event, every field there", {}, {}, Document::Frame::kLines};
    for (const auto& field : event_view().info().fields) {
      document.parts.push_back({field.name, field.type, field.help, field.nested});
    }
    return document;
  }();
  return kDocument;
}

}  // namespace amphi::cmd
