// Fills a catalog with N discs of T tracks each, with rows as real discs have them: `bench_catalog FILE N [T]`.
// Six of ten discs are complete, one transcoded, one ripped, two untouched. The same N gives the same catalog.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

#include <fmt/format.h>

#include "amphi/catalog.hpp"
#include "base/text.hpp"
#include "catalog/connection.hpp"
#include "catalog/record.hpp"
#include "model/receipt_fields.hpp"

namespace amphi {
namespace {

constexpr int kTracks = 10;  // where not told
constexpr int kWantedTracks = 4;
constexpr std::int64_t kStart = 1'700'000'000'000'000'000;
constexpr std::array kTypes{"main_feature", "featurettes", "trailers",  "deleted_scenes", "play_all",
                            "play_all",     "duplicate",   "duplicate", "decoy",          "decoy"};
constexpr std::array kLanguages{"eng", "ger", "fre", "spa"};

class Filler {
 public:
  Filler(Connection& db, int tracks) : db_(db), tracks_(tracks) {}

  void disc(std::int64_t id) {
    const std::string fingerprint = "dvd-" + hex(64);
    const std::string label = fmt::format("THE_FILM_{:06}", id);
    db_.run(
        "INSERT INTO disc (id, fingerprint, kind, provisional, encrypted, volume_label, source_kind, source_path, "
        "scanned_at) VALUES (?, ?, 'dvd', 0, 0, ?, 'device', '/dev/sr0', ?)",
        id, fingerprint, label, kStart + id * 1'000'000'000);
    identifier(id, "amphi", fingerprint);
    identifier(id, "dvd-disc-id", hex(32));
    identifier(id, "thediscdb-content-hash", hex(32));
    identifier(id, "dvdid", hex(16));
    if (id % 5 != 0) edit(id);
    const int stages = std::array{3, 3, 3, 3, 3, 3, 2, 1, 0, 0}[static_cast<std::size_t>(id % 10)];
    for (int number = 1; number <= tracks_; ++number) track(id, number, fingerprint, label, stages);
    event(id, std::nullopt, "scanned", R"({"known":false,"notes":[],"source":"/dev/sr0","tracks":10})");
  }

 private:
  std::string hex(int digits) {
    std::string out;
    while (static_cast<int>(out.size()) < digits) out += fmt::format("{:016x}", random_());
    return out.substr(0, static_cast<std::size_t>(digits));
  }

  void identifier(std::int64_t disc, const char* kind, const std::string& value) {
    db_.run("INSERT INTO identifier (disc_id, kind, value) VALUES (?, ?, ?)", disc, kind, value);
  }

  void edit(std::int64_t id) {
    db_.run(
        "INSERT INTO disc_edit (disc_id, title, year, imdb_id, tmdb_id, media_type) VALUES (?, ?, ?, ?, ?, 'movie')",
        id, fmt::format("The Film of the Number {}", id), 1930 + id % 95, fmt::format("tt{:07}", id),
        std::to_string(id));
  }

  void event(std::int64_t disc, std::optional<std::int64_t> track, const char* name, const std::string& detail) {
    db_.run("INSERT INTO history (at, disc_id, track_id, event, detail) VALUES (?, ?, ?, ?, ?)", kStart, disc, track,
            name, detail);
  }

  static std::string segments(int count) {
    std::string out = "[";
    for (int i = 1; i <= count; ++i) {
      out += fmt::format(R"({}{{"duration_seconds":{:.2f},"first":{},"last":{},"number":{}}})", i > 1 ? "," : "",
                         240.5 + i, i * 60'000, i * 60'000 + 59'999, i);
    }
    return out + "]";
  }

  static std::string chapters(int count) {
    std::string out = "[0.0";
    for (int i = 1; i < count; ++i) out += fmt::format(",{:.2f}", 240.5 * i);
    return out + "]";
  }

  static std::string streams(int count, bool audio) {
    constexpr auto kDefault =
        R"("flags":{"commentary":false,"default":true,"forced":false,"hearing_impaired":false,"visual_impaired":false},)";
    std::string out = "[";
    for (int i = 0; i < count; ++i) {
      out += fmt::format(R"({}{{{}"codec":"{}",{}"index":{},"language":"{}",{}"stream_id":{}}})", i ? "," : "",
                         audio ? R"("channels":6,)" : "", audio ? "ac3" : "dvd_subtitle",
                         i == 0 && audio ? kDefault : "", i, kLanguages[static_cast<std::size_t>(i)],
                         audio ? R"("sample_rate":48000,)" : "", (audio ? 0x80 : 0x20) + i);
    }
    return out + "]";
  }

  void track(std::int64_t disc, int number, const std::string& fingerprint, const std::string& label, int stages) {
    const bool main = number == 1;
    const std::int64_t id = (disc - 1) * tracks_ + number;
    db_.run(
        "INSERT INTO track (id, disc_id, number, vanished, type, score, confidence, reasons, reference, "
        "duration_seconds, size_bytes, width, height, aspect, frame_rate, chapter_count, segment_map, source_name, "
        "chapters, segments, audio, subtitles) VALUES (?, ?, ?, 0, ?, 0.9, 'high', ?, ?, ?, ?, 720, 576, '16:9', 25.0, "
        "?, ?, "
        "?, ?, ?, ?, ?)",
        id, disc, number, kTypes[static_cast<std::size_t>(number - 1) % kTypes.size()],
        main ? R"(["by far the longest","most chapters","most audio streams"])" : R"(["shorter than ten minutes"])",
        fmt::format("dvd:{}", number), main ? 6012.5 : 120.0 + number, main ? 5'900'000'000 : 120'000'000,
        main ? 24 : 1, main ? "1-24" : "1", fmt::format("VTS_{:02}", number), main ? chapters(24) : "[]",
        segments(main ? 24 : 1), streams(main ? 3 : 1, true), main ? streams(4, false) : "[]");
    if (number == 2 && disc % 5 != 0) {
      db_.run("INSERT INTO track_edit (track_id, track_name) VALUES (?, 'The making of it')", id);
    }
    if (number > kWantedTracks) return;
    for (int stage = 0; stage < stages; ++stage)
      artifact(disc, id, kStages[static_cast<std::size_t>(stage)], fingerprint, label, number);
  }

  static std::string path_of(Stage stage, std::int64_t disc, const std::string& fingerprint, const std::string& label,
                             int number) {
    if (stage == Stage::kInsert) {
      const std::string name = fmt::format("The Film of the Number {} ({})", disc, 1930 + disc % 95);
      return fmt::format("/srv/media/Movies/{0}/{1}.mkv", name, number == 1 ? name : fmt::format("extra {}", number));
    }
    return fmt::format("/srv/amphi/{}/{}-{}/dvd-{}.mkv", stage == Stage::kRip ? "ripped" : "transcoded", label,
                       short_fingerprint(fingerprint), number);
  }

  void artifact(std::int64_t disc, std::int64_t track, Stage stage, const std::string& fingerprint,
                const std::string& label, int number) {
    Receipt receipt;
    receipt.step_id = hex(16);
    receipt.stage = stage;
    receipt.fingerprint = fingerprint;
    receipt.reference = fmt::format("dvd:{}", number);
    receipt.root = "/srv/amphi/ripped";
    receipt.path = path_of(stage, disc, fingerprint, label, number);
    receipt.size_bytes = 1'000'000'000 + disc;
    receipt.mtime_ns = kStart + track;
    receipt.inode = static_cast<std::uint64_t>(track * 3 + static_cast<int>(stage));
    receipt.sha256 = hex(64);
    receipt.media = {6012.4, 1, 3, 4, 24};
    receipt.tool = stage == Stage::kRip ? "libdvdread" : "handbrake";
    receipt.tool_version = "1.6.1";
    receipt.preset = stage == Stage::kTranscode ? "H.265 MKV 576p25" : "";
    receipt.created_at = {kStart + track};
    static const auto kInsert =
        insert_statement<Receipt>("INSERT INTO artifact", {"track_id", "removed", "unverified", "folded_path"});
    insert_record(db_, kInsert, receipt, track, false, false,
                  stage == Stage::kInsert ? std::optional(case_fold(receipt.path)) : std::nullopt);
    db_.run(
        "INSERT INTO observation (track_id, stage, verdict, presence, size_bytes, mtime_ns, inode, trouble, "
        "checked_at) "
        "VALUES (?, ?, ?, 'there', ?, ?, ?, '', ?)",
        track, to_string(stage), track % 997 == 0 ? "missing" : "done", receipt.size_bytes, receipt.mtime_ns,
        static_cast<std::int64_t>(receipt.inode), receipt.created_at);
    db_.run(
        "INSERT INTO attempt (step_id, track_id, stage, started_at, finished_at, outcome, log_path) "
        "VALUES (?, ?, ?, ?, ?, 'done', '/srv/amphi/logs/step.log')",
        receipt.step_id, track, to_string(stage), kStart, kStart + 1);
  }

  Connection& db_;
  int tracks_;
  std::mt19937_64 random_{20261122};
};

int fill(const std::string& file, std::int64_t discs, std::int64_t tracks) {
  if (std::filesystem::exists(file)) {
    std::fprintf(stderr, "%s is there already\n", file.c_str());
    return 2;
  }
  {
    Catalog::open(file, Catalog::Mode::kReadWrite, [] { return Timestamp{kStart}; });
  }
  Connection db(file, Connection::Access::kExisting);
  // Nothing here needs to survive a power cut.
  db.execute(
      "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA foreign_keys = OFF");
  Transaction transaction(db);
  Filler filler(db, static_cast<int>(tracks));
  for (std::int64_t id = 1; id <= discs; ++id) filler.disc(id);
  transaction.commit();
  return 0;
}

}  // namespace
}  // namespace amphi

int main(int count, char** arguments) {
  const auto number = [&](int i) { return count > i ? amphi::parse_int(arguments[i]) : std::nullopt; };
  const std::int64_t discs = number(2).value_or(0);
  const std::int64_t tracks = count > 3 ? number(3).value_or(0) : amphi::kTracks;
  if (count > 4 || discs < 1 || tracks < 1 || tracks > 1000) {
    std::fprintf(stderr, "usage: bench_catalog FILE DISCS [TRACKS]\n");
    return 2;
  }
  try {
    return amphi::fill(arguments[1], discs, tracks);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
