#include "amphi/step.hpp"
#include "model/json_reader.hpp"
#include "model/names.hpp"

namespace amphi {
namespace {

using Type = StepEvent::Type;
constexpr Names<Type, 5> kEventTypes{{{Type::kStarted, "started"},
                                      {Type::kProgress, "progress"},
                                      {Type::kSealed, "sealed"},
                                      {Type::kPublished, "published"},
                                      {Type::kFailed, "failed"}}};

}  // namespace

void to_json(nlohmann::json& out, const StepEvent& event) {
  out = event.progress;
  out.update({{"event", name_of(kEventTypes, event.type)},
              {"receipt", json_or_null(event.receipt)},
              {"cause", recorded_word(event.cause)},
              {"message", event.message},
              {"hint", event.hint},
              {"circumstance", event.circumstance}});
}

void from_json(const nlohmann::json& in, StepEvent& event) {
  const JsonReader read(in, "step event");
  read.need_word("event", event.type, [](std::string_view text) { return value_of(kEventTypes, text); });
  in.get_to(event.progress);
  read.take("receipt", event.receipt);
  std::string cause;
  read.take("cause", cause);
  event.cause = recorded_cause(cause);
  read.take("message", event.message);
  read.take("hint", event.hint);
  read.take("circumstance", event.circumstance);
}

}  // namespace amphi
