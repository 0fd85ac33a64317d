// The stages a track goes through, in order. This list is the only place that names them all.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace amphi {

enum class Stage : std::uint8_t { kRip, kTranscode, kInsert };

inline constexpr std::array kStages{Stage::kRip, Stage::kTranscode, Stage::kInsert};

std::string_view to_string(Stage stage);  // "rip", "transcode", "insert"
std::optional<Stage> parse_stage(std::string_view text);

// One value per stage, indexed by the stage itself.
template <class T>
struct PerStage {
  std::array<T, kStages.size()> values{};

  T& operator[](Stage stage) { return values[static_cast<std::size_t>(stage)]; }
  const T& operator[](Stage stage) const { return values[static_cast<std::size_t>(stage)]; }
  bool operator==(const PerStage&) const = default;
};

}  // namespace amphi
