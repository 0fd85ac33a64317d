// DISC and TRACK.
#include <algorithm>

#include "catalog/connection.hpp"
#include "support.hpp"

namespace amphi::testing {
namespace {

struct SelectorTest : CatalogTest {
  Catalog catalog = open();
  DiscId first = store(catalog, disc("a1b2c3d4e5"));
  DiscId second = store(catalog, disc("a1b2c3d4ff"));
  DiscId third = store(catalog, disc("1234"));
};

TEST_F(SelectorTest, ByIdFingerprintBeginningAndIdentifier) {
  EXPECT_EQ(catalog.find_disc("2"), second);
  EXPECT_EQ(catalog.find_disc(fingerprint("a1b2c3d4ff")), second);
  EXPECT_EQ(catalog.find_disc("dvd-a1b2c3d4f"), second);
  EXPECT_EQ(catalog.find_disc("DVD-A1B2C3D4F"), second);
  EXPECT_EQ(catalog.find_disc("a1b2c3d4e"), first);
  EXPECT_EQ(catalog.find_disc("dvd-1234"), third);
  EXPECT_EQ(catalog.find_disc("1234"), third);  // no disc has this id
  EXPECT_EQ(catalog.find_disc("C0FFEE001234"), third);
  EXPECT_EQ(catalog.find_disc("c0ffee001234"), third);
}

TEST_F(SelectorTest, AnIdWinsOverDigitsOfAFingerprint) {
  {
    Connection(file, Connection::Access::kExisting)
        .execute(
            "INSERT INTO disc (id, fingerprint, kind, provisional, encrypted, "
            "volume_label, source_kind, source_path, scanned_at) VALUES (1234, 'x', 'dvd', 0, 0, '', 'image', '', 0)");
  }
  EXPECT_EQ(catalog.find_disc("1234").value, 1234);
  EXPECT_EQ(catalog.find_disc("12340"), third);
}

TEST_F(SelectorTest, SeveralAreNamedWithWhatTellsThemApart) {
  const Error error = error_of([&] { catalog.find_disc("dvd-a1b2"); });
  EXPECT_EQ(error.kind(), ErrorKind::kAmbiguous);
  EXPECT_EQ(error.candidates(), (std::vector<std::string>{"dvd-a1b2c3d4e", "dvd-a1b2c3d4f"}));
  for (const auto& candidate : error.candidates()) EXPECT_NO_THROW(catalog.find_disc(candidate));
  // The same identifier on two discs.
  EXPECT_EQ(error_of([&] { catalog.find_disc(disc("a1b2c3d4e5").identifiers[0].value); }).kind(),
            ErrorKind::kAmbiguous);
}

TEST_F(SelectorTest, UnknownOnesAreSaidSo) {
  for (const std::string text : {"9", "dvd-a1b", "a1b", "beef", "dvd-beef", "br-a1b2", "%", "", "dvd-", "a1b2%",
                                 "99999999999999999999", "-1", "dvd-a1b2c3d4_", "'; DROP TABLE disc; --"}) {
    EXPECT_EQ(error_of([&] { catalog.find_disc(text); }).kind(), ErrorKind::kNotFound) << text;
  }
  EXPECT_EQ(error_of([&] { catalog.find_disc("dvd-a1b"); }).hint(),
            "a fingerprint's beginning needs at least 4 digits");
}

TEST_F(SelectorTest, EveryBeginningOfFourDigitsOrMoreFinds) {
  const std::string whole = fingerprint("1234");
  for (std::size_t digits = 4; digits <= 64; ++digits) EXPECT_EQ(catalog.find_disc(whole.substr(0, 4 + digits)), third);
}

TEST_F(SelectorTest, Tracks) {
  const auto tracks = catalog.load_disc(second).tracks;
  EXPECT_EQ(catalog.find_track(std::to_string(tracks[1].id.value)), tracks[1].id);
  EXPECT_EQ(catalog.find_track("2:2"), tracks[1].id);
  EXPECT_EQ(catalog.find_track("dvd-a1b2c3d4f:3"), tracks[2].id);
  EXPECT_EQ(catalog.disc_of(tracks[1].id), second);
  EXPECT_EQ(error_of([&] { catalog.find_track("2:9"); }).kind(), ErrorKind::kNotFound);
  EXPECT_EQ(error_of([&] { catalog.find_track("2:x"); }).kind(), ErrorKind::kUsage);
  EXPECT_EQ(error_of([&] { catalog.find_track("dvd-a1b2:1"); }).kind(), ErrorKind::kAmbiguous);
  EXPECT_EQ(error_of([&] { catalog.find_track("999"); }).kind(), ErrorKind::kNotFound);
  EXPECT_EQ(error_of([&] { catalog.find_track("x"); }).kind(), ErrorKind::kNotFound);
  EXPECT_EQ(error_of([&] { catalog.disc_of({999}); }).kind(), ErrorKind::kNotFound);
}

TEST_F(SelectorTest, AVanishedTrackHasItsIdButNoNumber) {
  const TrackId last = catalog.load_disc(third).tracks[2].id;
  ScannedDisc fewer = disc("1234", 2);
  store(catalog, fewer);
  EXPECT_EQ(catalog.find_track(std::to_string(last.value)), last);
  EXPECT_EQ(error_of([&] { catalog.find_track("3:3"); }).kind(), ErrorKind::kNotFound);
}

// The promise of large catalogs: an index for each way to find and to load a disc.
TEST_F(SelectorTest, LookUpsReadNoWholeTable) {
  Connection db(file, Connection::Access::kRead);
  for (const char* sql :
       {"EXPLAIN QUERY PLAN SELECT disc_id FROM identifier WHERE value = 'x'",
        "EXPLAIN QUERY PLAN SELECT disc_id FROM identifier WHERE value >= 'x' AND value < 'y' AND kind = 'amphi'",
        "EXPLAIN QUERY PLAN SELECT * FROM track t LEFT JOIN track_edit e ON e.track_id = t.id WHERE t.disc_id = 1 "
        "ORDER BY t.vanished, t.number, t.id",
        "EXPLAIN QUERY PLAN SELECT * FROM track t JOIN artifact a ON a.track_id = t.id LEFT JOIN observation o "
        "ON o.track_id = a.track_id AND o.stage = a.stage WHERE t.disc_id = 1",
        "EXPLAIN QUERY PLAN SELECT * FROM artifact WHERE path >= 'a' AND path < 'b' AND removed = 0",
        "EXPLAIN QUERY PLAN SELECT id FROM attempt WHERE outcome = 'running'",
        "EXPLAIN QUERY PLAN SELECT id FROM history WHERE disc_id = 1 ORDER BY id DESC LIMIT 3"}) {
    Use row = db.use(sql);
    while (row.step()) {
      row.skip(), row.skip(), row.skip();
      const auto step = row.next<std::string>();
      const bool scan = step.starts_with("SCAN") && step.find("USING") == std::string::npos;
      EXPECT_FALSE(scan) << sql << "\n" << step;
      EXPECT_FALSE(step.starts_with("USE TEMP B-TREE")) << sql << "\n" << step;
    }
  }
}

}  // namespace
}  // namespace amphi::testing
