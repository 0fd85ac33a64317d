#include "amphi/cause.hpp"

#include "model/names.hpp"

namespace amphi {
namespace {

constexpr Names<Cause, 11> kCauses{{{Cause::kOther, "other"},
                                    {Cause::kKey, "key"},
                                    {Cause::kPreset, "preset"},
                                    {Cause::kTool, "tool"},
                                    {Cause::kMedium, "medium"},
                                    {Cause::kSpace, "space"},
                                    {Cause::kJudge, "judge"},
                                    {Cause::kSource, "source"},
                                    {Cause::kUsage, "usage"},
                                    {Cause::kBusy, "busy"},
                                    {Cause::kInterrupted, "interrupted"}}};
constexpr Names<Outcome, 4> kOutcomes{{{Outcome::kRunning, "running"},
                                       {Outcome::kDone, "done"},
                                       {Outcome::kFailed, "failed"},
                                       {Outcome::kInterrupted, "interrupted"}}};

}  // namespace

std::string_view to_string(Cause cause) {
  return name_of(kCauses, cause);
}
std::optional<Cause> parse_cause(std::string_view text) {
  return value_of(kCauses, text);
}

std::optional<Cause> recorded_cause(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return parse_cause(text).value_or(Cause::kOther);
}
std::string_view recorded_word(std::optional<Cause> cause) {
  return cause ? to_string(*cause) : std::string_view();
}

std::string_view to_string(Outcome outcome) {
  return name_of(kOutcomes, outcome);
}
std::optional<Outcome> parse_outcome(std::string_view text) {
  return value_of(kOutcomes, text);
}

}  // namespace amphi
