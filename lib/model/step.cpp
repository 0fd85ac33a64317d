#include "amphi/step.hpp"

#include "model/json_reader.hpp"
#include "model/model_json.hpp"
#include "model/names.hpp"

namespace amphi {
namespace {

constexpr Names<StepState, 4> kStates{{{StepState::kReady, "ready"},
                                       {StepState::kAfter, "after"},
                                       {StepState::kWaiting, "waiting"},
                                       {StepState::kBlocked, "blocked"}}};
constexpr Names<Action, 2> kActions{{{Action::kMake, "make"}, {Action::kAdopt, "adopt"}}};
constexpr const char* kSpecSchema = "amphi.step.spec/1";

nlohmann::json tags_json(const std::vector<std::pair<std::string, std::string>>& tags) {
  auto out = nlohmann::json::array();
  for (const auto& [name, value] : tags) out.push_back({name, value});
  return out;
}

}  // namespace

std::string_view to_string(StepState state) {
  return name_of(kStates, state);
}
std::string_view to_string(Action action) {
  return name_of(kActions, action);
}

void to_json(nlohmann::json& out, const Source& source) {
  out = {{"kind", to_string(source.kind)}, {"path", source.path}};
}

void from_json(const nlohmann::json& in, Source& source) {
  const JsonReader read(in, "source");
  read.need_word("kind", source.kind, parse_source_kind);
  read.need("path", source.path);
}

static void to_json(nlohmann::json& out, const StepOutput& output) {
  out = {{"root", output.root},
         {"marker", output.marker},
         {"relative", output.relative},
         {"temporary", output.temporary},
         {"scratch", output.scratch},
         {"replaces", json_or_null(output.replaces)},
         {"mode", json_or_null(output.mode)},
         {"group", json_or_null(output.group)}};
}

static void from_json(const nlohmann::json& in, StepOutput& output) {
  const JsonReader read(in, "output");
  read.need("root", output.root);
  read.need("marker", output.marker);
  read.need("relative", output.relative);
  read.need("temporary", output.temporary);
  read.take("scratch", output.scratch);
  read.take("replaces", output.replaces);
  read.take("mode", output.mode);
  read.take("group", output.group);
}

static void to_json(nlohmann::json& out, const Expectation& expected) {
  out = {{"duration_seconds", expected.duration_seconds},
         {"measured", expected.measured},
         {"exact", expected.exact},
         {"video_streams", expected.video_streams},
         {"audio_streams", expected.audio_streams},
         {"subtitle_streams", expected.subtitle_streams},
         {"chapters", expected.chapters}};
}

static void from_json(const nlohmann::json& in, Expectation& expected) {
  const JsonReader read(in, "expected");
  read.need("duration_seconds", expected.duration_seconds);
  read.take("measured", expected.measured);
  read.take("exact", expected.exact);
  read.need("video_streams", expected.video_streams);
  read.need("audio_streams", expected.audio_streams);
  read.need("subtitle_streams", expected.subtitle_streams);
  read.need("chapters", expected.chapters);
}

void to_json(nlohmann::json& out, const StepSpec& spec) {
  out = {{"schema", kSpecSchema},
         {"id", spec.id},
         {"stage", to_string(spec.stage)},
         {"action", to_string(spec.action)},
         {"fingerprint", spec.fingerprint},
         {"reference", spec.reference},
         {"disc_label", spec.disc_label},
         {"disc_kind", spec.disc_kind},
         {"track_number", spec.track_number},
         {"tool", spec.tool},
         {"preset", spec.preset},
         {"preset_files", spec.preset_files},
         {"tool_arguments", spec.tool_arguments},
         {"min_length", spec.min_length},
         {"source", json_or_null(spec.source)},
         {"input", spec.input},
         {"input_receipt", json_or_null(spec.input_receipt)},
         {"track", spec.track},
         {"tags", tags_json(spec.tags)},
         {"log_path", spec.log_path},
         {"watchdog_seconds", spec.watchdog_seconds}};
  to_json(out["output"], spec.output);
  to_json(out["expected"], spec.expected);
}

void from_json(const nlohmann::json& in, StepSpec& spec) {
  const JsonReader read(in, "step specification");
  std::string schema;
  read.need("schema", schema);
  if (schema != kSpecSchema) throw Error(ErrorKind::kUsage, "step specification: its schema is '" + schema + "'");
  read.need("id", spec.id);
  read.need_word("stage", spec.stage, parse_stage);
  read.need_word("action", spec.action, [](std::string_view text) { return value_of(kActions, text); });
  read.need("fingerprint", spec.fingerprint);
  read.need("reference", spec.reference);
  read.take("disc_label", spec.disc_label);
  read.take("disc_kind", spec.disc_kind);
  read.take("track_number", spec.track_number);
  read.need("tool", spec.tool);
  read.take("preset", spec.preset);
  read.take("preset_files", spec.preset_files);
  read.take("tool_arguments", spec.tool_arguments);
  read.take("min_length", spec.min_length);
  read.take("source", spec.source);
  read.take("input", spec.input);
  read.take("input_receipt", spec.input_receipt);
  read.need("track", spec.track);
  read.take("tags", spec.tags);
  read.need("log_path", spec.log_path);
  read.take("watchdog_seconds", spec.watchdog_seconds);
  from_json(read.part("output"), spec.output);
  from_json(read.part("expected"), spec.expected);
}

}  // namespace amphi
