#include "completion/catalog_source.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "amphi/classify.hpp"
#include "base/clock.hpp"
#include "scratch.hpp"

namespace amphi::cmd {
namespace {

class CatalogSourceTest : public ::testing::Test {
 protected:
  CatalogSourceTest() {
    options_.config = folder_ / "config.toml";
    options_.catalog = folder_ / "catalog.db";
    std::ofstream(*options_.config) << "drives = []\n";
  }

  void store(const std::string& digits, const std::string& title) {
    auto catalog = Catalog::open(*options_.catalog, Catalog::Mode::kReadWrite, system_now);
    ScannedDisc disc;
    disc.fingerprint = "dvd-" + digits + std::string(64 - digits.size(), '0');
    disc.identifiers = {{"amphi", disc.fingerprint}};
    disc.source = {SourceKind::kImage, "/srv/x.iso"};
    ScannedTrack track;
    track.number = 1;
    track.reference = "dvd:1";
    disc.tracks = {track};
    const auto merged = catalog.store_scan(disc, classify(disc));
    Edit edit;
    set_disc_field(edit.disc, "title", title);
    catalog.apply_edit(merged.disc_id, edit);
  }

  test::Scratch scratch_;
  std::filesystem::path folder_ = scratch_.path();
  GlobalOptions options_;
};

TEST_F(CatalogSourceTest, TheLatestComeFirstAndWordsNarrow) {
  store("aaaa111", "First");
  store("aabb222", "Second");
  Context context(options_, nullptr);
  CatalogSource source(context);
  EXPECT_EQ(source.discs(""), (std::vector<Suggestion>{{"dvd-aabb222", "Second"}, {"dvd-aaaa111", "First"}}));
  EXPECT_EQ(source.discs("dvd-aaaa"), (std::vector<Suggestion>{{"dvd-aaaa111", "First"}}));
  EXPECT_EQ(source.discs("dvd-aab"), (std::vector<Suggestion>{{"dvd-aabb222", "Second"}}));
  EXPECT_EQ(source.discs("dvd-c"), std::vector<Suggestion>{});
}

TEST_F(CatalogSourceTest, TracksByIdOrByDiscAndNumber) {
  store("aaaa111", "First");
  Context context(options_, nullptr);
  CatalogSource source(context);
  ASSERT_EQ(source.tracks("").size(), 1U);
  EXPECT_EQ(source.tracks("")[0].value, "1");
  EXPECT_EQ(source.tracks("dvd-a")[0].value, "dvd-aaaa111:1");
  EXPECT_EQ(source.tracks("dvd-aaaa:")[0].value, "dvd-aaaa:1");
}

TEST_F(CatalogSourceTest, ABrokenCatalogIsAnEmptyAnswerAndAMissingOneIsNotMade) {
  {
    Context context(options_, nullptr);
    EXPECT_EQ(CatalogSource(context).discs(""), std::vector<Suggestion>{});
  }
  EXPECT_FALSE(std::filesystem::exists(*options_.catalog));
  std::ofstream(*options_.catalog) << std::string(10000, 'x');
  Context context(options_, nullptr);
  EXPECT_EQ(CatalogSource(context).discs(""), std::vector<Suggestion>{});
}

}  // namespace
}  // namespace amphi::cmd
