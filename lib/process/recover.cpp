// Coming back: every intent that nobody holds is settled. A held lock means alive, whoever took it.
#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "catalog/save.hpp"
#include "process/locks.hpp"
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

bool still_there(Catalog& catalog, IntentId id) {
  for (const auto& intent : catalog.intents())
    if (intent.id == id) return true;
  return false;
}

// nullopt: alive. No text: its owner ended well before we had the lock.
std::optional<Settlement> settle_if_dead(Catalog& catalog, Folders& folders, const Intent& intent) {
  const auto lock = try_track_lock(catalog, intent.track_id);
  if (!lock) return std::nullopt;
  return still_there(catalog, intent.id) ? try_settle(catalog, folders, intent) : Settlement{};
}

// A step dies with its coordinator, but not in the same instant. While no coordinator lives, a held lock is a step on
// its way out, and waiting a little for it is what the user who says --resume right after the crash means.
std::optional<Settlement> settle_patiently(Catalog& catalog, Folders& folders, const Intent& intent,
                                           std::chrono::steady_clock::time_point until) {
  const bool dying = !any_coordinator(catalog);
  return Lock::wait([&] { return settle_if_dead(catalog, folders, intent); },
                    [&] { return !dying || std::chrono::steady_clock::now() >= until; });
}

// Tries whose process is gone: nothing of them runs, so the history must not say so.
void end_dead_attempts(Catalog& catalog) {
  const auto attempts = catalog.running_attempts();
  const HeldLocks held(catalog);  // looked at after: who ends well meanwhile has said so before it lets go
  for (const auto& attempt : attempts)
    if (!held.track(attempt.track_id))
      catalog.end_attempt(attempt.id, Outcome::kInterrupted, std::nullopt, "amphi or the machine ended while it ran",
                          "");
}

// Who backs up or restores just now clears up himself.
void clear_unfinished_copies(const std::string& catalog) {
  if (!has_unfinished_copies(catalog)) return;
  if (const auto alone = try_care_lock(catalog)) remove_unfinished_copies(catalog);
}

}  // namespace

std::vector<std::string> recover(Catalog& catalog, const Config& config) {
  std::vector<std::string> said;
  Folders folders(catalog, config);
  const auto until = std::chrono::steady_clock::now() + kDying;
  for (const auto& intent : catalog.intents()) {
    const auto settled = settle_patiently(catalog, folders, intent, until);
    if (!settled || settled->text.empty()) continue;
    said.push_back(settled->text);
    if (settled->result == Settlement::Result::kLeft) said.back() += fmt::format(" ({})", way_out_of(intent));
  }
  end_dead_attempts(catalog);
  clear_unfinished_copies(catalog.path());
  return said;
}

std::vector<Interrupted> interrupted_work(Catalog& catalog) {
  std::vector<Interrupted> found;
  const HeldLocks held(catalog);
  for (auto& intent : catalog.intents()) {
    const bool alive = held.track(intent.track_id) || is_being_made(intent), readable = can_be_read(intent);
    found.push_back({std::move(intent), alive, readable});
  }
  return found;
}

}  // namespace amphi
