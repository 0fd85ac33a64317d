#include "completion/catalog_source.hpp"

#include <set>

#include <fmt/format.h>

#include "amphi/drive.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "tools/tool.hpp"
#include "view.hpp"

namespace amphi::cmd {

namespace {

// The latest; more is no help to anyone.
constexpr int kMostDiscs = 500;
constexpr int kMostDiscsWithTracks = 50;
constexpr std::size_t kMostTracks = 500;

template <class Make>
std::vector<Suggestion> quietly(Make make) {
  try {
    return make();
  } catch (const std::exception&) {  // see the header: silent by design
    return {};
  }
}

std::string title_of(const Disc& disc) {
  return disc.edits.year ? fmt::format("{} ({})", display_title(disc), *disc.edits.year) : display_title(disc);
}

std::string describe(const Disc& disc, const Track& track) {
  return fmt::format("{}: {} {}", title_of(disc), track.edits.track_name.value_or(std::string(to_string(track.type()))),
                     human_duration(track.scanned.duration_seconds));
}

void add_tracks(Catalog& catalog, DiscId disc, const std::string& prefix, std::vector<Suggestion>& out) {
  const auto record = catalog.load_disc(disc);
  for (const auto& track : record.tracks) {
    if (track.vanished || out.size() >= kMostTracks) continue;
    const auto name =
        prefix.empty() ? std::to_string(track.id.value) : fmt::format("{}:{}", prefix, track.scanned.number);
    out.push_back({name, describe(record.disc, track)});
  }
}

}  // namespace

std::vector<Suggestion> CatalogSource::discs(const std::string& word) {
  return quietly([&] {
    std::vector<Suggestion> out;
    for (const auto& disc : context_.catalog_to_read().discs_beginning(word, kMostDiscs)) {
      out.push_back({short_fingerprint(disc.fingerprint), title_of(disc)});
    }
    return out;
  });
}

// A disc and a colon: its tracks by number. Digits: track ids. Else the discs, to be followed by a colon.
std::vector<Suggestion> CatalogSource::tracks(const std::string& word) {
  return quietly([&] {
    std::vector<Suggestion> out;
    auto& catalog = context_.catalog_to_read();
    const auto colon = word.find(':');
    if (colon != std::string::npos) {
      const auto disc = word.substr(0, colon);
      add_tracks(catalog, catalog.find_disc(disc), disc, out);
      return out;
    }
    const bool by_id = word.empty() || (word.front() >= '0' && word.front() <= '9');
    for (const auto& disc : catalog.discs_beginning(by_id ? "" : word, kMostDiscsWithTracks)) {
      add_tracks(catalog, disc.id, by_id ? "" : short_fingerprint(disc.fingerprint), out);
    }
    return out;
  });
}

std::vector<Suggestion> CatalogSource::presets() {
  return quietly([&] {
    std::vector<Suggestion> out;
    for (const auto& name : known_presets(context_.config())) out.push_back({name, {}});
    return out;
  });
}

std::vector<Suggestion> CatalogSource::drives() {
  return quietly([&] {
    std::vector<Suggestion> out;
    for (const auto& drive : list_drives(context_.config().drives)) out.push_back({drive.path, drive.model});
    return out;
  });
}

std::vector<Suggestion> CatalogSource::steps() {
  return quietly([&] {
    constexpr int kEntries = 200;
    std::vector<Suggestion> out;
    std::set<std::string> seen;
    for (const auto& entry : context_.catalog_to_read().history(std::nullopt, std::nullopt, kEntries)) {
      const auto detail = Json::parse(entry.detail, nullptr, false);
      if (!detail.is_object() || !detail.contains("step") || !detail["step"].is_string()) continue;
      const auto id = detail["step"].get<std::string>();
      if (seen.insert(id).second) out.push_back({id, entry.event});
    }
    return out;
  });
}

}  // namespace amphi::cmd
