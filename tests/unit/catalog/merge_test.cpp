// Scanning again: what users said and what was made survives, whatever the numbers do.
#include <nlohmann/json.hpp>

#include "support.hpp"

namespace amphi::testing {
namespace {

struct MergeTest : CatalogTest {
  Catalog catalog = open();

  std::vector<std::string> events(DiscId id) {
    std::vector<std::string> names;
    for (const auto& entry : catalog.history(id, std::nullopt, 0)) names.push_back(entry.event);
    return names;
  }
};

TEST_F(MergeTest, StoresAndLoadsEverything) {
  const ScannedDisc scan = disc();
  const MergeResult result = catalog.store_scan(scan, classes(scan));
  EXPECT_FALSE(result.known);
  EXPECT_TRUE(result.notes.empty());
  const DiscRecord record = catalog.load_disc(result.disc_id);
  EXPECT_EQ(record.disc.fingerprint, scan.fingerprint);
  EXPECT_EQ(record.disc.volume_label, "THE_FILM");
  EXPECT_EQ(record.disc.source, scan.source);
  EXPECT_EQ(record.disc.track_count, 3);
  EXPECT_EQ(record.disc.identifiers.size(), 3u);  // with the fingerprint itself
  ASSERT_EQ(record.tracks.size(), 3u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(record.tracks[i].scanned, scan.tracks[i]);
    EXPECT_EQ(record.tracks[i].classification, classes(scan)[i]);
    EXPECT_EQ(record.tracks[i].disc_id, result.disc_id);
  }
  EXPECT_EQ(events(result.disc_id), std::vector<std::string>{"scanned"});
}

TEST_F(MergeTest, ScanningTheSameAgainChangesNothing) {
  const DiscId id = store(catalog, disc());
  const auto before = catalog.load_disc(id);
  const MergeResult again = catalog.store_scan(disc(), classes(disc()));
  EXPECT_TRUE(again.known);
  EXPECT_EQ(again.disc_id, id);
  EXPECT_TRUE(again.notes.empty());
  EXPECT_EQ(catalog.load_disc(id).tracks[0].id, before.tracks[0].id);
  EXPECT_EQ(catalog.all_discs().size(), 1u);
}

TEST_F(MergeTest, EditsAndReceiptsSurviveMovingNumbers) {
  const DiscId id = store(catalog, disc());
  const TrackId third = catalog.load_disc(id).tracks[2].id;
  catalog.apply_edit(id, parse_patch(R"({"disc": {"title": "Film"}, "tracks": [{"id": )" + std::to_string(third.value) +
                                     R"(, "track_name": "The trailer"}]})"));
  catalog.commit_artifact(third, receipt(Stage::kRip, "/srv/ripped/3.mkv"), std::nullopt);
  // The ripper now leaves out the second title, and numbers move.
  ScannedDisc scan = disc();
  scan.tracks.erase(scan.tracks.begin() + 1);
  scan.tracks[1].number = 2;
  const MergeResult result = catalog.store_scan(scan, classes(scan));
  EXPECT_EQ(result.notes, (std::vector<std::string>{"track 3 is now track 2", "track 2 vanished"}));
  const DiscRecord record = catalog.load_disc(id);
  ASSERT_EQ(record.tracks.size(), 3u);
  EXPECT_EQ(record.disc.track_count, 2);
  EXPECT_EQ(record.tracks[1].id, third);
  EXPECT_EQ(record.tracks[1].scanned.number, 2);
  EXPECT_EQ(record.tracks[1].edits.track_name, "The trailer");
  EXPECT_TRUE(record.artifacts[1][Stage::kRip]);
  EXPECT_TRUE(record.tracks[2].vanished);
  EXPECT_EQ(record.disc.edits.title, "Film");
  EXPECT_EQ(events(id), (std::vector<std::string>{"scanned", "track_vanished", "track_moved", "ripped", "edited",
                                                  "edited", "scanned"}));
}

TEST_F(MergeTest, AVanishedTrackComesBackAsItself) {
  const DiscId id = store(catalog, disc());
  const TrackId second = catalog.load_disc(id).tracks[1].id;
  ScannedDisc fewer = disc();
  fewer.tracks.erase(fewer.tracks.begin() + 1);
  store(catalog, fewer);
  const MergeResult back = catalog.store_scan(disc(), classes(disc()));
  EXPECT_EQ(back.notes, std::vector<std::string>{"track 2 is back"});
  EXPECT_EQ(catalog.load_disc(id).tracks[1].id, second);
  EXPECT_FALSE(catalog.load_disc(id).tracks[1].vanished);
}

TEST_F(MergeTest, WhatATrackPlaysTellsItWhereTheReferenceDoesNot) {
  ScannedDisc first = disc();
  for (auto& t : first.tracks) t.reference = "title:" + std::to_string(t.number);
  const DiscId id = store(catalog, first);
  const TrackId third = catalog.load_disc(id).tracks[2].id;
  ScannedDisc second = disc();
  std::swap(second.tracks[0], second.tracks[2]);
  for (int i = 0; i < 3; ++i) second.tracks[i].number = i + 1;
  second.tracks[0].duration_seconds += 0.9;  // a log rounds
  store(catalog, second);
  const DiscRecord record = catalog.load_disc(id);
  EXPECT_EQ(record.tracks.size(), 3u);
  EXPECT_EQ(record.tracks[0].id, third);
}

TEST_F(MergeTest, TheReferenceWinsOverTheContent) {
  const DiscId id = store(catalog, disc());
  const auto before = catalog.load_disc(id);
  ScannedDisc again = disc();
  std::swap(again.tracks[0].reference, again.tracks[1].reference);
  store(catalog, again);
  const auto after = catalog.load_disc(id);
  EXPECT_EQ(after.tracks[0].id, before.tracks[1].id);
  EXPECT_EQ(after.tracks[1].id, before.tracks[0].id);
}

TEST_F(MergeTest, SameClipsWithOtherStreamsAreAnotherTrack) {
  ScannedDisc first = disc("a1b2c3d4", 1);
  const DiscId id = store(catalog, first);
  ScannedDisc second = first;
  second.tracks[0].reference = "dvd:9";
  second.tracks[0].audio[1].language = "fra";
  store(catalog, second);
  EXPECT_EQ(catalog.load_disc(id).tracks.size(), 2u);
  ScannedDisc third = second;
  third.tracks[0].reference = "dvd:10";
  third.tracks[0].duration_seconds += 3;
  store(catalog, third);
  EXPECT_EQ(catalog.load_disc(id).tracks.size(), 3u);
}

TEST_F(MergeTest, APartialSourceMakesNothingVanish) {
  const DiscId id = store(catalog, disc());
  ScannedDisc part = disc();
  part.partial = true;
  part.tracks.pop_back();
  EXPECT_TRUE(catalog.store_scan(part, classes(part)).notes.empty());
  EXPECT_FALSE(catalog.load_disc(id).tracks[2].vanished);
}

ScannedDisc log_of(const ScannedDisc& real) {
  ScannedDisc log = real;
  log.fingerprint = fingerprint("1095", "log-");
  log.provisional = true;
  log.identifiers = {{"thediscdb-content-hash", real.identifiers[1].value}};
  log.source = {SourceKind::kLog, "/logs/film.txt"};
  return log;
}

TEST_F(MergeTest, ALogBecomesOneWithTheDiscThatIsReadLater) {
  const DiscId id = store(catalog, log_of(disc()));
  EXPECT_TRUE(catalog.load_disc(id).disc.provisional);
  catalog.apply_edit(id, parse_patch(R"({"disc": {"title": "From the log"}})"));
  EXPECT_EQ(catalog.find_by_identifiers(disc()), id);
  const MergeResult result = catalog.store_scan(disc(), classes(disc()));
  EXPECT_EQ(result.disc_id, id);
  EXPECT_TRUE(result.known);
  ASSERT_EQ(result.notes.size(), 1u);
  const Disc now = catalog.load_disc(id).disc;
  EXPECT_EQ(now.fingerprint, disc().fingerprint);
  EXPECT_FALSE(now.provisional);
  EXPECT_EQ(now.edits.title, "From the log");
  EXPECT_EQ(now.source.path, "/images/film.iso");
  EXPECT_EQ(now.identifiers.size(), 4u);
  // The provisional fingerprint still leads there, and the log adds no second disc.
  EXPECT_EQ(catalog.find_disc("log-1095"), id);
  store(catalog, log_of(disc()));
  EXPECT_EQ(catalog.all_discs().size(), 1u);
}

TEST_F(MergeTest, ALogOfAKnownDiscAddsOnlyItsIdentifiers) {
  const DiscId id = store(catalog, disc());
  ScannedDisc log = log_of(disc());
  log.identifiers.push_back({"upc", "5050582"});
  log.tracks.clear();
  const MergeResult result = catalog.store_scan(log, classes(log));
  EXPECT_EQ(result.disc_id, id);
  const DiscRecord record = catalog.load_disc(id);
  EXPECT_EQ(record.disc.fingerprint, disc().fingerprint);
  EXPECT_EQ(record.disc.source.kind, SourceKind::kImage);
  EXPECT_EQ(record.disc.track_count, 3);
  EXPECT_EQ(catalog.find_disc("5050582"), id);
}

TEST_F(MergeTest, TwoDiscsThatWereReadStayTwo) {
  ScannedDisc other = disc("bbbb");
  other.identifiers = disc().identifiers;
  EXPECT_NE(store(catalog, disc()), store(catalog, other));
  // A log that fits both joins neither.
  const MergeResult log = catalog.store_scan(log_of(disc()), classes(log_of(disc())));
  EXPECT_FALSE(log.known);
  ASSERT_EQ(log.notes.size(), 1u);
  EXPECT_NE(log.notes[0].find("kept apart"), std::string::npos);
  EXPECT_EQ(catalog.all_discs().size(), 3u);
}

TEST_F(MergeTest, WeakIdentifiersAndOtherKindsDoNotJoin) {
  ScannedDisc log = log_of(disc());
  log.identifiers = {{"freedb", "370fce16"}};
  ScannedDisc real = disc();
  real.identifiers = {{"freedb", "370fce16"}};
  EXPECT_NE(store(catalog, log), store(catalog, real));
  ScannedDisc bluray = log_of(disc());
  bluray.fingerprint = fingerprint("77", "log-");
  bluray.kind = DiscKind::kBluray;
  bluray.identifiers = disc().identifiers;
  ScannedDisc dvd = disc("cccc");
  dvd.identifiers = disc().identifiers;
  EXPECT_NE(store(catalog, bluray), store(catalog, dvd));
}

TEST_F(MergeTest, AFolderWithoutALabelKeepsTheLabel) {
  const DiscId id = store(catalog, disc());
  ScannedDisc folder_scan = disc();
  folder_scan.volume_label = "";
  store(catalog, folder_scan);
  EXPECT_EQ(catalog.load_disc(id).disc.volume_label, "THE_FILM");
}

TEST_F(MergeTest, ARescanAnswersMissingTracksButNotReRip) {
  const DiscId id = store(catalog, disc());
  catalog.set_flag(id, ReprocessingType::kMissingTracks);
  ScannedDisc part = disc();
  part.partial = true;
  store(catalog, part);
  EXPECT_TRUE(catalog.load_disc(id).disc.reprocessing);
  store(catalog, disc());
  EXPECT_FALSE(catalog.load_disc(id).disc.reprocessing);
  catalog.set_flag(id, ReprocessingType::kReRip);
  store(catalog, disc());
  EXPECT_EQ(catalog.load_disc(id).disc.reprocessing->type, ReprocessingType::kReRip);
}

TEST_F(MergeTest, NamesThatAreNoUtf8AreStoredAsText) {
  ScannedDisc scan = disc();
  scan.volume_label = "BAD\xff LABEL";
  scan.tracks[0].audio[0].name = "\xc3(";
  const DiscId id = store(catalog, scan);
  EXPECT_EQ(catalog.load_disc(id).disc.volume_label, "BAD\xEF\xBF\xBD LABEL");
}

TEST_F(MergeTest, WithoutItsClassificationsAScanIsRefused) {
  EXPECT_EQ(error_of([&] { catalog.store_scan(disc(), {}); }).kind(), ErrorKind::kUnexpected);
  EXPECT_TRUE(catalog.all_discs().empty());
}

TEST_F(MergeTest, WhatWasWrittenDownIsNoPlaceToRipFrom) {
  auto scan = disc();
  const DiscId id = store(catalog, scan);
  const auto image = scan.source;
  scan.source = {SourceKind::kLog, "toc:1 1 300 150"};
  store(catalog, scan);
  EXPECT_EQ(catalog.load_disc(id).disc.source, image);
}

}  // namespace
}  // namespace amphi::testing
