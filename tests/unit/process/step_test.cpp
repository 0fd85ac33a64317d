// The real steps on the real disc: by amphi-media, ffmpeg and mkvpropedit, in this process.
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "../base/forked.hpp"
#include "amphi/error.hpp"
#include "base/digest.hpp"
#include "failing_sync.hpp"
#include "process/planning.hpp"
#include "process/receipts.hpp"
#include "process/specs.hpp"
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
  std::string why() const { return last().cause + ": " + last().message; }
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
  EXPECT_EQ(last().cause, "judge") << why();
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
  const std::string worker = std::getenv("AMPHI_MEDIA");
  ::setenv("AMPHI_MEDIA", "/nowhere/amphi-media", 1);
  EXPECT_NE(run(spec), 0);
  ::setenv("AMPHI_MEDIA", worker.c_str(), 1);
  EXPECT_EQ(home.read("ripped/" + progress_name(spec.id)), "");
}

TEST_F(StepTest, another_disc_in_the_drive_is_not_ripped) {
  auto spec = next_spec();
  spec.fingerprint = "dvd-" + std::string(64, '0');
  EXPECT_NE(run(spec), 0);
  EXPECT_EQ(last().cause, "medium");
  EXPECT_TRUE(home.leftovers().empty());
}

TEST_F(StepTest, an_encoder_that_is_missing_is_named) {
  make_next();
  auto spec = next_spec();
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  EXPECT_NE(run(spec), 0);
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(last().cause, "tool");
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
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", (home.path("path") + ":" + path).c_str(), 1);
  EXPECT_NE(run(spec), 0);
  ::setenv("PATH", path.c_str(), 1);
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

bool is_asked(const FailingSync& sync, const std::string& path) {
  return std::count(sync.asked().begin(), sync.asked().end(), path) > 0;
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

// Inserting needs no media: any file that was recorded will do.
struct InsertTest : testing::Test {
  Home home;
  Catalog catalog = open_catalog(home);
  StepSpec spec = make_spec(home, catalog, "movies", "Film (2020)/Film (2020).mkv", Stage::kInsert);
  std::vector<StepEvent> events;

  void SetUp() override {
    auto input = make_spec(home, catalog, "transcoded", "disc/dvd-1.mkv", Stage::kTranscode);
    spec.input_receipt = leave_receipt(input, input.output.relative, "the film");
    spec.input = spec.input_receipt->path;
  }
  int run() {
    events.clear();
    return run_step(spec, [&](const StepEvent& event) { events.push_back(event); });
  }
  std::string final_name() const { return "movies/" + spec.output.relative; }
};

TEST_F(InsertTest, on_one_file_system_it_is_a_hard_link) {
  ASSERT_EQ(run(), 0) << events.back().message;
  EXPECT_EQ(std::filesystem::hard_link_count(spec.input), 2U);
  EXPECT_EQ(home.read(final_name()), "the film");
}

TEST_F(InsertTest, twice_is_once) {
  ASSERT_EQ(run(), 0);
  ASSERT_EQ(run(), 0) << events.back().message;
  EXPECT_EQ(std::filesystem::hard_link_count(spec.input), 2U);
}

TEST_F(InsertTest, what_is_there_is_never_overwritten) {
  home.write(final_name(), "another film");
  EXPECT_EQ(run(), 5);
  EXPECT_NE(events.back().message.find("is there already"), std::string::npos);
  EXPECT_EQ(home.read(final_name()), "another film");
  EXPECT_TRUE(home.leftovers().empty());
}

TEST_F(InsertTest, reprocessing_exchanges_and_the_old_file_goes) {
  leave_old_file(spec, "the old film");
  ASSERT_EQ(run(), 0) << events.back().message;
  EXPECT_EQ(home.read(final_name()), "the film");
  EXPECT_TRUE(home.leftovers().empty());
}

TEST_F(InsertTest, reprocessing_leaves_what_took_the_old_files_place) {
  leave_old_file(spec, "the old film");
  home.write(final_name(), "one that somebody made, of another size");
  EXPECT_EQ(run(), 5);
  EXPECT_NE(events.back().message.find("is there already"), std::string::npos) << events.back().message;
  EXPECT_EQ(home.read(final_name()), "one that somebody made, of another size");
  EXPECT_TRUE(home.leftovers().empty());
}

TEST_F(InsertTest, reprocessing_knows_an_old_file_with_another_time_by_its_digest) {
  leave_old_file(spec, "the old film");
  std::filesystem::last_write_time(home.path(final_name()), {});
  EXPECT_EQ(run(), 5);
  spec.output.replaces->sha256 = sha256_hex("the old film");
  EXPECT_EQ(run(), 0) << events.back().message;
  EXPECT_EQ(home.read(final_name()), "the film");
}

// A step that says it failed leaves what was there before it, whichever fsync the disk refused.
TEST_F(InsertTest, a_refused_fsync_takes_everything_back) {
  for (int call = 1;; ++call) {
    std::filesystem::remove(home.path(final_name()));
    const FailingSync broken(call);
    const int code = run();
    if (!broken.failed()) {
      EXPECT_EQ(code, 0) << events.back().message;
      EXPECT_GT(call, 4);
      return;
    }
    EXPECT_NE(code, 0) << call;
    EXPECT_FALSE(home.has(final_name())) << call;
    EXPECT_TRUE(home.leftovers().empty()) << call;
    EXPECT_FALSE(find_receipt(Root::open(spec.output.root), spec.id)) << call;
    EXPECT_EQ(home.read("transcoded/disc/dvd-1.mkv"), "the film") << call;
  }
}

TEST_F(InsertTest, a_refused_fsync_in_an_exchange_loses_neither_file) {
  for (int call = 1;; ++call) {
    std::filesystem::remove(home.path(final_name()));
    leave_old_file(spec, "the old film");
    const FailingSync broken(call);
    const int code = run();
    if (!broken.failed()) {
      EXPECT_EQ(code, 0) << events.back().message;
      return;
    }
    EXPECT_NE(code, 0) << call;
    EXPECT_TRUE(home.leftovers().empty()) << call;
    // The old one, or, once that is gone, the new one with the receipt that settling needs.
    const bool settled = find_receipt(Root::open(spec.output.root), spec.id).has_value();
    EXPECT_EQ(home.read(final_name()), settled ? "the film" : "the old film") << call;
  }
}

TEST_F(InsertTest, the_mode_is_given) {
  spec.output.mode = 0640;
  ASSERT_EQ(run(), 0) << events.back().message;
  EXPECT_EQ(std::filesystem::status(home.path(final_name())).permissions(), std::filesystem::perms(0640));
}

// An overlay over two file systems, in a mount namespace of this process.
bool mount_overlay(const std::string& at) {
  const auto mount_at = [&](const char* name, const char* type, const std::string& options) {
    const auto path = at + "/" + name;
    std::filesystem::create_directory(path);
    return ::mount(type, path.c_str(), type, 0, options.c_str()) == 0;
  };
  if (::unshare(CLONE_NEWNS) != 0 || ::mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  if (!mount_at("lower", "tmpfs", "") || !mount_at("upper", "tmpfs", "")) return false;
  for (const auto* name : {"/upper/files", "/upper/work"}) std::filesystem::create_directory(at + name);
  return mount_at("both", "overlay",
                  "xino=off,lowerdir=" + at + "/lower,upperdir=" + at + "/upper/files,workdir=" + at + "/upper/work");
}

int mode_of_an_insert_beneath(const std::string& folder) {
  ::setenv("TMPDIR", folder.c_str(), 1);
  Home home;
  auto catalog = open_catalog(home);
  auto input = make_spec(home, catalog, "transcoded", "disc/dvd-1.mkv", Stage::kTranscode);
  auto spec = make_spec(home, catalog, "movies", "Film (2020)/Film (2020).mkv", Stage::kInsert);
  spec.input_receipt = leave_receipt(input, input.output.relative, "the film");
  spec.input = spec.input_receipt->path;
  spec.output.mode = 0604;
  if (run_step(spec, [](const StepEvent&) {}) != 0 || std::filesystem::hard_link_count(spec.input) != 2) return 0;
  return static_cast<int>(std::filesystem::status(home.path("movies/" + spec.output.relative)).permissions());
}

// There a file and its folder have different device numbers, and yet it can be linked.
TEST(InsertOnOverlay, the_mode_is_given) {
  constexpr int kNoMount = 2, kGiven = 0;
  const Scratch scratch("/dev/shm");
  const int ended = Forked([&] {
                      if (!mount_overlay(scratch.path())) return kNoMount;
                      return mode_of_an_insert_beneath(scratch.path("both")) == 0604 ? kGiven : 1;
                    }).join();
  if (WIFEXITED(ended) && WEXITSTATUS(ended) == kNoMount) GTEST_SKIP() << "no overlay can be mounted here";
  EXPECT_EQ(ended, kGiven);
}

TEST_F(InsertTest, a_group_that_does_not_exist_fails_before_the_name_appears) {
  spec.output.group = "no-such-group-anywhere";
  EXPECT_EQ(run(), 2);
  EXPECT_FALSE(home.has(final_name()));
}

// /dev/shm is a tmpfs wherever there is a Linux.
struct CopyTest : InsertTest {
  const Scratch elsewhere{"/dev/shm"};

  void SetUp() override {
    InsertTest::SetUp();
    home.config.library->movies->path = elsewhere.path();
    Folders folders(catalog, home.config);
    spec.output.root = elsewhere.path();
    spec.output.marker = folders.open(elsewhere.path()).marker;
  }
};

TEST_F(CopyTest, on_another_file_system_it_is_a_copy_with_its_digest) {
  spec.output.mode = 0604;
  ASSERT_EQ(run(), 0) << events.back().message;
  const auto& receipt = *events.back().receipt;
  EXPECT_EQ(receipt.sha256, "ab1cd3e921afa9489212c03a0542f5cc2dfad945f206cdd8c96aceb772912ce4");
  EXPECT_TRUE(receipt.same_inode.empty());
  EXPECT_EQ(std::filesystem::status(receipt.path).permissions(), std::filesystem::perms(0604));
  EXPECT_EQ(std::filesystem::hard_link_count(spec.input), 1U);
}

TEST_F(CopyTest, a_copy_that_appears_meanwhile_is_taken_once_it_is_durable) {
  const FailingSync whole;
  ASSERT_EQ(run_step(spec,
                     [&](const StepEvent& event) {
                       if (event.type == StepEvent::Type::kSealed) elsewhere.write(spec.output.relative, "the film");
                     }),
            0);
  EXPECT_TRUE(is_asked(whole, elsewhere.path(spec.output.relative)));
  EXPECT_FALSE(elsewhere.has(spec.output.temporary));
}

// Settling removes what a failed tidying leaves; it finds the artifact whole.
TEST_F(CopyTest, a_failed_tidying_does_not_undo_what_stands) {
  spec.output.scratch = "a folder where a file should be";
  std::filesystem::create_directory(elsewhere.path(spec.output.scratch));
  EXPECT_NE(run(), 0);
  EXPECT_EQ(elsewhere.read(spec.output.relative), "the film");
  EXPECT_TRUE(find_receipt(Root::open(spec.output.root), spec.id));
}

TEST_F(InsertTest, a_file_behind_a_symlink_is_not_the_input_however_alike) {
  namespace fs = std::filesystem;
  const auto folder = home.path("transcoded/disc");
  home.write("outside/dvd-1.mkv", "the film");
  fs::last_write_time(home.path("outside/dvd-1.mkv"), fs::last_write_time(spec.input));
  fs::rename(folder, home.path("away"));
  fs::create_directory_symlink(home.path("outside"), folder);
  spec.output.mode = 0640;
  EXPECT_NE(run(), 0);
  EXPECT_EQ(fs::hard_link_count(home.path("outside/dvd-1.mkv")), 1U);
  EXPECT_NE(fs::status(home.path("outside/dvd-1.mkv")).permissions(), fs::perms(0640));
}

TEST_F(InsertTest, a_symlink_for_a_folder_is_refused) {
  std::filesystem::create_directory(home.path("outside"));
  std::filesystem::create_directory_symlink(home.path("outside"), home.path("movies/Film (2020)"));
  EXPECT_NE(run(), 0);
  EXPECT_TRUE(std::filesystem::is_empty(home.path("outside")));
}

}  // namespace
}  // namespace amphi::test
