// amphi drive eject
#include <fmt/format.h>

#include "amphi/drive.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "printer.hpp"

namespace amphi::cmd {

namespace {

const Document& drive_eject_document() {
  static const Document kDocument{
      "amphi.drive.eject/1", "the drive that was opened", {{"drive", "string", "its path"}}, {}};
  return kDocument;
}

class DriveEject : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DRIVE", Complete::kDrive, {}}, drive_, Options::Need::kOptional,
                     "the drive; left out: the only one");
  }

  int run(Context& context) override {
    const auto path = drive_ ? *drive_ : only_drive(context);
    eject_drive(path);
    if (context.json()) {
      print_document(context, drive_eject_document(), {{"drive", path}});
    } else {
      context.out().line(fmt::format("{}: open", escape_controls(path)));
    }
    return 0;
  }

 private:
  static std::string only_drive(Context& context) {
    const auto drives = list_drives(context.config().drives);
    if (drives.empty()) throw Error(ErrorKind::kUnavailable, "there is no drive");
    if (drives.size() == 1) return drives.front().path;
    std::vector<std::string> paths;
    for (const auto& drive : drives) paths.push_back(drive.path);
    throw Error(ErrorKind::kAmbiguous, "there are several drives", "name one", paths);
  }

  std::optional<std::string> drive_;
};

const Verb kDriveEjectVerb({"drive eject", "open a tray", "amphi drive eject /dev/sr1"}, &make_command<DriveEject>,
                           &drive_eject_document);

}  // namespace

}  // namespace amphi::cmd
