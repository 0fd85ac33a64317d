// Two discs of the catalog become one, as a person says: nothing that was recorded of either is lost.
#include <nlohmann/json.hpp>

#include "support.hpp"

namespace amphi::testing {
namespace {

struct UniteTest : CatalogTest {
  Catalog catalog = open();

  // Another program's or a log's view of the same disc: tracks are numbers only.
  static ScannedDisc written_down(int tracks = 3) {
    ScannedDisc d = disc("0e", tracks);
    d.fingerprint = fingerprint("0e", "log-");
    d.provisional = true;
    d.identifiers = {{"thediscdb-content-hash", "1234"}};
    for (auto& t : d.tracks) t.reference = "title:" + std::to_string(t.number);
    return d;
  }
  TrackId track_of(DiscId id, std::size_t index) { return catalog.load_disc(id).tracks.at(index).id; }
  void edit(DiscId id, const std::string& patch) { catalog.apply_edit(id, parse_patch(patch)); }
  std::string track_patch(TrackId id, const std::string& fields) {
    return R"({"tracks": [{"id": )" + std::to_string(id.value) + ", " + fields + "}]}";
  }
};

TEST_F(UniteTest, EditsFilesAttemptsAndHistoryGoOver) {
  const DiscId read = store(catalog, disc()), written = store(catalog, written_down());
  edit(read, R"({"disc": {"title": "Film"}})");
  edit(written, R"({"disc": {"title": "Another name", "year": 1999}})");
  const auto first = track_of(read, 0), others = track_of(written, 0);
  edit(read, track_patch(first, R"("track_name": "The film")"));
  edit(written, track_patch(others, R"("track_name": "A film", "season": 2, "episode": 3, "episode_end": 4)"));
  catalog.commit_artifact(first, receipt(Stage::kRip, "/srv/rip.mkv"), std::nullopt);
  catalog.commit_artifact(others, receipt(Stage::kTranscode, "/srv/small.mkv"), std::nullopt);
  catalog.add_request({others, first}, Stage::kInsert, 1);
  const auto happened =
      catalog.history(read, std::nullopt, 0).size() + catalog.history(written, std::nullopt, 0).size();

  const auto result = catalog.merge_discs(read, written);
  EXPECT_EQ(result.disc_id, read);
  EXPECT_TRUE(result.notes.empty());
  const auto record = catalog.load_disc(read);
  EXPECT_EQ(record.disc.fingerprint, fingerprint("a1b2c3d4"));
  EXPECT_FALSE(record.disc.provisional);
  EXPECT_EQ(record.disc.edits.title, "Film");
  EXPECT_EQ(record.disc.edits.year, 1999);
  ASSERT_EQ(record.tracks.size(), 3u);
  EXPECT_EQ(record.tracks[0].id, first);
  EXPECT_EQ(record.tracks[0].scanned, disc().tracks[0]);
  EXPECT_EQ(record.tracks[0].edits.track_name, "The film");
  EXPECT_EQ(record.tracks[0].edits.season, 2);
  EXPECT_EQ(record.tracks[0].edits.episode, 3);
  EXPECT_EQ(record.tracks[0].edits.episode_end, 4);
  EXPECT_EQ(catalog.recorded(first, Stage::kRip)->path, "/srv/rip.mkv");
  EXPECT_EQ(catalog.recorded(first, Stage::kTranscode)->path, "/srv/small.mkv");
  EXPECT_EQ(catalog.unfinished_requests().at(0).tracks, std::vector<TrackId>{first});
  EXPECT_EQ(catalog.history(read, std::nullopt, 0).size(), happened + 1);
  EXPECT_EQ(catalog.all_discs(), std::vector<DiscId>{read});
  for (const auto& name : {fingerprint("0e", "log-"), std::string("1234")})
    EXPECT_EQ(catalog.find_disc(name), read) << name;
}

TEST_F(UniteTest, TheDiscThatWasReadItselfKnowsBetterWhicheverStays) {
  const DiscId written = store(catalog, written_down(4)), read = store(catalog, disc());
  const auto first = track_of(written, 0);
  const auto result = catalog.merge_discs(written, read);
  EXPECT_EQ(result.notes, std::vector<std::string>{"track 4 vanished"});
  const auto record = catalog.load_disc(written);
  EXPECT_EQ(record.disc.fingerprint, fingerprint("a1b2c3d4"));
  EXPECT_FALSE(record.disc.provisional);
  ASSERT_EQ(record.tracks.size(), 4u);
  EXPECT_EQ(record.tracks[0].id, first);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(record.tracks[i].scanned, disc().tracks[i]);
  EXPECT_TRUE(record.tracks[3].vanished);
  // A scan finds it, and finds nothing new.
  EXPECT_TRUE(catalog.store_scan(disc(), classes(disc())).notes.empty());
  EXPECT_EQ(catalog.all_discs(), std::vector<DiscId>{written});
}

TEST_F(UniteTest, ATrackThatOnlyTheOtherHasIsKeptWithItsFiles) {
  const DiscId read = store(catalog, disc()), written = store(catalog, written_down(4));
  const auto fourth = track_of(written, 3);
  catalog.commit_artifact(fourth, receipt(Stage::kRip, "/srv/4.mkv"), std::nullopt);
  catalog.merge_discs(read, written);
  const auto record = catalog.load_disc(read);
  ASSERT_EQ(record.tracks.size(), 4u);
  EXPECT_EQ(record.tracks[3].id, fourth);
  EXPECT_TRUE(record.tracks[3].vanished);
  EXPECT_EQ(record.artifacts[3][Stage::kRip]->artifact.receipt.path, "/srv/4.mkv");
}

TEST_F(UniteTest, TwoFilesOfOneStageAreForAPersonToSettle) {
  const DiscId read = store(catalog, disc()), written = store(catalog, written_down());
  catalog.commit_artifact(track_of(read, 0), receipt(Stage::kRip, "/srv/a.mkv"), std::nullopt);
  catalog.commit_artifact(track_of(written, 0), receipt(Stage::kRip, "/srv/b.mkv"), std::nullopt);
  const auto before = catalog.data_version();
  const auto error = error_of([&] { catalog.merge_discs(read, written); });
  EXPECT_EQ(error.kind(), ErrorKind::kUsage);
  EXPECT_NE(error.message().find("/srv/a.mkv and /srv/b.mkv"), std::string::npos) << error.message();
  EXPECT_EQ(catalog.data_version(), before);
  EXPECT_EQ(catalog.all_discs().size(), 2u);
}

TEST_F(UniteTest, OfOneFileTheRecordCountsThatWasMadeWithIt) {
  const DiscId read = store(catalog, disc()), written = store(catalog, written_down());
  const auto first = track_of(read, 0), others = track_of(written, 0);
  auto imported = receipt(Stage::kRip, "/srv/a.mkv");
  imported.tool = "amphigory";
  catalog.put_artifact(first, {first, imported, false, true});
  catalog.commit_artifact(others, receipt(Stage::kRip, "/srv/a.mkv"), std::nullopt);
  catalog.commit_artifact(first, receipt(Stage::kTranscode, "/srv/t.mkv"), std::nullopt);
  catalog.mark_removed(first, Stage::kTranscode, std::nullopt);
  auto newer = imported;
  newer.stage = Stage::kTranscode, newer.path = "/srv/t2.mkv";
  catalog.put_artifact(others, {others, newer, false, true});
  catalog.merge_discs(read, written);
  EXPECT_EQ(catalog.recorded(first, Stage::kRip)->tool, "libdvdread");
  EXPECT_EQ(catalog.recorded(first, Stage::kTranscode)->path, "/srv/t2.mkv");
}

TEST_F(UniteTest, APreviewChangesNothing) {
  const DiscId read = store(catalog, disc()), written = store(catalog, written_down(4));
  const auto result = catalog.merge_discs(read, written, Catalog::Merging::kPreview);
  EXPECT_EQ(result.notes.size(), 1u);
  EXPECT_EQ(catalog.all_discs().size(), 2u);
  EXPECT_EQ(catalog.load_disc(read).tracks.size(), 3u);
  EXPECT_EQ(catalog.history(read, std::nullopt, 0).front().event, "scanned");
}

TEST_F(UniteTest, WhatCannotBeOneDiscIsRefused) {
  const DiscId read = store(catalog, disc());
  ScannedDisc bluray = disc("b2");
  bluray.kind = DiscKind::kBluray;
  bluray.fingerprint = fingerprint("b2", "br-");
  const DiscId other = store(catalog, bluray);
  EXPECT_EQ(error_of([&] { catalog.merge_discs(read, read); }).kind(), ErrorKind::kUsage);
  EXPECT_EQ(error_of([&] { catalog.merge_discs(read, other); }).kind(), ErrorKind::kUsage);
  EXPECT_EQ(error_of([&] { catalog.merge_discs(read, {99}); }).kind(), ErrorKind::kNotFound);
}

TEST_F(UniteTest, NotWhileSomethingIsBeingMade) {
  const DiscId read = store(catalog, disc()), written = store(catalog, written_down());
  Intent intent;
  intent.step_id = "1", intent.track_id = track_of(written, 1), intent.kind = IntentKind::kMake,
  intent.spec_json = "{}";
  catalog.add_intent(intent);
  EXPECT_EQ(error_of([&] { catalog.merge_discs(read, written); }).kind(), ErrorKind::kBusy);
}

TEST_F(UniteTest, FilesOfTheDiscAreThoseOfTheOneThatWasRead) {
  auto listed = written_down();
  listed.files = {{"VIDEO_TS/VIDEO_TS.IFO", 1}};
  auto scan = disc();
  scan.files = {{"VIDEO_TS/VIDEO_TS.IFO", 2}, {"VIDEO_TS/VTS_01_0.IFO", 3}};
  const DiscId written = store(catalog, listed), read = store(catalog, scan);
  catalog.merge_discs(written, read);
  EXPECT_EQ(catalog.files_of(written), scan.files);
}

}  // namespace
}  // namespace amphi::testing
