// What `disc identify` answers.
#pragma once

#include <optional>

#include "amphi/thediscdb.hpp"
#include "view.hpp"

namespace amphi::cmd {

// One track of an identified disc.
struct IdentifiedTrackRow {
  const Identification* disc = nullptr;
  std::size_t index = 0;  // among its tracks

  const Track& track() const { return disc->decisions.tracks[index]; }
  const LibraryPlace& place() const { return disc->places[index]; }
  const TrackProposal* proposal() const;  // nullptr: nothing is said of it
  // Of a wanted track: the number of another one that would have the same name.
  std::optional<int> same_name_as() const;
};
std::vector<IdentifiedTrackRow> identified_rows(const Identification& disc);  // without vanished ones

// "/srv/media/Movies/Alien (1979)/Alien (1979).mkv", relative where no folder is configured; "" where it has no name.
std::string library_path(const LibraryPlace& place);

const View<FieldDecision>& decision_view();
const View<IdentifiedTrackRow>& identified_track_view();
const View<Identification>& identification_view();
const Document& identify_document();

}  // namespace amphi::cmd
