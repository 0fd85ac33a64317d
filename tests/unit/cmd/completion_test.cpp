#include "completion/engine.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace amphi::cmd {
namespace {

class FakeSource : public CompletionSource {
 public:
  std::vector<Suggestion> discs(const std::string&) override {
    return {{"dvd-a1b2c3d", "Sita (2008)"}, {"br-1234567", "Alien (1979)"}};
  }
  std::vector<Suggestion> tracks(const std::string& word) override {
    if (word.find(':') != std::string::npos) return {{"dvd-a1b2c3d:1", "main"}, {"dvd-a1b2c3d:2", "trailer"}};
    return {{"11", "main"}, {"12", "trailer"}};
  }
  std::vector<Suggestion> presets() override { return {{"tiny", ""}, {"Very Fast 480p30", ""}}; }
  std::vector<Suggestion> drives() override { return {{"/dev/sr0", "ASUS"}}; }
  std::vector<Suggestion> steps() override { return {{"3f0a9c", "ripped"}}; }
};

std::vector<std::string> offered(const std::vector<std::string>& words) {
  FakeSource source;
  std::vector<std::string> out;
  for (const auto& value : complete(words, source).values) out.push_back(value.value);
  return out;
}

using Words = std::vector<std::string>;

bool has(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

TEST(Completion, NounsVerbsAndOptions) {
  EXPECT_TRUE(has(offered({""}), "disc"));
  EXPECT_TRUE(has(offered({""}), "status"));
  EXPECT_FALSE(has(offered({""}), "__complete"));
  EXPECT_EQ(offered({"disc", "sh"}), Words{"show"});
  EXPECT_EQ(offered({"--json", "disc", "sh"}), Words{"show"});
  EXPECT_EQ(offered({"process", "--unt"}), Words{"--until"});
  EXPECT_TRUE(has(offered({"disc", "show", "--"}), "--json"));
}

TEST(Completion, ValuesOfOptions) {
  EXPECT_EQ(offered({"process", "--until", "trans"}), Words{"transcode"});
  EXPECT_EQ(offered({"track", "edit", "1", "--track-type", "behind"}), Words{"behind_the_scenes"});
  EXPECT_EQ(offered({"track", "edit", "1", "--preset-name", "ti"}), Words{"tiny"});
  EXPECT_EQ(offered({"process", "--types", "main_feature,trai"}), Words{"main_feature,trailers"});
  EXPECT_EQ(offered({"disc", "list", "--columns", "id,tit"}), Words{"id,title"});
  EXPECT_TRUE(has(offered({"disc", "show", "--columns", ""}), "segment_map"));
  EXPECT_EQ(offered({"--color", "al"}), Words{"always"});
}

TEST(Completion, ArgumentsByPosition) {
  EXPECT_EQ(offered({"disc", "show", "dvd-"}), Words{"dvd-a1b2c3d"});
  EXPECT_EQ(offered({"disc", "flag", "dvd-a1b2c3d", "re-t"}), Words{"re-transcode"});
  EXPECT_EQ(offered({"track", "show", "dvd-a1b2c3d:2"}), Words{"dvd-a1b2c3d:2"});
  EXPECT_EQ(offered({"track", "verify", "11", "1"}), (Words{"11", "12"}));
  EXPECT_EQ(offered({"track", "want", "--catalog", "x.db", "11", "a"}), Words{"auto"});
  EXPECT_EQ(offered({"disc", "show", "dvd-a1b2c3d", ""}), Words{});
  EXPECT_EQ(offered({"process", "log", ""}), Words{"3f0a9c"});
}

TEST(Completion, AVerbWithVerbsOfItsOwnOffersBoth) {
  const auto words = offered({"process", ""});
  EXPECT_TRUE(has(words, "cancel"));
  EXPECT_TRUE(has(words, "dvd-a1b2c3d"));
}

TEST(Completion, TitlesDescribeFingerprints) {
  FakeSource source;
  EXPECT_EQ(complete({"disc", "show", "dvd"}, source).values,
            (std::vector<Suggestion>{{"dvd-a1b2c3d", "Sita (2008)"}}));
}

TEST(Completion, FilesWhereFilesFit) {
  FakeSource source;
  EXPECT_TRUE(complete({"disc", "scan", ""}, source).files);
  EXPECT_TRUE(complete({"--catalog", ""}, source).files);
  EXPECT_TRUE(complete({"disc", "show", "./"}, source).files);
  EXPECT_FALSE(complete({"disc", "show", ""}, source).files);
}

TEST(Completion, NonsenseIsAnEmptyAnswer) {
  EXPECT_EQ(offered({"nonsense", ""}), Words{});
  EXPECT_EQ(offered({"disc", "nonsense", ""}), Words{});
  FakeSource source;
  EXPECT_FALSE(complete({}, source).values.empty());
}

}  // namespace
}  // namespace amphi::cmd
