// The catalog: an SQLite file that holds facts. Every method that writes is one short transaction (BEGIN IMMEDIATE,
// busy timeout). Throws kCatalog when the file is newer, corrupt or foreign, kBusy when it stays locked,
// kNotFound/kAmbiguous from selectors. Not thread-safe; one per thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "amphi/artifact.hpp"
#include "amphi/disc.hpp"
#include "amphi/edit.hpp"
#include "amphi/ids.hpp"
#include "amphi/request.hpp"
#include "amphi/track.hpp"

namespace amphi {

// What an intent says will happen to the artifact.
enum class IntentKind : std::uint8_t { kMake, kAdopt, kDelete };
std::string_view to_string(IntentKind kind);  // "make", "adopt", "delete"
std::optional<IntentKind> parse_intent_kind(std::string_view text);

// Something a step is about to make, recorded before it starts.
struct Intent {
  IntentId id;
  std::string step_id;
  TrackId track_id;
  Stage stage = Stage::kRip;
  IntentKind kind = IntentKind::kMake;
  std::string spec_json;  // the whole StepSpec, or the paths to delete
  std::string held_by;    // for telling people
  Timestamp created_at;
};

// A configured root that amphi has used, and the id in its marker file.
struct KnownFolder {
  std::string path;
  std::string marker;
};

struct HistoryEntry {
  std::int64_t id = 0;
  Timestamp at;
  std::optional<DiscId> disc_id;
  std::optional<TrackId> track_id;
  std::string event;   // "scanned", "edited", "identified", "ripped", "reset", "step_failed" ...
  std::string detail;  // JSON object as text
};

struct DiscFilter {
  std::optional<DiscKind> kind;
  std::optional<TrackType> type;     // has a track of this type
  std::optional<std::string> title;  // part of title or label, without case
  std::optional<std::string> state;  // discovered ripped transcoded complete
  bool needs_attention = false;      // missing, changed, failed, flagged
  std::string sort = "title";        // title, year, id, scanned, state
  bool descending = false;
};

// A line of `disc list`, from stored observations only. `state` is that of the wanted track that has come least far; a
// track has come as far as its last stage that is done; a disc without wanted tracks is discovered.
struct DiscSummary {
  Disc disc;
  int wanted = 0;         // tracks
  PerStage<int> done;     // wanted tracks whose stage was last seen done
  PerStage<int> trouble;  // wanted tracks whose stage was last seen missing, changed, unreadable
  int failed = 0;         // wanted tracks whose last attempt failed
  std::string state;      // discovered ripped transcoded complete
};

struct StoredArtifact {
  Artifact artifact;
  std::optional<Observation> seen;  // the last look
  std::optional<Verdict> verdict;   // of that look
};

// Everything the catalog holds of one disc, as one consistent read.
struct DiscRecord {
  Disc disc;
  std::vector<Track> tracks;                                       // by number, vanished last
  std::vector<PerStage<std::optional<StoredArtifact>>> artifacts;  // one per track, the same order
  std::vector<PerStage<std::optional<Attempt>>> last_attempts;     // one per track, the same order
};

struct MergeResult {
  DiscId disc_id;
  bool known = false;              // was in the catalog before
  std::vector<std::string> notes;  // "track 3 is now track 2", "track 7 vanished"
};

class Catalog {
 public:
  enum class Mode { kReadWrite, kReadOnly };  // kReadOnly never creates or migrates; a missing file reads as empty
  using Clock = std::function<Timestamp()>;

  // The file is made when missing, its folder is not. A catalog of an older schema is upgraded (kReadWrite, after a
  // backup beside it) or read through an upgraded private copy (kReadOnly).
  static Catalog open(const std::string& path, Mode mode, Clock clock);
  // Makes the folders that `path` lies in; for the default path only, so that an unmounted one is never made up.
  static void make_folder(const std::string& path);
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;
  ~Catalog();

  const std::string& path() const;
  std::int64_t data_version();  // changes when another connection commits

  // Whatever `act` does with this catalog is one transaction: all of it or nothing.
  void in_one_transaction(const std::function<void()>& act);

  // --- discs and tracks
  MergeResult store_scan(const ScannedDisc& disc, const std::vector<Classification>& classes);
  // A track that something else than a scan tells of; vanished where the disc itself was read and does not have it.
  TrackId add_track(DiscId id, const ScannedTrack& track, const Classification& classification);
  // Catalog id, fingerprint or its beginning, any identifier. kNotFound, kAmbiguous with candidates.
  DiscId find_disc(std::string_view selector);
  std::optional<DiscId> find_by_identifiers(const ScannedDisc& disc);
  // A track id or DISC:NUMBER.
  TrackId find_track(std::string_view selector);
  // kListing leaves out chapters and segments of the tracks, most of what is stored; only making something needs them.
  enum class Detail { kWhole, kListing };
  DiscRecord load_disc(DiscId id, Detail detail = Detail::kWhole);
  std::vector<ListedFile> files_of(DiscId id);  // by path; none where they were never listed to the last
  DiscId disc_of(TrackId id);
  std::optional<Receipt> recorded(TrackId track, Stage stage);
  // Bytes of the latest transcodes with a preset to those of their rips; nullopt before the first.
  std::optional<double> size_ratio_of(const std::string& preset);
  std::vector<DiscId> all_discs();
  // The latest `limit` discs whose fingerprint begins with `start` ("": any); without identifiers and track_count.
  std::vector<Disc> discs_beginning(std::string_view start, int limit);
  // Every disc, by id; without identifiers and track_count.
  void for_each_disc(const std::function<void(const Disc&)>& take);
  void for_each_summary(const DiscFilter& filter, const std::function<void(const DiscSummary&)>& take);
  void forget_disc(DiscId id);
  // What only a person knows: `other` is the disc `id`, and becomes it with all that is known and recorded of it. The
  // facts are those of the one that was read itself, the edits `id`'s where both have one. kUsage, changing nothing,
  // where both have a file of one stage of one track, or are discs of different kinds. kPreview changes nothing.
  enum class Merging { kDo, kPreview };
  MergeResult merge_discs(DiscId id, DiscId other, Merging merging = Merging::kDo);
  void set_flag(DiscId id, std::optional<ReprocessingType> type);

  // --- sightings: which disc a drive or an image held when it was last read
  // Identity only, without tracks and files; nothing where `path` was not seen in just this `state`.
  std::optional<ScannedDisc> recall(const std::string& path, const std::string& state);
  // A catalog opened for reading remembers nothing.
  void remember(const std::string& path, const std::string& state, const ScannedDisc& disc);

  // --- edits: all or nothing; an unknown track or one of another disc is kNotFound
  void apply_edit(DiscId id, const Edit& edit, EditOrigin origin = EditOrigin::kUser);

  // --- requests
  RequestId add_request(const std::vector<TrackId>& tracks, Stage until, int jobs);
  std::vector<Request> unfinished_requests(std::optional<DiscId> only = std::nullopt);
  Request load_request(RequestId id);
  void hold_request(RequestId id, const std::string& held_by);
  void finish_request(RequestId id);
  void cancel_request(RequestId id);
  bool request_cancelled(RequestId id);

  // --- intents
  IntentId add_intent(const Intent& intent);
  std::vector<Intent> intents();
  void drop_intent(IntentId id);

  // --- artifacts. The commit of the protocol: artifact and receipt in, intent out, history written; one transaction.
  void commit_artifact(TrackId track, const Receipt& receipt, std::optional<IntentId> intent);
  void put_artifact(TrackId track, const Artifact& artifact);  // adopted or imported
  void clear_artifact(TrackId track, Stage stage, std::optional<IntentId> intent, std::string_view why);  // reset
  void mark_removed(TrackId track, Stage stage, std::optional<IntentId> intent);                          // cleanup
  void set_digest(TrackId track, Stage stage, const std::string& sha256);
  // In one transaction, which costs what one look does. One of a stage for which nothing is recorded (any more) is
  // dropped.
  struct Seen {
    TrackId track;
    Stage stage;
    Observation observation;
    Verdict verdict;
  };
  void store_observations(const std::vector<Seen>& looks);
  // Every artifact whose path is `path` or beneath it; those that amphi removed on purpose do not count.
  int count_artifacts_beneath(const std::string& path);
  // The paths of those, where nothing but imports tells of them: every one is unverified. Else none.
  std::vector<std::string> only_imported_beneath(const std::string& path);
  // A library file recorded: absolute path, owner for messages.
  struct TakenPath {
    std::string path;
    TrackId track;
    std::string owner;
  };
  // Those whose path, case-folded, is one of `paths` case-folded.
  std::vector<TakenPath> inserted_at(const std::vector<std::string>& paths);

  // --- attempts
  std::int64_t start_attempt(const Attempt& attempt);
  // One that has ended stays as it ended.
  void end_attempt(std::int64_t id, Outcome outcome, std::optional<Cause> cause, const std::string& message,
                   const std::string& circumstance);
  // Failed attempts of this stage since its last success and since the last explicit request for the track.
  std::vector<Attempt> failures(TrackId track, Stage stage);
  std::optional<Attempt> last_attempt(std::string_view step_id_prefix);
  std::vector<Attempt> running_attempts();  // outcome "running"; whether they live is for the locks to say

  // --- folders
  std::optional<KnownFolder> known_folder(const std::string& path);
  void remember_folder(const KnownFolder& folder);

  // --- history
  std::vector<HistoryEntry> history(std::optional<DiscId> disc, std::optional<TrackId> track, int limit);
  std::vector<HistoryEntry> history_of(std::string_view event);  // the first first
  void write_down(std::string_view event, std::optional<DiscId> disc, std::optional<TrackId> track,
                  const nlohmann::json& detail);

 private:
  struct Impl;
  explicit Catalog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace amphi
