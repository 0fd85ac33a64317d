// The discs that number_episodes looks at come out of the catalog, and its edit goes into it.
#include "amphi/process.hpp"

namespace amphi {

namespace {

SeriesDisc load_series_disc(Catalog& catalog, DiscId id, Catalog::Detail detail) {
  auto record = catalog.load_disc(id, detail);
  return {std::move(record.disc), std::move(record.tracks)};
}

std::vector<DiscId> find_others(Catalog& catalog, DiscId id) {
  const auto disc = catalog.load_disc(id, Catalog::Detail::kListing).disc;
  std::vector<DiscId> others;
  catalog.for_each_disc([&](const Disc& other) {
    if (other.id != id && are_of_one_show(disc, other)) others.push_back(other.id);
  });
  return others;
}

EpisodeNumbering look(Catalog& catalog, DiscId id, const std::vector<DiscId>& others, const EpisodesAsked& asked) {
  std::vector<SeriesDisc> discs;
  for (const auto other : others) discs.push_back(load_series_disc(catalog, other, Catalog::Detail::kListing));
  return number_episodes(load_series_disc(catalog, id, Catalog::Detail::kWhole), asked, discs);
}

}  // namespace

EpisodeNumbering number_disc(Catalog& catalog, DiscId disc, const EpisodesAsked& asked, Saving saving) {
  // Before the transaction: going through a large catalog takes a second. What the others' tracks are is read within.
  const auto others = find_others(catalog, disc);
  if (saving == Saving::kDryRun) return look(catalog, disc, others, asked);
  EpisodeNumbering numbering;
  catalog.in_one_transaction([&] {
    numbering = look(catalog, disc, others, asked);
    if (!numbering.edit.empty()) catalog.apply_edit(disc, numbering.edit);
  });
  return numbering;
}

}  // namespace amphi
