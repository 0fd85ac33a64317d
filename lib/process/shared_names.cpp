#include "process/shared_names.hpp"

#include <algorithm>
#include <numeric>

#include "amphi/library.hpp"
#include "process/presets.hpp"

namespace amphi {
namespace {

// A library file that a disc has or would make: the hash of its name, and the disc's place among those given.
struct Claim {
  std::size_t name = 0;
  std::size_t disc = 0;
};

void add_claims(const Config& config, const DiscRecord& record, std::size_t disc, std::vector<Claim>& claims) {
  for (const auto& track : record.tracks) {
    const auto preset = Presets(config).in_force(record.disc.kind, track);
    const auto place =
        library_place(config.library, record.disc, track, extension_of(record.disc.kind, Stage::kInsert, preset));
    if (!place.relative.empty())
      claims.push_back({std::hash<std::string>{}(collision_key(place.root + "/" + place.relative)), disc});
  }
}

// Every disc points at an earlier one of its group, the first at itself.
class Groups {
 public:
  explicit Groups(std::size_t count) : earlier_(count) { std::iota(earlier_.begin(), earlier_.end(), std::size_t{0}); }

  std::size_t first_of(std::size_t disc) {
    while (earlier_[disc] != disc) disc = earlier_[disc] = earlier_[earlier_[disc]];
    return disc;
  }
  void join(std::size_t a, std::size_t b) {
    const auto [first, second] = std::minmax({first_of(a), first_of(b)});
    earlier_[second] = first;
  }

 private:
  std::vector<std::size_t> earlier_;
};

}  // namespace

std::vector<std::vector<DiscId>> group_by_library_files(Catalog& catalog, const Config& config,
                                                        const std::vector<DiscId>& discs) {
  if (discs.size() == 1 || !config.library) {
    std::vector<std::vector<DiscId>> apart;
    for (const auto disc : discs) apart.push_back({disc});
    return apart;
  }
  std::vector<Claim> claims;
  for (std::size_t index = 0; index < discs.size(); ++index)
    add_claims(config, catalog.load_disc(discs[index], Catalog::Detail::kListing), index, claims);
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return a.name < b.name; });
  Groups groups(discs.size());
  for (std::size_t i = 1; i < claims.size(); ++i)
    if (claims[i].name == claims[i - 1].name) groups.join(claims[i].disc, claims[i - 1].disc);
  std::vector<std::vector<DiscId>> together(discs.size());
  for (std::size_t index = 0; index < discs.size(); ++index) together[groups.first_of(index)].push_back(discs[index]);
  std::erase_if(together, [](const auto& group) { return group.empty(); });
  return together;
}

}  // namespace amphi
