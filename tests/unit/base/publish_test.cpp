#include "base/publish.hpp"

#include <cerrno>
#include <filesystem>
#include <functional>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "amphi/error.hpp"
#include "base/publish_calls.hpp"
#include "forked.hpp"
#include "fsync_spy.hpp"
#include "scratch.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;
using test::FsyncSpy;

const std::string kTemporary = "folder/.film.mkv.amphi-part", kFinal = "folder/film.mkv";

struct Death {};  // the process ends here

// File systems as they are met: with everything; without RENAME_NOREPLACE (NFS, much of FUSE); without hard links too
// (exFAT, some SMB).
enum class Kind { kWhole, kNoRenameFlags, kNoLinks };

PublishCalls calls_of(Kind kind, int unsupported = EINVAL) {
  PublishCalls calls = system_publish_calls();
  const auto refuse = [](int error) { return [error](int, const std::string&, const std::string&) { return error; }; };
  if (kind != Kind::kWhole) calls.rename_noreplace = calls.rename_exchange = refuse(unsupported);
  if (kind == Kind::kNoLinks) calls.link = refuse(EPERM);
  return calls;
}

// Dies just before the call number `left` (from 0).
PublishCalls dying_after(PublishCalls calls, int& left) {
  const auto two = [&left](PublishCalls::Two call) -> PublishCalls::Two {
    return [&left, call](int folder, const std::string& from, const std::string& to) {
      if (left-- == 0) throw Death();
      return call(folder, from, to);
    };
  };
  PublishCalls dying = calls;
  dying.rename_noreplace = two(calls.rename_noreplace);
  dying.rename_exchange = two(calls.rename_exchange);
  dying.rename_over = two(calls.rename_over);
  dying.link = two(calls.link);
  dying.unlink = [&left, calls](int folder, const std::string& name) {
    if (left-- == 0) throw Death();
    return calls.unlink(folder, name);
  };
  dying.create = [&left, calls](int folder, const std::string& name, const std::string& bytes) {
    if (left-- == 0) throw Death();
    return calls.create(folder, name, bytes);
  };
  dying.sync_folder = [&left, calls](int folder, const std::string& shown) {
    if (left-- == 0) throw Death();
    calls.sync_folder(folder, shown);
  };
  return dying;
}

class PublishTest : public testing::TestWithParam<Kind> {
 protected:
  test::Scratch scratch_;
  void SetUp() override { scratch_.write(kTemporary, "film"); }
  Root root() const { return Root::open(scratch_.path()); }
  PublishResult publish_now() const { return publish_with(calls_of(GetParam()), root(), kTemporary, kFinal); }
  std::vector<std::string> names() const { return root().list("folder"); }
  LinkResult link(const std::string& source) const {
    return publish_link(root(), root().open_file(source, O_RDONLY).get(), kFinal);
  }
};

INSTANTIATE_TEST_SUITE_P(on, PublishTest, testing::Values(Kind::kWhole, Kind::kNoRenameFlags, Kind::kNoLinks));

TEST_P(PublishTest, gives_the_final_name_and_leaves_nothing_else) {
  FsyncSpy spy;
  const auto inode = root().look(kTemporary)->st_ino;
  EXPECT_EQ(publish_now(), PublishResult::kPublished);
  EXPECT_EQ(names(), std::vector<std::string>{"film.mkv"});
  EXPECT_EQ(scratch_.read(kFinal), "film");
  EXPECT_EQ(root().look(kFinal)->st_ino, inode);
  EXPECT_EQ(spy.synced().back(), scratch_.path("folder"));
}

TEST_P(PublishTest, changes_nothing_where_the_name_is_taken) {
  for (const char* there : {"somebody's", "", "film"}) {  // also one of the same length and bytes, and an empty one
    scratch_.write(kFinal, there);
    EXPECT_EQ(publish_now(), PublishResult::kOccupied);
    EXPECT_EQ(scratch_.read(kFinal), there);
    EXPECT_EQ(scratch_.read(kTemporary), "film");
  }
}

TEST_P(PublishTest, takes_a_folder_or_symlink_for_taken_too) {
  fs::create_symlink("/nowhere", scratch_.path(kFinal));
  EXPECT_EQ(publish_now(), PublishResult::kOccupied);
  fs::remove(scratch_.path(kFinal));
  fs::create_directory(scratch_.path(kFinal));
  EXPECT_EQ(publish_now(), PublishResult::kOccupied);
  EXPECT_EQ(scratch_.read(kTemporary), "film");
}

TEST_P(PublishTest, ends_the_same_when_it_died_anywhere_and_runs_again) {
  for (int step = 0;; ++step) {
    fs::remove(scratch_.path(kFinal));
    scratch_.write(kTemporary, "film");
    int left = step;
    bool died = false;
    try {
      publish_with(dying_after(calls_of(GetParam()), left), root(), kTemporary, kFinal);
    } catch (const Death&) {
      died = true;
    }
    if (!died) {
      EXPECT_GE(step, 2);
      return;
    }
    // At every instant the bytes are under one of the names, and the final name never holds half of them.
    if (scratch_.has(kTemporary)) {
      EXPECT_EQ(publish_now(), PublishResult::kPublished) << step;
    }
    fs::remove(scratch_.path(claim_name_of(kTemporary)));  // who settles it removes that, too
    EXPECT_EQ(names(), std::vector<std::string>{"film.mkv"}) << step;
    EXPECT_EQ(scratch_.read(kFinal), "film") << step;
  }
}

TEST_P(PublishTest, syncs_the_new_name_before_the_old_one_goes) {
  std::vector<std::string> order;
  PublishCalls calls = calls_of(GetParam());
  calls.unlink = [&, inner = calls.unlink](int folder, const std::string& name) {
    order.push_back("unlink");
    return inner(folder, name);
  };
  calls.sync_folder = [&](int, const std::string&) { order.push_back("sync"); };
  publish_with(calls, root(), kTemporary, kFinal);
  EXPECT_EQ(order.back(), "sync");
  if (GetParam() == Kind::kNoRenameFlags) {
    EXPECT_EQ(order, (std::vector<std::string>{"sync", "unlink", "sync"}));
  }
}

TEST_P(PublishTest, refuses_what_is_gone_or_no_regular_file) {
  fs::remove(scratch_.path(kTemporary));
  EXPECT_THROW(publish_now(), Error);
  fs::create_symlink("/etc/passwd", scratch_.path(kTemporary));
  EXPECT_THROW(publish_now(), Error);
  EXPECT_FALSE(scratch_.has(kFinal));
}

TEST_P(PublishTest, reports_a_folder_that_cannot_be_made_durable) {
  FsyncSpy spy;
  spy.fail_at(1, EIO);
  EXPECT_THROW(publish_now(), Error);
  EXPECT_EQ(spy.synced().size(), 1u);
}

TEST_P(PublishTest, passes_other_trouble_on) {
  PublishCalls calls = calls_of(GetParam());
  calls.rename_noreplace = [](int, const std::string&, const std::string&) { return EIO; };
  EXPECT_THROW(publish_with(calls, root(), kTemporary, kFinal), Error);
  EXPECT_EQ(scratch_.read(kTemporary), "film");
}

TEST_P(PublishTest, wants_both_names_in_one_folder) {
  scratch_.write("other/x", "");
  EXPECT_THROW(publish_with(calls_of(GetParam()), root(), kTemporary, "other/film.mkv"), Error);
  EXPECT_THROW(publish_with(calls_of(GetParam()), root(), kTemporary, "folder/../film.mkv"), Error);
  EXPECT_EQ(scratch_.read(kTemporary), "film");
}

TEST_P(PublishTest, follows_no_symlinked_folder) {
  fs::rename(scratch_.path("folder"), scratch_.path("real"));
  fs::create_symlink("real", scratch_.path("folder"));
  EXPECT_THROW(publish_now(), Error);
  EXPECT_FALSE(scratch_.has("real/film.mkv"));
}

// Somebody else's file appears between our look and our call.
TEST_P(PublishTest, never_overwrites_a_file_that_appears_meanwhile) {
  PublishCalls calls = calls_of(GetParam());
  const auto appearing = [&](PublishCalls::Two inner) -> PublishCalls::Two {
    return [this, inner](int folder, const std::string& from, const std::string& to) {
      scratch_.write(kFinal, "theirs");
      return inner(folder, from, to);
    };
  };
  if (GetParam() == Kind::kWhole) calls.rename_noreplace = appearing(calls.rename_noreplace);
  if (GetParam() != Kind::kWhole) calls.link = appearing(calls.link);
  EXPECT_EQ(publish_with(calls, root(), kTemporary, kFinal), PublishResult::kOccupied);
  EXPECT_EQ(scratch_.read(kFinal), "theirs");
  EXPECT_EQ(scratch_.read(kTemporary), "film");
}

TEST_F(PublishTest, a_placeholder_of_another_temporary_file_is_taken) {
  scratch_.write("folder/.other.amphi-part", "other");
  int left = 5;  // rename, link, claim, its sync, placeholder, then dies
  EXPECT_THROW(publish_with(dying_after(calls_of(Kind::kNoLinks), left), root(), "folder/.other.amphi-part", kFinal),
               Death);
  ASSERT_TRUE(scratch_.has(kFinal));
  EXPECT_EQ(publish_with(calls_of(Kind::kNoLinks), root(), kTemporary, kFinal), PublishResult::kOccupied);
  EXPECT_EQ(publish_with(calls_of(Kind::kNoLinks), root(), "folder/.other.amphi-part", kFinal),
            PublishResult::kPublished);
  EXPECT_EQ(scratch_.read(kFinal), "other");
}

TEST_F(PublishTest, an_unfinished_placeholder_is_known_by_its_claim) {
  for (const char* written : {"", "amphi: this na"}) {
    fs::remove(scratch_.path(kFinal));
    scratch_.write(kTemporary, "film");
    PublishCalls calls = calls_of(Kind::kNoLinks);
    calls.create = [&, inner = calls.create](int folder, const std::string& name, const std::string& bytes) -> int {
      if (name != "film.mkv") return inner(folder, name, bytes);
      inner(folder, name, written);
      throw Death();
    };
    EXPECT_THROW(publish_with(calls, root(), kTemporary, kFinal), Death);
    EXPECT_EQ(scratch_.read(kFinal), written);
    EXPECT_EQ(publish_with(calls_of(Kind::kNoLinks), root(), kTemporary, kFinal), PublishResult::kPublished);
    EXPECT_EQ(scratch_.read(kFinal), "film");
    EXPECT_EQ(names(), std::vector<std::string>{"film.mkv"});
  }
}

TEST_F(PublishTest, a_placeholder_that_comes_to_nothing_leaves_the_name_free) {
  PublishCalls calls = calls_of(Kind::kNoLinks);
  calls.rename_over = [](int, const std::string&, const std::string&) { return EIO; };
  EXPECT_THROW(publish_with(calls, root(), kTemporary, kFinal), Error);
  EXPECT_EQ(names(), std::vector<std::string>{base_of(kTemporary)});
}

TEST_F(PublishTest, a_placeholder_that_cannot_be_written_is_not_there) {
  const int ended = test::Forked([&] {
                      signal(SIGXFSZ, SIG_IGN);
                      const rlimit none{0, 0};  // no file may have a byte
                      setrlimit(RLIMIT_FSIZE, &none);
                      try {
                        publish_with(calls_of(Kind::kNoLinks), root(), kTemporary, kFinal);
                      } catch (const Error&) {
                        return 0;
                      }
                      return 1;
                    }).join();
  EXPECT_EQ(ended, 0);
  EXPECT_EQ(names(), std::vector<std::string>{base_of(kTemporary)});
}

TEST_F(PublishTest, names_beside_the_temporary_one_are_no_longer_than_it) {
  const std::string longest = "." + std::string(244, 'x') + "-part";
  EXPECT_LE(side_name_of(longest).size(), longest.size());
  EXPECT_LE(claim_name_of(longest).size(), longest.size());
  EXPECT_NE(side_name_of(longest), claim_name_of(longest));
}

TEST_F(PublishTest, knows_each_way_of_saying_not_supported) {
  for (int error : {EINVAL, ENOSYS, EOPNOTSUPP}) {
    fs::remove(scratch_.path(kFinal));
    scratch_.write(kTemporary, "film");
    EXPECT_EQ(publish_with(calls_of(Kind::kNoRenameFlags, error), root(), kTemporary, kFinal),
              PublishResult::kPublished);
  }
}

TEST_F(PublishTest, exchange_swaps_both_ways_of_doing_it) {
  for (Kind kind : {Kind::kWhole, Kind::kNoRenameFlags}) {
    scratch_.write(kTemporary, "new");
    scratch_.write(kFinal, "old");
    FsyncSpy spy;
    publish_exchange_with(calls_of(kind), root(), kTemporary, kFinal);
    EXPECT_EQ(scratch_.read(kFinal), "new");
    EXPECT_EQ(scratch_.read(kTemporary), "old");
    EXPECT_EQ(spy.synced().back(), scratch_.path("folder"));
    EXPECT_EQ(names().size(), 2u);
  }
}

TEST_F(PublishTest, exchange_keeps_the_final_name_whole_at_every_instant) {
  for (int step = 0; step < 8; ++step) {
    fs::remove(scratch_.path(side_name_of(kTemporary)));
    scratch_.write(kTemporary, "new");
    fs::remove(scratch_.path(kFinal));
    scratch_.write(kFinal, "old");
    int left = step;
    try {
      publish_exchange_with(dying_after(calls_of(Kind::kNoRenameFlags), left), root(), kTemporary, kFinal);
    } catch (const Death&) {
      const std::string now = scratch_.read(kFinal);
      EXPECT_TRUE(now == "old" || now == "new") << step;
      if (now == "old" || !scratch_.has(kTemporary))
        publish_exchange_with(calls_of(Kind::kNoRenameFlags), root(), kTemporary, kFinal);
    }
    EXPECT_EQ(scratch_.read(kFinal), "new") << step;
    EXPECT_EQ(scratch_.read(kTemporary), "old") << step;
    EXPECT_EQ(names().size(), 2u) << step;
  }
}

TEST_F(PublishTest, exchange_that_cannot_be_changes_nothing) {
  scratch_.write(kFinal, "old");
  EXPECT_THROW(publish_exchange_with(calls_of(Kind::kNoLinks), root(), kTemporary, kFinal), Error);
  EXPECT_EQ(scratch_.read(kFinal), "old");
  EXPECT_EQ(scratch_.read(kTemporary), "film");
  fs::remove(scratch_.path(kFinal));
  EXPECT_THROW(publish_exchange(root(), kTemporary, kFinal), Error);  // nothing to exchange with
  EXPECT_EQ(scratch_.read(kTemporary), "film");
}

TEST_F(PublishTest, link_makes_a_second_name_durably) {
  scratch_.write("transcoded/a.mkv", "film");
  FsyncSpy spy;
  const LinkResult made = link("transcoded/a.mkv");
  EXPECT_TRUE(made.linked);
  EXPECT_FALSE(made.occupied);
  EXPECT_EQ(spy.synced(), std::vector<std::string>{scratch_.path("folder")});
  EXPECT_EQ(root().look(kFinal)->st_ino, root().look("transcoded/a.mkv")->st_ino);
}

TEST_F(PublishTest, link_onto_its_own_inode_counts_as_made) {
  scratch_.write("transcoded/a.mkv", "film");
  link("transcoded/a.mkv");
  FsyncSpy spy;
  EXPECT_TRUE(link("transcoded/a.mkv").linked);
  EXPECT_TRUE(spy.saw(scratch_.path("folder")));  // the run before may have died before its fsync
}

TEST_F(PublishTest, link_never_overwrites) {
  scratch_.write("transcoded/a.mkv", "film");
  scratch_.write(kFinal, "film");
  const LinkResult result = link("transcoded/a.mkv");
  EXPECT_FALSE(result.linked);
  EXPECT_TRUE(result.occupied);
}

TEST_F(PublishTest, link_is_of_a_regular_file_and_follows_no_symlink_in_its_place) {
  scratch_.write("transcoded/a.mkv", "film");
  EXPECT_THROW(publish_link(root(), root().open_folder("transcoded").get(), kFinal), Error);
  EXPECT_THROW(publish_link(root(), -1, kFinal), Error);
  fs::create_symlink("/nowhere", scratch_.path(kFinal));
  EXPECT_TRUE(link("transcoded/a.mkv").occupied);
}

TEST_F(PublishTest, link_across_file_systems_asks_for_a_copy) {
  const Handle elsewhere(::open("/proc/self/status", O_RDONLY | O_CLOEXEC));
  const LinkResult result = publish_link(root(), elsewhere.get(), kFinal);
  EXPECT_FALSE(result.linked);
  EXPECT_FALSE(result.occupied);
  EXPECT_FALSE(scratch_.has(kFinal));
}

}  // namespace
}  // namespace amphi
