// How far a worker, a tool or a step has come.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace amphi {

enum class Phase : std::uint8_t { kScan, kCopy, kRemux, kEncode, kLink, kJudge };
std::string_view to_string(Phase phase);  // "scan", "copy", "remux", "encode", "link", "judge"
std::optional<Phase> parse_phase(std::string_view text);

enum class SpeedUnit : std::uint8_t { kRealTime, kBytes };  // seconds of media a second; bytes a second
std::string_view to_string(SpeedUnit unit);                 // "x", "B/s"
std::optional<SpeedUnit> parse_speed_unit(std::string_view text);

struct Speed {
  double value = 0;
  SpeedUnit unit = SpeedUnit::kRealTime;
};

struct Progress {
  double fraction = 0;         // 0 to 1, of whatever reports: a worker's job, a tool's run, the step
  std::optional<Phase> phase;  // a worker has but one, and does not name it
  std::optional<Speed> speed;
  std::optional<double> eta_seconds;
};

// {"fraction":0.25,"phase":"copy","speed":9.1e6,"speed_unit":"B/s","eta_seconds":12}; a missing word is "", a missing
// number null. Reading takes what is there and throws amphi::Error kUsage on a wrong type; a word that is not known
// counts as missing.
void to_json(nlohmann::json& out, const Progress& progress);
void from_json(const nlohmann::json& in, Progress& progress);

}  // namespace amphi
