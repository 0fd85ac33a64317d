// Disc as the contract's "Fields" name it; the rows of `disc list` and the header of `disc show`.
#pragma once

#include "amphi/catalog.hpp"
#include "amphi/process.hpp"
#include "view.hpp"

namespace amphi::cmd {

// A disc with what was derived of it. Points into what it was made from.
struct DiscRow {
  const Disc* disc = nullptr;
  std::string state;
  int wanted = 0;
  PerStage<int> done, trouble;
  int failed = 0;
};

DiscRow disc_row(const DiscSummary& summary);
DiscRow disc_row(const DiscReport& report);
DiscRow disc_row(const Disc& disc, std::string state);

const View<DiscRow>& disc_view();
const ViewInfo& disc_info();
const View<Identifier>& identifier_view();
const ViewInfo& identifier_info();

Cell state_cell(const std::string& state);

}  // namespace amphi::cmd
