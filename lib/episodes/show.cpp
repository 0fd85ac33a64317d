#include "episodes/show.hpp"

#include <algorithm>
#include <vector>

#include "amphi/episodes.hpp"
#include "base/text.hpp"
#include "model/season_label.hpp"

namespace amphi {

namespace {

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "Marvel's Show" and "MARVELS_SHOW" are one name.
std::string name_key(std::string_view name) {
  std::string key;
  for (const char c : case_fold(name)) {
    const bool is_kept = static_cast<unsigned char>(c) >= 0x80 || is_ascii_letter(c) || (c >= '0' && c <= '9');
    if (is_kept) key += c;
  }
  return key;
}

// The user's word for the show; else what could be it.
std::vector<std::string> name_keys(const Disc& disc) {
  std::vector<std::string> keys;
  if (disc.edits.show_name) {
    keys.push_back(name_key(*disc.edits.show_name));
  } else {
    keys.push_back(name_key(disc.edits.title.value_or("")));
    keys.push_back(name_key(parse_season_label(disc.volume_label).show));
  }
  std::erase_if(keys, [](const std::string& key) { return key.empty(); });
  return keys;
}

}  // namespace

std::string show_on_label(const Disc& disc) {
  auto name = to_lower_ascii(parse_season_label(disc.volume_label).show);
  for (std::size_t i = 0; i < name.size(); ++i)
    if (i == 0 || name[i - 1] == ' ') name[i] = to_upper_ascii(name.substr(i, 1)).front();
  return to_valid_utf8(name);
}

bool are_of_one_show(const Disc& a, const Disc& b) {
  if (a.kind != b.kind || a.edits.media_type == MediaType::kMovie || b.edits.media_type == MediaType::kMovie)
    return false;
  const auto keys = name_keys(a), others = name_keys(b);
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
    return std::find(others.begin(), others.end(), key) != others.end();
  });
}

}  // namespace amphi
