#include "plan/wording.hpp"

#include <fmt/format.h>

#include "plan/chain.hpp"

namespace amphi {
namespace {

std::string_view nothing_yet(Stage stage) {
  switch (stage) {
    case Stage::kRip:
      return "nothing ripped yet";
    case Stage::kTranscode:
      return "not transcoded yet";
    case Stage::kInsert:
      break;
  }
  return "not in the library yet";
}

std::string_view word_of(Stage stage) {
  return noun_of(stage).substr(4);  // without the article
}

}  // namespace

std::string_view noun_of(Stage stage) {
  switch (stage) {
    case Stage::kRip:
      return "the rip";
    case Stage::kTranscode:
      return "the transcode";
    case Stage::kInsert:
      break;
  }
  return "the library file";
}

std::string track_label(const TrackSnapshot& track) {
  return fmt::format("{}:{}", short_fingerprint(track.fingerprint), track.number);
}

std::string track_name(const TrackSnapshot& track) {
  return track.disc_name.empty() ? track_label(track) : fmt::format("{} ({})", track_label(track), track.disc_name);
}

std::string recorded_path(const StageSnapshot& stage, const std::string& otherwise) {
  return stage.receipt && !stage.receipt->path.empty() ? stage.receipt->path : otherwise;
}

std::string difference(const StageSnapshot& stage) {
  if (!stage.receipt || !stage.seen || stage.receipt->size_bytes == stage.seen->size_bytes) return "";
  return fmt::format(" ({} bytes, {} recorded)", stage.seen->size_bytes, stage.receipt->size_bytes);
}

std::string trouble_of(const StageSnapshot& stage) {
  if (stage.seen && !stage.seen->trouble.empty()) return stage.seen->trouble;
  return stage.waiting.empty() ? "its folder is not mounted or not readable" : stage.waiting;
}

std::string missing_source(const TrackSnapshot& track) {
  const auto name = track.disc_name.empty() ? "" : fmt::format("\"{}\" ", track.disc_name);
  const auto why =
      track.source_trouble.empty() ? "it is in no drive and no image of it is there" : track.source_trouble;
  return fmt::format("waits for the disc {}({}): {}", name, short_fingerprint(track.fingerprint), why);
}

std::string reason_to_do(const StageSnapshot& stage, const PlannedStep& step) {
  const auto word = word_of(step.stage);
  const auto path = recorded_path(stage, step.output);
  if (step.action == Action::kAdopt && stage.verdict != Verdict::kUnverified)
    return fmt::format("{} is there, but nothing is recorded of it: probed, and taken over where it holds",
                       step.output);
  switch (stage.verdict) {
    case Verdict::kUnverified:
      return fmt::format("{} has no receipt: {}; probed, and taken over where it holds", word, path);
    case Verdict::kMissing:
      return fmt::format("{} missing: {}", word, path);
    case Verdict::kRemoved:
      return fmt::format("{} was cleaned up and is needed again", word);
    case Verdict::kDone:
      return fmt::format("flagged for reprocessing: {} is older than the flag", noun_of(step.stage));
    default:
      return std::string(nothing_yet(step.stage));
  }
}

}  // namespace amphi
