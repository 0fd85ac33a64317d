// amphi status
#include <fmt/format.h>

#include "amphi/process.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "drive_rows.hpp"
#include "printer.hpp"
#include "views/status_view.hpp"

namespace amphi::cmd {

namespace {

struct Work {
  std::vector<WorkRow> running, interrupted;
};

Work work_of(Catalog& catalog) {
  Work out;
  for (auto& work : interrupted_work(catalog)) {
    WorkRow row{std::move(work), {}, 0};
    const auto record = catalog.load_disc(catalog.disc_of(row.work.intent.track_id));
    row.disc_name = display_title(record.disc);
    for (const auto& track : record.tracks) {
      if (track.id == row.work.intent.track_id) row.track_number = track.scanned.number;
    }
    (row.work.alive ? out.running : out.interrupted).push_back(std::move(row));
  }
  return out;
}

class Status : public Command {
 public:
  void describe(Options&) override {}

  int run(Context& context) override {
    auto& catalog = context.catalog_to_observe();  // which disc a drive holds is remembered
    const auto drives = drive_rows(context, catalog);
    const auto work = work_of(catalog);
    const auto requests = catalog.unfinished_requests().size();
    if (context.json()) {
      print_document(context, status_document(),
                     {{"drives", json_array_of(drive_view(), drives)},
                      {"running", json_array_of(work_view(), work.running)},
                      {"interrupted", json_array_of(work_view(), work.interrupted)},
                      {"unfinished_requests", requests}});
      return 0;
    }
    print_text(context, drives, work, requests);
    return 0;
  }

 private:
  static void section(Context& context, std::string_view title, const std::vector<WorkRow>& rows) {
    if (rows.empty()) return;
    context.out().line("");
    context.out().line(styled(title, Style::kBold, context.appearance()));
    print_range(context, status_document(), work_view(), {}, rows);
  }

  static void print_text(Context& context, const std::vector<DriveRow>& drives, const Work& work,
                         std::size_t requests) {
    if (drives.empty()) context.out().line("no drive found");
    print_range(context, status_document(), drive_view(), {}, drives);
    section(context, "Running", work.running);
    section(context, "Interrupted", work.interrupted);
    if (requests > 0 && work.running.empty()) {
      context.out().line("");
      context.out().line(
          fmt::format("{} unfinished request{}: amphi process --resume", requests, requests == 1 ? "" : "s"));
    }
  }
};

const Verb kStatusVerb({"status", "every drive, what runs now, what was interrupted", "amphi status"},
                       &make_command<Status>, &status_document);

}  // namespace

}  // namespace amphi::cmd
