// The insert step: links, copies, exchanges.
#include <sys/stat.h>

#include <sched.h>
#include <sys/mount.h>

#include <filesystem>

#include "../base/forked.hpp"
#include "base/digest.hpp"
#include "failing_sync.hpp"
#include "process/folders.hpp"
#include "step/receipts.hpp"
#include "support.hpp"

namespace amphi::test {
namespace {

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

// There a file and its folder have different device numbers, and yet it can be linked. Only root mounts an overlay;
// that inserts link and give modes elsewhere is tested above, for everybody.
TEST(InsertOnOverlay, the_mode_is_given) {
  constexpr int kNoMount = 2, kGiven = 0;
  const Scratch scratch("/dev/shm");
  const int ended = Forked([&] {
                      if (!mount_overlay(scratch.path())) return kNoMount;
                      return mode_of_an_insert_beneath(scratch.path("both")) == 0604 ? kGiven : 1;
                    }).join();
  if (WIFEXITED(ended) && WEXITSTATUS(ended) == kNoMount)
    GTEST_SKIP() << "mounting an overlay needs root, or a container that may mount";
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
  spec.output.scratch = "no file, and no folder either";
  ASSERT_EQ(::mkfifo(elsewhere.path(spec.output.scratch).c_str(), 0600), 0);
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
