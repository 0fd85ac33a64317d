// Optical drives: those the configuration names, else those the system has (libudev). An image or folder may stand in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "amphi/source.hpp"

namespace amphi {

enum class DriveState { kEmpty, kOpen, kLoading, kDisc, kMissing, kUnreadable };
std::string_view to_string(DriveState state);  // "empty", "open", "loading", "disc", "missing", "unreadable"

struct Drive {
  std::string path;   // "/dev/sr0", or the image that stands in
  std::string model;  // "" where not known
  DriveState state = DriveState::kEmpty;
  bool stand_in = false;  // an image or a folder
  std::string trouble;    // unreadable: why
};

// Never opens a drive exclusively and never waits; `locked` ones are asked nothing that disturbs a rip.
std::vector<Drive> list_drives(const std::optional<std::vector<std::string>>& configured);

// Opens the tray. Throws kBusy, kUnavailable; a stand-in cannot be ejected (kUsage).
void eject_drive(const std::string& path);

}  // namespace amphi
