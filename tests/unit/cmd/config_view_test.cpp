#include <algorithm>

#include <gtest/gtest.h>

#include "views/config_view.hpp"

namespace amphi::cmd {
namespace {

TEST(ConfigView, every_key_of_the_configuration_is_shown) {
  ConfigInputs inputs;
  inputs.home = "/home/nobody";
  inputs.system_file = "/nowhere/config.toml";
  const auto config = load_config(inputs);
  const auto rows = config_rows(config);
  ASSERT_GT(config.origins.size(), 10U);
  for (const auto& [key, origin] : config.origins) {
    const auto shown = [&, &name = key](const ConfigRow& row) { return row.key == name; };
    EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), shown)) << key;
  }
}

}  // namespace
}  // namespace amphi::cmd
