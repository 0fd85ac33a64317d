// The real steps on the real disc: by amphi-reader, amphi-media, ffmpeg and mkvpropedit, in this process.
#include <sys/stat.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "environment.hpp"
#include "failing_sync.hpp"
#include "process/planning.hpp"
#include "process/specs.hpp"
#include "step/receipts.hpp"
#include "support.hpp"

namespace amphi::test {
namespace {

constexpr int kShort = 4;  // a title of six seconds

struct StepTest : testing::Test {
  Home home;
  Catalog catalog = open_catalog(home);
  Scanned scanned = scan_fixture(catalog, home);
  std::vector<StepEvent> events;

  StepSpec next_spec() {
    Survey survey(catalog, home.config);
    const auto planned = plan_tracks(survey, {{scanned.track(kShort), Stage::kInsert}}, PlanInput::Mode::kAsked);
    const auto& step = planned.plan.steps.at(0);
    const auto marker = survey.folders.open(output_root_of(planned, step)).marker;
    auto spec = amphi::make_spec(survey, planned, step, marker);
    // As it goes through a file.
    return nlohmann::json::parse(nlohmann::json(spec).dump()).get<StepSpec>();
  }
  int run(const StepSpec& spec) {
    events.clear();
    return run_step(spec, [&](const StepEvent& event) { events.push_back(event); });
  }
  const StepEvent& last() const { return events.back(); }
  std::string why() const { return std::string(recorded_word(last().cause)) + ": " + last().message; }
  // Runs the next step and commits it, as the coordinator would.
  Receipt make_next() {
    const auto spec = next_spec();
    EXPECT_EQ(run(spec), 0) << why();
    EXPECT_EQ(last().type, StepEvent::Type::kPublished);
    if (!last().receipt) throw std::runtime_error(why());
    const auto root = Root::open(spec.output.root);
    EXPECT_EQ(find_receipt(root, spec.id), last().receipt);
    catalog.commit_artifact(scanned.track(kShort), *last().receipt, std::nullopt);
    return *last().receipt;
  }
  static ino_t inode(const std::string& path) {
    struct stat info {};
    EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
    return info.st_ino;
  }
};

TEST_F(StepTest, from_the_disc_into_the_library) {
  const auto& declared = scanned.record.tracks[kShort - 1].scanned;
  const auto rip = make_next();
  EXPECT_EQ(rip.stage, Stage::kRip);
  EXPECT_NEAR(rip.media.duration_seconds, declared.duration_seconds, 0.5);
  EXPECT_EQ(rip.media.audio_streams, static_cast<int>(declared.audio.size()));
  EXPECT_EQ(rip.size_bytes, static_cast<std::int64_t>(std::filesystem::file_size(rip.path)));

  const auto transcode = make_next();
  EXPECT_EQ(transcode.stage, Stage::kTranscode);
  EXPECT_EQ(transcode.input_step_id, rip.step_id);
  EXPECT_EQ(transcode.preset, "tiny");
  EXPECT_NEAR(transcode.media.duration_seconds, rip.media.duration_seconds, 0.5);

  const auto insert = make_next();
  EXPECT_EQ(insert.stage, Stage::kInsert);
  EXPECT_EQ(inode(insert.path), inode(transcode.path));
  EXPECT_EQ(insert.same_inode, std::vector<std::string>{transcode.path});
  EXPECT_TRUE(home.leftovers().empty());
  EXPECT_TRUE(plan_disc(catalog, home.config, scanned.disc, std::vector{scanned.track(kShort)}, Stage::kInsert,
                        PlanInput::Mode::kAsked)
                  .finished());
}

TEST_F(StepTest, what_the_judge_refuses_is_never_published) {
  auto spec = next_spec();
  spec.expected.duration_seconds = 1000;
  EXPECT_NE(run(spec), 0);
  EXPECT_EQ(last().cause, Cause::kJudge) << why();
  EXPECT_FALSE(home.has("ripped/" + spec.output.relative));
  EXPECT_TRUE(home.leftovers().empty());
}

TEST_F(StepTest, a_source_that_was_cut_short_is_never_published) {
  const auto spec = next_spec();
  std::filesystem::remove(home.path("disc.iso"));
  std::filesystem::copy_file(fixture_image(), home.path("disc.iso"));
  const auto& segments = scanned.record.tracks[kShort - 1].scanned.segments;
  ASSERT_FALSE(segments.empty());
  std::filesystem::resize_file(home.path("disc.iso"), std::filesystem::file_size(home.path("disc.iso")) / 3);
  EXPECT_NE(run(spec), 0);
  EXPECT_EQ(last().type, StepEvent::Type::kFailed);
  EXPECT_FALSE(home.has("ripped/" + spec.output.relative));
  EXPECT_FALSE(home.has("ripped/" + spec.output.temporary));
}

TEST_F(StepTest, what_was_read_before_the_source_ended_is_kept) {
  const auto spec = next_spec();
  // In the middle of the title.
  std::filesystem::resize_file(home.path("disc.iso"), std::filesystem::file_size(home.path("disc.iso")) * 37 / 40);
  EXPECT_NE(run(spec), 0);
  EXPECT_NE(last().message.find("the source ends"), std::string::npos) << why();
  ASSERT_TRUE(home.has("ripped/" + spec.output.scratch));
  EXPECT_GT(std::filesystem::file_size(home.path("ripped/" + spec.output.scratch)), 0U);
  std::filesystem::remove(home.path("disc.iso"));
  std::filesystem::copy_file(fixture_image(), home.path("disc.iso"));
  EXPECT_EQ(run(spec), 0) << why();
  EXPECT_TRUE(home.leftovers().empty());
}

// Before the first sector is read: until the first sync nothing else would change it.
TEST_F(StepTest, an_old_number_of_safe_sectors_ends_with_its_sectors) {
  const auto spec = next_spec();
  home.write("ripped/" + progress_name(spec.id), "0000000000000001\n");
  const std::string worker = std::getenv("AMPHI_READER");
  ::setenv("AMPHI_READER", "/nowhere/amphi-reader", 1);
  EXPECT_NE(run(spec), 0);
  ::setenv("AMPHI_READER", worker.c_str(), 1);
  EXPECT_EQ(home.read("ripped/" + progress_name(spec.id)), "");
}

TEST_F(StepTest, another_disc_in_the_drive_is_not_ripped) {
  auto spec = next_spec();
  spec.fingerprint = "dvd-" + std::string(64, '0');
  EXPECT_NE(run(spec), 0);
  EXPECT_EQ(last().cause, Cause::kMedium);
  EXPECT_TRUE(home.leftovers().empty());
}

TEST_F(StepTest, an_encoder_that_is_missing_is_named) {
  make_next();
  auto spec = next_spec();
  const Environment path("PATH", "/nowhere");
  EXPECT_NE(run(spec), 0);
  EXPECT_EQ(last().cause, Cause::kTool);
  EXPECT_NE(last().hint.find("apt"), std::string::npos) << last().hint;
  EXPECT_TRUE(home.leftovers().empty());
}

TEST_F(StepTest, an_encoder_writes_into_its_file_whatever_takes_the_folders_place) {
  make_next();
  const auto spec = next_spec();
  const auto folder = home.path("transcoded/" + folder_of(spec.output.relative));
  std::filesystem::create_directory(home.path("outside"));
  home.write("path/ffmpeg", "#!/bin/sh\ncase \"$*\" in *-progress*) mv '" + folder + "' '" + folder +
                                ".away'; ln -s '" + home.path("outside") + "' '" + folder +
                                "' ;; esac\nexec /usr/bin/ffmpeg \"$@\"\n");
  std::filesystem::permissions(home.path("path/ffmpeg"), std::filesystem::perms(0755));
  const Environment path("PATH", home.path("path") + ":" + std::getenv("PATH"));
  EXPECT_NE(run(spec), 0);
  EXPECT_TRUE(std::filesystem::is_symlink(folder));
  EXPECT_TRUE(std::filesystem::is_empty(home.path("outside")));
}

TEST_F(StepTest, an_input_that_changed_is_not_used) {
  const auto rip = make_next();
  const auto spec = next_spec();
  std::ofstream(rip.path, std::ios::app) << "more";
  EXPECT_NE(run(spec), 0);
  EXPECT_NE(last().message.find("recorded"), std::string::npos);
}

TEST_F(StepTest, a_folder_that_is_not_mounted_is_not_written_to) {
  const auto spec = next_spec();
  std::filesystem::remove_all(home.path("ripped"));
  std::filesystem::create_directory(home.path("ripped"));
  EXPECT_NE(run(spec), 0);
  EXPECT_TRUE(home.files("ripped").empty());
}

TEST_F(StepTest, what_others_made_counts_once_it_is_durable) {
  const auto rip = make_next();
  {
    const FailingSync whole;
    adopt_file(catalog, home.config, scanned.track(kShort), Stage::kRip, rip.path);
    EXPECT_TRUE(is_asked(whole, rip.path));
    EXPECT_TRUE(is_asked(whole, std::filesystem::path(rip.path).parent_path()));
  }
  reset_track(catalog, home.config, scanned.track(kShort), {Stage::kRip, true});
  const auto spec = next_spec();
  ASSERT_EQ(spec.action, Action::kAdopt);
  const FailingSync whole;
  EXPECT_EQ(run(spec), 0) << why();
  EXPECT_TRUE(is_asked(whole, rip.path));
  EXPECT_TRUE(is_asked(whole, std::filesystem::path(rip.path).parent_path()));
}

}  // namespace
}  // namespace amphi::test
