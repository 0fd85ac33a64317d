// One stage of one track: what is recorded, what was seen.
#pragma once

#include "amphi/plan.hpp"
#include "amphi/process.hpp"
#include "view.hpp"

namespace amphi::cmd {

// `answer`: what `track verify` found, where it was that which looked.
struct StageRow {
  Stage stage = Stage::kRip;
  const StageSnapshot* snapshot = nullptr;
  const StageAnswer* answer = nullptr;

  Verdict verdict() const;
  std::string path() const;
};

const View<StageRow>& stage_view();
const ViewInfo& stage_info();
const ViewInfo& stages_info();  // {rip, transcode, insert}

// `answers`: what verify found, of all stages or of `only` one.
Json stages_json(const PerStage<StageSnapshot>& stages, const PerStage<StageAnswer>* answers = nullptr,
                 std::optional<Stage> only = std::nullopt);

// true: there; false: not; null: could not be looked at.
Json exists_json(Verdict verdict);
inline constexpr std::string_view kVerdictWords = "pending|done|missing|changed|unverified|unreadable|removed";

}  // namespace amphi::cmd
