// What a step's result must have, by what its disc declares or what its input was measured to have.
#pragma once

#include "amphi/step.hpp"
#include "amphi/tool.hpp"

namespace amphi {

// What a result of this stage must have. `rip`: the receipt of the rip, where there is one.
Expectation expect_rip(const ScannedTrack& track, RipStreams streams = RipStreams::kSelected);
// Of an audio CD's track, in every stage.
Expectation expect_cd(const ScannedTrack& track);
Expectation expect_same(const MediaFacts& input, Stage stage);

}  // namespace amphi
