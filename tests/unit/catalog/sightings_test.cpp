// Which disc a source held: remembered as long as its state is the same.
#include <fmt/format.h>

#include "catalog/connection.hpp"
#include "support.hpp"

namespace amphi::testing {
namespace {

using Mode = Catalog::Mode;

struct SightingsTest : CatalogTest {
  static int rows(const std::string& path) {
    return static_cast<int>(Connection(path, Connection::Access::kRead).integer("SELECT count(*) FROM sighting"));
  }
};

TEST_F(SightingsTest, TheIdentityComesBackInTheSameStateOnly) {
  auto catalog = open();
  auto seen = disc();
  seen.encrypted = true;
  catalog.remember("/dev/sr0", "drive 7", seen);
  const auto known = catalog.recall("/dev/sr0", "drive 7");
  ASSERT_TRUE(known);
  EXPECT_EQ(known->fingerprint, seen.fingerprint);
  EXPECT_EQ(known->kind, seen.kind);
  EXPECT_EQ(known->volume_label, seen.volume_label);
  EXPECT_EQ(known->identifiers, seen.identifiers);
  EXPECT_TRUE(known->encrypted);
  EXPECT_TRUE(known->tracks.empty());
  EXPECT_FALSE(catalog.recall("/dev/sr0", "drive 8"));
  EXPECT_FALSE(catalog.recall("/dev/sr1", "drive 7"));
}

TEST_F(SightingsTest, AnotherDiscInTheSamePlaceTakesItsPlace) {
  auto catalog = open();
  catalog.remember("/dev/sr0", "drive 7", disc());
  catalog.remember("/dev/sr0", "drive 8", disc("b2"));
  EXPECT_FALSE(catalog.recall("/dev/sr0", "drive 7"));
  EXPECT_EQ(catalog.recall("/dev/sr0", "drive 8")->fingerprint, fingerprint("b2"));
}

TEST_F(SightingsTest, ACatalogOpenForReadingRemembersNothing) {
  open().remember("/dev/sr0", "drive 7", disc());
  auto reading = open(Mode::kReadOnly);
  EXPECT_TRUE(reading.recall("/dev/sr0", "drive 7"));
  reading.remember("/dev/sr0", "drive 8", disc());
  EXPECT_FALSE(reading.recall("/dev/sr0", "drive 8"));
}

TEST_F(SightingsTest, TheOldestGo) {
  {
    auto catalog = open();
    catalog.in_one_transaction([&] {
      for (int i = 0; i < 1003; ++i) catalog.remember(fmt::format("/images/{}.iso", i), "image", disc());
    });
    EXPECT_FALSE(catalog.recall("/images/2.iso", "image"));
    EXPECT_TRUE(catalog.recall("/images/3.iso", "image"));
  }
  EXPECT_EQ(rows(file), 1000);
}

TEST_F(SightingsTest, WhatCannotBeReadIsADamagedCatalog) {
  auto catalog = open();
  catalog.remember("/dev/sr0", "drive 7", disc());
  Connection(file, Connection::Access::kExisting).execute("UPDATE sighting SET identity = '{\"kind\": 7}'");
  EXPECT_EQ(error_of([&] { catalog.recall("/dev/sr0", "drive 7"); }).kind(), ErrorKind::kCatalog);
}

}  // namespace
}  // namespace amphi::testing
