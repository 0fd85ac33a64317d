#include "support.hpp"

namespace amphi {
namespace {

using test::title_of;

std::optional<TrackType> type_of(const std::string& word, const std::string& name = "A Name") {
  return track_type_of(title_of("01", 60, "", name, word));
}

TEST(DiscdbWords, each_type_has_one_of_amphis) {
  EXPECT_EQ(type_of("MainMovie"), TrackType::kMainFeature);
  EXPECT_EQ(type_of("Episode"), TrackType::kEpisode);
  EXPECT_EQ(type_of("Trailer"), TrackType::kTrailers);
  EXPECT_EQ(type_of("DeletedScene"), TrackType::kDeletedScenes);
  EXPECT_EQ(type_of("Featurette"), TrackType::kFeaturettes);
  EXPECT_EQ(type_of("Interview"), TrackType::kInterviews);
  EXPECT_EQ(type_of("Scene"), TrackType::kScenes);
  EXPECT_EQ(type_of("Short"), TrackType::kShorts);
  EXPECT_EQ(type_of("Music"), TrackType::kOther);
  EXPECT_EQ(type_of("other"), TrackType::kOther);
  EXPECT_EQ(type_of("Hologram", "Deleted Scenes"), std::nullopt);
}

TEST(DiscdbWords, an_extra_goes_by_its_name) {
  EXPECT_EQ(type_of("Extra", "A City at Night"), TrackType::kFeaturettes);
  EXPECT_EQ(type_of("Extra", "Play All: Featurettes"), TrackType::kPlayAll);
  EXPECT_EQ(type_of("Extra", "Deleted & Extended Scenes"), TrackType::kDeletedScenes);
  EXPECT_EQ(type_of("Extra", "Alternate Ending"), TrackType::kDeletedScenes);
  EXPECT_EQ(type_of("Extra", "TV Spots"), TrackType::kTrailers);
  EXPECT_EQ(type_of("Extra", "Trailerpark"), TrackType::kFeaturettes);
  EXPECT_EQ(type_of("Extra", "Q&A"), TrackType::kInterviews);
  EXPECT_EQ(type_of("Extra", "The Making Of The Film"), TrackType::kBehindTheScenes);
  EXPECT_EQ(type_of("Extra", "Behind-the-Scenes"), TrackType::kBehindTheScenes);
  EXPECT_EQ(type_of("Extra", "Photo Gallery"), TrackType::kOther);
  EXPECT_EQ(type_of("", "Theatrical Trailer"), TrackType::kTrailers);
  EXPECT_EQ(type_of("", "Something"), std::nullopt);
}

TEST(DiscdbWords, episodes_are_numbers_and_ranges) {
  const auto numbers = [](std::string_view text) -> std::vector<int> {
    const auto parsed = parse_discdb_episode(text);
    if (!parsed) return {};
    return parsed->last ? std::vector{parsed->first, *parsed->last} : std::vector{parsed->first};
  };
  using Numbers = std::vector<int>;
  EXPECT_EQ(numbers("7"), Numbers{7});
  EXPECT_EQ(numbers("07"), Numbers{7});
  EXPECT_EQ(numbers("1-2"), (Numbers{1, 2}));
  EXPECT_EQ(numbers("1 - 3"), (Numbers{1, 3}));
  EXPECT_EQ(numbers("1, 2,3"), (Numbers{1, 3}));
  EXPECT_EQ(numbers("11 & 12"), (Numbers{11, 12}));
  for (const auto* text : {"", "a", "2-1", "1,3", "1-", "-1", "1--2", "999999", "1.5", "E1", "99999999999999999999"})
    EXPECT_EQ(numbers(text), Numbers{}) << text;
}

TEST(DiscdbWords, what_a_name_has_beyond_the_films) {
  EXPECT_EQ(beyond_title("300 (English & Japanese Audio)", "300"), "English & Japanese Audio");
  EXPECT_EQ(beyond_title("The Film Special Extended Edition Part 1", "The Film"), "Special Extended Edition Part 1");
  EXPECT_EQ(beyond_title("the film: Director's Cut", "The Film"), "Director's Cut");
  EXPECT_EQ(beyond_title("The Film (2001) (Final Cut)", "The Film"), "Final Cut");
  EXPECT_EQ(beyond_title("The Film - Uncut [German]", "The Film"), "Uncut [German]");
  EXPECT_EQ(beyond_title("The Film", "The Film"), "");
  EXPECT_EQ(beyond_title("The Film (2001)", "The Film"), "");
  EXPECT_EQ(beyond_title("The Film II", "The Film"), "");
  EXPECT_EQ(beyond_title("The Films: Uncut", "The Film"), "");
  EXPECT_EQ(beyond_title("Another", "The Film"), "");
  EXPECT_EQ(beyond_title("Uncut", ""), "");
}

TEST(DiscdbWords, some_words_tell_a_version) {
  EXPECT_TRUE(tells_a_version("Director's Cut"));
  EXPECT_TRUE(tells_a_version("UNRATED"));
  EXPECT_FALSE(tells_a_version("Haircut"));
  EXPECT_FALSE(tells_a_version("English & Japanese Audio"));
  EXPECT_FALSE(tells_a_version(""));
}

TEST(DiscdbWords, a_release_says_its_cut_or_nothing) {
  EXPECT_EQ(cut_in_release("The Final Cut 4K"), "Final Cut");
  EXPECT_EQ(cut_in_release("Special Extended DVD Edition"), "Special Extended Edition");
  EXPECT_EQ(cut_in_release("2009 Unrated Director\u2019s Cut Blu-ray"), "Unrated Director's Cut");
  EXPECT_EQ(cut_in_release("2012 Extended Edition - German"), "Extended Edition");
  for (const auto* package :
       {"2014 4K Ultra HD Blu-ray", "2016 Blu-ray", "Limited Collector's Edition", "Criterion Blu-ray",
        "10th Anniversary Edition", "Special Edition", "Steelbook", "Season 1", ""})
    EXPECT_EQ(cut_in_release(package), "") << package;
  EXPECT_EQ(cut_in_release("Theatrical & Extended Cut"), "");  // both are in the box
}

}  // namespace
}  // namespace amphi
