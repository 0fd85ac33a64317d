// amphi drive list
#include "context.hpp"
#include "drive_rows.hpp"
#include "printer.hpp"
#include "views/status_view.hpp"

namespace amphi::cmd {

namespace {

class DriveList : public Command {
 public:
  void describe(Options& options) override {
    options.list("--columns", columns_, {"NAMES", Complete::kColumns, {}}, "columns of the table");
  }

  int run(Context& context) override {
    const auto rows = drive_rows(context, context.catalog_to_read());
    const auto count = print_range(context, drive_list_document(), drive_view(), columns_, rows);
    if (count == 0) context.tell("no drive found");
    return 0;
  }

 private:
  std::vector<std::string> columns_;
};

const Verb kDriveListVerb({"drive list", "the drives, as configured, else what the system has",
                           "amphi drive list --json"},
                          &make_command<DriveList>, &drive_list_document);

}  // namespace

}  // namespace amphi::cmd
