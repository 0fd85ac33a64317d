// Which disc a drive or an image held when it was last read.
#include <nlohmann/json.hpp>

#include "amphi/catalog.hpp"
#include "catalog/rows.hpp"
#include "catalog/store.hpp"

namespace amphi {
namespace {

using nlohmann::json;

constexpr int kMostSightings = 1000;  // of places nobody reads from any more the oldest go

std::string identity_text(const ScannedDisc& disc) {
  auto identifiers = json::array();
  for (const Identifier& identifier : disc.identifiers) identifiers.push_back({identifier.kind, identifier.value});
  const json identity{{"fingerprint", disc.fingerprint},
                      {"kind", to_string(disc.kind)},
                      {"volume_label", disc.volume_label},
                      {"encrypted", disc.encrypted},
                      {"identifiers", std::move(identifiers)}};
  return identity.dump(-1, ' ', false, json::error_handler_t::replace);
}

ScannedDisc identity_in(const Store& store, const std::string& text) {
  try {
    const auto identity = json::parse(text);
    ScannedDisc disc;
    disc.fingerprint = identity.at("fingerprint").get<std::string>();
    disc.kind = parse_disc_kind(identity.at("kind").get<std::string>()).value();
    disc.volume_label = identity.at("volume_label").get<std::string>();
    disc.encrypted = identity.at("encrypted").get<bool>();
    for (const auto& identifier : identity.at("identifiers"))
      disc.identifiers.push_back({identifier.at(0).get<std::string>(), identifier.at(1).get<std::string>()});
    return disc;
  } catch (const json::exception&) {
  } catch (const std::bad_optional_access&) {
  }
  throw_damaged(store, "which disc a source held");
}

}  // namespace

std::optional<ScannedDisc> Catalog::recall(const std::string& path, const std::string& state) {
  Use row = impl_->db().use("SELECT identity FROM sighting WHERE path = ? AND state = ?", path, state);
  if (!row.step()) return std::nullopt;
  return identity_in(*impl_, row.next<std::string>());
}

void Catalog::remember(const std::string& path, const std::string& state, const ScannedDisc& disc) {
  if (!impl_->writable || recall(path, state)) return;
  Transaction transaction(impl_->writing());
  impl_->db().run("INSERT OR REPLACE INTO sighting (path, state, identity, seen_at) VALUES (?, ?, ?, ?)", path, state,
                  identity_text(disc), impl_->clock());
  impl_->db().run(
      "DELETE FROM sighting WHERE path IN (SELECT path FROM sighting ORDER BY seen_at DESC, path LIMIT -1 OFFSET ?)",
      kMostSightings);
  transaction.commit();
}

}  // namespace amphi
