#include "process/identities.hpp"

#include <optional>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "amphi/reader.hpp"
#include "base/log.hpp"
#include "disc/medium_state.hpp"

namespace amphi {
namespace {

// `before`: the state that the source was in before it was read. A disc that was changed meanwhile is not remembered,
// nor one whose fingerprint is a log's.
void remember(Catalog& catalog, const Source& source, const std::optional<std::string>& before,
              const ScannedDisc& disc) {
  if (!before || disc.provisional || medium_state(source) != before) return;
  try {
    catalog.remember(source.path, *before, disc);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kBusy) throw;
    log_debug("not remembered, and read again next time: " + error.message());
  }
}

}  // namespace

ScannedDisc identity_of(Catalog& catalog, const Source& source) {
  const auto state = medium_state(source);
  if (state) {
    if (auto known = catalog.recall(source.path, *state)) {
      known->source = source;
      return *known;
    }
  }
  auto disc = read_identity(source);
  remember(catalog, source, state, disc);
  return disc;
}

ScannedDisc read_and_remember(Catalog& catalog, const Source& source, const ReadOptions& options) {
  const auto state = medium_state(source);
  auto disc = read_disc(source, options);
  remember(catalog, source, state, disc);
  return disc;
}

}  // namespace amphi
