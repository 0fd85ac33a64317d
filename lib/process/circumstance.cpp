#include "process/circumstance.hpp"

#include <sys/stat.h>

#include <fmt/format.h>

#include "base/child.hpp"
#include "base/programs.hpp"
#include "base/space.hpp"
#include "disc/medium_state.hpp"

namespace amphi {
namespace {

std::string state_of_file(const std::string& path) {
  struct stat info {};
  if (path.empty() || ::stat(path.c_str(), &info) != 0) return path + " is not there";
  return fmt::format("{} {} {}.{:09}", path, info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
}

const Tool& tool_of(const TrackSnapshot& track, Stage stage) {
  return stage == Stage::kRip ? track.ripper->tool : track.encoder->tool;
}

std::string program_of(const Tool& tool) {
  return std::string(tool.program ? tool.program->name : tool.name);
}

std::string state_of_program(const std::string& program) {
  const auto path = find_program(program);
  return path ? state_of_file(*path) : program + " is not installed";
}

std::string state_of_presets(const Config& config, const TrackSnapshot& track) {
  auto text = fmt::format("{} {}", track.encoder->tool.name, track.preset);
  for (const auto& file : config.transcode.preset_files) text += "; " + state_of_file(file);
  return text;
}

// The kernel counts how often a drive's medium was changed; an image is what its size and time say.
std::string state_of_medium(const std::string& source) {
  const auto number = medium_number(source);
  return number ? source + " " + *number : state_of_file(source);
}

// What the stage reads: the disc, or the file that was made of it.
std::string state_of_input(const TrackSnapshot& track, Stage stage) {
  if (stage == Stage::kRip) return state_of_medium(track.source);
  const auto& rip = track.stages[Stage::kRip].receipt;
  return rip ? state_of_file(rip->path) : "nothing is ripped";
}

// In bytes; "" where nobody can tell.
std::string room_in(const std::string& folder) {
  const auto free = free_bytes(folder);
  return free ? std::to_string(*free) : "";
}

}  // namespace

std::map<Cause, std::string> circumstances(const Config& config, const TrackSnapshot& track, Stage stage) {
  const auto tool = state_of_program(program_of(tool_of(track, stage)));
  return {{Cause::kTool, tool},
          {Cause::kKey, tool},
          {Cause::kPreset, state_of_presets(config, track)},
          {Cause::kMedium, state_of_input(track, stage)},
          {Cause::kSpace, room_in(track.stages[stage].output_root)}};
}

std::string circumstance_of(const Config& config, const TrackSnapshot& track, Stage stage, std::optional<Cause> cause) {
  if (!cause) return "";
  const auto all = circumstances(config, track, stage);
  const auto found = all.find(*cause);
  return found == all.end() ? "" : found->second;
}

}  // namespace amphi
