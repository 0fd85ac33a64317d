#include "amphi/config.hpp"

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "amphi/error.hpp"
#include "config/keys.hpp"
#include "config/toml_file.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

// A home of its own with configurations in it.
class ConfigTest : public testing::Test {
 protected:
  std::string folder_;
  ConfigInputs inputs_;

  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "amphi-unit-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    inputs_.home = "/home/user";
    inputs_.xdg_config_home = folder_ + "/config";
    inputs_.system_file = folder_ + "/etc/config.toml";
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) const {
    const std::string path = folder_ + "/" + name;
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  Config load(const std::string& text) {
    inputs_.config_option = write("c.toml", text);
    return load_config(inputs_);
  }
  Error error_of(const std::string& text) {
    try {
      load(text);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_FALSE(error.hint().empty());
      EXPECT_EQ(error.message().find('\n'), std::string::npos);
      return error;
    }
    ADD_FAILURE() << "taken: " << text;
    return {ErrorKind::kUnexpected, ""};
  }
  // "3: transcode.jobs: ..." without the file.
  std::string fault_of(const std::string& text) {
    const std::string message = error_of(text).message(), file = folder_ + "/c.toml:";
    EXPECT_EQ(message.substr(0, file.size()), file);
    return message.substr(std::min(file.size(), message.size()));
  }
};

const char kWhole[] = R"(catalog = "/srv/amphi/catalog.db"
drives = ["/dev/sr0", "~/disc.iso"]

[folders]
ripped = "/srv//amphi/ripped/"
transcoded = "~/transcoded"

[rip]
engine = "makemkv"
min_length = 120

[transcode]
engine = "ffmpeg"
jobs = 3
preset.dvd = "small"
preset.bluray = "copy"
preset.uhd = "hevc"
preset_files = ["~/my-presets.json"]

[transcode.profiles]
small = ["-c:v", "libx264", "-crf", "30"]
"with.dot" = ["-c:v", "libx265"]

[library]
layout = "jellyfin"
movies = "/srv/media/Movies"
shows = "/srv/media/TV Shows"
music = "~/Music"
mode = "0640"
group = "media"

[process]
watchdog_seconds = 30
)";

TEST_F(ConfigTest, takes_every_key) {
  const Config config = load(kWhole);
  EXPECT_EQ(config.file, folder_ + "/c.toml");
  EXPECT_EQ(config.catalog, "/srv/amphi/catalog.db");
  EXPECT_EQ(config.drives, (std::vector<std::string>{"/dev/sr0", "/home/user/disc.iso"}));
  EXPECT_EQ(config.ripped.path, "/srv/amphi/ripped");
  EXPECT_TRUE(config.ripped.configured);
  EXPECT_EQ(config.transcoded.path, "/home/user/transcoded");
  EXPECT_EQ(config.rip_engine, "makemkv");
  EXPECT_EQ(config.min_length, 120);
  EXPECT_EQ(config.transcode.engine, "ffmpeg");
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
  EXPECT_EQ(config.watchdog_seconds, 30);
  EXPECT_TRUE(check_config(inputs_).empty());
}

TEST_F(ConfigTest, tells_where_every_value_comes_from) {
  const Config config = load(kWhole);
  const std::string file = folder_ + "/c.toml:";
  EXPECT_EQ(config.origins.at("catalog"), file + "1");
  EXPECT_EQ(config.origins.at("drives"), file + "2");
  EXPECT_EQ(config.origins.at("folders.transcoded"), file + "6");
  EXPECT_EQ(config.origins.at("transcode.preset.dvd"), file + "15");
  EXPECT_EQ(config.origins.at("transcode.profiles.small"), file + "21");
  EXPECT_EQ(config.origins.at("transcode.profiles.\"with.dot\""), file + "22");
  EXPECT_EQ(config.origins.at("process.watchdog_seconds"), file + "33");
  for (const auto& key : config_keys()) EXPECT_NE(config.origins.at(dotted(key.path)), "default") << dotted(key.path);
  const Config empty = load("");
  for (const auto& key : config_keys()) EXPECT_EQ(empty.origins.at(dotted(key.path)), "default") << dotted(key.path);
}

TEST_F(ConfigTest, works_without_any_file) {
  const Config config = load_config(inputs_);
  EXPECT_EQ(config.file, "");
  EXPECT_EQ(config.catalog, "/home/user/.local/share/amphi/catalog.db");
  EXPECT_EQ(config.ripped.path, "/home/user/.local/share/amphi/ripped");
  EXPECT_EQ(config.transcoded.path, "/home/user/.local/share/amphi/transcoded");
  EXPECT_FALSE(config.ripped.configured);
  EXPECT_FALSE(config.drives);
  EXPECT_FALSE(config.library);
  EXPECT_EQ(config.transcode.engine, "handbrake");
  EXPECT_EQ(config.transcode.jobs, 1);
  EXPECT_EQ(config.watchdog_seconds, 600);
  EXPECT_TRUE(check_config(inputs_).empty());
}

TEST_F(ConfigTest, looks_for_its_file_in_order) {
  write("etc/config.toml", "[transcode]\njobs = 2\n");
  EXPECT_EQ(load_config(inputs_).transcode.jobs, 2);
  write("config/amphi/config.toml", "[transcode]\njobs = 3\n");
  EXPECT_EQ(load_config(inputs_).transcode.jobs, 3);
  inputs_.config_option = write("c.toml", "[transcode]\njobs = 4\n");
  EXPECT_EQ(load_config(inputs_).transcode.jobs, 4);
  inputs_.config_option = std::nullopt;
  inputs_.xdg_config_home = "";
  inputs_.home = folder_;
  write(".config/amphi/config.toml", "[transcode]\njobs = 5\n");
  EXPECT_EQ(load_config(inputs_).transcode.jobs, 5);
}

TEST_F(ConfigTest, named_but_missing_is_an_error_unreadable_one_too) {
  inputs_.config_option = folder_ + "/none.toml";
  try {
    load_config(inputs_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_NE(error.message().find("none.toml"), std::string::npos);
  }
  EXPECT_EQ(check_config(inputs_).size(), 1u);
  inputs_.config_option = folder_;  // a folder
  EXPECT_THROW(load_config(inputs_), Error);
}

TEST_F(ConfigTest, option_beats_environment_beats_file) {
  EXPECT_EQ(load("catalog = \"/a.db\"").catalog, "/a.db");
  inputs_.amphi_catalog = "/b.db";
  Config config = load_config(inputs_);
  EXPECT_EQ(config.catalog, "/b.db");
  EXPECT_EQ(config.origins.at("catalog"), "AMPHI_CATALOG");
  inputs_.catalog_option = "c.db";
  config = load_config(inputs_);
  EXPECT_EQ(config.catalog, (fs::current_path() / "c.db").string());
  EXPECT_EQ(config.origins.at("catalog"), "--catalog");
}

TEST_F(ConfigTest, xdg_data_home_moves_the_defaults) {
  inputs_.xdg_data_home = "/data";
  EXPECT_EQ(load_config(inputs_).catalog, "/data/amphi/catalog.db");
  EXPECT_EQ(load_config(inputs_).ripped.path, "/data/amphi/ripped");
}

TEST_F(ConfigTest, without_a_home_asks_for_one_only_where_it_is_needed) {
  inputs_.home = "";
  EXPECT_THROW(load_config(inputs_), Error);
  EXPECT_THROW(load("[folders]\nripped = \"/r\""), Error);
  EXPECT_EQ(load("catalog = \"/c\"\n[folders]\nripped = \"/r\"\ntranscoded = \"/t\"").ripped.path, "/r");
  EXPECT_EQ(fault_of("catalog = \"~/c\""), "1: catalog: \"~/c\": no home folder is known");
}

TEST_F(ConfigTest, an_empty_library_table_is_none) {
  EXPECT_FALSE(load("[library]\n").library);
  EXPECT_TRUE(load("[library]\nlayout = \"plex\"\n").library);
}

TEST_F(ConfigTest, unknown_keys_are_named_with_line_and_a_guess) {
  EXPECT_EQ(fault_of("\n[folders]\nriped = \"/x\"\n"), "3: folders.riped: unknown key");
  EXPECT_EQ(error_of("[folders]\nriped = \"/x\"\n").hint(), "did you mean \"ripped\"?");
  EXPECT_EQ(fault_of("[libary]\nmovies = \"/x\"\n"), "1: libary: unknown table");
  EXPECT_EQ(error_of("[libary]\nmovies = \"/x\"\n").hint(), "did you mean \"library\"?");
  EXPECT_EQ(error_of("jobs = 2").hint(), "did you mean \"transcode.jobs\"?");
  EXPECT_EQ(fault_of("[transcode]\npreset.blueray = \"x\""), "2: transcode.preset.blueray: unknown key");
  EXPECT_EQ(error_of("[transcode]\npreset.blueray = \"x\"").hint(), "did you mean \"bluray\"?");
  EXPECT_EQ(error_of("[process]\nxyzzy = 1").hint(), "known here: watchdog_seconds");
  EXPECT_EQ(fault_of("[transcode.profiles]\n[[transcode.x]]\ny = 1"), "2: transcode.x: unknown key");
}

TEST_F(ConfigTest, every_key_refuses_every_wrong_type) {
  const std::vector<std::string> values = {"\"text\"", "1",         "1.5",        "true",    "[1]",
                                           "[\"a\"]",  "{ x = 1 }", "2026-11-22", "12:00:00"};
  const std::map<std::string, std::set<std::string>> right = {{"drives", {"[\"a\"]"}},
                                                              {"transcode.preset_files", {"[\"a\"]"}},
                                                              {"rip.min_length", {"1"}},
                                                              {"transcode.jobs", {"1"}},
                                                              {"process.watchdog_seconds", {"1"}}};
  for (const auto& key : config_keys()) {
    const std::string name = dotted(key.path);
    const auto fits = right.count(name) ? right.at(name) : std::set<std::string>{"\"text\""};
    for (const auto& value : values) {
      if (fits.count(value)) continue;
      const std::string message = fault_of("\n\n" + name + " = " + value + "\n");
      EXPECT_EQ(message.substr(0, name.size() + 13), "3: " + name + ": must be ") << message;
    }
  }
}

TEST_F(ConfigTest, tables_must_be_tables) {
  for (const auto& table : config_tables()) {
    const std::string name = dotted(table.path);
    EXPECT_EQ(fault_of(name + " = \"x\""), "1: " + name + ": must be a table, is a string");
  }
}

TEST_F(ConfigTest, paths_must_be_absolute) {
  for (const char* key :
       {"catalog", "folders.ripped", "folders.transcoded", "library.movies", "library.shows", "library.music"}) {
    EXPECT_EQ(fault_of(std::string(key) + " = \"a/b\""), std::string("1: ") + key + ": \"a/b\" is a relative path");
    EXPECT_EQ(fault_of(std::string(key) + " = \"\""), std::string("1: ") + key + ": is empty");
  }
  EXPECT_EQ(fault_of("drives = [\"/dev/sr0\", \"sr1\"]"), "1: drives: \"sr1\" is a relative path");
  EXPECT_EQ(fault_of("drives = [\"\"]"), "1: drives: has an empty path");
  EXPECT_EQ(fault_of("transcode.preset_files = [\"x.json\"]"),
            "1: transcode.preset_files: \"x.json\" is a relative path");
  EXPECT_NE(error_of("catalog = \"$HOME/c\"").hint().find("variables"), std::string::npos);
  EXPECT_EQ(fault_of("catalog = \"~other/c\""), "1: catalog: \"~other/c\": ~ stands for your own home only");
  EXPECT_EQ(fault_of("catalog = \"/a/../b\""), "1: catalog: \"/a/../b\" has a .. in it");
  EXPECT_EQ(fault_of("catalog = \"~/../b\""), "1: catalog: \"~/../b\" has a .. in it");
  EXPECT_EQ(fault_of("catalog = \"/a\\u0000b\""), "1: catalog: has a NUL character in it");
  EXPECT_EQ(load("[folders]\nripped = \"~\"").ripped.path, "/home/user");
  EXPECT_EQ(load("[folders]\nripped = \"/\"").ripped.path, "/");
}

TEST_F(ConfigTest, numbers_have_bounds) {
  EXPECT_EQ(fault_of("transcode.jobs = 0"), "1: transcode.jobs: must be 1 to 1024, is 0");
  EXPECT_EQ(fault_of("transcode.jobs = -1"), "1: transcode.jobs: must be 1 to 1024, is -1");
  EXPECT_EQ(fault_of("rip.min_length = -1"), "1: rip.min_length: must be 0 to 86400, is -1");
  EXPECT_EQ(fault_of("process.watchdog_seconds = 0"), "1: process.watchdog_seconds: must be 1 to 86400, is 0");
  EXPECT_EQ(fault_of("transcode.jobs = 4294967297"), "1: transcode.jobs: must be 1 to 1024, is 4294967297");
}

TEST_F(ConfigTest, choices_are_checked) {
  EXPECT_EQ(fault_of("rip.engine = \"makemvk\""),
            "1: rip.engine: \"makemvk\" is none of auto, libdvdread, libbluray, makemkv, cd-paranoia");
  EXPECT_EQ(error_of("rip.engine = \"makemvk\"").hint(), "did you mean \"makemkv\"?");
  EXPECT_EQ(fault_of("transcode.engine = \"x\""), "1: transcode.engine: \"x\" is none of handbrake, ffmpeg");
  EXPECT_EQ(fault_of("library.layout = \"kodi\""), "1: library.layout: \"kodi\" is none of plex, jellyfin");
}

TEST_F(ConfigTest, mode_is_an_octal_text) {
  EXPECT_EQ(load("library.mode = \"664\"").library->mode, 0664u);
  for (const char* bad : {"\"\"", "\"0884\"", "\"rw\"", "\"01777\"", "\"1777\"", "\"0x1ff\"", "\"-664\"", "\"0066\"",
                          "\"64\"", "\"664 \""})
    EXPECT_NE(fault_of(std::string("library.mode = ") + bad).find("permissions"), std::string::npos) << bad;
  EXPECT_EQ(error_of("library.mode = 664").hint(), "write it as \"0664\"");
}

TEST_F(ConfigTest, profiles_are_checked) {
  EXPECT_EQ(fault_of("[transcode.profiles]\na = \"-c:v x\""),
            "2: transcode.profiles.a: must be a list of strings, is a string");
  EXPECT_EQ(fault_of("[transcode.profiles]\na = []"), "2: transcode.profiles.a: is empty");
  EXPECT_EQ(fault_of("[transcode.profiles]\na = [1]"),
            "2: transcode.profiles.a: must be a list of strings, is a list with something else than strings");
  EXPECT_EQ(fault_of("[transcode.profiles]\ncopy = [\"-c\", \"copy\"]"),
            "2: transcode.profiles.copy: \"copy\" is amphi's own name for no encoding");
  EXPECT_EQ(fault_of("[transcode.profiles.a]\nb = [\"x\"]"),
            "1: transcode.profiles.a: must be a list of strings, is a table");
}

TEST_F(ConfigTest, rips_and_transcodes_need_two_folders) {
  EXPECT_EQ(fault_of("[folders]\nripped = \"/a/\"\ntranscoded = \"/a\"").substr(0, 23), "3: folders.transcoded: ");
  EXPECT_EQ(fault_of("[folders]\ntranscoded = \"~/.local/share/amphi/ripped\"").substr(0, 23),
            "2: folders.transcoded: ");
}

TEST_F(ConfigTest, check_tells_every_fault_in_order_and_load_how_many) {
  const std::string text = "x = 1\n[transcode]\njobs = \"2\"\nengine = \"foo\"\n[library]\nmode = 7\n";
  const Error error = error_of(text);
  EXPECT_NE(error.hint().find("all 4 faults"), std::string::npos) << error.hint();
  const auto faults = check_config(inputs_);
  ASSERT_EQ(faults.size(), 4u);
  for (std::size_t i = 0; i < faults.size(); ++i)
    EXPECT_EQ(faults[i].substr(0, folder_.size() + 9), folder_ + "/c.toml:" + std::string(1, "1346"[i])) << faults[i];
}

TEST_F(ConfigTest, no_truncation_breaks_it) {
  const std::string whole = kWhole;
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    try {
      load(whole.substr(0, length));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage) << length;
      EXPECT_EQ(error.message().find('\n'), std::string::npos) << length;
    }
  }
}

TEST_F(ConfigTest, what_is_no_toml_is_told_with_its_line) {
  EXPECT_EQ(fault_of("a = 1\nb = \n").substr(0, 18), "2: this is no TOML");
  EXPECT_EQ(fault_of("[transcode]\njobs = 1\njobs = 2\n").substr(0, 18), "3: this is no TOML");
  EXPECT_EQ(fault_of("\xff\xfe\x00").substr(0, 3), "1: ");
}

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

TEST(InputsFromEnvironment, takes_the_variables) {
  setenv("AMPHI_CATALOG", "/x.db", 1);
  setenv("XDG_DATA_HOME", "relative", 1);
  setenv("XDG_CONFIG_HOME", "/config", 1);
  const ConfigInputs inputs = config_inputs_from_environment();
  unsetenv("AMPHI_CATALOG");
  unsetenv("XDG_DATA_HOME");
  unsetenv("XDG_CONFIG_HOME");
  EXPECT_EQ(inputs.amphi_catalog, "/x.db");
  EXPECT_EQ(inputs.xdg_data_home, "");
  EXPECT_EQ(inputs.xdg_config_home, "/config");
  EXPECT_FALSE(inputs.config_option);
  EXPECT_FALSE(config_inputs_from_environment().amphi_catalog);
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
