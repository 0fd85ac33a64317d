#include "amphi/progress.hpp"

#include "model/json_reader.hpp"
#include "model/names.hpp"

namespace amphi {
namespace {

constexpr Names<Phase, 6> kPhases{{{Phase::kScan, "scan"},
                                   {Phase::kCopy, "copy"},
                                   {Phase::kRemux, "remux"},
                                   {Phase::kEncode, "encode"},
                                   {Phase::kLink, "link"},
                                   {Phase::kJudge, "judge"}}};
constexpr Names<SpeedUnit, 2> kUnits{{{SpeedUnit::kRealTime, "x"}, {SpeedUnit::kBytes, "B/s"}}};

std::string word_of(const JsonReader& read, const char* field) {
  std::string word;
  read.take(field, word);
  return word;
}

std::optional<Speed> speed_of(const JsonReader& read) {
  std::optional<double> value;
  read.take("speed", value);
  const auto unit = parse_speed_unit(word_of(read, "speed_unit"));
  return value && unit ? std::optional(Speed{*value, *unit}) : std::nullopt;
}

}  // namespace

std::string_view to_string(Phase phase) {
  return name_of(kPhases, phase);
}
std::optional<Phase> parse_phase(std::string_view text) {
  return value_of(kPhases, text);
}

std::string_view to_string(SpeedUnit unit) {
  return name_of(kUnits, unit);
}
std::optional<SpeedUnit> parse_speed_unit(std::string_view text) {
  return value_of(kUnits, text);
}

void to_json(nlohmann::json& out, const Progress& progress) {
  const auto& speed = progress.speed;
  out = {{"fraction", progress.fraction},
         {"phase", progress.phase ? to_string(*progress.phase) : ""},
         {"speed", speed ? nlohmann::json(speed->value) : nlohmann::json()},
         {"speed_unit", speed ? to_string(speed->unit) : ""},
         {"eta_seconds", json_or_null(progress.eta_seconds)}};
}

void from_json(const nlohmann::json& in, Progress& progress) {
  const JsonReader read(in, "progress");
  read.take("fraction", progress.fraction);
  progress.phase = parse_phase(word_of(read, "phase"));
  progress.speed = speed_of(read);
  read.take("eta_seconds", progress.eta_seconds);
}

}  // namespace amphi
