// The steps still to do, each with its reason. Pure: values in, a value out; no disk, no database, no clock.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "amphi/artifact.hpp"
#include "amphi/disc.hpp"
#include "amphi/ids.hpp"
#include "amphi/library.hpp"
#include "amphi/request.hpp"
#include "amphi/stage.hpp"
#include "amphi/tool.hpp"
#include "amphi/track.hpp"

namespace amphi {

// One stage of one track as it stands now.
struct StageSnapshot {
  Verdict verdict = Verdict::kPending;
  std::optional<Receipt> receipt;   // what is recorded
  std::optional<Observation> seen;  // the look that led to the verdict
  bool stale = false;               // flagged for reprocessing and older than the flag
  bool misplaced = false;           // insert: titles changed since; the file stays where it is
  std::string output_root;          // absolute; "" where it is not known
  std::string output_relative;      // where this stage would write now; "" with `waiting` set
  std::string waiting;              // why this stage cannot be placed: missing key, unmounted folder; "" when it can
  bool foreign_file = false;        // output path exists on disk, and nothing recorded it: to be adopted
  // Only planning asks. About what making the artifact takes up at its peak; what of that is there from a try before;
  // what its folder has room for.
  std::int64_t needed_bytes = 0, begun_bytes = 0;
  std::optional<std::int64_t> free_bytes;
};

struct TrackSnapshot {
  DiscId disc_id;
  std::string disc_name;  // for reasons: title or label
  std::string fingerprint;
  TrackId id;
  int number = 0;
  std::string reference;
  bool wanted = true;
  bool vanished = false;
  PerStage<StageSnapshot> stages;
  const Ripper* ripper = nullptr;  // rows of tool.hpp, of whoever surveyed
  const Encoder* encoder = nullptr;
  std::string preset;                       // in force; "copy": insert takes the rip
  std::string preset_trouble;               // why the preset cannot be used; "" when it can
  std::string source;                       // path of the disc as found now; "" where it is in no drive and no image
  std::string source_trouble;               // why there is no source
  PerStage<std::vector<Attempt>> failures;  // failed attempts since the last success or request, oldest first
  // What causes hang on as it is now: cause -> circumstance (kKey, kPreset, kTool, kMedium). A cause that is not in
  // here counts as unchanged, but for kSpace (bytes of room). Only resuming asks.
  PerStage<std::map<Cause, std::string>> circumstances;
  std::string held_by;  // another amphi works on this track now: who, since when; "" when nobody
};

enum class Action { kMake, kAdopt };
enum class StepState { kReady, kAfter, kWaiting, kBlocked };
std::string_view to_string(StepState state);  // "ready", "after", "waiting", "blocked"
std::string_view to_string(Action action);    // "make", "adopt"

struct PlannedStep {
  std::string id;  // 16 hex: hash of disc, reference, stage, input receipt
  TrackId track_id;
  DiscId disc_id;
  int track_number = 0;
  std::string reference;
  Stage stage = Stage::kRip;
  Action action = Action::kMake;
  StepState state = StepState::kReady;
  std::vector<std::string> after;  // ids of steps that must end well first
  std::string reason;              // "nothing ripped yet", "transcode missing: /srv/...", "library.movies is not set"
  std::string input;               // path: source of the disc, or the artifact before
  std::string output;  // absolute path; adopt: the file to adopt; replaces: where the recorded file lies, even
                       // when its name would be another now; "" while it is not known where
  const Tool* tool = &kProbeTool;  // of the ripper, the encoder, or kLinkTool; adopt: kProbeTool
  bool replaces = false;           // reprocessing: the new file takes the old one's place by exchange
};

struct Plan {
  std::vector<PlannedStep> steps;  // in the order in which they would start
  std::vector<std::string> notes;  // "dvd-a1b2c3d:1: preset is now X; the transcode made with Y stays"
  bool finished() const { return steps.empty(); }
};

struct PlanInput {
  // The chosen ones, each planned as it is: leaving out what is not wanted is the caller's (selected_by_default), so
  // that a decoy can be asked for by its number. Any order; the plan goes by disc, then number.
  std::vector<TrackSnapshot> tracks;
  Stage until = Stage::kInsert;
  // `process DISC` tries what failed before and makes again what the user deleted; --resume only continues.
  enum class Mode { kAsked, kResume } mode = Mode::kAsked;
  int max_attempts = 3;
  // Collision keys of library files recorded for tracks that are not in `tracks` -> "dvd-a1b2c3d:1 (Title)".
  std::map<std::string, std::string> taken;
};

// Of each track, looked at from the end: the stages up to `until` that do not stand as recorded, back to the first that
// does, is to be adopted, has changed or cannot be read. A step behind a step that waits or is blocked is kAfter.
// Resuming leaves alone (with a note) what was finished and then deleted, and respects earlier failures: one whose
// cause is key, preset, tool or medium waits until its circumstance changes; `max_attempts` others block.
Plan make_plan(const PlanInput& input);

// What an estimate hangs on.
struct SpaceFacts {
  Stage stage = Stage::kRip;
  bool copies_sectors = false;    // rip: the sectors lie beside the file at the end
  std::int64_t source_bytes = 0;  // the title as the disc declares it, or the artifact before; 0: not known
  double ratio = 1;               // transcode: output to input, as seen so far with the preset
  bool can_link = false;          // insert: one file system holds both
};
std::int64_t estimate_bytes(const SpaceFacts& facts);  // at the peak

// The same step has the same id in every plan until it is committed: a killed rip finds its sectors again. `generation`
// is what was recorded before, so that a file made anew has another id than the one it follows.
std::string step_id(std::string_view fingerprint, std::string_view reference, Stage stage,
                    std::string_view input_step_id, std::string_view generation);

// Track numbers: "1,3-5". Throws kUsage.
std::vector<int> parse_track_list(std::string_view text);

// Chosen by default: wanted, not vanished, and not complete up to `until`.
bool selected_by_default(const TrackSnapshot& track, Stage until);

}  // namespace amphi
