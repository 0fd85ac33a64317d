// The preset in force for a track, and whether anybody knows it. Names are checked lazily: asking HandBrakeCLI costs
// more than most verbs do, so only a transcode that is to be done is worth it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "amphi/config.hpp"
#include "amphi/disc.hpp"
#include "amphi/tool.hpp"
#include "amphi/track.hpp"

namespace amphi {

class Presets {
 public:
  explicit Presets(const Config& config) : config_(config) {}

  std::string in_force(DiscKind kind, const Track& track) const;
  std::vector<std::string> arguments(const Encoder& encoder, const std::string& preset) const;  // of the output
  std::string trouble_with(const Encoder& encoder, const std::string& preset);  // "" where it can be used

 private:
  std::string trouble_with_listed(const Encoder& encoder, const std::string& preset);

  const Config& config_;
  std::optional<std::vector<std::string>> known_;
  std::string unknowable_;  // why the known ones could not be listed
};

}  // namespace amphi
