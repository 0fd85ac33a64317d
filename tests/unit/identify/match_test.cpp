#include "identify/source_file.hpp"
#include "support.hpp"

namespace amphi {
namespace {

using test::title_of;
using test::track_of;
using Pairs = std::vector<std::string>;

// "0=1 source file": the first track is the second title.
Pairs matches(DiscKind kind, const std::vector<Track>& tracks, const std::vector<DiscdbTitle>& titles) {
  Pairs found;
  const auto matched = match_titles(kind, tracks, titles);
  for (const auto& match : matched.taken)
    found.push_back(std::to_string(match.track) + "=" + std::to_string(match.title) + " " + match.by);
  for (const auto& [track, why] : matched.refused) found.push_back(std::to_string(track) + " refused: " + why);
  return found;
}

TEST(SourceFile, is_a_reference) {
  EXPECT_EQ(reference_of_source_file("00800.mpls"), "mpls:00800");
  EXPECT_EQ(reference_of_source_file("BDMV/PLAYLIST/00800.MPLS"), "mpls:00800");
  EXPECT_EQ(reference_of_source_file("00800.mpls(2)"), "mpls:00800.angle2");
  EXPECT_EQ(reference_of_source_file("00007.m2ts"), "m2ts:00007");
  EXPECT_EQ(reference_of_source_file("02"), "dvd:2");
  for (const auto* text :
       {"", "0", "title", "800.mpls", "00800.iso", "00800.mpls(x)", "00007.m2ts(2)", "-1", "..", "("})
    EXPECT_EQ(reference_of_source_file(text), "") << text;
}

TEST(SegmentMap, may_be_written_in_two_ways) {
  EXPECT_TRUE(same_segment_map("1-3,5", "1,2,3,5"));
  EXPECT_TRUE(same_segment_map("7", "(7)"));
  EXPECT_TRUE(same_segment_map("a", "a"));
  EXPECT_FALSE(same_segment_map("1,2", "2,1"));
  EXPECT_FALSE(same_segment_map("", ""));
  EXPECT_FALSE(same_segment_map("1-999999999", "2-999999999"));
  EXPECT_FALSE(same_segment_map("1-", "1"));
  EXPECT_FALSE(same_segment_map("9-1", "1"));
}

TEST(MatchTitles, the_source_file_comes_first) {
  EXPECT_EQ(matches(DiscKind::kBluray, {track_of(1, "mpls:00001", 3600, "1"), track_of(2, "m2ts:00002", 60.4, "2")},
                    {title_of("00002.m2ts", 60, "2"), title_of("00001.mpls", 3602, "1")}),
            (Pairs{"0=1 source file", "1=0 source file"}));
  EXPECT_EQ(matches(DiscKind::kDvd, {track_of(1, "dvd:1", 100), track_of(2, "dvd:2", 100)},
                    {title_of("02", 100), title_of("01", std::nullopt)}),
            (Pairs{"0=1 source file", "1=0 source file"}));
}

TEST(MatchTitles, cells_tell_the_parts_of_a_dvd_title_apart) {
  EXPECT_EQ(matches(DiscKind::kDvd, {track_of(1, "dvd:1", 100, "2"), track_of(2, "dvd:1", 100, "1")},
                    {title_of("01", 100, "1"), title_of("01", 100, "2")}),
            (Pairs{"0=1 source file", "1=0 source file"}));
}

TEST(MatchTitles, another_length_is_refused_and_told) {
  const auto found = matches(DiscKind::kBluray, {track_of(1, "mpls:00001", 5400)}, {title_of("00001.mpls", 1600)});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], "0 refused: lasts 1:30:00 here and 26:40 in TheDiscDB, so it is not their 'A Name'");
  // A thousandth is how far programs differ over NTSC.
  EXPECT_EQ(matches(DiscKind::kDvd, {track_of(1, "dvd:1", 5400)}, {title_of("01", 5405.4)}), Pairs{"0=0 source file"});
  EXPECT_EQ(matches(DiscKind::kDvd, {track_of(1, "dvd:1", 60)}, {title_of("01", 66, "", "")}), Pairs{});
}

TEST(MatchTitles, clips_tell_what_a_playlist_is) {
  const std::vector titles{title_of("00007.m2ts", 300, "7")};
  EXPECT_EQ(
      matches(DiscKind::kBluray, {track_of(1, "mpls:00100", 301, "7"), track_of(2, "mpls:00200", 300, "8")}, titles),
      Pairs{"0=0 segment map"});
  // A DVD's cells are numbered from 1 in each title.
  EXPECT_EQ(matches(DiscKind::kDvd, {track_of(1, "dvd:5", 303, "7")}, {title_of("01", 300, "7")}), Pairs{});
  EXPECT_EQ(matches(DiscKind::kBluray, {track_of(1, "mpls:00100", 400, "7")}, titles), Pairs{});
}

TEST(MatchTitles, what_could_be_two_is_neither_but_duplicates_do_not_count) {
  const std::vector titles{title_of("00007.m2ts", 300, "7")};
  std::vector tracks{track_of(1, "mpls:00100", 300, "7"), track_of(2, "mpls:00200", 300, "7")};
  EXPECT_EQ(matches(DiscKind::kBluray, tracks, titles), Pairs{});
  tracks[1].classification.type = TrackType::kDuplicate;
  EXPECT_EQ(matches(DiscKind::kBluray, tracks, titles), Pairs{"0=0 segment map"});
  tracks[0].vanished = true;
  EXPECT_EQ(matches(DiscKind::kBluray, tracks, titles), Pairs{});
}

TEST(MatchTitles, the_length_comes_last_and_only_where_nothing_else_has_it) {
  EXPECT_EQ(matches(DiscKind::kDvd, {track_of(1, "dvd:5", 300.9), track_of(2, "dvd:6", 400)}, {title_of("01", 300)}),
            Pairs{"0=0 length"});
  EXPECT_EQ(matches(DiscKind::kDvd, {track_of(1, "dvd:5", 300), track_of(2, "dvd:6", 301)}, {title_of("01", 300)}),
            Pairs{});
  EXPECT_EQ(matches(DiscKind::kDvd, {track_of(1, "dvd:5", 300)}, {title_of("01", 300), title_of("02", 301, "", "")}),
            Pairs{});
  EXPECT_EQ(matches(DiscKind::kDvd, {track_of(1, "dvd:5", 30)}, {title_of("01", 30)}), Pairs{});
  EXPECT_EQ(matches(DiscKind::kDvd, {track_of(1, "dvd:5", 0)}, {title_of("01", 0)}), Pairs{});
}

}  // namespace
}  // namespace amphi
