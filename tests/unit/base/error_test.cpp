#include "amphi/error.hpp"

#include <cerrno>

#include <gtest/gtest.h>

#include "base/environment.hpp"
#include "base/failure.hpp"

namespace amphi {
namespace {

TEST(Error, carries_what_the_user_needs) {
  const Error error(ErrorKind::kAmbiguous, "message", "hint", {"a", "b"});
  EXPECT_EQ(error.kind(), ErrorKind::kAmbiguous);
  EXPECT_EQ(error.message(), "message");
  EXPECT_STREQ(error.what(), "message");
  EXPECT_EQ(error.hint(), "hint");
  EXPECT_EQ(error.candidates(), (std::vector<std::string>{"a", "b"}));
}

TEST(Error, kinds_have_the_names_of_the_contract) {
  EXPECT_EQ(to_string(ErrorKind::kUnexpected), "unexpected");
  EXPECT_EQ(to_string(ErrorKind::kUsage), "usage");
  EXPECT_EQ(to_string(ErrorKind::kNotFound), "not_found");
  EXPECT_EQ(to_string(ErrorKind::kAmbiguous), "ambiguous");
  EXPECT_EQ(to_string(ErrorKind::kUnfinished), "unfinished");
  EXPECT_EQ(to_string(ErrorKind::kUnavailable), "unavailable");
  EXPECT_EQ(to_string(ErrorKind::kBusy), "busy");
  EXPECT_EQ(to_string(ErrorKind::kCatalog), "catalog");
}

TEST(Failure, says_what_and_why) {
  try {
    fail_system(ENOSPC, "cannot write x");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUnavailable);
    EXPECT_EQ(error.message(), "cannot write x: No space left on device");
    EXPECT_EQ(error.hint(), "free some space, then try again");
  }
  EXPECT_EQ(system_reason(99999), "error 99999");
}

TEST(Environment, takes_an_xdg_folder_only_where_it_is_absolute) {
  setenv("XDG_TEST_HOME", "relative", 1);
  EXPECT_EQ(xdg_folder("XDG_TEST_HOME"), "");
  setenv("XDG_TEST_HOME", "/absolute", 1);
  EXPECT_EQ(xdg_folder("XDG_TEST_HOME"), "/absolute");
  setenv("XDG_TEST_HOME", "", 1);
  EXPECT_EQ(environment_variable("XDG_TEST_HOME"), std::nullopt);
  unsetenv("XDG_TEST_HOME");
}

TEST(Environment, knows_a_home) {
  const std::string before = getenv("HOME") ? getenv("HOME") : "";
  unsetenv("HOME");
  EXPECT_EQ(home_folder().substr(0, 1), "/");  // from the user database
  setenv("HOME", "/somewhere", 1);
  EXPECT_EQ(home_folder(), "/somewhere");
  if (!before.empty()) setenv("HOME", before.c_str(), 1);
}

}  // namespace
}  // namespace amphi
