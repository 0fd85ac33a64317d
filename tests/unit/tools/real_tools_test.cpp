// The real HandBrakeCLI, ffmpeg and mkvpropedit on six seconds of a real DVD title, and the stand-in of makemkvcon:
// what they keep and drop, and that what is dropped is there again after retagging. mkvmerge -J looks.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <sys/stat.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "folder.hpp"
#include "sample.hpp"
#include "tools/encoders.hpp"
#include "tools/makemkv.hpp"
#include "tools/retag.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr int kTimeout = 300;  // seconds; a sanitized build on a busy machine is slow

std::string disc_image() {
  const char* named = std::getenv("AMPHI_TEST_DVD");
  return std::string(named ? named : AMPHI_SOURCE_DIR "/.cache/fixtures/pal") + "/disc.iso";
}

ChildOutput start(std::vector<std::string> arguments) {
  ChildSpec spec;
  spec.arguments = std::move(arguments);
  spec.err = ChildSpec::Stream::kPipe;
  return run(spec, kTimeout);
}

// Runs a tool to its end, feeding what it prints.
ToolVerdict drive(ToolRun& tool) {
  const auto answer = start(tool.arguments());
  test::feed(answer.out, [&](auto line) { tool.take_out(line); });
  test::feed(answer.err, [&](auto line) { tool.take_err(line); });
  return tool.verdict(answer.exit);
}

// One line per stream: kind, codec, language, name, and the flags that are set.
std::vector<std::string> streams_of(const std::string& file) {
  std::vector<std::string> out;
  const auto looked = json::parse(start({"mkvmerge", "-J", file}).out);
  for (const auto& track : looked.at("tracks")) {
    const auto& is = track.at("properties");
    auto line = track.at("type").get<std::string>() + " " + track.at("codec").get<std::string>() + " " +
                is.value("language", "?") + " '" + is.value("track_name", "") + "'";
    for (const auto* flag : {"default_track", "forced_track", "flag_commentary", "flag_hearing_impaired"}) {
      if (is.value(flag, false)) line += std::string(" ") + flag;
    }
    out.push_back(line);
  }
  return out;
}

int chapters_of(const std::string& file) {
  const auto looked = json::parse(start({"mkvmerge", "-J", file}).out);
  return looked.at("chapters").empty() ? 0 : looked.at("chapters").at(0).at("num_entries").get<int>();
}

std::string title_of(const std::string& file) {
  return json::parse(start({"mkvmerge", "-J", file}).out).at("container").at("properties").value("title", "");
}

// A rip as amphi would have it: two audio streams, a subtitle, flags, names, chapters.
class RealTools : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(fs::exists(disc_image())) << disc_image() << " is not there: run tests/fixtures/prepare.sh";
    folder_ = new test::Folder;
    const test::Environment path("PATH", std::string(AMPHI_SOURCE_DIR "/tests/stand-ins:") + std::getenv("PATH"));
    const test::Environment no_worker("AMPHI_MEDIA", "");
    StepSpec rip;
    rip.source = Source{SourceKind::kImage, disc_image()};
    fs::create_directory(folder_->at("mk"));
    const auto ripper = make_makemkv_run(rip, 0, folder_->at("mk"));
    ASSERT_TRUE(drive(*ripper).ok);
    ASSERT_EQ(
        start({"ffmpeg", "-v", "error", "-i", ripper->saved_file(), "-map", "0", "-c", "copy", "-t", "6", input()})
            .exit.code,
        0);
    auto spec = a_spec();
    const auto chapters = folder_->write("chapters.xml", matroska_chapters_xml(spec.track.chapters, 6));
    const auto tags = folder_->write("tags.xml", matroska_tags_xml(spec.tags));
    const auto set = start(retag_arguments(spec, {{0, 1}, {0}}, input(), chapters, tags));
    ASSERT_TRUE(retag_verdict(set.exit, set.out + set.err).ok) << set.out << set.err;
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }

  static std::string input() { return folder_->at("in.mkv"); }
  static std::string output() { return folder_->at(".The Film.mkv.amphi-part"); }

  static StepSpec a_spec() {
    StepSpec spec;
    spec.stage = Stage::kTranscode;
    spec.input = input();
    spec.expected.duration_seconds = 6;
    spec.track.frame_rate = 25;
    spec.track.chapters = {0, 2, 4};
    spec.tags = {{"TITLE", "A \"quoted\", <tagged> & 'hostile' name \xf0\x9f\x92\xbf"}, {"AMPHI_REFERENCE", "dvd:1"}};
    AudioStream english, german;
    english.language = "eng";
    english.name = "Surround";
    english.flags.is_default = true;
    german.language = "ger";
    german.name = "Kommentar";
    german.flags.commentary = true;
    spec.track.audio = {english, german};
    SubtitleStream subtitle;
    subtitle.language = "eng";
    subtitle.name = "SDH";
    subtitle.flags.hearing_impaired = true;
    spec.track.subtitles = {subtitle};
    return spec;
  }

  static void retag(const StepSpec& spec, const KeptStreams& kept) {
    const auto chapters = folder_->write("chapters.xml", matroska_chapters_xml(spec.track.chapters, 6));
    const auto tags = folder_->write("tags.xml", matroska_tags_xml(spec.tags));
    const auto set = start(retag_arguments(spec, kept, output(), chapters, tags));
    ASSERT_TRUE(retag_verdict(set.exit, set.out + set.err).ok) << set.out << set.err;
    EXPECT_EQ(title_of(output()), spec.tags[0].second);
    EXPECT_EQ(chapters_of(output()), 3);
  }

  // The file that the step made stays the file: a descriptor kept on it must still mean it.
  static std::uint64_t inode_of_new_output() {
    folder_->write(".The Film.mkv.amphi-part", "");
    return inode_of_output();
  }
  static std::uint64_t inode_of_output() {
    struct stat info {};
    EXPECT_EQ(::stat(output().c_str(), &info), 0);
    return info.st_ino;
  }

  static test::Folder* folder_;
};

test::Folder* RealTools::folder_ = nullptr;

const std::string kEnglish = "audio AC-3 eng 'Surround' default_track";
const std::string kGerman = "audio AC-3 ger 'Kommentar' flag_commentary";
const std::string kSubtitle = "subtitles VobSub eng 'SDH' flag_hearing_impaired";

TEST_F(RealTools, TheRetaggedRipHasWhatItsSpecificationSays) {
  const auto streams = streams_of(input());
  ASSERT_EQ(streams.size(), 4u);
  EXPECT_EQ(streams[1], kEnglish);
  EXPECT_EQ(streams[2], kGerman);
  EXPECT_EQ(streams[3], kSubtitle);
  EXPECT_EQ(chapters_of(input()), 3);
}

TEST_F(RealTools, FfmpegKeepsStreamsFlagsNamesAndChapters) {
  auto spec = a_spec();
  spec.preset = "h264-fast";
  const auto inode = inode_of_new_output();
  const auto tool = kFfmpeg.run(spec, output());
  const auto verdict = drive(*tool);
  ASSERT_TRUE(verdict.ok) << verdict.message;
  EXPECT_EQ(tool->kept(), (KeptStreams{{0, 1}, {0}}));
  const auto streams = streams_of(output());
  ASSERT_EQ(streams.size(), 4u);
  EXPECT_EQ(streams[1], kEnglish);
  EXPECT_EQ(streams[2], kGerman);
  EXPECT_EQ(streams[3], kSubtitle);
  EXPECT_EQ(chapters_of(output()), 3);
  retag(spec, *tool->kept());
  EXPECT_EQ(inode_of_output(), inode);
}

TEST_F(RealTools, EveryBuiltinProfileEncodes) {
  for (const auto& [name, arguments] : builtin_ffmpeg_profiles()) {
    auto spec = a_spec();
    spec.tool_arguments = arguments;
    spec.tool_arguments.insert(spec.tool_arguments.end(), {"-frames:v", "3"});
    const auto verdict = drive(*kFfmpeg.run(spec, output()));
    EXPECT_TRUE(verdict.ok) << name << ": " << verdict.message;
  }
}

TEST_F(RealTools, HandbrakeDropsWhatRetaggingSetsAgain) {
  auto spec = a_spec();
  spec.preset = "Mine: all of it";
  spec.preset_files = {
      folder_->write("other presets.json", R"({"PresetList":[{"PresetName":"Other","Folder":false}]})"),
      folder_->write("my $(presets) *.json", R"({"PresetList": [{"PresetName": "Mine: all of it",
    "Type": 1, "Folder": false, "FileFormat": "av_mp4", "ChapterMarkers": false, "VideoEncoder": "x264",
    "VideoPreset": "ultrafast", "VideoQualityType": 2, "VideoQualitySlider": 40.0, "AudioTrackSelectionBehavior": "all",
    "AudioLanguageList": ["any"], "AudioList": [{"AudioEncoder": "copy:ac3"}], "AudioCopyMask": ["copy:ac3"],
    "AudioEncoderFallback": "av_aac", "SubtitleTrackSelectionBehavior": "all", "SubtitleLanguageList": ["any"],
    "SubtitleBurnBehavior": "none"}], "VersionMajor": 50, "VersionMinor": 0, "VersionMicro": 0})")};
  const auto inode = inode_of_new_output();
  const auto tool = kHandbrake.run(spec, output());
  const auto verdict = drive(*tool);
  ASSERT_TRUE(verdict.ok) << verdict.message;
  ASSERT_EQ(tool->kept(), (KeptStreams{{0, 1}, {0}}));
  auto streams = streams_of(output());
  ASSERT_EQ(streams.size(), 4u);
  EXPECT_NE(streams[2], kGerman) << "HandBrake keeps flags now: retagging may not be needed any more";
  EXPECT_NE(streams[3], kSubtitle);
  retag(spec, *tool->kept());
  streams = streams_of(output());
  EXPECT_EQ(streams[1], kEnglish);
  EXPECT_EQ(streams[2], kGerman);
  EXPECT_EQ(streams[3], kSubtitle);
  EXPECT_EQ(inode_of_output(), inode);
}

TEST_F(RealTools, HandbrakesOwnPresetTakesTheFirstAudioAndNoSubtitle) {
  auto spec = a_spec();
  spec.preset = "Very Fast 576p25";
  const auto tool = kHandbrake.run(spec, output());
  ASSERT_TRUE(drive(*tool).ok);
  EXPECT_EQ(tool->kept(), (KeptStreams{{0}, {}}));
  EXPECT_EQ(streams_of(output()).size(), 2u);
  retag(spec, *tool->kept());
  EXPECT_EQ(streams_of(output()).at(1), "audio AAC eng 'Surround' default_track");
}

TEST_F(RealTools, FailuresOfTheRealOnes) {
  auto spec = a_spec();
  spec.preset = "No Such Preset";
  EXPECT_EQ(drive(*kHandbrake.run(spec, output())).cause, Cause::kPreset);
  spec.tool_arguments = {"-c:v", "nonesuch"};
  EXPECT_EQ(drive(*kFfmpeg.run(spec, output())).cause, Cause::kPreset);
  spec.input = folder_->write("junk.mkv", "no medium at all");
  spec.tool_arguments = builtin_ffmpeg_profiles().at("h264-fast");
  EXPECT_EQ(drive(*kFfmpeg.run(spec, output())).cause, Cause::kMedium);
  spec.preset = "Very Fast 576p25";
  EXPECT_EQ(drive(*kHandbrake.run(spec, output())).cause, Cause::kMedium);
}

// ---- the stand-in of makemkvcon

class StandIn : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(fs::exists(disc_image())) << disc_image() << ": run tests/fixtures/prepare.sh"; }
  test::Environment path_{"PATH", std::string(AMPHI_SOURCE_DIR "/tests/stand-ins:") + std::getenv("PATH")};
  test::Environment no_worker_{"AMPHI_MEDIA", ""};

  static StepSpec a_spec() {
    StepSpec spec;
    spec.source = Source{SourceKind::kImage, disc_image()};
    spec.min_length = 7;
    return spec;
  }
};

TEST_F(StandIn, ScansAndSavesTheTitleThatWasMeant) {
  const auto spec = a_spec();
  MakemkvScan scan(*spec.source, spec.min_length);
  ASSERT_TRUE(drive(scan).ok);
  const auto title = scan.title_of("dvd:5");
  ASSERT_EQ(title, 3);
  const test::Folder folder;
  const auto ripper = make_makemkv_run(spec, *title, folder.path());
  const auto verdict = drive(*ripper);
  ASSERT_TRUE(verdict.ok) << verdict.message;
  const auto looked = json::parse(start({"mkvmerge", "-J", ripper->saved_file()}).out);
  EXPECT_NEAR(looked.at("container").at("properties").at("duration").get<double>() / 1e9, 8, 0.1);
  EXPECT_EQ(looked.at("tracks").size(), 2u);
}

TEST_F(StandIn, EachOfItsFailuresIsSeen) {
  const std::vector<std::pair<std::string, Cause>> causes{
      {"fail-exit0", Cause::kOther},  {"key-expired", Cause::kKey},  {"no-space", Cause::kSpace},
      {"read-error", Cause::kMedium}, {"two-files", Cause::kOther},  {"nothing", Cause::kOther},
      {"crash", Cause::kOther},       {"not-opened", Cause::kMedium}};
  for (const auto& [failure, cause] : causes) {
    const test::Environment wanted("AMPHI_STANDIN_MAKEMKV", failure);
    const test::Folder folder;
    const auto verdict = drive(*make_makemkv_run(a_spec(), 3, folder.path()));
    EXPECT_FALSE(verdict.ok) << failure;
    EXPECT_EQ(verdict.cause, cause) << failure << ": " << verdict.message;
  }
}

TEST_F(StandIn, AQuestionNeedsNoPatience) {
  const test::Environment wanted("AMPHI_STANDIN_MAKEMKV", "question");
  const test::Folder folder;
  const auto tool = make_makemkv_run(a_spec(), 3, folder.path());
  ChildSpec spec;
  spec.arguments = tool->arguments();
  auto child = Child::spawn(spec);
  LineReader lines;
  bool more = true;
  for (int i = 0; more && i < 3000 && !tool->hopeless(); ++i) {
    more = lines.read_from(child.out(), [&](auto line) { tool->take_out(line); });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_TRUE(tool->hopeless());
  child.signal(SIGTERM);
  EXPECT_FALSE(tool->verdict(child.wait()).ok);
}

TEST(Wrapper, CountsAStartAndBecomesTheRealTool) {
  const test::Folder folder;
  fs::create_directory(folder.at("path"));
  fs::copy_file(AMPHI_SOURCE_DIR "/tests/stand-ins/wrap", folder.at("path/mkvpropedit"));
  const test::Environment path("PATH", folder.at("path") + ":" + std::getenv("PATH"));
  const test::Environment log("AMPHI_TOOL_LOG", folder.at("log"));
  EXPECT_EQ(start({"mkvpropedit", "--version", "two\nlines"}).exit.code, 0);
  EXPECT_NE(start({"mkvpropedit", "--version"}).out.find("mkvpropedit v"), std::string::npos);
  std::ifstream in(folder.at("log"));
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}),
            "mkvpropedit --version two lines\nmkvpropedit --version\n");
}

}  // namespace
}  // namespace amphi
