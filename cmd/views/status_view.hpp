// Drives and work: `status`, `drive list`.
#pragma once

#include <optional>
#include <string>

#include "amphi/process.hpp"
#include "view.hpp"

namespace amphi::cmd {

// What a drive holds, and what the catalog knows of it.
struct DriveRow {
  DriveReport report;
  std::optional<Disc> disc;
  std::string state;  // of the disc, where it is known
};
const View<DriveRow>& drive_view();
const ViewInfo& drive_info();
std::string drive_story(const DriveRow& row);  // "no disc", "unknown disc SHORTS (dvd-a1b2c3d)" ...
std::string drive_next(const DriveRow& row);   // the command to go on with; "" where there is none

// A step that runs or was interrupted.
struct WorkRow {
  Interrupted work;
  std::string disc_name;
  int track_number = 0;
};
const View<WorkRow>& work_view();
const ViewInfo& work_info();

const Document& status_document();
const Document& drive_list_document();

}  // namespace amphi::cmd
