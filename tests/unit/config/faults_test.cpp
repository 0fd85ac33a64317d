#include "support.hpp"

namespace amphi {
namespace {

TEST_F(ConfigTest, unknown_keys_are_named_with_line_and_a_guess) {
  EXPECT_EQ(fault_of("\n[folders]\nriped = \"/x\"\n"), "3: folders.riped: unknown key");
  EXPECT_EQ(error_of("[folders]\nriped = \"/x\"\n").hint(), "did you mean \"ripped\"?");
  EXPECT_EQ(fault_of("[libary]\nmovies = \"/x\"\n"), "1: libary: unknown table");
  EXPECT_EQ(error_of("[libary]\nmovies = \"/x\"\n").hint(), "did you mean \"library\"?");
  EXPECT_EQ(error_of("jobs = 2").hint(), "did you mean \"transcode.jobs\"?");
  EXPECT_EQ(fault_of("[transcode]\npreset.blueray = \"x\""), "2: transcode.preset.blueray: unknown key");
  EXPECT_EQ(error_of("[transcode]\npreset.blueray = \"x\"").hint(), "did you mean \"bluray\"?");
  EXPECT_EQ(error_of("[process]\nxyzzy = 1").hint(), "known here: watchdog_seconds, watchdog");
  EXPECT_EQ(fault_of("[transcode.profiles]\n[[transcode.x]]\ny = 1"), "2: transcode.x: unknown key");
}

TEST_F(ConfigTest, a_heading_that_begins_with_no_name_is_a_fault) {
  for (const std::string& heading :
       {std::string("[#"), std::string("[ $x]"), std::string("[[="), std::string("[\0", 2)})
    EXPECT_EQ(fault_of("[transcode]\n" + heading + "\n").substr(0, 19), "2: this is no TOML:") << heading;
}

TEST_F(ConfigTest, a_foreign_letter_outside_of_a_string_is_a_fault) {
  for (const std::string letter : {"\u00c1", "\u0416", "\u1681", "\u2010", "\u3001", "\ufefe", "\U0001f4bf"})
    EXPECT_EQ(fault_of("[transcode]\njobs " + letter + "\n").substr(0, 19), "2: this is no TOML:") << letter;
}

TEST_F(ConfigTest, every_key_refuses_every_wrong_type) {
  const std::vector<std::string> values = {"\"text\"", "1",         "1.5",        "true",    "[1]",
                                           "[\"a\"]",  "{ x = 1 }", "2026-11-22", "12:00:00"};
  std::map<std::string, std::set<std::string>> right = {
      {"drives", {"[\"a\"]"}},   {"transcode.preset_files", {"[\"a\"]"}}, {"rip.min_length", {"1"}},
      {"transcode.jobs", {"1"}}, {"process.watchdog_seconds", {"1"}},     {"cleanup.older_than_days", {"1"}},
      {"cleanup.keep_gb", {"1"}}};
  for (const auto& tool : watched_tools()) right["process.watchdog." + tool] = {"1"};
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

}  // namespace
}  // namespace amphi
