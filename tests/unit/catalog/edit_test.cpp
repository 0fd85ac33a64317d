// Edits: what is taken, what is refused and how it is said, and that it is all or nothing.
#include <sys/wait.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "support.hpp"

namespace amphi::testing {
namespace {

struct Case {
  std::string patch;
  const char* says;
};

TEST(ParsePatch, RefusesAndNamesWhatIsWrong) {
  for (const Case& c : std::vector<Case>{
           {"", "not JSON"},
           {"{", "not JSON"},
           {"{\"disc\": {\"title\": \"x\"}} trailing", "not JSON"},
           {"{\"disc\": {\"year\": 1e999}}", "a number is out of range"},
           {"{\"disc\": " + std::string(100'000, '[') + std::string(100'000, ']') + "}", "nested too deeply"},
           {"[]", "takes an object"},
           {"null", "takes an object"},
           {"{\"disk\": {}}", "unknown field \"disk\""},
           {"{\"disc\": []}", "disc takes an object"},
           {"{\"disc\": null}", "disc takes an object"},
           {"{\"tracks\": {}}", "tracks takes a list"},
           {"{\"tracks\": [3]}", "tracks[0] takes an object"},
           {"{\"disc\": {\"titel\": \"x\"}}", "disc.titel: no such field of a disc"},
           {"{\"disc\": {\"fingerprint\": \"x\"}}", "disc.fingerprint: no such field"},
           {"{\"disc\": {\"year\": \"1999\"}}", "disc.year takes a whole number from 1900 to 2100, not \"1999\""},
           {"{\"disc\": {\"year\": 99999}}", "disc.year takes a whole number from 1900 to 2100, not 99999"},
           {"{\"disc\": {\"year\": 1899}}", "disc.year"},
           {"{\"disc\": {\"year\": 2101}}", "disc.year"},
           {"{\"disc\": {\"year\": 1999.5}}", "disc.year"},
           {"{\"disc\": {\"year\": 1e3}}", "disc.year"},
           {"{\"disc\": {\"year\": true}}", "disc.year"},
           {"{\"disc\": {\"year\": 18446744073709551615}}", "disc.year"},
           {"{\"disc\": {\"title\": \"\"}}", "disc.title takes a text that is not empty"},
           {"{\"disc\": {\"title\": \"  \\t\"}}", "disc.title takes a text that is not empty"},
           {"{\"disc\": {\"title\": 5}}", "disc.title takes a text, not 5"},
           {"{\"disc\": {\"title\": [\"x\"]}}", "disc.title takes"},
           {"{\"disc\": {\"title\": \"a\\u0000b\"}}", "disc.title takes text in UTF-8 without NUL"},
           {"{\"disc\": {\"title\": \"a\", \"title\": \"b\"}}", "the field \"title\" is given twice"},
           {"{\"disc\": {\"imdb_id\": \"tt123456\"}}", "disc.imdb_id"},
           {"{\"disc\": {\"imdb_id\": \"tt12345678901\"}}", "disc.imdb_id"},
           {"{\"disc\": {\"imdb_id\": \"nm1234567\"}}", "disc.imdb_id"},
           {"{\"disc\": {\"imdb_id\": \"tt123456x\"}}", "disc.imdb_id"},
           {"{\"disc\": {\"tmdb_id\": \"6o3\"}}", "disc.tmdb_id"},
           {"{\"disc\": {\"tmdb_id\": 603}}", "disc.tmdb_id takes 1 to 12 digits, as text, not 603"},
           {"{\"disc\": {\"media_type\": \"film\"}}", "disc.media_type takes one of movie tv music"},
           {"{\"disc\": {\"ripped_path\": \"/etc/passwd\"}}", "disc.ripped_path: paths are never edited"},
           {"{\"tracks\": [{}]}", "tracks[0].id is missing"},
           {"{\"tracks\": [{\"id\": \"3\"}]}", "tracks[0].id takes the id of a track"},
           {"{\"tracks\": [{\"id\": 3.0}]}", "tracks[0].id takes the id of a track"},
           {"{\"tracks\": [{\"id\": 0}]}", "tracks[0].id takes the id of a track"},
           {"{\"tracks\": [{\"id\": -1}]}", "tracks[0].id takes the id of a track"},
           {"{\"tracks\": [{\"id\": 18446744073709551615}]}", "tracks[0].id takes the id of a track"},
           {"{\"tracks\": [{\"id\": 3}, {\"id\": 3}]}", "track 3 is given twice"},
           {"{\"tracks\": [{\"id\": 3, \"inserted_path\": null}]}", "tracks[0].inserted_path: paths are never edited"},
           {"{\"tracks\": [{\"id\": 3, \"track_type\": \"mainfeature\"}]}",
            "tracks[0].track_type takes one of main_feature"},
           {"{\"tracks\": [{\"id\": 3, \"season\": -1}]}", "tracks[0].season"},
           {"{\"tracks\": [{\"id\": 3, \"episode\": \"4\"}]}", "tracks[0].episode"},
           {"{\"tracks\": [{\"id\": 3, \"wanted\": \"yes\"}]}", "tracks[0].wanted takes true, false or null"},
           {"{\"tracks\": [{\"id\": 3, \"wanted\": 1}]}", "tracks[0].wanted takes true, false or null"},
           {"{\"tracks\": [{\"id\": 3, \"language\": \"klingonish\"}]}", "tracks[0].language takes a language code"},
           {"{\"tracks\": [{\"id\": 3, \"preset_name\": \"\"}]}", "tracks[0].preset_name"},
           {"{\"tracks\": [{\"id\": 3, \"title\": \"x\"}]}", "tracks[0].title: no such field of a track"},
       }) {
    const Error error = error_of([&] { parse_patch(c.patch); });
    EXPECT_EQ(error.kind(), ErrorKind::kUsage) << c.patch;
    EXPECT_NE(error.message().find(c.says), std::string::npos) << c.patch << "\n" << error.message();
    EXPECT_EQ(error.message().find('\n'), std::string::npos);
    EXPECT_FALSE(error.hint().empty()) << c.patch;
  }
}

TEST(ParsePatch, SaysWhatMayHaveBeenMeant) {
  EXPECT_EQ(error_of([] { parse_patch(R"({"disc": {"titel": "x"}})"); }).hint(), "did you mean title?");
  EXPECT_EQ(error_of([] { parse_patch(R"({"disk": {}})"); }).hint(), "did you mean disc?");
  EXPECT_EQ(error_of([] { parse_patch(R"({"tracks": [{"id": 1, "track_type": "mainfeature"}]})"); }).hint(),
            "did you mean main_feature?");
}

TEST(ParsePatch, EveryTruncationIsRefused) {
  const std::string whole = R"({"disc": {"title": "a \"b\" 🎬", "year": null}, "tracks": [{"id": 3, "wanted": false}]})";
  EXPECT_NO_THROW(parse_patch(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(error_of([&] { parse_patch(whole.substr(0, size)); }).kind(), ErrorKind::kUsage) << size;
  }
}

TEST(ParsePatch, NullClearsAndWhatIsNotMentionedStays) {
  const Edit edit = parse_patch(R"({"disc": {"title": null}, "tracks": [{"id": 7, "season": 0}]})");
  ASSERT_TRUE(edit.disc.title);
  EXPECT_FALSE(*edit.disc.title);
  EXPECT_FALSE(edit.disc.year);
  EXPECT_EQ(edit.tracks[0].id.value, 7);
  EXPECT_EQ(edit.tracks[0].season.value(), 0);
  EXPECT_FALSE(edit.empty());
  EXPECT_TRUE(parse_patch("{}").empty());
  EXPECT_TRUE(parse_patch(R"({"disc": {}, "tracks": [{"id": 3}]})").empty());
}

TEST(SetField, TakesTheTextOfFlags) {
  DiscChange d;
  set_disc_field(d, "year", "1999");
  EXPECT_EQ(d.year.value(), 1999);
  set_disc_field(d, "title", "null");
  EXPECT_EQ(d.title.value(), "null");
  set_disc_field(d, "title", std::nullopt);
  EXPECT_EQ(d.title.value(), std::nullopt);
  set_disc_field(d, "media_type", "tv");
  EXPECT_EQ(d.media_type.value(), MediaType::kTv);
  set_disc_field(d, "imdb_id", "tt0133093");
  set_disc_field(d, "tmdb_id", "603");
  TrackChange t;
  set_track_field(t, "wanted", "no");
  EXPECT_EQ(t.wanted.value(), false);
  set_track_field(t, "wanted", "auto");
  EXPECT_EQ(t.wanted.value(), std::nullopt);
  set_track_field(t, "language", "de");
  EXPECT_EQ(t.language.value(), "ger");
  set_track_field(t, "language", "UND");
  EXPECT_EQ(t.language.value(), "und");
  set_track_field(t, "track_type", "deleted_scenes");
  EXPECT_EQ(t.track_type.value(), TrackType::kDeletedScenes);
}

TEST(SetField, RefusesWhatDoesNotFit) {
  DiscChange d;
  TrackChange t;
  for (const auto& [field, value] : std::vector<std::pair<const char*, const char*>>{{"year", "99999"},
                                                                                     {"year", "19x9"},
                                                                                     {"year", " 1999"},
                                                                                     {"year", ""},
                                                                                     {"title", ""},
                                                                                     {"titel", "x"},
                                                                                     {"show_name", " "},
                                                                                     {"imdb_id", "tt"},
                                                                                     {"media_type", "Movie"},
                                                                                     {"inserted_path", "x"},
                                                                                     {"title", "\xff"},
                                                                                     {"edition", ""}}) {
    const Error error = error_of([&] { set_disc_field(d, field, value); });
    EXPECT_EQ(error.kind(), ErrorKind::kUsage) << field << value;
    EXPECT_NE(error.message().find(field), std::string::npos);
  }
  EXPECT_TRUE((Edit{d, {}}.empty()));
  for (const auto& [field, value] : std::vector<std::pair<const char*, const char*>>{{"wanted", "perhaps"},
                                                                                     {"season", "-1"},
                                                                                     {"season", "1.5"},
                                                                                     {"episode", "one"},
                                                                                     {"track_name", ""},
                                                                                     {"language", "xx"}}) {
    EXPECT_EQ(error_of([&] { set_track_field(t, field, value); }).kind(), ErrorKind::kUsage) << field << value;
  }
  EXPECT_EQ(disc_fields().size(), 8u);
  EXPECT_EQ(track_fields().size(), 9u);
}

struct EditTest : CatalogTest {
  Catalog catalog = open();
  DiscId id = store(catalog, disc());
  TrackId track_id = catalog.load_disc(id).tracks[0].id;

  std::string track_patch(const std::string& fields) {
    return R"({"tracks": [{"id": )" + std::to_string(track_id.value) + ", " + fields + "}]}";
  }
  void apply(const std::string& patch) { catalog.apply_edit(id, parse_patch(patch)); }
};

TEST_F(EditTest, HostileTextIsKeptAsItIs) {
  std::string long_one, faces;
  for (int i = 0; i < 300; ++i) long_one += "ü", faces += "🎬";
  for (const std::string& title :
       {std::string("quotes \" and ' and `"), std::string("a, b; c"), std::string("two\nlines\r\n\ttab"),
        std::string("../../etc/passwd"), std::string("🎬👨‍👩‍👧 emoji"), long_one, faces,
        std::string("null"), std::string("'); DROP TABLE disc; --"), std::string("%s%n{}{0}"),
        std::string("\x1b[31mred"), std::string(" spaces around ")}) {
    nlohmann::json patch;
    patch["disc"]["title"] = title;
    apply(patch.dump());
    EXPECT_EQ(catalog.load_disc(id).disc.edits.title, title);
  }
}

TEST_F(EditTest, EveryFieldIsStoredAndCleared) {
  apply(
      R"({"disc": {"title": "T", "year": 1999, "imdb_id": "tt0133093", "tmdb_id": "603", "media_type": "tv", "show_name": "S",
            "edition": "Director's Cut", "notes": "n"}})");
  EXPECT_EQ(catalog.load_disc(id).disc.edits,
            (DiscEdits{"T", "tt0133093", "603", "S", "Director's Cut", "n", 1999, MediaType::kTv}));
  apply(track_patch(R"("track_name": "N", "preset_name": "P", "edition": "E", "language": "fr", "track_type": "episode",
                       "season": 1, "episode": 2, "episode_end": 3, "wanted": false)"));
  EXPECT_EQ(catalog.load_disc(id).tracks[0].edits,
            (TrackEdits{"N", "P", "E", "fre", TrackType::kEpisode, 1, 2, 3, false}));
  apply(
      R"({"disc": {"title": null, "year": null, "imdb_id": null, "tmdb_id": null, "media_type": null, "show_name": null,
            "edition": null, "notes": null}})");
  apply(track_patch(R"("track_name": null, "preset_name": null, "edition": null, "language": null, "track_type": null,
                       "season": null, "episode": null, "episode_end": null, "wanted": null)"));
  EXPECT_EQ(catalog.load_disc(id).disc.edits, DiscEdits{});
  EXPECT_EQ(catalog.load_disc(id).tracks[0].edits, TrackEdits{});
}

TEST_F(EditTest, TheHistorySaysWhoSaidIt) {
  apply(R"({"disc": {"title": "Mine"}})");
  const auto theirs = parse_patch(R"({"disc": {"title": "Theirs"}, "tracks": [{"id": )" +
                                  std::to_string(track_id.value) + R"(, "track_name": "N"}]})");
  catalog.apply_edit(id, theirs, EditOrigin::kIdentified);
  const auto history = catalog.history(id, std::nullopt, 3);
  ASSERT_EQ(history.size(), 3u);
  EXPECT_EQ(history[0].event, "identified");
  EXPECT_EQ(history[0].track_id, track_id);
  EXPECT_EQ(history[1].event, "identified");
  EXPECT_EQ(nlohmann::json::parse(history[1].detail)["title"]["to"], "Theirs");
  EXPECT_EQ(history[2].event, "edited");
}

TEST_F(EditTest, AllOrNothing) {
  const DiscId other = store(catalog, disc("beef"));
  const TrackId theirs = catalog.load_disc(other).tracks[0].id;
  for (const std::int64_t bad : {theirs.value, std::int64_t{999}}) {
    const std::string patch = R"({"disc": {"title": "X"}, "tracks": [{"id": )" + std::to_string(track_id.value) +
                              R"(, "season": 1}, {"id": )" + std::to_string(bad) + R"(, "season": 2}]})";
    const Error error = error_of([&] { apply(patch); });
    EXPECT_EQ(error.kind(), ErrorKind::kNotFound);
    EXPECT_NE(error.message().find(std::to_string(bad)), std::string::npos);
  }
  EXPECT_EQ(error_of([&] { catalog.apply_edit({99}, parse_patch("{}")); }).kind(), ErrorKind::kNotFound);
  EXPECT_EQ(catalog.load_disc(id).disc.edits, DiscEdits{});
  EXPECT_EQ(catalog.load_disc(id).tracks[0].edits, TrackEdits{});
}

TEST_F(EditTest, EpisodesAreCheckedAgainstWhatIsStored) {
  EXPECT_EQ(error_of([&] { apply(track_patch(R"("episode_end": 4)")); }).kind(), ErrorKind::kUsage);
  apply(track_patch(R"("episode": 3)"));
  EXPECT_EQ(error_of([&] { apply(track_patch(R"("episode_end": 2)")); }).kind(), ErrorKind::kUsage);
  apply(track_patch(R"("episode_end": 3)"));
  EXPECT_EQ(error_of([&] { apply(track_patch(R"("episode": 5)")); }).kind(), ErrorKind::kUsage);
  EXPECT_EQ(error_of([&] { apply(track_patch(R"("episode": null)")); }).kind(), ErrorKind::kUsage);
  apply(track_patch(R"("episode": 5, "episode_end": 6)"));
}

TEST_F(EditTest, HistoryTellsWhatWasChanged) {
  apply(R"({"disc": {"title": "A"}})");
  apply(R"({"disc": {"title": "A"}})");  // changes nothing
  apply(R"({"disc": {"title": "B"}})");
  const auto entries = catalog.history(id, std::nullopt, 2);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].event, "edited");
  EXPECT_EQ(nlohmann::json::parse(entries[0].detail), nlohmann::json::parse(R"({"title": {"from": "A", "to": "B"}})"));
  EXPECT_EQ(nlohmann::json::parse(entries[1].detail), nlohmann::json::parse(R"({"title": {"from": null, "to": "A"}})"));
}

int edit_often(const std::string& file, DiscId id, TrackId track, int times) {
  try {
    TestClock clock;
    Catalog mine = Catalog::open(file, Catalog::Mode::kReadWrite, clock.tick());
    for (int i = 1; i <= times; ++i) {
      Edit edit;
      TrackChange change;
      change.id = track;
      change.season.emplace(i);
      edit.tracks.push_back(change);
      mine.apply_edit(id, edit);
    }
    return 0;
  } catch (const std::exception& error) {
    fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}

TEST_F(EditTest, FourProcessesLoseNothing) {
  constexpr int kEdits = 250;
  store(catalog, disc("a1b2c3d4", 4));
  std::vector<TrackId> tracks;
  for (const Track& t : catalog.load_disc(id).tracks) tracks.push_back(t.id);
  { const Catalog closed = std::move(catalog); }  // a connection must not be carried over a fork
  std::vector<pid_t> children;
  for (const TrackId track : tracks) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) _exit(edit_often(file, id, track, kEdits));
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  catalog = open();
  ASSERT_EQ(tracks.size(), 4u);
  for (const Track& t : catalog.load_disc(id).tracks) EXPECT_EQ(t.edits.season, kEdits);
  int edited = 0;
  for (const auto& entry : catalog.history(id, std::nullopt, 0)) edited += entry.event == "edited";
  EXPECT_EQ(edited, 4 * kEdits);
}

}  // namespace
}  // namespace amphi::testing
