// Shows: `Show (Year)/Season 01/Show (Year) - s01e01 - Title.mkv`, specials in season 0, extras of a show or a season.
#include <fmt/format.h>

#include "amphi/library.hpp"
#include "library/naming.hpp"

namespace amphi {
namespace {

std::string season_folder(int season) {
  return fmt::format("Season {:02}", season);
}

RelativePlace episode_place(const std::string& folder, const std::string& show, const TrackEdits& edits,
                            std::string_view extension) {
  if (!edits.season) return {"", "season"};
  if (!edits.episode) return {"", "episode"};
  const auto title = is_blank(edits.track_name) ? "" : " - " + *edits.track_name;
  const auto file = file_name(show + " - " + episode_code(edits) + title, extension);
  return {folder + "/" + season_folder(*edits.season) + "/" + file, ""};
}

bool is_episode(const Track& track) {
  const bool numbered = track.edits.season && track.edits.episode;
  return track.type() == TrackType::kEpisode || track.type() == TrackType::kMainFeature || numbered;
}

}  // namespace

RelativePlace show_place(Layout layout, const Disc& disc, const Track& track, std::string_view extension) {
  const auto& given = is_blank(disc.edits.show_name) ? disc.edits.title : disc.edits.show_name;
  if (is_blank(given)) return {"", "show_name"};
  const auto show = title_part(*given) + year_part(disc);
  const auto folder = make_legal_name(show + id_part(layout, disc));
  if (is_episode(track)) return episode_place(folder, show, track.edits, extension);
  const auto level = track.edits.season ? folder + "/" + season_folder(*track.edits.season) : folder;
  return {level + "/" + extra_path(track, extension), ""};
}

}  // namespace amphi
