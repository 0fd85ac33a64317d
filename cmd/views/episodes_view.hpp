// What `disc episodes` answers.
#pragma once

#include "amphi/episodes.hpp"
#include "view.hpp"

namespace amphi::cmd {

// A track with the number that it got. Points into the numbering.
struct EpisodeRow {
  const NumberedTrack* numbered = nullptr;
  int season = 0;

  std::string code() const;  // "" where it is left as it is
};

std::vector<EpisodeRow> episode_rows(const EpisodeNumbering& numbering);

const View<EpisodeRow>& episode_view();
const View<Runtime>& runtime_view();
const Document& episodes_document();

}  // namespace amphi::cmd
