// Backup, restore, import and rebuild under the locks that they need. Content is put into a catalog only while no amphi
// works on a track or a request of it, and by one at a time; a backup elsewhere touches nothing of another's and needs
// no lock here.
#include "amphi/care.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "catalog/ancestor_import.hpp"
#include "catalog/import.hpp"
#include "catalog/open.hpp"
#include "catalog/patiently.hpp"
#include "catalog/restore.hpp"
#include "catalog/save.hpp"
#include "process/locks.hpp"
#include "process/rebuild.hpp"

namespace amphi {
namespace {

template <class Try>
Lock demand(Try try_once, WhenBusy when_busy, const Error& busy) {
  auto lock = Lock::wait(try_once, [&] { return when_busy == WhenBusy::kFail; });
  if (!lock) throw busy;
  return std::move(*lock);
}

Lock demand_care(const std::string& path, WhenBusy when_busy) {
  require_folder(path);
  return demand([&] { return try_care_lock(path); }, when_busy,
                Error(ErrorKind::kBusy, fmt::format("another amphi backs up or restores the catalog {} just now", path),
                      "try again when it has ended, or --wait"));
}

Lock demand_all_work(const std::string& path, WhenBusy when_busy) {
  return demand([&] { return try_all_work(path); }, when_busy,
                Error(ErrorKind::kBusy, fmt::format("an amphi works on tracks of the catalog {} just now", path),
                      "try again when it has ended, stop it with amphi process cancel, or --wait"));
}

}  // namespace

FilesCheck check_files(Catalog& catalog, const Config& config) {
  FilesCheck check;
  verify_discs(catalog, config, catalog.all_discs(), {}, [&](const TrackAnswer& track, const TrackSnapshot&) {
    for (const auto stage : kStages) {
      const auto& answer = track.stages[stage];
      if (answer.verdict == Verdict::kPending) continue;
      ++check.counts[answer.verdict];
      if (answer.verdict == Verdict::kDone || answer.verdict == Verdict::kRemoved) continue;
      check.faults.push_back({track.track, stage, answer.verdict, answer.path, answer.detail});
    }
  });
  return check;
}

SavedCopy back_up_catalog(const std::string& path, const std::optional<std::string>& target, std::optional<int> keep,
                          const std::function<Timestamp()>& clock, WhenBusy when_busy) {
  // A catalog that cannot be used is said to be so before anything is made beside it.
  require_made(path);
  // Elsewhere nothing of another's is taken or deleted, and the catalog's own folder need not be writable.
  if (target) return patiently(when_busy, [&] { return save_copy(path, target, clock()); });
  const Lock alone = demand_care(path, when_busy);
  auto saved = patiently(when_busy, [&] { return save_copy(path, std::nullopt, clock()); });
  // Only now that a newer one lies there, verified and durable.
  if (keep) saved.deleted = drop_old_copies(path, *keep, saved.path);
  return saved;
}

Restored restore_catalog(const std::string& path, const std::string& file, const std::function<Timestamp()>& clock,
                         WhenBusy when_busy) {
  const Lock alone = demand_care(path, when_busy);
  const Lock nobody_works = demand_all_work(path, when_busy);
  return restore_from(path, file, clock(), when_busy);
}

Imported import_catalog(const std::string& path, std::istream& lines, const std::string& name,
                        const std::function<Timestamp()>& clock, WhenBusy when_busy) {
  const Lock alone = demand_care(path, when_busy);
  const Lock nobody_works = demand_all_work(path, when_busy);
  return import_lines(path, lines, name, clock, when_busy);
}

AncestorImported import_ancestor(const std::function<Catalog&()>& catalog, const std::string& file,
                                 WhenBusy when_busy) {
  const auto source = std::filesystem::absolute(file).lexically_normal().string();
  const auto ancestor = understand_ancestor(patiently(when_busy, [&] { return read_ancestor(file); }), source);
  Catalog& into = catalog();
  const Lock nobody_works = demand_all_work(into.path(), when_busy);
  return take_in(into, ancestor);
}

RebuildSummary rebuild_catalog(Catalog& catalog, const Config& config,
                               const std::function<void(const std::string&)>& tell, WhenBusy when_busy) {
  const Lock nobody_works = demand_all_work(catalog.path(), when_busy);
  return rebuild(catalog, config, tell);
}

}  // namespace amphi
