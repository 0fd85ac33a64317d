// A step as a value: the JSON document "amphi.step.spec/1" that `amphi step run` takes. It never needs the catalog.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "amphi/artifact.hpp"
#include "amphi/cause.hpp"
#include "amphi/plan.hpp"
#include "amphi/progress.hpp"
#include "amphi/source.hpp"
#include "amphi/track.hpp"

namespace amphi {

// Where and under which names a step makes its file. All names are relative to `root`.
struct StepOutput {
  std::string root;       // absolute: the configured folder; everything happens beneath it
  std::string marker;     // id that root/.amphi/id must hold; another one: not mounted
  std::string relative;   // final name
  std::string temporary;  // in the same folder as the final name
  std::string scratch;    // rip: the sectors copied so far, in a file or a folder; "" where it cannot continue
  // Reprocessing: of the file that has the final name and is exchanged; whatever else has it stays.
  std::optional<Receipt> replaces;
  std::optional<unsigned> mode;
  std::optional<std::string> group;
};

// What the result must have: a rip as the disc declares it, a transcode as its input was measured.
struct Expectation {
  double duration_seconds = 0;
  bool measured = false;  // of a file, to the packet; a disc only declares its durations
  int video_streams = 1;
  int audio_streams = -1;  // -1: as the preset selects, at most the input's
  int subtitle_streams = -1;
  int chapters = -1;
  bool exact = false;  // an audio CD's table of contents: to the sample
};

struct StepSpec {
  std::string id;
  Stage stage = Stage::kRip;
  Action action = Action::kMake;
  std::string fingerprint, reference;
  std::string disc_label;
  std::string disc_kind;  // "dvd" ...
  int track_number = 0;
  std::string tool;  // libdvdread, libbluray, makemkv, handbrake, ffmpeg, link
  std::string preset;
  std::vector<std::string> preset_files;    // handbrake
  std::vector<std::string> tool_arguments;  // ffmpeg: the profile's
  int min_length = 0;                       // makemkv: the same as for the scan
  std::optional<Source> source;             // rip
  std::string input;                        // transcode, insert: absolute path
  std::optional<Receipt> input_receipt;
  StepOutput output;
  Expectation expected;
  ScannedTrack track;                                     // what the disc declares: streams, languages, flags, chapters
  std::vector<std::pair<std::string, std::string>> tags;  // Matroska: TITLE, IMDB, AMPHI_FINGERPRINT ...
  std::string log_path;                                   // absolute; the tools' own output
  int watchdog_seconds = 600;
};

void to_json(nlohmann::json& out, const StepSpec& spec);
void from_json(const nlohmann::json& in, StepSpec& spec);  // throws amphi::Error kUsage naming the field

// What a step reports on stdout, one JSON object a line.
struct StepEvent {
  enum class Type { kStarted, kProgress, kSealed, kPublished, kFailed };
  Type type = Type::kProgress;
  Progress progress;
  std::optional<Receipt> receipt;           // published
  std::optional<Cause> cause;               // failed
  std::string message, hint, circumstance;  // failed
};

void to_json(nlohmann::json& out, const StepEvent& event);
void from_json(const nlohmann::json& in, StepEvent& event);

}  // namespace amphi
