// What the drives hold, and which disc a user means.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "amphi/reader.hpp"
#include "process/identities.hpp"
#include "process/sources.hpp"

namespace amphi {
namespace {

void read_drive(Catalog* catalog, DriveReport& report) {
  try {
    const auto source = source_of(report.drive);
    report.busy = source_busy(source);
    if (report.busy) return;
    const auto identity = catalog ? identity_of(*catalog, source) : read_identity(source);
    report.fingerprint = identity.fingerprint;
    report.volume_label = identity.volume_label;
    if (catalog) report.disc = catalog->find_by_identifiers(identity);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kCatalog || error.kind() == ErrorKind::kBusy) throw;
    report.trouble = error.message();
  }
}

// What cannot be told while a drive is being ripped from: the disc that was last read there and has a step running.
void guess_busy_drive(Catalog& catalog, DriveReport& report) {
  for (const auto& intent : catalog.intents()) {
    if (intent.stage != Stage::kRip) continue;
    const auto record = catalog.load_disc(catalog.disc_of(intent.track_id));
    if (record.disc.source.path != report.drive.path) continue;
    report.disc = record.disc.id;
    report.fingerprint = record.disc.fingerprint;
    report.volume_label = record.disc.volume_label;
  }
}

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

DiscId disc_in(Catalog& catalog, const Source& source) {
  const auto identity = identity_of(catalog, source);
  if (const auto disc = catalog.find_by_identifiers(identity)) return *disc;
  throw Error(
      ErrorKind::kNotFound,
      fmt::format("the disc in {} is not in the catalog ({})", source.path, short_fingerprint(identity.fingerprint)),
      fmt::format("amphi disc scan {}", source.path));
}

}  // namespace

std::vector<DriveReport> survey_drives(Catalog* catalog, const Config& config) {
  std::vector<DriveReport> reports;
  for (auto& drive : list_drives(config.drives)) {
    DriveReport report;
    report.drive = std::move(drive);
    if (report.drive.state == DriveState::kDisc) read_drive(catalog, report);
    if (report.busy && catalog) guess_busy_drive(*catalog, report);
    reports.push_back(std::move(report));
  }
  return reports;
}

Source default_source(const Config& config) {
  std::vector<Drive> loaded;
  for (auto& drive : list_drives(config.drives))
    if (drive.state == DriveState::kDisc) loaded.push_back(std::move(drive));
  if (loaded.empty())
    throw Error(ErrorKind::kUnavailable, "there is no disc in any drive",
                "put one in, or name an image, a folder, or a disc that amphi disc list shows");
  if (loaded.size() == 1) return source_of(loaded.front());
  std::vector<std::string> paths;
  for (const auto& drive : loaded) paths.push_back(drive.path);
  throw Error(ErrorKind::kAmbiguous, "several drives hold a disc", "name one of them", paths);
}

DiscId resolve_disc(Catalog& catalog, const Config& config, const std::optional<std::string>& selector) {
  if (!selector) return disc_in(catalog, default_source(config));
  const bool is_toc = selector->starts_with(kTocPrefix);
  if (!is_toc && selector->find('/') == std::string::npos) {
    // A word without a slash is the catalog's first: a file that happens to be called "1" hides no disc.
    try {
      return catalog.find_disc(*selector);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kNotFound || !is_there(*selector)) throw;
    }
  }
  return disc_in(catalog, make_source(*selector));
}

}  // namespace amphi
