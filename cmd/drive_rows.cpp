#include "drive_rows.hpp"

namespace amphi::cmd {

std::vector<DriveRow> drive_rows(Context& context, Catalog& catalog) {
  std::vector<DriveRow> rows;
  for (auto& report : survey_drives(&catalog, context.config())) {
    DriveRow row;
    row.report = std::move(report);
    if (row.report.disc) {
      auto known = survey_disc(catalog, context.config(), *row.report.disc, Look::kStored);
      row.disc = std::move(known.record.disc);
      row.state = std::move(known.state);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace amphi::cmd
