#include "amphi/error.hpp"
#include "support.hpp"

namespace amphi {
namespace {

constexpr const char* kDisc = R"({
  "Index": 1, "Slug": "blu-ray", "Name": "Blu-ray", "Format": "Blu-ray",
  "ContentHash": "0123456789abcdef0123456789ABCDEF",
  "GlobalDiscId": "00112233445566778899AABBCCDDEEFF00112233",
  "Titles": [
    {"Index": 0, "SourceFile": "00800.mpls", "SegmentMap": "4,5", "Duration": "1:30:05", "Size": 5,
     "Item": {"Title": " The Film\u0007", "Type": "MainMovie", "Chapters": []}, "Tracks": [{"Index": 0}]},
    {"Index": 1, "SourceFile": "00002.m2ts", "SegmentMap": "2", "Duration": "0:00:20"},
    {"SourceFile": 3, "Item": {"Title": "Pilot", "Type": "Episode", "Season": 1, "Episode": "1-2"}}
  ]})";

std::string fault_of(const std::string& text) {
  try {
    parse_discdb_disc(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_FALSE(error.hint().empty());
    return error.message();
  }
  return "";
}

TEST(DiscdbFiles, a_disc_gives_its_names_and_titles) {
  const auto disc = parse_discdb_disc(kDisc);
  EXPECT_EQ(disc.content_hash, "0123456789ABCDEF0123456789ABCDEF");
  EXPECT_EQ(disc.disc_id, "00112233445566778899AABBCCDDEEFF00112233");
  ASSERT_EQ(disc.titles.size(), 3U);
  EXPECT_EQ(disc.titles[0].source_file, "00800.mpls");
  EXPECT_EQ(disc.titles[0].segment_map, "4,5");
  EXPECT_EQ(disc.titles[0].seconds, 5405);
  EXPECT_EQ(disc.titles[0].name, "The Film");  // controls and spaces around it are gone
  EXPECT_TRUE(disc.titles[0].identified);
  EXPECT_FALSE(disc.titles[1].identified);
  EXPECT_EQ(disc.titles[2].source_file, "3");
  EXPECT_EQ(disc.titles[2].seconds, std::nullopt);
  EXPECT_EQ(disc.titles[2].season, "1");
  EXPECT_EQ(disc.titles[2].episode, "1-2");
}

TEST(DiscdbFiles, field_names_count_without_case) {
  const auto disc =
      parse_discdb_disc(R"({"contentHash": "ab", "titles": [{"sourcefile": "01", "ITEM": {"title": "T"}}]})");
  EXPECT_EQ(disc.content_hash, "AB");
  ASSERT_EQ(disc.titles.size(), 1U);
  EXPECT_EQ(disc.titles[0].name, "T");
}

TEST(DiscdbFiles, what_does_not_fit_is_left_out) {
  const auto disc = parse_discdb_disc(
      R"({"ContentHash": "no hash", "GlobalDiscId": {}, "Titles": [{"Duration": "soon", "SegmentMap": [1], "Item": 3}]})");
  EXPECT_EQ(disc.content_hash, "");
  EXPECT_EQ(disc.disc_id, "");
  EXPECT_EQ(disc.titles[0].seconds, std::nullopt);
  EXPECT_EQ(disc.titles[0].segment_map, "");
  EXPECT_FALSE(disc.titles[0].identified);
  EXPECT_TRUE(parse_discdb_disc(R"({"Titles": null})").titles.empty());
}

TEST(DiscdbFiles, a_long_name_is_cut_between_characters) {
  std::string name;
  for (int i = 0; i < 600; ++i) name += "\u00e9";
  const auto disc = parse_discdb_disc(R"({"Titles": [{"Item": {"Title": ")" + name + R"("}}]})");
  EXPECT_EQ(disc.titles[0].name, name.substr(0, 1000));
}

TEST(DiscdbFiles, a_broken_file_says_what_is_wrong) {
  EXPECT_NE(fault_of(R"({"ContentHash": )").find("not JSON: error at byte"), std::string::npos);
  EXPECT_EQ(fault_of("[]"), "is no JSON object");
  EXPECT_NE(fault_of("").find("not JSON"), std::string::npos);
  EXPECT_NE(fault_of("\xff\xfe{}").find("not JSON"), std::string::npos);
  EXPECT_EQ(fault_of(R"({"a": )" + std::string(100'000, '[') + std::string(100'000, ']') + "}"), "nested too deeply");
  EXPECT_NE(fault_of(R"({"Slug": "a", "Slug": "b"})").find("given twice"), std::string::npos);
  EXPECT_EQ(fault_of(R"({"Index": 1e999})"), "has a number that is out of range");
  EXPECT_EQ(fault_of(R"({"Titles": {"0": {}}})"), "has Titles that are no list of objects");
  EXPECT_EQ(fault_of(R"({"Titles": [1]})"), "has Titles that are no list of objects");
}

TEST(DiscdbFiles, a_work_gives_what_the_catalog_takes) {
  const auto work = parse_discdb_work(
      R"({"Title": "The Film", "Slug": "the-film-2001", "Type": "Movie", "Year": 2001, "ExternalIds": {"Tmdb": 42, "Imdb": "tt1234567"}})");
  EXPECT_EQ(work.title, "The Film");
  EXPECT_EQ(work.slug, "the-film-2001");
  EXPECT_EQ(work.year, 2001);
  EXPECT_EQ(work.type, MediaType::kMovie);
  EXPECT_EQ(work.imdb_id, "tt1234567");
  EXPECT_EQ(work.tmdb_id, "42");
  EXPECT_EQ(parse_discdb_work(R"({"Type": "series"})").type, MediaType::kTv);
  const auto odd = parse_discdb_work(R"({"Type": "Opera", "Year": 1066, "ExternalIds": {"Imdb": "nm1", "Tmdb": "x"}})");
  EXPECT_EQ(odd.type, std::nullopt);
  EXPECT_EQ(odd.year, std::nullopt);
  EXPECT_EQ(odd.imdb_id, std::nullopt);
  EXPECT_EQ(odd.tmdb_id, std::nullopt);
}

TEST(DiscdbFiles, names_are_glimpsed_without_parsing) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(glimpse_discdb_names(kDisc),
            (Names{"0123456789ABCDEF0123456789ABCDEF", "00112233445566778899AABBCCDDEEFF00112233"}));
  EXPECT_EQ(glimpse_discdb_names(R"({"contentHash":"ab")"), Names{"AB"});  // the rest is broken
  EXPECT_EQ(glimpse_discdb_names(R"({"ContentHash": null, "Slug": "ab"})"), Names{});
  EXPECT_EQ(glimpse_discdb_names(R"({"ContentHash": "x y"})"), Names{});
  EXPECT_EQ(glimpse_discdb_names(R"("ContentHash":)"), Names{});
  EXPECT_EQ(glimpse_discdb_names(""), Names{});
}

}  // namespace
}  // namespace amphi
