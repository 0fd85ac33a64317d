#include "support.hpp"

namespace amphi {
namespace {

TEST_F(ConfigTest, the_commented_file_is_good_as_it_is_and_changes_nothing) {
  const Config before = load_config(inputs_);
  const Config config = load(commented_config(inputs_));
  EXPECT_TRUE(check_config(inputs_).empty());
  EXPECT_EQ(config.catalog, before.catalog);
  EXPECT_EQ(config.origins, before.origins);
  EXPECT_FALSE(config.library);
}

TEST_F(ConfigTest, the_commented_file_has_every_key_and_each_can_be_uncommented) {
  const std::string all = std::regex_replace(commented_config(inputs_), std::regex("\n#(?=[a-z])"), "\n");
  const Config config = load(all);
  for (const auto& key : config_keys()) EXPECT_NE(config.origins.at(dotted(key.path)), "default") << dotted(key.path);
  EXPECT_EQ(config.transcode.profiles.size(), 1u);
  inputs_.config_option = std::nullopt;
  const Config defaults = load_config(inputs_);
  EXPECT_EQ(config.catalog, defaults.catalog);
  EXPECT_EQ(config.ripped.path, defaults.ripped.path);
  EXPECT_EQ(config.rip_engine, defaults.rip_engine);
  EXPECT_EQ(config.transcode.preset_dvd, defaults.transcode.preset_dvd);
  EXPECT_EQ(config.transcode.preset_uhd, defaults.transcode.preset_uhd);
  EXPECT_EQ(config.watchdog_seconds, defaults.watchdog_seconds);
}

TEST_F(ConfigTest, each_commented_key_works_alone) {
  const std::string text = commented_config(inputs_);
  const std::regex commented("\n#(?=[a-z])");
  std::size_t tried = 0;
  for (std::sregex_iterator at(text.begin(), text.end(), commented), end; at != end; ++at, ++tried) {
    std::string one = text;
    one.erase(static_cast<std::size_t>(at->position()) + 1, 1);
    EXPECT_NO_THROW(load(one)) << one.substr(static_cast<std::size_t>(at->position()), 60);
  }
  EXPECT_EQ(tried, config_keys().size() + 1);  // and the example of a profile
}

}  // namespace
}  // namespace amphi
