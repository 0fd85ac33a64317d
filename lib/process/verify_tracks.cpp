// `track verify`: every recorded artifact looked at; on demand its digest compared, its media asked.
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "amphi/verify.hpp"
#include "base/digest.hpp"
#include "process/specs.hpp"
#include "process/survey.hpp"
#include "step/expectation.hpp"
#include "tools/worker.hpp"

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

void record_digest(Survey& survey, TrackId track, Stage stage, Receipt& receipt, StageAnswer& answer) {
  receipt.sha256 = sha256_of_file(receipt.path);
  survey.catalog.set_digest(track, stage, *receipt.sha256);
  answer.detail = "no digest to compare with, recorded one now";
}

void compare_digest(Survey& survey, TrackId track, Stage stage, const VerifyOptions& options, Receipt& receipt,
                    StageAnswer& answer) {
  answer.nothing_to_compare = !receipt.sha256;
  if (!receipt.sha256 && options.record_digests) return record_digest(survey, track, stage, receipt, answer);
  if (!receipt.sha256) {
    answer.detail = "no digest to compare with: amphi track verify --checksum records one";
  } else if (*receipt.sha256 != sha256_of_file(receipt.path)) {
    answer.verdict = Verdict::kChanged;
    answer.detail = "its content is not what was recorded";
  }
}

void ask_media(const Receipt& receipt, StageAnswer& answer) {
  MediaFacts found;
  try {
    found = probe_media(receipt.path);
  } catch (const NoMedium& error) {
    answer.verdict = Verdict::kChanged;
    answer.detail = error.message();
    return;
  }
  const auto judgement = judge(expect_same(receipt.media, Stage::kInsert), found, receipt.size_bytes);
  if (judgement.ok) return;
  answer.verdict = Verdict::kChanged;
  answer.detail = judgement.why;
}

// What could not be looked at has not changed.
void look_closer(Survey& survey, TrackId track, Stage stage, const VerifyOptions& options, Receipt& receipt,
                 StageAnswer& answer) {
  try {
    if (options.checksum) compare_digest(survey, track, stage, options, receipt, answer);
    if (options.probe && answer.verdict == Verdict::kDone) ask_media(receipt, answer);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kUnavailable) throw;
    answer.verdict = Verdict::kUnreadable;
    answer.detail = error.message();
  }
}

StageAnswer answer_for(Survey& survey, TrackId track, Stage stage, StageSnapshot& snapshot,
                       const VerifyOptions& options) {
  StageAnswer answer;
  answer.verdict = snapshot.verdict;
  answer.path = snapshot.receipt ? snapshot.receipt->path : "";
  answer.detail = describe(snapshot);
  if (answer.verdict != Verdict::kDone) return answer;
  look_closer(survey, track, stage, options, *snapshot.receipt, answer);
  if (answer.verdict == Verdict::kChanged) survey.looks.push_back({track, stage, *snapshot.seen, answer.verdict});
  return answer;
}

void verify(Survey& survey, TrackSnapshot& track, const VerifyOptions& options, const TakeAnswer& take) {
  TrackAnswer answer{track.id, {}};
  for (const auto stage : kStages)
    if (!options.stage || *options.stage == stage)
      answer.stages[stage] = answer_for(survey, track.id, stage, track.stages[stage], options);
  take(answer, track);
}

// Without a worker no file can be asked; that is said at once, not of each.
void demand_worker(const VerifyOptions& options) {
  if (options.probe) find_worker(kMediaWorker);
}

}  // namespace

void verify_tracks(Catalog& catalog, const Config& config, const std::vector<TrackId>& tracks,
                   const VerifyOptions& options, const TakeAnswer& take) {
  demand_worker(options);
  Survey survey(catalog, config);
  std::map<DiscId, std::map<TrackId, TrackSnapshot>> discs;
  for (const auto track : tracks) {
    const auto disc = catalog.disc_of(track);
    if (!discs.contains(disc))
      for (auto& snapshot : snapshot_tracks(survey, catalog.load_disc(disc, Catalog::Detail::kListing)))
        discs[disc][snapshot.id] = std::move(snapshot);
    verify(survey, discs[disc].at(track), options, take);
  }
  save_looks(survey);
}

void verify_discs(Catalog& catalog, const Config& config, const std::vector<DiscId>& discs,
                  const VerifyOptions& options, const TakeAnswer& take) {
  demand_worker(options);
  Survey survey(catalog, config);
  for (const auto disc : discs)
    for (auto& track : snapshot_tracks(survey, catalog.load_disc(disc, Catalog::Detail::kListing)))
      verify(survey, track, options, take);
  save_looks(survey);
}

}  // namespace amphi
