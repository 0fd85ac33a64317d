// Doing what the plan says: surveys of discs, the coordinator with this machine's engine, recovery, and the single acts
// of `track verify|reset|adopt`. cmd calls only this; everything here goes through Catalog, Config and plain values.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "amphi/catalog.hpp"
#include "amphi/cleanup.hpp"
#include "amphi/config.hpp"
#include "amphi/drive.hpp"
#include "amphi/episodes.hpp"
#include "amphi/plan.hpp"
#include "amphi/reader.hpp"
#include "amphi/step.hpp"

namespace amphi {

// ---- looking -------------------------------------------------------------------------------------------------------

// kDisk looks at every file and stores what it saw when the catalog is writable; kStored answers from the last look.
enum class Look { kDisk, kStored };

enum class TrackStatus { kDiscovered, kRipped, kTranscoded, kComplete, kRunning, kInterrupted, kFailed, kWaiting };
std::string_view to_string(TrackStatus status);

struct TrackReport {
  TrackSnapshot snapshot;
  TrackStatus status = TrackStatus::kDiscovered;
  bool selected = false;    // `process` would take it by default
  bool resettable = false;  // something is recorded that reset would clear
};

struct DiscReport {
  DiscRecord record;
  std::vector<TrackReport> tracks;  // the same order as record.tracks
  std::string state;                // discovered ripped transcoded complete
};

DiscReport survey_disc(Catalog& catalog, const Config& config, DiscId disc, Look look);

// What one drive holds, matched against the catalog.
struct DriveReport {
  Drive drive;
  bool busy = false;        // locked by a rip; not disturbed
  std::string fingerprint;  // "" without a readable disc
  std::string volume_label;
  std::optional<DiscId> disc;  // known
  std::string trouble;         // why the disc could not be read
};
std::vector<DriveReport> survey_drives(Catalog* catalog, const Config& config);

// The disc in the (only) drive, read and looked up; throws kUnavailable/kAmbiguous as `disc show` without DISC must.
Source default_source(const Config& config);

// DISC as the command line means it: id, fingerprint, identifier, or a source that is read. kNotFound when unknown.
DiscId resolve_disc(Catalog& catalog, const Config& config, const std::optional<std::string>& selector);

// The whole disc, for the catalog; which disc the source holds is remembered, so that nothing has to be read to
// recognise it again until its medium changes. Throws as read_disc does.
ScannedDisc read_and_remember(Catalog& catalog, const Source& source, const ReadOptions& options);

// ---- episodes ------------------------------------------------------------------------------------------------------

// What number_episodes says of the disc beside the other discs of its show. kSave: in the catalog, too; looked at and
// written in one transaction.
enum class Saving { kSave, kDryRun };
EpisodeNumbering number_disc(Catalog& catalog, DiscId disc, const EpisodesAsked& asked, Saving saving);

// ---- planning and running ------------------------------------------------------------------------------------------

// Of the tracks given, or of those that `process` would choose.
Plan plan_disc(Catalog& catalog, const Config& config, DiscId disc, const std::optional<std::vector<TrackId>>& tracks,
               Stage until, PlanInput::Mode mode);
// What `process` would choose of each disc, a plan at a time: a whole catalog's is never held. Discs that would write
// the same library file are planned together, so that each plan names its conflicts.
void plan_discs(Catalog& catalog, const Config& config, const std::vector<DiscId>& discs, Stage until,
                const std::function<void(const Plan&)>& take);

struct ProcessOptions {
  PlanInput::Mode mode = PlanInput::Mode::kAsked;
  std::optional<DiscId> disc;   // --resume: only this one's requests
  std::vector<TrackId> tracks;  // kAsked: the chosen ones
  Stage until = Stage::kInsert;
  int jobs = 0;       // 0: as configured
  bool wait = false;  // for locks
  // What `step run` is asked of: itself, so that an upgrade never mixes versions.
  std::string program = "/proc/self/exe";
};

struct ProcessEvent {
  enum class Type { kPlan, kStepStarted, kProgress, kStepFinished, kStepFailed, kSummary, kRecovered };
  Type type = Type::kPlan;
  Timestamp time;
  std::optional<Plan> plan;                            // kPlan
  std::optional<PlannedStep> step;                     // steps
  std::optional<StepEvent> report;                     // progress, finished, failed
  std::string message;                                 // kRecovered: what was settled
  int done = 0, failed = 0, waiting = 0, blocked = 0;  // kSummary
};

struct ProcessSummary {
  int done = 0, failed = 0, waiting = 0, blocked = 0;
  int busy = 0;  // of those waiting: another amphi holds what they need
  bool cancelled = false;
  int signal = 0;  // ended by this one; 0: not
  bool unfinished() const { return failed + waiting + blocked > 0 || cancelled; }
};

// The request is stored first. Throws kBusy when nothing could be taken because other amphis hold all of it.
ProcessSummary run_process(Catalog& catalog, const Config& config, const ProcessOptions& options,
                           const std::function<void(const ProcessEvent&)>& take);

// Stops what runs for the disc (or everything), from any shell. Returns how many requests it ended.
int cancel_requests(Catalog& catalog, std::optional<DiscId> disc);

// One step, as engines start it. Reports through `take`; the exit code is the table's.
int run_step(const StepSpec& spec, const std::function<void(const StepEvent&)>& take);

// Settles what an interrupted amphi left: every intent that nobody holds, half-made copies of the catalog. Says what it
// did, one line each. First thing in every verb that writes.
std::vector<std::string> recover(Catalog& catalog, const Config& config);

// What a crash left, without touching it: for `status`.
struct Interrupted {
  Intent intent;
  bool alive = false;     // its lock is held
  bool readable = false;  // false: only the reset of its track ends it
};
std::vector<Interrupted> interrupted_work(Catalog& catalog);

// ---- single acts on tracks -----------------------------------------------------------------------------------------

struct VerifyOptions {
  std::optional<Stage> stage;
  bool checksum = false;
  bool probe = false;
  bool record_digests = true;  // where none is recorded: it is taken now, for the next time
};
struct StageAnswer {
  Verdict verdict = Verdict::kPending;
  std::string path;
  std::string detail;               // "is 12 s shorter than recorded", "not mounted" ...
  bool nothing_to_compare = false;  // the digest was asked for, and none was recorded before
};
struct TrackAnswer {
  TrackId track;
  PerStage<StageAnswer> stages;
};
// A track at a time, with what was recorded and seen of it; the looks are stored when the catalog is writable.
using TakeAnswer = std::function<void(const TrackAnswer&, const TrackSnapshot&)>;
void verify_tracks(Catalog& catalog, const Config& config, const std::vector<TrackId>& tracks,
                   const VerifyOptions& options, const TakeAnswer& take);
void verify_discs(Catalog& catalog, const Config& config, const std::vector<DiscId>& discs,
                  const VerifyOptions& options, const TakeAnswer& take);

struct ResetOptions {
  Stage from = Stage::kRip;
  bool keep_files = false;
};
struct ResetAnswer {
  std::vector<std::string> deleted;                       // paths
  std::vector<std::string> cleared;                       // records without a file
  std::vector<std::pair<std::string, std::string>> left;  // path, why: not deleted, its record stays
};
// What reset_track would answer; nothing is changed.
ResetAnswer preview_reset(Catalog& catalog, const Config& config, TrackId track, const ResetOptions& options);
ResetAnswer reset_track(Catalog& catalog, const Config& config, TrackId track, const ResetOptions& options);

// Takes a file as a stage's artifact after probing it. Without `file`: the one recorded, as it is now.
Receipt adopt_file(Catalog& catalog, const Config& config, TrackId track, Stage stage,
                   const std::optional<std::string>& file);

// disc forget --delete-files
ResetAnswer forget_disc(Catalog& catalog, const Config& config, DiscId disc, bool delete_files);

// disc merge: `other` becomes `disc`. kBusy while a track of either is worked on.
MergeResult merge_discs(Catalog& catalog, DiscId disc, DiscId other, Catalog::Merging merging);

// ---- cleaning up ---------------------------------------------------------------------------------------------------

struct CleanupOptions {
  CleanupPolicy policy;
  enum class Proof { kLook, kChecksum, kProbe } proof = Proof::kLook;  // that the library file is whole
  std::vector<DiscId> discs;
  bool dry_run = false;
  std::optional<std::set<std::string>> agreed;  // paths, where somebody was asked: nothing else is deleted
};
struct CleanupItem {
  TrackId track;
  DiscId disc;
  std::string disc_name;
  int track_number = 0;
  Stage stage = Stage::kRip;
  std::string path;
  std::int64_t size_bytes = 0;
  std::int64_t freed_bytes = 0;  // what deleting this name freed, or would free
  std::string left;              // why it was not deleted; "" when it was
};
using TakeCleaned = std::function<void(const CleanupItem&)>;
// Deletes rips and transcodes that the tracks' library files made superfluous; their records say `removed` then.
void cleanup(Catalog& catalog, const Config& config, const CleanupOptions& options, const TakeCleaned& take);

}  // namespace amphi
