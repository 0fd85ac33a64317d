// `process cancel`: a mark in the catalog that the running coordinator looks for; a request nobody runs is simply
// ended.
#include "amphi/process.hpp"

namespace amphi {

int cancel_requests(Catalog& catalog, std::optional<DiscId> disc) {
  const auto requests = catalog.unfinished_requests(disc);
  for (const auto& request : requests) catalog.cancel_request(request.id);
  return static_cast<int>(requests.size());
}

}  // namespace amphi
