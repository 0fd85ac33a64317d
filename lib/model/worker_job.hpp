// What `amphi` asks of its workers, `amphi-reader`, which reads discs, and `amphi-media`, the only program that parses
// media: one JSON document as an argument, answered on stdout with JSON Lines, an event each: "progress" as often as it
// likes, then one "result" and exit 0, or one "error" and exit 1. Files are written through inherited descriptors, so
// that the step that made them can fsync what was really written.
//
//   amphi-reader dvd-sectors --job JSON    -> SectorsResult: copies a title's sectors, continuing at `from_sector`
//   amphi-reader bluray-titles --job JSON  -> BlurayTitlesResult: what the playlists of a disc play
//   amphi-reader bluray-clips --job JSON   -> SectorsResult: copies the clips of a playlist, continuing likewise
//   amphi-reader bluray-streams --job JSON -> BlurayStreamsResult: what the copied clips have packets of
//   amphi-reader cd-toc --job JSON         -> CdToc (model/cd_toc.hpp)
//   amphi-reader cd-sectors --job JSON     -> SectorsResult: copies sectors of an image
//   amphi-media dvd-remux --job JSON       -> DvdRemuxResult: sectors to Matroska
//   amphi-media probe [--full] FILE        -> ProbeResult
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "amphi/artifact.hpp"
#include "amphi/cause.hpp"
#include "amphi/progress.hpp"
#include "amphi/source.hpp"
#include "amphi/track.hpp"

namespace amphi {

// The title's sectors in playing order, appended to `out_fd` from `from_sector` on. After each fdatasync of `out_fd`
// the number of sectors that are safe is written to `record_fd` (16 lower hex digits and a newline at offset 0),
// fdatasynced.
struct DvdSectorsJob {
  std::string source;  // image, folder or device
  int title = 0;
  int out_fd = -1, record_fd = -1;
  std::int64_t from_sector = 0;
};
struct SectorsResult {
  std::int64_t sectors = 0;      // in the file now
  std::int64_t bad_sectors = 0;  // unreadable (zeroed), or not what belongs there
};

struct DvdRemuxJob {
  std::string source;  // for the IFO: streams, palette, chapters
  int title = 0;
  int sectors_fd = -1, out_fd = -1;
  std::vector<std::pair<std::string, std::string>> tags;  // Matroska, target 50
};
struct DvdRemuxResult {
  MediaFacts media;             // as it was written
  double declared_seconds = 0;  // from the NAV packs
  std::int64_t bad_sectors = 0;
  MediaFacts read_back;  // what a demuxer finds in the file that was written
  // Streams that the IFO declares and that have no packet: not in the file.
  int dropped_audio = 0, dropped_subtitles = 0;
};

struct BlurayTitlesJob {
  std::string source;                    // image, folder or device
  std::vector<std::uint32_t> playlists;  // numbers: 800 is BDMV/PLAYLIST/00800.mpls
  std::vector<std::uint32_t> clips;      // titles of their own: 45 is BDMV/CLIPINF/00045.clpi
};
struct BlurayTitlesResult {
  std::vector<ScannedTrack> tracks;  // each angle one; not numbered
  bool encrypted = false;            // AACS that nobody here can undo
  std::vector<std::string> warnings;
};

// The clips into `folder_fd`/STREAM, each appended to as a DVD's sectors are; in playing order they count as one row of
// sectors. Beside them PLAYLIST and CLIPINF. Clips of another angle get the names of the first angle's, so that who
// plays the playlist sees that angle. Encrypted clips come out as libaacs or libbdplus decrypt them.
struct BlurayClipsJob {
  std::string source;
  std::string reference;               // model/bluray_reference.hpp
  int folder_fd = -1, record_fd = -1;  // the folder has PLAYLIST, CLIPINF and STREAM
  std::int64_t from_sector = 0;        // beyond what is there: from the beginning
};

struct BlurayStreamsJob {
  int folder_fd = -1;
};
struct BlurayStreamsResult {
  std::vector<int> pids;   // of packets that begin something
  std::vector<int> cores;  // those of TrueHD that have an AC-3 stream within
};

struct CdTocJob {
  std::string source;  // drive, .toc
};

// Sectors of an image of an audio CD (.cue, .toc) to `out_fd`, from its beginning.
struct CdSectorsJob {
  std::string source;
  std::int64_t first = 0, sectors = 0;  // of 2,352 bytes, from the disc's first on
  int out_fd = -1;
};

struct ProbedStream {
  std::string type;  // video, audio, subtitle
  std::string codec, language, title;
  StreamFlags flags;
  int channels = 0, width = 0, height = 0;
  double end_seconds = 0;  // of its last packets
};
// `probe --full`: where a video or audio stream stops for longer than its packets explain.
struct ProbedGap {
  int stream = 0;  // index in ProbeResult::streams
  double at_seconds = 0, seconds = 0;
};
struct ProbeResult {
  MediaFacts media;
  std::vector<ProbedStream> streams;
  std::vector<double> chapters;
  std::vector<std::pair<std::string, std::string>> tags;
  bool finished = true;  // false: its writer did not come to the end of it, or it was cut since
  bool full = false;     // every packet was read; else the two below say nothing
  std::vector<ProbedGap> gaps;
  std::int64_t corrupt_packets = 0;  // cut short, or nothing but zeros
};

// A line of a worker's stdout:
// {"event":"progress","fraction":0.25,"speed":9.1e6,"speed_unit":"B/s","eta_seconds":12},
// {"event":"result", ... the result's fields ...}, {"event":"error","cause":"medium","message":"...","hint":"..."}.
struct WorkerFailure {
  Cause cause = Cause::kOther;
  std::string message, hint;  // one line each
};

// Without the newline.
std::string progress_line(const Progress& progress);
std::string failure_line(const WorkerFailure& failure);
std::string result_line(nlohmann::json result);

// The event's name and the line; nothing for what is no event of the worker.
std::optional<std::pair<std::string, nlohmann::json>> parse_worker_event(std::string_view line);
// All that it printed: the last result and the last failure.
struct WorkerAnswer {
  std::optional<nlohmann::json> result;
  WorkerFailure failure;
};
WorkerAnswer parse_worker_answer(std::string_view out);

void to_json(nlohmann::json& out, const WorkerFailure& failure);
void from_json(const nlohmann::json& in, WorkerFailure& failure);
void to_json(nlohmann::json& out, const DvdSectorsJob& job);
void from_json(const nlohmann::json& in, DvdSectorsJob& job);
void to_json(nlohmann::json& out, const SectorsResult& result);
void from_json(const nlohmann::json& in, SectorsResult& result);
void to_json(nlohmann::json& out, const DvdRemuxJob& job);
void from_json(const nlohmann::json& in, DvdRemuxJob& job);
void to_json(nlohmann::json& out, const DvdRemuxResult& result);
void from_json(const nlohmann::json& in, DvdRemuxResult& result);
void to_json(nlohmann::json& out, const BlurayTitlesJob& job);
void from_json(const nlohmann::json& in, BlurayTitlesJob& job);
void to_json(nlohmann::json& out, const BlurayTitlesResult& result);
void from_json(const nlohmann::json& in, BlurayTitlesResult& result);
void to_json(nlohmann::json& out, const BlurayClipsJob& job);
void from_json(const nlohmann::json& in, BlurayClipsJob& job);
void to_json(nlohmann::json& out, const BlurayStreamsJob& job);
void from_json(const nlohmann::json& in, BlurayStreamsJob& job);
void to_json(nlohmann::json& out, const BlurayStreamsResult& result);
void from_json(const nlohmann::json& in, BlurayStreamsResult& result);
void to_json(nlohmann::json& out, const CdTocJob& job);
void from_json(const nlohmann::json& in, CdTocJob& job);
void to_json(nlohmann::json& out, const CdSectorsJob& job);
void from_json(const nlohmann::json& in, CdSectorsJob& job);
void to_json(nlohmann::json& out, const ProbedStream& stream);
void from_json(const nlohmann::json& in, ProbedStream& stream);
void to_json(nlohmann::json& out, const ProbedGap& gap);
void from_json(const nlohmann::json& in, ProbedGap& gap);
void to_json(nlohmann::json& out, const ProbeResult& result);
void from_json(const nlohmann::json& in, ProbeResult& result);

}  // namespace amphi
