// What a drive says of itself through the kernel's CD-ROM interface. Opened without waiting and without a disc.
#pragma once

#include <string>

#include "amphi/drive.hpp"

namespace amphi {

struct DriveAnswer {
  DriveState state = DriveState::kUnreadable;
  std::string trouble;
};

DriveAnswer ask_drive(const std::string& path);

// After a disc was put in, a drive takes seconds until it can be read. Throws kUnavailable when there is no disc, kBusy
// when it is still loading after ten seconds. A block device that is no optical drive passes: it may hold an image.
void wait_until_ready(const std::string& path);

// Audio, alone or with data: what the drive says of the disc in it.
bool holds_audio(const std::string& path);

}  // namespace amphi
