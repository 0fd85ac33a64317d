// The latest discs whose fingerprints begin alike: what a shell offers while somebody types one.
#include <fmt/format.h>

#include "amphi/catalog.hpp"
#include "catalog/rows.hpp"
#include "catalog/store.hpp"

namespace amphi {

std::vector<Disc> Catalog::discs_beginning(std::string_view start, int limit) {
  // A few digits leave so few discs that the index finds them at once; with fewer, going back from the latest meets
  // enough of them soon, and the index would have to be read and sorted whole: the sign keeps it out.
  constexpr std::size_t kTellingLength = 7;
  static const std::string kByIndex = fmt::format(
      "SELECT {} FROM disc d LEFT JOIN disc_edit e ON e.disc_id = d.id"
      " WHERE d.fingerprint >= ?1 AND d.fingerprint < ?1 || '~' ORDER BY d.id DESC LIMIT ?2",
      disc_columns());
  static const std::string kByAge = fmt::format(
      "SELECT {} FROM disc d LEFT JOIN disc_edit e ON e.disc_id = d.id"
      " WHERE +d.fingerprint >= ?1 AND +d.fingerprint < ?1 || '~' ORDER BY d.id DESC LIMIT ?2",
      disc_columns());
  std::vector<Disc> discs;
  const auto& select = start.size() >= kTellingLength ? kByIndex : kByAge;
  Use row = impl_->db().use(select.c_str(), start, limit);
  while (row.step()) discs.push_back(read_disc(*impl_, row));
  return discs;
}

}  // namespace amphi
