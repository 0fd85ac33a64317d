#include <algorithm>

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "base/programs.hpp"
#include "folder.hpp"
#include "sample.hpp"
#include "tools/presets.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

using test::sample;
using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

TEST(Presets, HandbrakesListHasNamesAndNoDescriptions) {
  const auto names = parse_preset_list(sample("handbrake-presets.err"));
  EXPECT_EQ(names.front(), "Very Fast 2160p60 4K AV1");
  EXPECT_TRUE(has(names, "Fast 576p25"));
  EXPECT_FALSE(has(names, "General"));
  EXPECT_FALSE(has(names, "container."));
  for (const auto& name : names) EXPECT_EQ(name.find("format"), std::string::npos) << name;
}

TEST(Presets, AnExportOfHandbrake) {
  const test::Folder folder;
  EXPECT_EQ(presets_in_file(folder.write("a.json", sample("presets.json"))), Names{"Keep \"everything\""});
}

TEST(Presets, FoldersInFolders) {
  const test::Folder folder;
  const auto path = folder.write("a.json", R"({"PresetList": [
    {"PresetName": "Mine", "Folder": true, "ChildrenArray": [
       {"PresetName": "One", "Folder": false, "ChildrenArray": []},
       {"PresetName": "Deeper", "Folder": 1, "ChildrenArray": [{"PresetName": "Two"}]}]},
    {"PresetName": "Three", "Folder": 0}], "VersionMajor": 50})");
  EXPECT_EQ(presets_in_file(path), (Names{"One", "Two", "Three"}));
  EXPECT_EQ(presets_in_file(folder.write("b.json", R"([{"PresetName": "Bare list"}])")), Names{"Bare list"});
  EXPECT_EQ(presets_in_file(folder.write("c.json", R"({"PresetName": "Alone"})")), Names{"Alone"});
}

TEST(Presets, AFaultNamesTheFile) {
  const test::Folder folder;
  std::string deep = R"({"PresetName":"x"})";
  for (int i = 0; i < 100; ++i) deep = R"({"PresetName":"f","Folder":true,"ChildrenArray":[)" + deep + "]}";
  for (const auto& text : {std::string("{bad"), std::string("{}"), std::string("3"), std::string("[3]"), std::string(),
                           std::string(R"({"PresetList": [{"PresetName": 3}]})"),
                           std::string(R"([{"PresetName": "a", "Folder": true, "ChildrenArray": 3}])"), deep}) {
    const auto path = folder.write("bad.json", text);
    try {
      presets_in_file(path);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_NE(error.message().find(path), std::string::npos);
    }
  }
  EXPECT_THROW(presets_in_file(folder.at("nothing.json")), Error);
  EXPECT_THROW(presets_in_file(folder.path()), Error);
}

TEST(Presets, EveryTruncationOfAFileIsAFault) {
  const test::Folder folder;
  const std::string text = R"({"PresetList":[{"PresetName":"One","Folder":false}]})";
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    EXPECT_THROW(presets_in_file(folder.write("a.json", text.substr(0, cut))), Error) << cut;
  }
}

TEST(Presets, AllNamesThatAreKnown) {
  const test::Folder folder;
  Config config;
  config.transcode.preset_files = {folder.write("a.json", sample("presets.json"))};
  config.transcode.profiles["tiny"] = {"-c:v", "libx264"};
  const auto names = known_presets(config);  // asks the real HandBrakeCLI
  for (const auto* name :
       {"copy", "Keep \"everything\"", "tiny", "h264", "hevc", "Fast 576p25", "Production Standard"}) {
    EXPECT_TRUE(has(names, name)) << name;
  }
  const test::Environment nothing("PATH", folder.path());
  EXPECT_TRUE(has(known_presets(config), "h264")) << "HandBrake need not be there";
}

TEST(Presets, VersionsOfTheToolsThatAreInstalled) {
  for (const auto* name : {"HandBrakeCLI", "ffmpeg", "mkvpropedit", "mkvmerge"}) {
    const auto version = version_of(*find_program_row(name));
    ASSERT_FALSE(version.empty()) << name;
    EXPECT_TRUE(version[0] >= '0' && version[0] <= '9') << version;
  }
  EXPECT_EQ(version_of({"no-such-tool", "", "", {"--version"}, "no-such-tool "}), "");
  const test::Environment stand_ins("PATH", AMPHI_SOURCE_DIR "/tests/stand-ins:/usr/bin:/bin");
  EXPECT_EQ(version_of(kMakemkvcon), "1.17.7");
}

}  // namespace
}  // namespace amphi
