// The configuration in force: key, value, where the value comes from.
#pragma once

#include <string>
#include <vector>

#include "amphi/config.hpp"
#include "view.hpp"

namespace amphi::cmd {

struct ConfigRow {
  std::string key;
  Json value;
  std::string origin;
};

std::vector<ConfigRow> config_rows(const Config& config);
const View<ConfigRow>& config_view();
const Document& config_show_document();
const Document& config_check_document();
const Document& config_init_document();

}  // namespace amphi::cmd
