// What the stages of a step share: the specification, the root it works beneath, the file it makes, its report.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "amphi/step.hpp"
#include "base/handle.hpp"
#include "base/orphans.hpp"
#include "base/root.hpp"
#include "base/signals.hpp"
#include "model/worker_job.hpp"
#include "step/checkpoint.hpp"

namespace amphi {

using StepReport = std::function<void(const StepEvent&)>;

// A step that failed, with the cause that decides whether trying again makes sense.
class StepError : public Error {
 public:
  StepError(ErrorKind kind, Cause cause, std::string message, std::string hint = {})
      : Error(kind, std::move(message), std::move(hint)), cause_(cause) {}
  Cause cause() const { return cause_; }

 private:
  Cause cause_;
};

// What making the file brought to light, besides the file itself.
struct Made {
  MediaFacts media;
  std::int64_t bad_sectors = 0;
  std::optional<std::string> sha256;
  std::string tool_version;
  std::vector<std::string> same_inode;
};

struct StepWork {
  StepSpec spec;  // its own copy: the ripper corrects it where the disc declared what is not there
  const Root& root;
  const StepReport& report;
  std::vector<int> locks;   // descriptors handed down by the coordinator, handed on to the tools: held means alive
  Handle log;               // the tools' own output; none without a log path
  Handle file;              // the temporary file, kept open from its making to its fsync
  std::int64_t logged = 0;  // bytes of what the tools said
  bool progressed = false;
  bool copied = false;     // the scratch file has the whole title: a fault found now is one of its sectors
  ino_t published = 0;     // what the final name becomes another name of, from the instant before
  bool exchanged = false;  // the old file then has the temporary name
  bool stands = false;     // the artifact is durable under its final name: what fails now is tidying up
  int signals_before = signals_received();
  Orphans orphans{};  // what its tools leave

  std::string stage() const { return std::string(to_string(spec.stage)); }
  std::string temporary_path() const { return root.path() + "/" + spec.output.temporary; }  // for people
  // What tools are given: the file itself. By its path they would follow a link swapped in for one of its folders.
  std::string file_path() const { return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(file.get()); }
  std::string final_path() const { return root.path() + "/" + spec.output.relative; }
};

StepEvent event_of(StepEvent::Type type, double fraction);
StepEvent progress_event(Phase phase, double fraction);
void report_progress(StepWork& work, const StepEvent& event);
void write_log(StepWork& work, std::string_view line);

// Runs `act` between the two sides of a named point of the protocol.
template <class Act>
void at_point(const StepWork& work, std::string_view name, Act act) {
  checkpoint(work.stage(), name, Side::kBefore);
  act();
  checkpoint(work.stage(), name, Side::kAfter);
}

// The makers: each fills `work.file` (or, for makemkv, creates it) and tells what it made.
Made rip_with_libdvdread(StepWork& work);
Made rip_with_libbluray(StepWork& work);
Made rip_with_makemkv(StepWork& work);
Made rip_with_cd_paranoia(StepWork& work);
Made transcode(StepWork& work);
Made copy_input(StepWork& work);

// The insert of one file system: no file is made, the input gets another name. nullopt: it cannot be linked, copy.
std::optional<Receipt> insert_by_link(StepWork& work);
// Takes what is at the final name, probed.
Receipt adopt_in_place(StepWork& work);

// The steps of the protocol that the ways of making an artifact share.
Receipt receipt_of(const StepWork& work, const Made& made, const struct stat& file);
void apply_mode_and_group(const StepWork& work, int descriptor);
void demand_good(const Expectation& expected, const MediaFacts& found, std::int64_t size_bytes);
// Of what a tool wrote: it may say that it is done and have failed at the very end.
void demand_finished(const ProbeResult& found);
void demand_input_unchanged(const StepWork& work);
void demand_as_recorded(const StepWork& work, const struct stat& input);
void refuse_occupied(const StepWork& work);  // throws: the final name is somebody else's

}  // namespace amphi
