#include "manual.hpp"

#include <gtest/gtest.h>

#include "verb.hpp"

namespace amphi::cmd {
namespace {

TEST(Manual, HasEveryVerbAndItsOptions) {
  const auto page = manual_page();
  for (const auto* verb : all_verbs()) {
    const auto heading = ".SS amphi " + std::string(verb->path()) + "\n";
    EXPECT_EQ(page.find(heading) != std::string::npos, !verb->hidden()) << verb->path();
  }
  EXPECT_NE(page.find("\\-\\-resume"), std::string::npos);
  EXPECT_NE(page.find(".SH EXIT STATUS"), std::string::npos);
}

TEST(Manual, TextIsNeverARequestOfRoff) {
  EXPECT_EQ(roff_escaped(".TH"), "\\&.TH");
  EXPECT_EQ(roff_escaped("'x"), "\\&\\(aqx");
  EXPECT_EQ(roff_escaped("a\\b-c"), "a\\eb\\-c");
}

}  // namespace
}  // namespace amphi::cmd
