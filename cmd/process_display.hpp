// What `process` shows while it runs: JSON Lines on stdout; or lines on stdout (what failed or waits: on stderr) and
// progress on stderr, as bars that are redrawn in place on a terminal, else as a line every ten percent.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "amphi/process.hpp"
#include "context.hpp"

namespace amphi::cmd {

class ProcessDisplay {
 public:
  virtual ~ProcessDisplay() = default;
  virtual void take(const ProcessEvent& event) = 0;
  virtual void finish() = 0;  // clears what was drawn
};

// `disc_name`: how a disc is called in a line; asked once for each.
using DiscName = std::function<std::string(DiscId)>;
std::unique_ptr<ProcessDisplay> make_display(Context& context, DiscName disc_name);

// "rip       dvd-a1b2c3d:1" as the lines and bars name a step; the latter part is a TRACK that other verbs take.
std::string step_name(const PlannedStep& step, const std::string& disc);

// One bar of `width` columns: name, bar, percentage, speed, time left.
std::string progress_bar(const std::string& name, const Progress& progress, int width, const Appearance& appearance);

std::string speed_text(const std::optional<Speed>& speed);  // "2.3x", "8.1 MB/s", ""

}  // namespace amphi::cmd
