#include "truths.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <nlohmann/json.hpp>

#include "amphi/reader.hpp"
#include "base/text.hpp"

namespace amphi::test {

namespace {

std::filesystem::path folder() {
  const char* given = std::getenv("AMPHI_TEST_DATA");
  return std::filesystem::path(given != nullptr ? given : AMPHI_SOURCE_DIR "/../shared/data") / "makemkv-logs";
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// "00800.mpls" is mpls:00800, "01" the DVD's title 1.
std::string reference_of(const std::string& source) {
  const auto dot = source.find('.');
  if (dot != std::string::npos) return source.substr(dot + 1) + ":" + source.substr(0, dot);
  return "dvd:" + std::to_string(parse_int(source).value_or(0));
}

ScannedTrack track_of(const nlohmann::json& title, int number) {
  ScannedTrack track;
  track.number = number;
  track.source_name = title["src"].get<std::string>();
  track.reference = reference_of(track.source_name);
  for (const auto& part : split(title["dur"].get<std::string>(), ':')) {
    track.duration_seconds = track.duration_seconds * 60 + parse_double(part).value();
  }
  track.size_bytes = title["size"].is_number() ? title["size"].get<std::int64_t>() : 0;
  track.chapter_count = title["ch"].is_number() ? title["ch"].get<int>() : 0;
  track.segment_map = title["segs"].is_string() ? title["segs"].get<std::string>() : "";
  return track;
}

DiscKind kind_of(const std::string& format) {
  return format == "DVD" ? DiscKind::kDvd : format == "UHD" ? DiscKind::kUhd : DiscKind::kBluray;
}

std::string text_or_none(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : std::string();
}

// Title number -> truth.
std::map<int, std::string> truths_of(const nlohmann::json& disc) {
  std::map<int, std::string> truths;
  for (const auto& title : disc["Titles"]) {
    if (title.contains("Item") && title["Item"].is_object())
      truths[title["Index"].get<int>()] = text_or_none(title["Item"]["Type"]);
  }
  return truths;
}

}  // namespace

std::optional<TrackType> type_of_truth(const std::string& truth) {
  static const std::map<std::string, TrackType> kTypes = {
      {"MainMovie", TrackType::kMainFeature},
      {"Episode", TrackType::kEpisode},
      {"DeletedScene", TrackType::kDeletedScenes},
      {"Trailer", TrackType::kTrailers},
      {"Featurette", TrackType::kFeaturettes},
      {"Interview", TrackType::kInterviews},
      {"Short", TrackType::kShorts},
      {"Scene", TrackType::kScenes},
      {"BehindTheScenes", TrackType::kBehindTheScenes},
  };
  const auto found = kTypes.find(truth);
  return found != kTypes.end() ? std::optional(found->second) : std::nullopt;
}

std::vector<JudgedDisc> read_index() {
  std::vector<JudgedDisc> discs;
  std::ifstream in(folder() / "index.json");
  if (!in) return discs;
  for (const auto& entry : nlohmann::json::parse(in)) {
    auto& judged = discs.emplace_back();
    judged.name = entry["slug"].get<std::string>();
    judged.disc.kind = kind_of(entry["format"].get<std::string>());
    for (const auto& title : entry["titles"]) {
      judged.disc.tracks.push_back(track_of(title, static_cast<int>(judged.disc.tracks.size())));
      judged.truths.push_back(text_or_none(title["type"]));
    }
  }
  return discs;
}

std::vector<JudgedDisc> read_logs() {
  std::vector<JudgedDisc> discs;
  std::error_code absent;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder(), absent)) {
    auto truth_file = file.path();
    truth_file.replace_extension(".json");
    if (file.path().extension() != ".txt" || !std::filesystem::exists(truth_file)) continue;
    JudgedDisc judged;
    judged.name = file.path().parent_path().filename().string() + "/" + file.path().stem().string();
    judged.disc = parse_makemkv_log(text_of(file.path()));
    auto truths = truths_of(nlohmann::json::parse(text_of(truth_file)));
    for (const auto& track : judged.disc.tracks) judged.truths.push_back(truths[track.number]);
    discs.push_back(std::move(judged));
  }
  std::sort(discs.begin(), discs.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return discs;
}

}  // namespace amphi::test
