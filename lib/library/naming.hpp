// The parts that names in a library are put together from, each with its share of the 255 bytes of a component: title
// 150, ids 24, edition 64, so that ids, edition and extension survive a title of any length.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "amphi/config.hpp"
#include "amphi/disc.hpp"
#include "amphi/track.hpp"

namespace amphi {

// What a place is made of; `missing_fact` names the field that must be given first.
struct RelativePlace {
  std::string path;
  std::string missing_fact;
};

RelativePlace movie_place(Layout layout, const Disc& disc, const Track& track, std::string_view extension);
RelativePlace show_place(Layout layout, const Disc& disc, const Track& track, std::string_view extension);
RelativePlace music_place(const Disc& disc, const Track& track, std::string_view extension);

// A title as part of a name: clean, cut, without the braces that Plex reads as tags. May end in a dot.
std::string title_part(std::string_view title);
// " (1999)"; "" where the year is not known.
std::string year_part(const Disc& disc);
// " {imdb-tt0133093}" for Plex, " [imdbid-tt0133093]" for Jellyfin, TMDB where there is no IMDB id; "" for none or odd
// ones.
std::string id_part(Layout layout, const Disc& disc);
// " {edition-French}" for Plex, at most 32 characters; " - French" for Jellyfin; "" for an empty edition.
std::string edition_part(Layout layout, std::string_view edition);

// "Featurettes/Making of.mkv": an extra's folder of its type, and its name or type and number.
std::string extra_path(const Track& track, std::string_view extension);
// A legal file name: `stem` cut so that ".mkv" stays whole.
std::string file_name(std::string_view stem, std::string_view extension);

// Nothing visible is given: empty, blank, or control characters only.
bool is_blank(const std::optional<std::string>& text);

// "fr", "fra" or "fre" -> "French"; a text that is no known code is returned as it is.
std::string language_name(std::string_view code);

}  // namespace amphi
