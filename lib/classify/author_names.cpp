#include "classify/author_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "classify/rules.hpp"

namespace amphi {

namespace {

constexpr double kAnyLength = std::numeric_limits<double>::infinity();
constexpr double kNoFilm = 20 * 60;  // seconds: what is longer is no trailer, menu or logo, whatever it is called

struct Word {
  std::string_view text;
  TrackType type = TrackType::kOther;
  double longest = kAnyLength;  // seconds
};

using enum TrackType;

// As mastering houses abbreviate: DS deleted scenes, BTS behind the scenes. The first that fits counts.
constexpr std::array kWords = {
    Word{"deleted", kDeletedScenes},
    Word{"ds", kDeletedScenes},
    Word{"trailer", kTrailers, kNoFilm},
    Word{"trailers", kTrailers, kNoFilm},
    Word{"teaser", kTrailers, kNoFilm},
    Word{"theatrical", kTrailers, kNoFilm},
    Word{"tvspot", kTrailers, kNoFilm},
    Word{"tvspots", kTrailers, kNoFilm},
    Word{"interview", kInterviews},
    Word{"interviews", kInterviews},
    Word{"qna", kInterviews},
    Word{"qa", kInterviews},
    Word{"making", kBehindTheScenes},
    Word{"makingof", kBehindTheScenes},
    Word{"behindthescenes", kBehindTheScenes},
    Word{"bts", kBehindTheScenes},
    Word{"featurette", kFeaturettes},
    Word{"featurettes", kFeaturettes},
    Word{"menu", kOther, kNoFilm},
    Word{"warning", kOther, kNoFilm},
    Word{"disclaimer", kOther, kNoFilm},
    Word{"logo", kOther, kNoFilm},
    Word{"fbi", kOther, kNoFilm},
    Word{"interpol", kOther, kNoFilm},
    Word{"splash", kOther, kNoFilm},
};

constexpr std::size_t kFewestLetters = 2;
constexpr std::size_t kTellingInside = 6;  // letters: a word this long is looked for inside others too

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
bool is_upper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}

// "SF_DS_PlayAll" as sf, ds, play, all.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  char before = ' ';
  for (const auto c : name) {
    if (is_letter(c)) {
      if (!is_letter(before) || (is_upper(c) && !is_upper(before))) words.emplace_back();
      words.back() += c;
    }
    before = c;
  }
  for (auto& word : words) word = to_lower_ascii(word);
  return words;
}

std::string squeezed(std::string_view name) {
  return join(words_of(name), "");
}

bool ends_with_size(std::string_view text) {
  return text.ends_with(" GB") || text.ends_with(" MB") || text.ends_with(" KB");
}

std::optional<TrackType> named_type(std::string_view name, double seconds) {
  const auto words = words_of(name);
  const auto all = squeezed(name);
  for (const auto& [text, type, longest] : kWords) {
    if (seconds > longest) continue;
    const bool fits = std::find(words.begin(), words.end(), text) != words.end() || all == text ||
                      (text.size() >= kTellingInside && all.find(text) != std::string::npos) ||
                      (text == "qna" && all.ends_with(text));
    if (fits) return type;
  }
  return std::nullopt;
}

}  // namespace

std::string author_name(std::string_view ripper_note) {
  const auto open = ripper_note.rfind(" (");
  if (ripper_note.ends_with(')') && open != std::string_view::npos && ends_with_size(ripper_note.substr(0, open)))
    return std::string(ripper_note.substr(open + 2, ripper_note.size() - open - 3));
  return ends_with_size(ripper_note) ? std::string() : std::string(ripper_note);
}

bool has_author_name(const RuledTrack& track) {
  return squeezed(author_name(track.scanned->ripper_note)).size() >= kFewestLetters;
}

bool is_named_main(const RuledTrack& track) {
  return squeezed(author_name(track.scanned->ripper_note)).find("mainfeature") != std::string::npos;
}

bool is_named_play_all(const RuledTrack& track) {
  return squeezed(author_name(track.scanned->ripper_note)).find("playall") != std::string::npos;
}

void find_named(RuledTracks& tracks) {
  for (auto* track : undecided_tracks(tracks)) {
    const auto name = author_name(track->scanned->ripper_note);
    if (name.empty() || is_named_main(*track)) continue;
    auto type = named_type(name, track->seconds());
    if (!type && is_named_play_all(*track)) type = kPlayAll;
    if (!type) continue;
    track->decided = make_classification(*type, 0.9, {fmt::format("the disc's author calls it {}", name)});
  }
}

}  // namespace amphi
