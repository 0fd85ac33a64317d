// Listing: states, filters, order.
#include <nlohmann/json.hpp>

#include "support.hpp"

namespace amphi::testing {
namespace {

struct ListTest : CatalogTest {
  Catalog catalog = open();

  DiscId add(const std::string& start, const std::string& title, int done, std::optional<int> year = {}) {
    const DiscId id = store(catalog, disc(start, 2));
    Edit edit;
    edit.disc.title.emplace(title);
    if (year) edit.disc.year.emplace(year);
    catalog.apply_edit(id, edit);
    for (int i = 0; i < done; ++i) finish(id, kStages[i]);
    return id;
  }
  void finish(DiscId id, Stage stage) {
    for (const Track& t : catalog.load_disc(id).tracks) {
      catalog.commit_artifact(t.id, receipt(stage, "/srv/" + std::to_string(t.id.value)), std::nullopt);
    }
  }
  std::vector<DiscSummary> list(const DiscFilter& filter = {}) {
    std::vector<DiscSummary> all;
    catalog.for_each_summary(filter, [&](const DiscSummary& s) { all.push_back(s); });
    return all;
  }
  std::string titles(const DiscFilter& filter = {}) {
    std::string out;
    for (const auto& s : list(filter)) out += display_title(s.disc) + " ";
    return out;
  }
};

TEST_F(ListTest, StatesFollowFromObservations) {
  const DiscId none = add("0a0a", "none", 0);
  const DiscId ripped = add("1a1a", "ripped", 1);
  const DiscId transcoded = add("2a2a", "transcoded", 2);
  const DiscId complete = add("3a3a", "complete", 3);
  for (const auto& [id, state] : std::vector<std::pair<DiscId, std::string>>{
           {none, "discovered"}, {ripped, "ripped"}, {transcoded, "transcoded"}, {complete, "complete"}}) {
    DiscFilter filter;
    filter.state = state;
    ASSERT_EQ(list(filter).size(), 1u) << state;
    EXPECT_EQ(list(filter)[0].disc.id, id);
    EXPECT_EQ(list(filter)[0].state, state);
  }
  DiscFilter by_state;
  by_state.sort = "state";
  EXPECT_EQ(titles(by_state), "none ripped transcoded complete ");
}

TEST_F(ListTest, TheLeastFarWantedTrackDecides) {
  const DiscId id = add("1a1a", "film", 0);
  const auto tracks = catalog.load_disc(id).tracks;
  catalog.commit_artifact(tracks[0].id, receipt(Stage::kInsert, "/lib/1"), std::nullopt);
  EXPECT_EQ(list()[0].state, "discovered");
  EXPECT_EQ(list()[0].wanted, 2);
  EXPECT_EQ(list()[0].done[Stage::kInsert], 1);
  Edit edit;
  edit.tracks.resize(1);
  edit.tracks[0].id = tracks[1].id;
  edit.tracks[0].wanted.emplace(false);
  catalog.apply_edit(id, edit);
  EXPECT_EQ(list()[0].state, "complete");
  EXPECT_EQ(list()[0].wanted, 1);
  edit.tracks[0] = TrackChange{};
  edit.tracks[0].id = tracks[0].id;
  edit.tracks[0].track_type.emplace(TrackType::kDuplicate);
  catalog.apply_edit(id, edit);
  EXPECT_EQ(list()[0].wanted, 0);
  EXPECT_EQ(list()[0].state, "discovered");
}

TEST_F(ListTest, EveryDiscWithItsEdits) {
  const DiscId first = add("1a1a", "One", 0), second = add("0a0a", "Two", 1);
  std::vector<std::pair<DiscId, std::string>> seen;
  catalog.for_each_disc([&](const Disc& d) { seen.emplace_back(d.id, d.edits.title.value_or("")); });
  EXPECT_EQ(seen, (std::vector<std::pair<DiscId, std::string>>{{first, "One"}, {second, "Two"}}));
}

TEST_F(ListTest, VanishedTracksDoNotCount) {
  const DiscId id = add("1a1a", "film", 0);
  const auto tracks = catalog.load_disc(id).tracks;
  catalog.commit_artifact(tracks[0].id, receipt(Stage::kRip, "/srv/1"), std::nullopt);
  store(catalog, disc("1a1a", 1));
  EXPECT_EQ(list()[0].state, "ripped");
  EXPECT_EQ(list()[0].disc.track_count, 1);
}

TEST_F(ListTest, TroubleNeedsAttention) {
  add("0a0a", "well", 1);
  const DiscId missing = add("1a1a", "missing", 1), failed = add("2a2a", "failed", 0),
               flagged = add("3a3a", "flagged", 0);
  const TrackId track = catalog.load_disc(missing).tracks[1].id;
  catalog.store_observations({{track, Stage::kRip, {}, Verdict::kMissing}});
  Attempt attempt;
  attempt.step_id = "s";
  attempt.track_id = catalog.load_disc(failed).tracks[0].id;
  catalog.end_attempt(catalog.start_attempt(attempt), Outcome::kFailed, Cause::kTool, "m", "");
  catalog.set_flag(flagged, ReprocessingType::kReRip);
  DiscFilter filter;
  filter.needs_attention = true;
  EXPECT_EQ(titles(filter), "failed flagged missing ");
  EXPECT_EQ(list(filter)[0].failed, 1);
  EXPECT_EQ(list(filter)[2].trouble[Stage::kRip], 1);
  EXPECT_EQ(list(filter)[2].done[Stage::kRip], 1);
  // Tried again: the last attempt has not failed.
  catalog.start_attempt(attempt);
  EXPECT_EQ(titles(filter), "flagged missing ");
}

TEST_F(ListTest, FiltersAndOrder) {
  add("0a0a", "Zebra", 0, 2001);
  add("1a1a", "älter", 0, 1999);
  add("2a2a", "apple", 0);
  EXPECT_EQ(titles(), "apple Zebra älter ");
  DiscFilter filter;
  filter.sort = "year";
  EXPECT_EQ(titles(filter), "älter Zebra apple ");
  filter.descending = true;
  EXPECT_EQ(titles(filter), "Zebra älter apple ");
  filter.sort = "id";
  EXPECT_EQ(titles(filter), "apple älter Zebra ");
  filter.sort = "scanned";
  EXPECT_EQ(titles(filter), "apple älter Zebra ");
  filter = {};
  filter.title = "ÄLT";
  EXPECT_EQ(titles(filter), "älter ");
  filter.title = "the_film";  // the label counts too
  EXPECT_EQ(list(filter).size(), 3u);
  filter = {};
  filter.kind = DiscKind::kBluray;
  EXPECT_TRUE(list(filter).empty());
  filter = {};
  filter.type = TrackType::kTrailers;
  EXPECT_EQ(list(filter).size(), 3u);
  filter.type = TrackType::kEpisode;
  EXPECT_TRUE(list(filter).empty());
  filter = {};
  filter.sort = "colour";
  EXPECT_EQ(error_of([&] { list(filter); }).kind(), ErrorKind::kUsage);
  filter = {};
  filter.state = "done";
  EXPECT_EQ(error_of([&] { list(filter); }).kind(), ErrorKind::kUsage);
}

TEST_F(ListTest, WritersAreNotKeptWaitingWhileALineIsTaken) {
  add("0a0a", "a", 0);
  add("1a1a", "b", 0);
  int taken = 0;
  catalog.for_each_summary({}, [&](const DiscSummary&) {
    auto other = open();
    other.remember_folder({"/a", std::to_string(taken)});
    ++taken;
  });
  EXPECT_EQ(taken, 2);
}

// More than one batch, and the way that reads everything at once: both give what the single rows say.
TEST_F(ListTest, ManyDiscs) {
  for (int i = 0; i < 2100; ++i) {
    char start[8];
    snprintf(start, sizeof start, "%04x", i + 0x1000);
    ScannedDisc d = disc(start, 1);
    d.volume_label = start;
    store(catalog, d);
  }
  const DiscRecord some = catalog.load_disc({1500});
  catalog.commit_artifact(some.tracks[0].id, receipt(Stage::kRip, "/srv/x"), std::nullopt);
  int ripped = 0, count = 0;
  std::string last;
  catalog.for_each_summary({}, [&](const DiscSummary& s) {
    ++count;
    EXPECT_LT(last, s.disc.volume_label);
    last = s.disc.volume_label;
    EXPECT_EQ(s.disc.identifiers.size(), 3u);
    if (s.state == "ripped") ripped += s.disc.id == DiscId{1500} ? 1 : 100;
  });
  EXPECT_EQ(count, 2100);
  EXPECT_EQ(ripped, 1);
}

}  // namespace
}  // namespace amphi::testing
