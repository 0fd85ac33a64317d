// The file that a stage made, the receipt that was written for it once it was durable, and what a look at the disk
// says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "amphi/ids.hpp"
#include "amphi/stage.hpp"

namespace amphi {

// What a probe measured in a media file.
struct MediaFacts {
  double duration_seconds = 0;  // end of the last packets, never the container's header
  int video_streams = 0;
  int audio_streams = 0;
  int subtitle_streams = 0;
  int chapters = 0;
  bool operator==(const MediaFacts&) const = default;
};

// Schema "amphi.receipt/1". Written by the step beside the artifact's root, fsynced, then stored in the catalog.
struct Receipt {
  std::string step_id;
  Stage stage = Stage::kRip;
  std::string fingerprint;  // of the disc
  std::string reference;    // of the track
  std::string root;         // the configured folder; "" for a file adopted from elsewhere
  std::string path;         // absolute
  std::int64_t size_bytes = 0;
  std::int64_t mtime_ns = 0;
  std::uint64_t inode = 0;            // tells people and cleanup about hard links; no verdict hangs on it
  std::optional<std::string> sha256;  // lower hex; may come later
  MediaFacts media;
  std::int64_t bad_sectors = 0;
  std::string tool, tool_version;
  std::string preset;                   // transcode: what was used; "" else
  std::string input_step_id;            // receipt of the input; "" for a rip
  std::vector<std::string> same_inode;  // absolute names that are hard links of this file when it was sealed
  Timestamp created_at;
  bool operator==(const Receipt&) const = default;
};

void to_json(nlohmann::json& out, const Receipt& receipt);
void from_json(const nlohmann::json& in, Receipt& receipt);  // throws amphi::Error kUsage on anything odd

struct Artifact {
  TrackId track_id;
  Receipt receipt;
  bool removed = false;     // deleted by amphi on purpose, by cleanup
  bool unverified = false;  // recorded from an import: path known, receipt not earned
};

// One look at one path.
struct Observation {
  enum class Presence { kThere, kAbsent, kUnreadable };
  Presence presence = Presence::kAbsent;
  std::int64_t size_bytes = 0;
  std::int64_t mtime_ns = 0;
  std::uint64_t inode = 0;
  std::string trouble;  // why it could not be looked at
  Timestamp checked_at;
  bool operator==(const Observation&) const = default;
};

enum class Verdict { kPending, kDone, kMissing, kChanged, kUnverified, kUnreadable, kRemoved };

std::string_view to_string(Verdict verdict);  // "pending", "done" ...
std::optional<Verdict> parse_verdict(std::string_view text);

}  // namespace amphi
