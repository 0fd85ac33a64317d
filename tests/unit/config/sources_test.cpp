#include "support.hpp"

namespace amphi {
namespace {

TEST_F(ConfigTest, tells_where_every_value_comes_from) {
  const Config config = load(kWhole);
  const std::string file = folder_ + "/c.toml:";
  EXPECT_EQ(config.origins.at("catalog"), file + "1");
  EXPECT_EQ(config.origins.at("drives"), file + "2");
  EXPECT_EQ(config.origins.at("folders.transcoded"), file + "6");
  EXPECT_EQ(config.origins.at("transcode.preset.dvd"), file + "15");
  EXPECT_EQ(config.origins.at("transcode.profiles.small"), file + "22");
  EXPECT_EQ(config.origins.at("transcode.profiles.\"with.dot\""), file + "23");
  EXPECT_EQ(config.origins.at("process.watchdog_seconds"), file + "37");
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
  EXPECT_EQ(engine_name(config.transcode.engine), "handbrake");
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

TEST_F(ConfigTest, a_catalog_has_one_path_by_whatever_link_it_is_called) {
  fs::create_directory(folder_ + "/far");
  fs::create_directory_symlink("far", folder_ + "/near");
  fs::create_symlink("near/real.db", folder_ + "/link.db");
  fs::create_symlink("link.db", folder_ + "/again.db");
  const auto real = fs::canonical(folder_).string() + "/far/real.db";
  for (const bool made : {false, true}) {
    if (made) write("far/real.db", "");
    for (const auto* name : {"/link.db", "/again.db", "/near/real.db", "/near/../link.db", "//far/./real.db"}) {
      inputs_.catalog_option = folder_ + name;
      EXPECT_EQ(load_config(inputs_).catalog, real) << name;
    }
  }
  inputs_.catalog_option = std::nullopt;
  EXPECT_EQ(load("catalog = \"" + folder_ + "/link.db\"").catalog, real);
  inputs_.amphi_catalog = folder_ + "/link.db";
  EXPECT_EQ(load_config(inputs_).catalog, real);
}

TEST_F(ConfigTest, links_that_lead_in_a_circle_are_left_to_whoever_opens_them) {
  fs::create_symlink("b.db", folder_ + "/a.db");
  fs::create_symlink("a.db", folder_ + "/b.db");
  inputs_.catalog_option = folder_ + "/a.db";
  EXPECT_EQ(load_config(inputs_).catalog, folder_ + "/a.db");
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

}  // namespace
}  // namespace amphi
