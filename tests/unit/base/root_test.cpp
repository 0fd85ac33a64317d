#include "base/root.hpp"

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "fsync_spy.hpp"
#include "scratch.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;
using test::FsyncSpy;

ErrorKind kind_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty()) << error.message();
    EXPECT_EQ(error.message().find('\n'), std::string::npos);
    return error.kind();
  }
  ADD_FAILURE() << "no error";
  return ErrorKind::kUnexpected;
}

class RootTest : public testing::Test {
 protected:
  test::Scratch scratch_;
  void SetUp() override {
    scratch_.write("root/folder/file", "inside");
    scratch_.write("outside/file", "outside");
  }
  Root root() const { return Root::open(scratch_.path("root")); }
  void link(const std::string& target, const std::string& name) const {
    fs::create_symlink(target, scratch_.path(name));
  }
};

TEST_F(RootTest, that_is_not_there_is_unavailable_and_not_made) {
  EXPECT_EQ(kind_of([&] { Root::open(scratch_.path("none")); }), ErrorKind::kUnavailable);
  EXPECT_FALSE(scratch_.has("none"));
  EXPECT_EQ(kind_of([&] { Root::open(scratch_.path("outside/file")); }), ErrorKind::kUnavailable);
}

TEST_F(RootTest, may_itself_be_a_symlink) {
  link("root", "alias");
  EXPECT_EQ(Root::open(scratch_.path("alias")).read_file("folder/file"), "inside");
}

TEST_F(RootTest, refuses_every_name_that_could_lead_out) {
  const Root here = root();
  for (const char* name : {"../outside/file", "folder/../../outside/file", "/etc/passwd", ".", "..", "folder/..",
                           "a//b", "a/", "/", "folder/../folder/file"}) {
    EXPECT_EQ(kind_of([&] { here.open_file(name, O_RDONLY); }), ErrorKind::kUnavailable) << name;
    EXPECT_EQ(kind_of([&] { here.remove_file(name); }), ErrorKind::kUnavailable) << name;
    EXPECT_EQ(kind_of([&] { here.look(name); }), ErrorKind::kUnavailable) << name;
    EXPECT_EQ(kind_of([&] { here.make_folders(name); }), ErrorKind::kUnavailable) << name;
    EXPECT_EQ(kind_of([&] { here.remove_empty_folder(name); }), ErrorKind::kUnavailable) << name;
    EXPECT_EQ(kind_of([&] { here.open_folder(name); }), ErrorKind::kUnavailable) << name;
  }
  EXPECT_EQ(kind_of([&] { here.look(std::string_view("folder\0file", 11)); }), ErrorKind::kUnavailable);
  EXPECT_EQ(scratch_.read("outside/file"), "outside");
}

TEST_F(RootTest, follows_no_symlink_in_any_component) {
  link("../outside", "root/away");
  link("folder", "root/near");
  link("../../outside/file", "root/folder/link");
  const Root here = root();
  for (const char* name : {"away/file", "near/file"}) {
    EXPECT_EQ(kind_of([&] { here.open_file(name, O_RDONLY); }), ErrorKind::kUnavailable) << name;
    EXPECT_EQ(kind_of([&] { here.remove_file(name); }), ErrorKind::kUnavailable) << name;
    EXPECT_EQ(kind_of([&] { here.look(name); }), ErrorKind::kUnavailable) << name;
  }
  EXPECT_EQ(kind_of([&] { here.create_new("away/new"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { here.make_folders("away/new"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { here.write_file_durably("away/new", "x"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { here.list("away"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { here.sync_folder("away"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { here.open_file("folder/link", O_RDONLY); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { here.remove_file("folder/link"); }), ErrorKind::kUnavailable);
  EXPECT_FALSE(scratch_.has("outside/new"));
  EXPECT_TRUE(scratch_.has("root/folder/link"));
  EXPECT_EQ(scratch_.read("outside/file"), "outside");
}

TEST_F(RootTest, looks_at_a_symlink_itself) {
  link("../../outside/file", "root/folder/link");
  EXPECT_TRUE(S_ISLNK(root().look("folder/link")->st_mode));
  EXPECT_TRUE(S_ISREG(root().look("folder/file")->st_mode));
  EXPECT_TRUE(S_ISDIR(root().look("")->st_mode));
  EXPECT_FALSE(root().look("folder/none"));
  EXPECT_FALSE(root().look("none/none"));
  EXPECT_FALSE(root().look("folder/file/none"));
}

// The folder turns into a link to another one and back, as fast as it can: what is outside must never be touched.
TEST_F(RootTest, holds_against_a_symlink_swapped_in) {
  link("../outside", "root/evil");
  const Root here = root();
  std::atomic<bool> done = false;
  std::thread swapper([&] {
    const std::string folder = scratch_.path("root/folder"), evil = scratch_.path("root/evil");
    while (!done) renameat2(AT_FDCWD, folder.c_str(), AT_FDCWD, evil.c_str(), RENAME_EXCHANGE);
  });
  int refused = 0, worked = 0;
  for (int i = 0; i < 3000; ++i) {
    try {
      if (i % 3 == 0) here.create_new("folder/new" + std::to_string(i));
      if (i % 3 == 1) here.write_file_durably("folder/durable", "x");
      if (i % 3 == 2) here.remove_file("folder/file");
      ++worked;
    } catch (const Error&) {
      ++refused;
    }
  }
  done = true;
  swapper.join();
  EXPECT_GT(worked, 0);
  EXPECT_GT(refused, 0);
  EXPECT_EQ(scratch_.read("outside/file"), "outside");
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch_.path("outside")), {}), 1);
}

TEST_F(RootTest, stays_with_its_folder_when_that_is_renamed) {
  const Root here = root();
  fs::rename(scratch_.path("root"), scratch_.path("moved"));
  fs::create_symlink("outside", scratch_.path("root"));
  EXPECT_TRUE(here.remove_file("folder/file"));
  EXPECT_FALSE(scratch_.has("moved/folder/file"));
  EXPECT_EQ(scratch_.read("outside/file"), "outside");
}

TEST_F(RootTest, opens_regular_files_only_and_hangs_on_no_pipe) {
  ASSERT_EQ(mkfifo(scratch_.path("root/pipe").c_str(), 0600), 0);
  const Root here = root();
  EXPECT_EQ(kind_of([&] { here.open_file("pipe", O_RDONLY); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { here.open_file("pipe", O_WRONLY); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { here.open_file("folder", O_RDONLY); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { here.read_file("pipe"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { here.remove_file("pipe"); }), ErrorKind::kUnavailable);
  EXPECT_TRUE(scratch_.has("root/pipe"));
  const Handle file = here.open_file("folder/file", O_RDONLY);
  EXPECT_EQ(fcntl(file.get(), F_GETFL) & O_NONBLOCK, 0);
  EXPECT_EQ(fcntl(file.get(), F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
}

TEST_F(RootTest, creates_only_what_is_new) {
  const Root here = root();
  EXPECT_EQ(kind_of([&] { here.create_new("folder/file"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(scratch_.read("root/folder/file"), "inside");
  link("../../outside/new", "root/folder/dangling");
  EXPECT_EQ(kind_of([&] { here.create_new("folder/dangling"); }), ErrorKind::kUnavailable);
  EXPECT_FALSE(scratch_.has("outside/new"));
  const Handle made = here.create_new("folder/made", 0600);
  EXPECT_EQ(here.look("folder/made")->st_mode & 0777, 0600u);
}

TEST_F(RootTest, makes_folders_and_syncs_each_and_its_parent) {
  FsyncSpy spy;
  root().make_folders("a/b/c");
  for (const char* name : {"root", "root/a", "root/a/b", "root/a/b/c"})
    EXPECT_TRUE(spy.saw(scratch_.path(name))) << name;
  root().make_folders("a/b/c");  // again: as it is
  EXPECT_EQ(kind_of([&] { root().make_folders("folder/file/x"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { root().make_folders("folder/file"); }), ErrorKind::kUnavailable);
}

// A run before may have been killed between mkdir and fsync.
TEST_F(RootTest, syncs_folders_that_were_there_already) {
  FsyncSpy spy;
  root().make_folders("folder");
  EXPECT_TRUE(spy.saw(scratch_.path("root")));
  EXPECT_TRUE(spy.saw(scratch_.path("root/folder")));
}

TEST_F(RootTest, removes_a_file_durably_and_says_whether_it_was_there) {
  FsyncSpy spy;
  EXPECT_TRUE(root().remove_file("folder/file"));
  EXPECT_EQ(spy.synced(), std::vector<std::string>{scratch_.path("root/folder")});
  EXPECT_FALSE(scratch_.has("root/folder/file"));
  EXPECT_FALSE(root().remove_file("folder/file"));
  EXPECT_FALSE(root().remove_file("none/file"));
  EXPECT_EQ(kind_of([&] { root().remove_file("folder"); }), ErrorKind::kUnavailable);
}

TEST_F(RootTest, removes_only_the_file_that_was_looked_at) {
  const auto here = root();
  const auto seen = here.look("folder/file").value();
  scratch_.write("root/folder/other", "inside");
  EXPECT_EQ(kind_of([&] { here.remove_file_seen("folder/other", seen); }), ErrorKind::kUnavailable);
  scratch_.write("root/folder/file", "inside, and more");
  EXPECT_EQ(kind_of([&] { here.remove_file_seen("folder/file", seen); }), ErrorKind::kUnavailable);
  EXPECT_EQ(scratch_.read("root/folder/file"), "inside, and more");
  EXPECT_TRUE(here.remove_file_seen("folder/file", here.look("folder/file").value()));
  EXPECT_FALSE(scratch_.has("root/folder/file"));
}

TEST_F(RootTest, removes_empty_folders_only) {
  EXPECT_FALSE(root().remove_empty_folder("folder"));
  EXPECT_EQ(scratch_.read("root/folder/file"), "inside");
  EXPECT_FALSE(root().remove_empty_folder("none"));
  EXPECT_EQ(kind_of([&] { root().remove_empty_folder("folder/file"); }), ErrorKind::kUnavailable);
  root().remove_file("folder/file");
  FsyncSpy spy;
  EXPECT_TRUE(root().remove_empty_folder("folder"));
  EXPECT_TRUE(spy.saw(scratch_.path("root")));
}

TEST_F(RootTest, lists_sorted_names) {
  scratch_.write("root/b", "");
  scratch_.write("root/.a", "");
  EXPECT_EQ(root().list(""), (std::vector<std::string>{".a", "b", "folder"}));
  EXPECT_EQ(kind_of([&] { root().list("none"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(kind_of([&] { root().list("b"); }), ErrorKind::kUnavailable);
}

TEST_F(RootTest, writes_durably_over_what_was_there) {
  FsyncSpy spy;
  root().write_file_durably("folder/file", "new");
  ASSERT_EQ(spy.synced().size(), 2u);
  EXPECT_EQ(spy.synced()[0], scratch_.path("root/folder/.file.amphi-tmp"));  // the bytes before the name
  EXPECT_EQ(spy.synced()[1], scratch_.path("root/folder"));
  EXPECT_EQ(root().read_file("folder/file"), "new");
  EXPECT_EQ(root().list("folder"), std::vector<std::string>{"file"});
}

TEST_F(RootTest, takes_over_the_temporary_file_of_a_killed_writer) {
  scratch_.write("root/folder/.file.amphi-tmp", "half of something longer");
  root().write_file_durably("folder/file", "new");
  EXPECT_EQ(scratch_.read("root/folder/file"), "new");
  EXPECT_EQ(root().list("folder"), std::vector<std::string>{"file"});
}

TEST_F(RootTest, keeps_the_old_file_when_the_disk_fails_and_does_not_try_again) {
  FsyncSpy spy;
  spy.fail_at(1, EIO);
  EXPECT_EQ(kind_of([&] { root().write_file_durably("folder/file", "new"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(spy.synced().size(), 1u);
  EXPECT_EQ(root().list("folder"), std::vector<std::string>{"file"});
  EXPECT_EQ(scratch_.read("root/folder/file"), "inside");
}

TEST_F(RootTest, reports_a_folder_that_cannot_be_made_durable) {
  FsyncSpy spy;
  spy.fail_at(2, EIO);
  EXPECT_EQ(kind_of([&] { root().write_file_durably("folder/file", "new"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(spy.synced().size(), 2u);
  spy.fail_at(3, EINVAL);  // a file system without fsync of folders
  root().sync_folder("folder");
}

TEST_F(RootTest, does_not_write_through_a_planted_hard_link_or_symlink) {
  fs::create_hard_link(scratch_.path("outside/file"), scratch_.path("root/folder/.file.amphi-tmp"));
  EXPECT_EQ(kind_of([&] { root().write_file_durably("folder/file", "new"); }), ErrorKind::kUnavailable);
  fs::remove(scratch_.path("root/folder/.file.amphi-tmp"));
  link("../../outside/file", "root/folder/.file.amphi-tmp");
  EXPECT_EQ(kind_of([&] { root().write_file_durably("folder/file", "new"); }), ErrorKind::kUnavailable);
  EXPECT_EQ(scratch_.read("outside/file"), "outside");
}

TEST_F(RootTest, two_writers_of_one_name_never_mix) {
  const std::string a(100'000, 'a'), b(50'000, 'b');
  std::atomic<bool> done = false;
  const Root here = root();
  std::thread writer([&] {
    for (int i = 0; i < 60; ++i) here.write_file_durably("folder/file", a);
    done = true;
  });
  while (!done) {
    here.write_file_durably("folder/file", b);
    const std::string now = here.read_file("folder/file");
    EXPECT_TRUE(now == a || now == b);
  }
  writer.join();
}

TEST(Names, are_taken_apart) {
  EXPECT_EQ(folder_of("a/b/c"), "a/b");
  EXPECT_EQ(folder_of("c"), "");
  EXPECT_EQ(base_of("a/b/c"), "c");
  EXPECT_EQ(base_of("c"), "c");
}

TEST(Names, relative_to_compares_components) {
  EXPECT_EQ(relative_to("/a/b", "/a/b/c/d"), "c/d");
  EXPECT_EQ(relative_to("/a/b/", "/a//b/./c"), "c");
  EXPECT_EQ(relative_to("/a/b", "/a/b"), "");
  EXPECT_EQ(relative_to("/", "/a"), "a");
  EXPECT_EQ(relative_to("/a/b", "/a/bc"), std::nullopt);
  EXPECT_EQ(relative_to("/a/b", "/a"), std::nullopt);
  EXPECT_EQ(relative_to("/a/b", "/a/b/../c"), std::nullopt);
  EXPECT_EQ(relative_to("a", "/a"), std::nullopt);
  EXPECT_EQ(relative_to("/a", "a/b"), std::nullopt);
}

}  // namespace
}  // namespace amphi
