// What the tests of the configuration share: a home with configurations in it, and one that names every key.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "amphi/config.hpp"
#include "amphi/error.hpp"
#include "config/keys.hpp"
#include "config/toml_file.hpp"
#include "scratch.hpp"

namespace amphi {

namespace fs = std::filesystem;

// A home of its own with configurations in it.
class ConfigTest : public testing::Test {
 protected:
  const test::Scratch scratch_;
  const std::string folder_ = scratch_.path();
  ConfigInputs inputs_;

  void SetUp() override {
    inputs_.home = "/home/user";
    inputs_.xdg_config_home = folder_ + "/config";
    inputs_.system_file = folder_ + "/etc/config.toml";
  }

  std::string write(const std::string& name, const std::string& text) const { return scratch_.write(name, text); }
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

inline const char kWhole[] = R"(catalog = "/srv/amphi/catalog.db"
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
preset.cd = "copy"
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

[identify]
thediscdb = "~/thediscdb/"

[process]
watchdog_seconds = 30

[process.watchdog]
libdvdread = 31
libbluray = 34
makemkv = 1800
cd-paranoia = 35
handbrake = 32
ffmpeg = 33
flac = 36

[cleanup]
older_than_days = 14
keep_gb = 200
verify = "probe"
)";

}  // namespace amphi
