#include "error_report.hpp"

#include <new>
#include <stdexcept>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace amphi::cmd {
namespace {

TEST(ErrorReport, TextIsOneLineWithTheHint) {
  const Error error(ErrorKind::kNotFound, "there is no disc 'x'", "amphi disc list");
  EXPECT_EQ(error_text(error, {}), "amphi: there is no disc 'x' (amphi disc list)\n");
}

TEST(ErrorReport, ControlCharactersOfNamesStayOffTheTerminal) {
  const Error error(ErrorKind::kUnavailable, "cannot read a\x1b[31m\nb");
  const auto text = error_text(error, {});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
}

TEST(ErrorReport, CandidatesAreNamedAndManyAreCounted) {
  EXPECT_EQ(error_text(Error(ErrorKind::kAmbiguous, "two fit", "", {"dvd-1", "dvd-2"}), {}),
            "amphi: two fit: dvd-1, dvd-2\n");
  const Error many(ErrorKind::kAmbiguous, "many fit", "", {"1", "2", "3", "4", "5", "6", "7", "8"});
  EXPECT_EQ(error_text(many, {}), "amphi: many fit: 1, 2, 3, 4, 5, 6 and 2 more\n");
}

TEST(ErrorReport, JsonHasEveryFieldOnOneLine) {
  const Error error(ErrorKind::kAmbiguous, "it \"fits\" two", "", {"dvd-1", "dvd-2"});
  const auto text = error_json(error);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json["schema"], "amphi.error/1");
  EXPECT_EQ(json["kind"], "ambiguous");
  EXPECT_EQ(json["message"], "it \"fits\" two");
  EXPECT_TRUE(json["hint"].is_null());
  EXPECT_EQ(json["exit"], 4);
  EXPECT_EQ(json["candidates"], (std::vector<std::string>{"dvd-1", "dvd-2"}));
}

TEST(ErrorReport, JsonStaysValidWithBytesThatAreNoUtf8) {
  EXPECT_NO_THROW(nlohmann::json::parse(error_json(Error(ErrorKind::kUsage, "bad \xff name"))));
}

TEST(ErrorReport, ForeignExceptionsAreUnexpected) {
  EXPECT_EQ(as_error(std::runtime_error("odd")).kind(), ErrorKind::kUnexpected);
  EXPECT_EQ(as_error(std::runtime_error("odd")).message(), "odd");
  EXPECT_EQ(as_error(std::bad_alloc()).message(), "out of memory");
  EXPECT_EQ(as_error(Error(ErrorKind::kBusy, "held")).kind(), ErrorKind::kBusy);
}

}  // namespace
}  // namespace amphi::cmd
