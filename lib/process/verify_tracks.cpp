// `track verify`: every recorded artifact looked at; on demand its digest compared, its media asked.
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "amphi/verify.hpp"
#include "base/digest.hpp"
#include "process/specs.hpp"
#include "process/survey.hpp"
#include "tools/media_worker.hpp"

namespace amphi {
namespace {

std::string size_difference(const Receipt& receipt, const Observation& seen) {
  const auto more = seen.size_bytes - receipt.size_bytes;
  if (more == 0) return "has another time than recorded";
  return fmt::format("is {} bytes {} than recorded", more < 0 ? -more : more, more < 0 ? "shorter" : "longer");
}

std::string describe(const StageSnapshot& stage) {
  switch (stage.verdict) {
    case Verdict::kMissing:
      return "recorded, but not there";
    case Verdict::kChanged:
      return stage.receipt && stage.seen ? size_difference(*stage.receipt, *stage.seen) : "changed";
    case Verdict::kUnverified:
      return "there, without a receipt: amphi track adopt";
    case Verdict::kUnreadable:
      return stage.seen ? stage.seen->trouble : "could not be looked at";
    case Verdict::kRemoved:
      return "removed by amphi";
    case Verdict::kPending:
    case Verdict::kDone:
      break;
  }
  return "";
}

void compare_digest(Catalog& catalog, TrackId track, Stage stage, const Receipt& receipt, StageAnswer& answer) {
  const auto found = sha256_of_file(receipt.path);
  if (!receipt.sha256) {
    catalog.set_digest(track, stage, found);
    answer.detail = "no digest to compare with, recorded one now";
    answer.nothing_to_compare = true;
  } else if (*receipt.sha256 != found) {
    answer.verdict = Verdict::kChanged;
    answer.detail = "its content is not what was recorded";
  }
}

void ask_media(const Receipt& receipt, StageAnswer& answer) {
  MediaFacts found;
  try {
    found = probe_media(receipt.path);
  } catch (const Error& error) {
    if (error.hint().find("apt") != std::string::npos) throw;  // the worker is missing, not the file
    answer.verdict = Verdict::kChanged;
    answer.detail = error.message();
    return;
  }
  const auto judgement = judge(expect_same(receipt.media, Stage::kInsert), found, receipt.size_bytes);
  if (judgement.ok) return;
  answer.verdict = Verdict::kChanged;
  answer.detail = judgement.why;
}

StageAnswer answer_for(Catalog& catalog, TrackId track, Stage stage, const StageSnapshot& snapshot,
                       const VerifyOptions& options) {
  StageAnswer answer;
  answer.verdict = snapshot.verdict;
  answer.path = snapshot.receipt ? snapshot.receipt->path : "";
  answer.detail = describe(snapshot);
  if (answer.verdict != Verdict::kDone) return answer;
  if (options.checksum) compare_digest(catalog, track, stage, *snapshot.receipt, answer);
  if (options.probe && answer.verdict == Verdict::kDone) ask_media(*snapshot.receipt, answer);
  if (answer.verdict != Verdict::kDone) catalog.store_observation(track, stage, *snapshot.seen, answer.verdict);
  return answer;
}

}  // namespace

std::vector<TrackAnswer> verify_tracks(Catalog& catalog, const Config& config, const std::vector<TrackId>& tracks,
                                       const VerifyOptions& options) {
  Survey survey(catalog, config);
  std::map<DiscId, std::map<TrackId, TrackSnapshot>> discs;
  std::vector<TrackAnswer> answers;
  for (const auto track : tracks) {
    const auto disc = catalog.disc_of(track);
    if (!discs.contains(disc))
      for (auto& snapshot : snapshot_tracks(survey, catalog.load_disc(disc)))
        discs[disc][snapshot.id] = std::move(snapshot);
    TrackAnswer answer{track, {}};
    for (const auto stage : kStages)
      if (!options.stage || *options.stage == stage)
        answer.stages[stage] = answer_for(catalog, track, stage, discs[disc].at(track).stages[stage], options);
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace amphi
