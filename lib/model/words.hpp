// The closed sets of words by their type: what a template needs that has only the type of a field.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "amphi/cause.hpp"
#include "amphi/disc.hpp"
#include "amphi/stage.hpp"
#include "amphi/track.hpp"

namespace amphi {

// nullopt: no word of the set. to_string() is the way back.
template <class E>
std::optional<E> parse_word(std::string_view text) = delete;
template <>
inline std::optional<Stage> parse_word<Stage>(std::string_view text) {
  return parse_stage(text);
}
template <>
inline std::optional<Outcome> parse_word<Outcome>(std::string_view text) {
  return parse_outcome(text);
}
template <>
inline std::optional<MediaType> parse_word<MediaType>(std::string_view text) {
  return parse_media_type(text);
}
template <>
inline std::optional<TrackType> parse_word<TrackType>(std::string_view text) {
  return parse_track_type(text);
}

// All of a set, in the order in which people are told of them.
template <class E>
const std::vector<E>& all_words() = delete;
template <>
inline const std::vector<MediaType>& all_words<MediaType>() {
  static const std::vector<MediaType> kAll{MediaType::kMovie, MediaType::kTv, MediaType::kMusic};
  return kAll;
}
template <>
inline const std::vector<TrackType>& all_words<TrackType>() {
  return all_track_types();
}

}  // namespace amphi
