#include "support.hpp"

namespace amphi {
namespace {

using namespace test;

TEST(Propose, a_film_and_its_extras) {
  const std::vector tracks{track_of(1, "dvd:1", 5400), track_of(2, "dvd:2", 120), track_of(3, "dvd:3", 60)};
  const auto proposal =
      propose(disc_of(DiscKind::kDvd), tracks,
              entry_of(film(), {title_of("01", 5400, "", "The Film", "MainMovie"),
                                title_of("02", 120, "", "Trailer", "Trailer"), title_of("03", 60, "", ""),
                                title_of("09", 700, "", "Lost", "Extra")}));
  EXPECT_EQ(proposal.disc.title, "The Film");
  EXPECT_EQ(proposal.disc.year, 2001);
  EXPECT_EQ(proposal.disc.imdb_id, "tt1234567");
  EXPECT_EQ(proposal.disc.tmdb_id, "42");
  EXPECT_EQ(proposal.disc.media_type, MediaType::kMovie);
  EXPECT_EQ(proposal.disc.show_name, std::nullopt);
  EXPECT_EQ(proposal.disc.edition, std::nullopt);
  ASSERT_EQ(proposal.tracks.size(), 2U);  // nobody said what the third is
  EXPECT_EQ(proposal.tracks[0].id, tracks[0].id);
  EXPECT_EQ(proposal.tracks[0].edits.track_type, TrackType::kMainFeature);
  EXPECT_EQ(proposal.tracks[0].edits.edition, std::nullopt);
  EXPECT_EQ(proposal.tracks[1].edits.track_name, "Trailer");
  EXPECT_EQ(proposal.tracks[1].edits.track_type, TrackType::kTrailers);
  EXPECT_EQ(proposal.not_on_disc, std::vector<std::string>{"09 Lost"});
  EXPECT_TRUE(proposal.untaken.empty());
}

TEST(Propose, an_edition_is_the_releases_cut_or_the_titles_own) {
  const std::vector tracks{track_of(1, "dvd:1", 5400), track_of(2, "dvd:2", 6000)};
  const auto title = title_of("01", 5400, "", "The Film", "MainMovie");
  const auto by_release = propose(disc_of(DiscKind::kDvd), tracks, entry_of(film(), {title}, "The Final Cut 4K"));
  EXPECT_EQ(by_release.disc.edition, "Final Cut");
  EXPECT_EQ(by_release.tracks[0].edits.edition, std::nullopt);

  const auto own = title_of("01", 5400, "", "The Film: Extended Cut", "MainMovie");
  const auto by_title = propose(disc_of(DiscKind::kDvd), tracks, entry_of(film(), {own}, "Extended Edition"));
  EXPECT_EQ(by_title.disc.edition, std::nullopt);
  EXPECT_EQ(by_title.tracks[0].edits.edition, "Extended Cut");

  const auto languages = propose(disc_of(DiscKind::kDvd), tracks,
                                 entry_of(film(),
                                          {title_of("01", 5400, "", "The Film (French)", "MainMovie"),
                                           title_of("02", 6000, "", "The Film (German)", "MainMovie")},
                                          "Extended Edition"));
  EXPECT_EQ(languages.disc.edition, std::nullopt);
  EXPECT_EQ(languages.tracks[0].edits.edition, "French");
  EXPECT_EQ(languages.tracks[1].edits.edition, "German");
  // Alone, it tells nothing apart.
  const auto alone = propose(disc_of(DiscKind::kDvd), tracks,
                             entry_of(film(), {title_of("01", 5400, "", "The Film (French)", "MainMovie")}));
  EXPECT_EQ(alone.tracks[0].edits.edition, std::nullopt);
}

TEST(Propose, episodes_have_numbers_and_their_extras_a_season) {
  const std::vector tracks{track_of(1, "dvd:1", 1300), track_of(2, "dvd:2", 2600), track_of(3, "dvd:3", 90),
                           track_of(4, "dvd:4", 1310)};
  auto scene = title_of("03", 90, "", "Pilot Deleted Scenes", "DeletedScene");
  scene.season = "1";
  scene.episode = "1";
  const auto proposal =
      propose(disc_of(DiscKind::kDvd), tracks,
              entry_of(show(),
                       {episode_of("01", 1300, "Pilot", "1", "1"), episode_of("02", 2600, "Two", "1", "2-3"), scene,
                        episode_of("04", 1310, "Odd", "one", "2,4")},
                       "Extended Edition"));
  EXPECT_EQ(proposal.disc.show_name, "The Show");
  EXPECT_EQ(proposal.disc.title, "The Show");
  EXPECT_EQ(proposal.disc.media_type, MediaType::kTv);
  EXPECT_EQ(proposal.disc.edition, std::nullopt);
  ASSERT_EQ(proposal.tracks.size(), 4U);
  EXPECT_EQ(proposal.tracks[0].edits.season, 1);
  EXPECT_EQ(proposal.tracks[0].edits.episode, 1);
  EXPECT_EQ(proposal.tracks[0].edits.episode_end, std::nullopt);
  EXPECT_EQ(proposal.tracks[1].edits.episode, 2);
  EXPECT_EQ(proposal.tracks[1].edits.episode_end, 3);
  EXPECT_EQ(proposal.tracks[2].edits.season, 1);
  EXPECT_EQ(proposal.tracks[2].edits.episode, std::nullopt);  // it would be taken for the episode itself
  EXPECT_EQ(proposal.tracks[3].edits.track_name, "Odd");
  EXPECT_EQ(proposal.tracks[3].edits.season, std::nullopt);
  EXPECT_EQ(proposal.untaken, (std::vector<std::string>{"track 4: season 'one' is no number",
                                                        "track 4: episode '2,4' is no number and no range"}));
}

TEST(Propose, without_a_work_tracks_are_taken_all_the_same) {
  auto entry =
      entry_of(film(), {title_of("01", 120, "", "Trailer", "Trailer"), title_of("02", 500, "", "X", "Hologram")});
  entry.work.reset();
  entry.release.reset();
  const auto proposal = propose(disc_of(DiscKind::kDvd), {track_of(1, "dvd:1", 120), track_of(2, "dvd:2", 900)}, entry);
  EXPECT_EQ(proposal.disc, DiscEdits{});
  ASSERT_EQ(proposal.tracks.size(), 1U);
  EXPECT_EQ(proposal.tracks[0].edits.track_name, "Trailer");
  ASSERT_EQ(proposal.untaken.size(), 1U);
  EXPECT_EQ(proposal.untaken[0].find("track 2 lasts 15:00 here"), 0U);
}

TEST(Agree, releases_fill_each_other_in) {
  Proposal one, other;
  one.disc.title = "The Film";
  other.disc.title = "The Film";
  other.disc.year = 2001;
  one.tracks.push_back({{2}, 2, Said{.track_name = "B"}, "length"});
  other.tracks.push_back({{1}, 1, Said{.track_name = "A"}, "length"});
  other.tracks.push_back({{2}, 2, Said{.track_type = TrackType::kTrailers}, "length"});
  const auto agreement = agree({one, other});
  EXPECT_TRUE(agreement.conflicts.empty());
  EXPECT_EQ(agreement.proposal.disc.year, 2001);
  ASSERT_EQ(agreement.proposal.tracks.size(), 2U);
  EXPECT_EQ(agreement.proposal.tracks[0].edits.track_name, "A");
  EXPECT_EQ(agreement.proposal.tracks[1].edits.track_name, "B");
  EXPECT_EQ(agreement.proposal.tracks[1].edits.track_type, TrackType::kTrailers);
}

TEST(Agree, conflicts_are_named) {
  Proposal one, other;
  one.disc.title = "The Film";
  other.disc.title = "Another";
  one.tracks.push_back({{2}, 2, Said{.track_name = "B", .season = 1, .episode = 1, .episode_end = 2}, "length"});
  other.tracks.push_back({{2}, 2, Said{.track_name = "C", .season = 1, .episode = 1}, "length"});
  EXPECT_EQ(agree({one, other}).conflicts,
            (std::vector<std::string>{"title", "track 2 track_name", "track 2 episode_end"}));
  EXPECT_TRUE(agree({one, one}).conflicts.empty());
}

}  // namespace
}  // namespace amphi
