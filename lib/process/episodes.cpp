// The discs that number_episodes looks at come out of the catalog, and its edit goes into it.
#include "amphi/process.hpp"

namespace amphi {

namespace {

SeriesDisc load_series_disc(Catalog& catalog, DiscId id, Catalog::Detail detail) {
  auto record = catalog.load_disc(id, detail);
  return {std::move(record.disc), std::move(record.tracks)};
}

std::vector<SeriesDisc> load_others(Catalog& catalog, const Disc& disc) {
  std::vector<DiscId> ids;
  catalog.for_each_disc([&](const Disc& other) {
    if (other.id != disc.id && are_of_one_show(disc, other)) ids.push_back(other.id);
  });
  std::vector<SeriesDisc> others;
  for (const auto id : ids) others.push_back(load_series_disc(catalog, id, Catalog::Detail::kListing));
  return others;
}

EpisodeNumbering look(Catalog& catalog, DiscId id, const EpisodesAsked& asked) {
  const auto disc = load_series_disc(catalog, id, Catalog::Detail::kWhole);
  return number_episodes(disc, asked, load_others(catalog, disc.disc));
}

}  // namespace

EpisodeNumbering number_disc(Catalog& catalog, DiscId disc, const EpisodesAsked& asked, Saving saving) {
  if (saving == Saving::kDryRun) return look(catalog, disc, asked);
  EpisodeNumbering numbering;
  catalog.in_one_transaction([&] {
    numbering = look(catalog, disc, asked);
    if (!numbering.edit.empty()) catalog.apply_edit(disc, numbering.edit);
  });
  return numbering;
}

}  // namespace amphi
