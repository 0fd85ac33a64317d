// Coming back: every intent that nobody holds is settled. A held lock means alive, whoever took it.
#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "process/locks.hpp"
#include "process/receipts.hpp"
#include "process/settle.hpp"

namespace amphi {
namespace {

constexpr auto kDying = std::chrono::seconds(5);

bool any_coordinator(Catalog& catalog) {
  const HeldLocks held(catalog);
  for (const auto& request : catalog.unfinished_requests())
    if (held.request(request.id)) return true;
  return false;
}

// A step dies with its coordinator, but not in the same instant. While no coordinator lives, a held lock is a step on
// its way out, and waiting a little for it is what the user who says --resume right after the crash means.
std::optional<Lock> take_track(Catalog& catalog, TrackId track, std::chrono::steady_clock::time_point until) {
  const bool dying = !any_coordinator(catalog);
  return Lock::wait([&] { return try_track_lock(catalog, track); },
                    [&] { return !dying || std::chrono::steady_clock::now() >= until; });
}

bool still_there(Catalog& catalog, IntentId id) {
  for (const auto& intent : catalog.intents())
    if (intent.id == id) return true;
  return false;
}

// Tries whose process is gone: nothing of them runs, so the history must not say so.
void end_dead_attempts(Catalog& catalog) {
  const HeldLocks held(catalog);
  for (const auto& attempt : catalog.running_attempts())
    if (!held.track(attempt.track_id))
      catalog.end_attempt(attempt.id, "interrupted", "", "amphi or the machine ended while it ran", "");
}

// A receipt goes after the commit, so who died between them left it. Any other is some step's or another catalog's.
void remove_committed_receipts(Catalog& catalog, Folders& folders, const std::string& path) {
  const auto& folder = folders.look(path);
  if (!folder.trouble.empty() || folder.marker.empty()) return;
  const auto root = open_marked(path, folder.marker);
  for (const auto& id : receipts_in(root)) {
    const auto receipt = find_receipt(root, id);
    if (receipt && catalog.is_committed(*receipt)) remove_if_there(root, receipt_name(id));
  }
}

// Nothing hangs on them: what is in the way of that is said, and the work goes on.
void clear_away_receipts(Catalog& catalog, Folders& folders, const Config& config, std::vector<std::string>& said) {
  for (const auto& path : configured_roots(config)) {
    try {
      remove_committed_receipts(catalog, folders, path);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::kBusy) throw;
      said.push_back(fmt::format("receipts in {} were not cleared away: {}", path, error.message()));
    }
  }
}

}  // namespace

std::vector<std::string> recover(Catalog& catalog, const Config& config) {
  std::vector<std::string> said;
  Folders folders(catalog, config);
  const auto until = std::chrono::steady_clock::now() + kDying;
  for (const auto& intent : catalog.intents()) {
    const auto lock = take_track(catalog, intent.track_id, until);
    if (!lock) continue;                             // alive
    if (!still_there(catalog, intent.id)) continue;  // its owner ended well while we waited for the lock
    said.push_back(settle(catalog, folders, intent).text);
  }
  clear_away_receipts(catalog, folders, config, said);
  end_dead_attempts(catalog);
  return said;
}

std::vector<Interrupted> interrupted_work(Catalog& catalog, const Config&) {
  std::vector<Interrupted> found;
  const HeldLocks held(catalog);
  for (auto& intent : catalog.intents()) {
    const bool alive = held.track(intent.track_id);
    found.push_back({std::move(intent), alive});
  }
  return found;
}

}  // namespace amphi
