// What steps are about to make or delete.
#include "amphi/catalog.hpp"
#include "catalog/rows.hpp"
#include "catalog/store.hpp"
#include "model/names.hpp"

namespace amphi {
namespace {

constexpr Names<IntentKind, 3> kIntentKinds{
    {{IntentKind::kMake, "make"}, {IntentKind::kAdopt, "adopt"}, {IntentKind::kDelete, "delete"}}};

}  // namespace

std::string_view to_string(IntentKind kind) {
  return name_of(kIntentKinds, kind);
}
std::optional<IntentKind> parse_intent_kind(std::string_view text) {
  return value_of(kIntentKinds, text);
}

IntentId Catalog::add_intent(const Intent& intent) {
  Connection& db = impl_->writing();
  Transaction transaction(db);
  disc_of_track(*impl_, intent.track_id);
  db.run("INSERT INTO intent (step_id, track_id, stage, kind, spec, held_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
         intent.step_id, intent.track_id, to_string(intent.stage), to_string(intent.kind), intent.spec_json,
         intent.held_by, impl_->clock());
  const IntentId id{db.last_id()};
  transaction.commit();
  return id;
}

std::vector<Intent> Catalog::intents() {
  std::vector<Intent> intents;
  Use row = impl_->db().use("SELECT " AMPHI_INTENT_COLUMNS " FROM intent ORDER BY id");
  while (row.step()) intents.push_back(read_intent(*impl_, row));
  return intents;
}

void Catalog::drop_intent(IntentId id) {
  Transaction transaction(impl_->writing());
  impl_->db().run("DELETE FROM intent WHERE id = ?", id);
  transaction.commit();
}

}  // namespace amphi
