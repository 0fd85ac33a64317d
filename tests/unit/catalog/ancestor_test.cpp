// What the ancestor's rows mean, and its files when they are cut or damaged. What is made of whole catalogs, and that
// nothing of them changes, is tested from the shell: tests/cli/test_ancestor*.py.
#include <algorithm>
#include <random>

#include <nlohmann/json.hpp>

#include "amphi/care.hpp"
#include "catalog/ancestor_disc.hpp"
#include "catalog/ancestor_import.hpp"
#include "catalog/ancestor_names.hpp"
#include "catalog/connection.hpp"
#include "support.hpp"

namespace amphi::testing {
namespace {

using nlohmann::json;

ForeignTables tables(const json& discs, const json& tracks) {
  ForeignTables made;
  for (const auto& [table, rows] : {std::pair("discs", discs), std::pair("tracks", tracks)})
    for (const auto& row : rows) made[table].push_back({table, row.at("id").get<std::int64_t>(), row});
  return made;
}

AncestorCatalog understand(const json& discs, const json& tracks) {
  return understand_ancestor(tables(discs, tracks), "/old/amphigory.db");
}

AncestorTrack only_track(const json& row, const json& disc = {{"id", 1}}) {
  json with_place = {{"id", 1}, {"disc_id", 1}, {"track_number", 3}};
  with_place.update(row);
  return understand(json::array({disc}), json::array({with_place})).discs.at(0).tracks.at(0);
}

json disc_with_scan(const json& tracks) {
  return {{"id", 1}, {"scan_data", json{{"tracks", tracks}}.dump()}};
}

TEST(Ancestor, ATypeIsTheUsersUnlessTheRowSaysNoMoreThanTheScan) {
  const auto disc = disc_with_scan({{{"number", 3}, {"classification", "trailers"}, {"score", 0.5}}});
  const auto untouched = only_track({{"track_type", "trailers"}, {"status", "discovered"}}, disc);
  EXPECT_FALSE(untouched.edits.track_type);
  EXPECT_EQ(untouched.classification.type, TrackType::kTrailers);
  EXPECT_EQ(only_track({{"track_type", "trailers"}, {"status", "ripped"}}, disc).edits.track_type,
            TrackType::kTrailers);
  EXPECT_EQ(only_track({{"track_type", "trailers"}, {"track_name", "x"}}, disc).edits.track_type, TrackType::kTrailers);
  const auto changed = only_track({{"track_type", "interviews"}}, disc);
  EXPECT_EQ(changed.edits.track_type, TrackType::kInterviews);
  EXPECT_EQ(changed.classification.type, TrackType::kTrailers);  // what the program had taken it for
  EXPECT_EQ(only_track({{"track_type", "trailers"}}).edits.track_type, TrackType::kTrailers);
}

TEST(Ancestor, WordsOfItsFirstVersionsAreKnown) {
  for (const auto* word : {"main", "feature", "main_feature", "Main Feature"})
    EXPECT_EQ(only_track({{"track_type", word}}).classification.type, TrackType::kMainFeature) << word;
  EXPECT_EQ(only_track({{"track_type", "behind-the-scenes"}}).classification.type, TrackType::kBehindTheScenes);
  EXPECT_EQ(only_track({{"track_type", "trailer"}}).classification.type, TrackType::kTrailers);
}

TEST(Ancestor, WhatARowDoesNotSayTheScanSays) {
  const auto disc = disc_with_scan({{{"number", 3},
                                     {"duration", "1:00:01"},
                                     {"chapters", 7},
                                     {"resolution", "720x480"},
                                     {"segment_map", "1-7"},
                                     {"size_bytes", 5}}});
  const auto track = only_track({{"duration_seconds", 3600}, {"size_bytes", nullptr}}, disc).scanned;
  EXPECT_EQ(track.duration_seconds, 3600);
  EXPECT_EQ(track.size_bytes, 5);
  EXPECT_EQ(track.chapter_count, 7);
  EXPECT_EQ(track.segment_map, "1-7");
  EXPECT_EQ(track.resolution, (Resolution{720, 480}));
}

TEST(Ancestor, ANumberThatIsMissingIsInTheNameOfTheRip) {
  const auto disc = json::array({disc_with_scan({{{"number", 0}, {"duration", "0:01:00"}}, {{"number", 5}}})});
  const auto found = understand(disc, {{{"id", 1}, {"disc_id", 1}, {"original_name", "title_t00.mkv"}},
                                       {{"id", 2}, {"disc_id", 1}, {"makemkv_name", "B1_t04.mkv"}},
                                       {{"id", 3}, {"disc_id", 1}, {"track_number", 1}},
                                       {{"id", 4}, {"disc_id", 1}, {"original_name", "title_t01.mkv"}},
                                       {{"id", 5}, {"disc_id", 1}}});
  std::vector<int> numbers;
  for (const auto& track : found.discs.at(0).tracks) numbers.push_back(track.scanned.number);
  EXPECT_EQ(numbers, (std::vector<int>{0, 4, 1, 6, 7, 5}));  // the last is only in the scan
  EXPECT_EQ(found.discs[0].tracks[0].scanned.duration_seconds, 60);
  ASSERT_EQ(found.bad_rows.size(), 2u);
  EXPECT_EQ(found.bad_rows[0].row, 4);
  EXPECT_EQ(found.bad_rows[0].columns, std::vector<std::string>{"track_number"});
}

TEST(Ancestor, TwoTracksOfOneNumberAreTwo) {
  const auto found = understand({{{"id", 1}}}, {{{"id", 1}, {"disc_id", 1}, {"track_number", 2}},
                                                {{"id", 2}, {"disc_id", 1}, {"track_number", 2}}});
  EXPECT_EQ(found.discs[0].tracks[0].scanned.reference, "title:2");
  EXPECT_EQ(found.discs[0].tracks[1].scanned.reference, "title:2.2");
}

TEST(Ancestor, StreamsAreNamedAsLibavDoes) {
  const auto said = json::array({{{"codec", "DD+"}, {"channels", "5.1"}, {"language", "en"}},
                                 {{"codec", "TrueHD Atmos"}, {"channels", 8}, {"language", "deu"}},
                                 {{"codec", "LPCM"}, {"channels", "stereo"}},
                                 {{"codec", "Opus"}, {"channels", "many"}}});
  const auto found = understand({{{"id", 1}}}, {{{"id", 1},
                                                 {"disc_id", 1},
                                                 {"track_number", 0},
                                                 {"audio_tracks", said.dump()},
                                                 {"subtitle_tracks", R"([{"format": "VobSub"}, 3])"}}});
  const auto& track = found.discs[0].tracks[0].scanned;
  std::vector<std::string> audio;
  for (const auto& stream : track.audio)
    audio.push_back(stream.codec + " " + std::to_string(stream.channels) + " " + stream.language + " " + stream.name);
  EXPECT_EQ(audio,
            (std::vector<std::string>{"eac3 6 eng ", "truehd 8 ger TrueHD Atmos", "pcm_dvd 2 und ", "opus 0 und "}));
  ASSERT_EQ(track.subtitles.size(), 1u);
  EXPECT_EQ(track.subtitles[0].codec, "dvd_subtitle");
  ASSERT_EQ(found.bad_rows.size(), 1u);
  EXPECT_EQ(found.bad_rows[0].why,
            "audio_tracks has a stream with odd channels: \"many\"; subtitle_tracks has a stream that is no object");
}

TEST(Ancestor, ALineStaysALine) {
  const auto found = understand(json::array({disc_with_scan(std::vector<int>(3000, 1))}), json::array());
  ASSERT_EQ(found.bad_rows.size(), 1u);
  EXPECT_EQ(found.bad_rows[0].columns.size(), 10u);
  EXPECT_LT(found.bad_rows[0].why.size(), 1000u);
  EXPECT_TRUE(found.bad_rows[0].why.ends_with("scan_data.tracks[9] is no object; and 2990 more"));
}

TEST(Ancestor, TheKindOfADisc) {
  const auto kind = [](json disc, const json& tracks = json::array()) {
    disc["id"] = 1;
    return understand(json::array({disc}), tracks).discs.at(0).scanned.kind;
  };
  EXPECT_EQ(kind({{"disc_type", "uhd4k"}}), DiscKind::kUhd);
  EXPECT_EQ(kind({{"disc_type", "Blu-ray"}}), DiscKind::kBluray);
  EXPECT_EQ(kind({{"disc_type", "dvd"}, {"fingerprint", "br-12"}}), DiscKind::kDvd);
  EXPECT_EQ(kind({{"fingerprint", "br-12"}}), DiscKind::kBluray);
  EXPECT_EQ(kind({{"scan_data", R"({"disc_type": "bluray"})"}}), DiscKind::kBluray);
  const json hd = {{{"id", 1}, {"disc_id", 1}, {"track_number", 0}, {"resolution", "1920x1080"}}};
  EXPECT_EQ(kind({{"scan_data", R"({"disc_type": "dvd"})"}}, hd), DiscKind::kBluray);  // it took every disc for a DVD
  EXPECT_EQ(kind({}), DiscKind::kDvd);
}

TEST(Ancestor, WhatADiscIsCalled) {
  const std::string digits(64, 'a');
  EXPECT_EQ(ancestor_identifiers("dvd-" + digits),
            (std::vector<Identifier>{{"amphigory", "dvd-" + digits}, {"amphigory", digits}}));
  EXPECT_EQ(ancestor_identifiers(digits), (std::vector<Identifier>{{"amphigory", digits}}));
  EXPECT_EQ(ancestor_identifiers("odd"), (std::vector<Identifier>{{"amphigory", "odd"}}));
  EXPECT_EQ(provisional_of("dvd-" + digits, {}), "log-" + digits);
  EXPECT_EQ(provisional_of("odd", {}).size(), 4u + 64u);
  const json row = {{"id", 1}, {"title", "x"}};
  json upgraded = row;
  upgraded["media_type"] = "movie";
  EXPECT_EQ(provisional_of(std::nullopt, row), provisional_of(std::nullopt, upgraded));
  EXPECT_NE(provisional_of(std::nullopt, row), provisional_of(std::nullopt, {{"id", 2}, {"title", "x"}}));
}

TEST(Ancestor, TimesWithoutAZoneAreUtc) {
  const auto scanned_at = [](const char* text) {
    return understand({{{"id", 1}, {"scanned_at", text}}}, json::array()).discs.at(0).scanned.scanned_at;
  };
  EXPECT_EQ(scanned_at("2025-12-26T10:11:12.123456"), Timestamp{1'766'743'872'123'456'000});
  EXPECT_EQ(scanned_at("2025-12-26 10:11:12"), Timestamp{1'766'743'872'000'000'000});
  EXPECT_EQ(scanned_at("2025-12-26T12:11:12+02:00"), Timestamp{1'766'743'872'000'000'000});
  EXPECT_EQ(scanned_at("soon"), std::nullopt);
}

// ---- the file

struct AncestorFile : CatalogTest {
  std::string old = folder / "amphigory.db";
  Catalog into = open();

  // Several pages, an index, a row that needs an overflow page.
  void make() {
    Connection db(old, Connection::Access::kCreate);
    db.execute(
        "CREATE TABLE discs (id INTEGER PRIMARY KEY, fingerprint TEXT UNIQUE, title TEXT NOT NULL, scan_data TEXT);"
        "CREATE TABLE tracks (id INTEGER PRIMARY KEY, disc_id INTEGER REFERENCES discs(id), track_number INTEGER, "
        "track_name TEXT, ripped_path TEXT);"
        "CREATE INDEX idx_tracks_disc_id ON tracks(disc_id);"
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6) INSERT INTO discs "
        "SELECT i, lower(hex(zeroblob(30))) || printf('%04d', i), 'Disc ' || i, "
        "iif(i = 3, '{\"tracks\": [' || replace(hex(zeroblob(3000)), '00', '1,') || '1]}', NULL) FROM n;"
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24) INSERT INTO tracks "
        "SELECT i, 1 + i % 6, i / 6, 'Name ' || i, '/m/' || i || '.mkv' FROM n;");
  }

  // Taken in, or refused as bad input. Whether it was taken in; nothing of it stays.
  bool comes_to_an_end(const std::string& bytes) {
    write_bytes(old, bytes);
    if (!is_sqlite_file(old)) return false;
    struct Enough {};
    try {
      into.in_one_transaction([&] {
        for (const auto& bad : import_ancestor_into(into).bad_rows)
          EXPECT_EQ(bad.why.find('\n'), std::string::npos) << bad.why;
        for (const auto id : into.all_discs()) into.load_disc(id);
        EXPECT_EQ(import_ancestor_into(into).added_discs, 0);
        throw Enough();
      });
    } catch (const Enough&) {
      return true;
    } catch (const Error& error) {
      EXPECT_TRUE(error.kind() == ErrorKind::kUsage || error.kind() == ErrorKind::kUnavailable) << error.message();
      EXPECT_FALSE(error.hint().empty()) << error.message();
      EXPECT_TRUE(into.all_discs().empty());
    }
    return false;
  }

  AncestorImported import_ancestor_into(Catalog& catalog) {
    return take_in(catalog, understand_ancestor(read_ancestor(old), old));
  }
};

TEST_F(AncestorFile, WholeItIsTakenIn) {
  make();
  const auto done = import_ancestor_into(into);
  EXPECT_EQ(done.added_discs, 6);
  EXPECT_EQ(done.added_tracks, 24);
  EXPECT_EQ(done.added_paths, 24);
  EXPECT_EQ(done.bad_rows.size(), 1u);  // a scan whose tracks are numbers
  EXPECT_EQ(import_ancestor_into(into).added_discs, 0);
}

TEST_F(AncestorFile, CutAnywhere) {
  make();
  const auto whole = bytes_of(old);
  EXPECT_TRUE(comes_to_an_end(whole));
  for (std::size_t size = 0; size < whole.size(); size += size < 200 ? 1 : 509)
    EXPECT_FALSE(comes_to_an_end(whole.substr(0, size))) << size;
}

TEST_F(AncestorFile, WithBitsFlipped) {
  make();
  const auto whole = bytes_of(old);
  std::mt19937 random(20261128);
  int taken = 0;
  for (int round = 0; round < 200; ++round) {
    auto bytes = whole;
    // Half of them in the header and the schema, which the rest hangs on.
    const auto flips = 1 + random() % 4;
    for (unsigned flip = 0; flip < flips; ++flip)
      bytes[random() % (round % 2 == 0 ? 4096 : bytes.size())] ^= static_cast<char>(1U << random() % 8);
    taken += comes_to_an_end(bytes) ? 1 : 0;
  }
  EXPECT_GT(taken, 20);
  EXPECT_LT(taken, 180);
}

TEST_F(AncestorFile, WithRubbishInEachPage) {
  make();
  const auto whole = bytes_of(old);
  std::mt19937 random(5);
  for (std::size_t page = 0; page < whole.size(); page += 4096) {
    for (const std::size_t length : {8, 100, 4000}) {
      auto bytes = whole;
      const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(std::min(whole.size(), page + 96 + length));
      std::generate(bytes.begin() + static_cast<std::ptrdiff_t>(page) + 96, end,
                    [&] { return static_cast<char>(random()); });
      comes_to_an_end(bytes);
    }
  }
}

TEST_F(AncestorFile, AllOfItOrNothing) {
  make();
  auto ancestor = understand_ancestor(read_ancestor(old), old);
  ancestor.discs.back().tracks.front().edits.season = 1;
  ancestor.discs.back().tracks.front().edits.episode_end = 3;  // which the catalog refuses without an episode
  EXPECT_EQ(error_of([&] { take_in(into, ancestor); }).kind(), ErrorKind::kUsage);
  EXPECT_TRUE(into.all_discs().empty());
  EXPECT_TRUE(into.history(std::nullopt, std::nullopt, 0).empty());
  store(into, disc());  // and it goes on working
  EXPECT_EQ(into.all_discs().size(), 1u);
}

}  // namespace
}  // namespace amphi::testing
