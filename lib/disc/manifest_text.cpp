#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "disc/manifest.hpp"

namespace amphi {
namespace {

constexpr std::size_t kLargestManifest = 64 << 20;  // bytes: a disc has some thousand files and a few hundred titles
constexpr int kDeepest = 32;

[[noreturn]] void refuse(const std::string& rule, const std::string& what) {
  throw Error(ErrorKind::kUsage, fmt::format("{}: {}", rule, what), "the manifest was not taken; ask whoever wrote it");
}

// JSON lets a key stand twice, and every reader takes another one: no manifest may.
class KeyWatch {
 public:
  bool operator()(int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
    using Event = nlohmann::json::parse_event_t;
    if (depth > kDeepest) refuse("too-deep", fmt::format("more than {} levels", kDeepest));
    if (event == Event::object_start) keys_.emplace_back();
    if (event == Event::object_end) keys_.pop_back();
    if (event == Event::key && !keys_.back().insert(parsed.get<std::string>()).second)
      refuse("duplicate-key",
             fmt::format("'{}' stands twice in one object", escape_controls(parsed.get<std::string>())));
    return true;
  }

 private:
  std::vector<std::set<std::string>> keys_;
};

constexpr std::array<std::string_view, 22> kVocabulary{
    "MPEG-1",     "MPEG-2", "VC-1",         "AVC", "MVC",    "HEVC",       "LPCM",      "AC-3",
    "E-AC-3",     "TrueHD", "TrueHD Atmos", "DTS", "DTS-ES", "DTS-HD HRA", "DTS-HD MA", "DTS:X",
    "MPEG Audio", "SDDS",   "VobSub",       "PGS", "TextST", "IGS"};

bool is_known_codec(const nlohmann::json& codec) {
  return codec.is_string() &&
         std::find(kVocabulary.begin(), kVocabulary.end(), codec.get_ref<const std::string&>()) != kVocabulary.end();
}

// Only the older form has these; a sample rate that is text beside a codec of today is a mistake, not an older form.
bool is_of_older_form(const nlohmann::json& object) {
  if (object.contains("extensions") || object.contains("modifiedAt")) return true;
  const auto rate = object.find("sampleRate"), codec = object.find("codec");
  return rate != object.end() && rate->is_string() && codec != object.end() && !is_known_codec(*codec);
}

bool has_older_part(const nlohmann::json& value) {
  if (!value.is_structured()) return false;
  if (value.is_object() && is_of_older_form(value)) return true;
  return std::any_of(value.begin(), value.end(), has_older_part);
}

}  // namespace

nlohmann::json parse_manifest_text(std::string_view text) {
  if (text.size() > kLargestManifest) refuse("too-large", fmt::format("{} bytes", text.size()));
  KeyWatch watch;
  try {
    return nlohmann::json::parse(text, std::ref(watch));
  } catch (const nlohmann::json::exception& error) {
    refuse("not-json", escape_controls(to_valid_utf8(error.what())));
  }
}

ManifestDialect dialect_of(const nlohmann::json& manifest) {
  return has_older_part(manifest) ? ManifestDialect::kOlder : ManifestDialect::kCurrent;
}

}  // namespace amphi
