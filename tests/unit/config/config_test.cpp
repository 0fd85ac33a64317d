#include "support.hpp"

namespace amphi {
namespace {

TEST_F(ConfigTest, takes_every_key) {
  const Config config = load(kWhole);
  EXPECT_EQ(config.file, folder_ + "/c.toml");
  EXPECT_EQ(config.catalog, "/srv/amphi/catalog.db");
  EXPECT_EQ(config.drives, (std::vector<std::string>{"/dev/sr0", "/home/user/disc.iso"}));
  EXPECT_EQ(config.ripped.path, "/srv/amphi/ripped");
  EXPECT_TRUE(config.ripped.configured);
  EXPECT_EQ(config.transcoded.path, "/home/user/transcoded");
  EXPECT_EQ(engine_name(config.rip_engine), "makemkv");
  EXPECT_EQ(config.min_length, 120);
  EXPECT_EQ(engine_name(config.transcode.engine), "ffmpeg");
  EXPECT_EQ(config.transcode.jobs, 3);
  EXPECT_EQ(config.transcode.preset_dvd, "small");
  EXPECT_EQ(config.transcode.preset_bluray, "copy");
  EXPECT_EQ(config.transcode.preset_uhd, "hevc");
  EXPECT_EQ(config.transcode.preset_files, std::vector<std::string>{"/home/user/my-presets.json"});
  EXPECT_EQ(config.transcode.profiles.at("small"), (std::vector<std::string>{"-c:v", "libx264", "-crf", "30"}));
  EXPECT_EQ(config.transcode.profiles.at("with.dot"), (std::vector<std::string>{"-c:v", "libx265"}));
  ASSERT_TRUE(config.library);
  EXPECT_EQ(config.library->layout, Layout::kJellyfin);
  EXPECT_EQ(config.library->movies->path, "/srv/media/Movies");
  EXPECT_TRUE(config.library->movies->configured);
  EXPECT_EQ(config.library->shows->path, "/srv/media/TV Shows");
  EXPECT_EQ(config.library->music->path, "/home/user/Music");
  EXPECT_EQ(config.library->mode, 0640u);
  EXPECT_EQ(config.library->group, "media");
  EXPECT_EQ(config.thediscdb, "/home/user/thediscdb");
  EXPECT_EQ(config.watchdog_seconds, 30);
  EXPECT_EQ(watchdog_of(config, "makemkv"), 1800);
  EXPECT_EQ(watchdog_of(config, "ffmpeg"), 33);
  EXPECT_EQ(watchdog_of(config, "mkvmerge"), 30);
  EXPECT_EQ(config.cleanup.older_than_days, 14);
  EXPECT_EQ(config.cleanup.keep_gb, 200);
  EXPECT_EQ(config.cleanup.verify, "probe");
  EXPECT_TRUE(check_config(inputs_).empty());
}

TEST_F(ConfigTest, an_empty_library_table_is_none) {
  EXPECT_FALSE(load("[library]\n").library);
  EXPECT_TRUE(load("[library]\nlayout = \"plex\"\n").library);
}

TEST_F(ConfigTest, default_presets_follow_the_engine) {
  EXPECT_EQ(load("").transcode.preset_dvd, "HQ 720p30 Surround");
  EXPECT_EQ(load("").transcode.preset_uhd, "HQ 2160p60 4K HEVC Surround");
  const Config ffmpeg = load("[transcode]\nengine = \"ffmpeg\"\npreset.bluray = \"mine\"\n");
  EXPECT_EQ(ffmpeg.transcode.preset_dvd, "h264");
  EXPECT_EQ(ffmpeg.transcode.preset_bluray, "mine");
  EXPECT_EQ(ffmpeg.transcode.preset_uhd, "hevc");
}

TEST(PresetFor, goes_by_what_either_side_reaches) {
  TranscodeConfig config;
  config.preset_dvd = "d";
  config.preset_bluray = "b";
  config.preset_uhd = "u";
  const auto preset = [&](int width, int height) { return preset_for(config, Resolution{width, height}); };
  EXPECT_EQ(preset(720, 576), "d");
  EXPECT_EQ(preset(1919, 1079), "d");
  EXPECT_EQ(preset(1920, 800), "b");
  EXPECT_EQ(preset(1440, 1080), "b");
  EXPECT_EQ(preset(3839, 2159), "b");
  EXPECT_EQ(preset(3840, 1600), "u");
  EXPECT_EQ(preset(2880, 2160), "u");
  EXPECT_EQ(preset_for(config, std::nullopt), "d");
}

TEST(Toml, quotes_what_it_can_read_again) {
  for (const std::string& text : std::vector<std::string>{"", "a\"b\\c", "tab\there", "\x01\x7f", "Amélie"}) {
    const auto settings = parse_toml("key = " + toml_string(text));
    ASSERT_EQ(settings.size(), 1u);
    EXPECT_EQ(std::get<std::string>(settings[0].value), text);
  }
  EXPECT_EQ(dotted({"a", "b c", ""}), "a.\"b c\".\"\"");
}

}  // namespace
}  // namespace amphi
