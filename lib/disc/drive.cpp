#include "amphi/drive.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <thread>

#include <fcntl.h>
#include <libudev.h>
#include <linux/cdrom.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "amphi/error.hpp"
#include "base/handle.hpp"
#include "base/lock.hpp"
#include "disc/drive_state.hpp"

namespace amphi {

namespace {

constexpr int kReadySeconds = 10;
constexpr auto kBetweenLooks = std::chrono::milliseconds(250);
constexpr int kLooks = kReadySeconds * 4;

struct UdevDeleter {
  void operator()(udev* library) const { udev_unref(library); }
  void operator()(udev_enumerate* list) const { udev_enumerate_unref(list); }
  void operator()(udev_device* device) const { udev_device_unref(device); }
};
template <class T>
using Udev = std::unique_ptr<T, UdevDeleter>;

std::string text_of(const char* text) {
  return text != nullptr ? text : "";
}

// The model from udev's data base, else from the device itself (a container has no data base).
std::string model_of(udev_device* device) {
  auto model = text_of(udev_device_get_property_value(device, "ID_MODEL"));
  auto* parent = udev_device_get_parent_with_subsystem_devtype(device, "scsi", "scsi_device");
  if (model.empty() && parent != nullptr) model = text_of(udev_device_get_sysattr_value(parent, "model"));
  for (auto& c : model) {
    if (c == '_') c = ' ';
  }
  model.erase(model.find_last_not_of(' ') + 1);
  return model;
}

Drive system_drive(udev_device* device) {
  Drive drive;
  drive.path = text_of(udev_device_get_devnode(device));
  drive.model = model_of(device);
  auto answer = ask_drive(drive.path);
  drive.state = answer.state;
  drive.trouble = std::move(answer.trouble);
  return drive;
}

std::vector<Drive> system_drives() {
  std::vector<Drive> drives;
  const Udev<udev> library(udev_new());
  if (!library)
    throw Error(ErrorKind::kUnavailable, "the system's drives cannot be listed", "name them: drives = [\"/dev/sr0\"]");
  const Udev<udev_enumerate> list(udev_enumerate_new(library.get()));
  udev_enumerate_add_match_subsystem(list.get(), "block");
  udev_enumerate_add_match_sysname(list.get(), "sr*");
  udev_enumerate_scan_devices(list.get());
  udev_list_entry* entry = nullptr;
  udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(list.get())) {
    const Udev<udev_device> device(udev_device_new_from_syspath(library.get(), udev_list_entry_get_name(entry)));
    if (device && udev_device_get_devnode(device.get()) != nullptr) drives.push_back(system_drive(device.get()));
  }
  return drives;
}

std::string model_of(const struct stat& node) {
  const Udev<udev> library(udev_new());
  if (!library) return "";
  const Udev<udev_device> device(udev_device_new_from_devnum(library.get(), 'b', node.st_rdev));
  return device ? model_of(device.get()) : std::string();
}

Drive configured_drive(const std::string& path) {
  Drive drive;
  drive.path = path;
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) {
    const int code = errno;
    drive.state = code == ENOENT || code == ENOTDIR ? DriveState::kMissing : DriveState::kUnreadable;
    drive.trouble = std::strerror(code);
    return drive;
  }
  if (S_ISBLK(found.st_mode)) {
    auto answer = ask_drive(path);
    drive.model = model_of(found);
    drive.state = answer.state;
    drive.trouble = std::move(answer.trouble);
    return drive;
  }
  drive.stand_in = true;
  const bool readable = ::access(path.c_str(), R_OK) == 0;
  drive.state = readable ? DriveState::kDisc : DriveState::kUnreadable;
  if (!readable) drive.trouble = std::strerror(errno);
  return drive;
}

DriveAnswer answer_of(int status) {
  switch (status) {
    case CDS_NO_DISC:
      return {DriveState::kEmpty, ""};
    case CDS_TRAY_OPEN:
      return {DriveState::kOpen, ""};
    case CDS_DRIVE_NOT_READY:
      return {DriveState::kLoading, ""};
    case CDS_DISC_OK:
      return {DriveState::kDisc, ""};
    default:
      return {DriveState::kUnreadable, "the drive does not say whether a disc is in it"};
  }
}

[[noreturn]] void throw_busy(const std::string& path) {
  throw Error(ErrorKind::kBusy, path + " is in use", "wait until it is read to its end, or `amphi process cancel`");
}

}  // namespace

std::string_view to_string(DriveState state) {
  constexpr std::array<std::string_view, 6> kNames{"empty", "open", "loading", "disc", "missing", "unreadable"};
  const auto index = static_cast<std::size_t>(state);
  return index < kNames.size() ? kNames[index] : "unknown";
}

DriveAnswer ask_drive(const std::string& path) {
  const Handle drive(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!drive) return {DriveState::kUnreadable, std::strerror(errno)};
  const int status = ::ioctl(drive.get(), CDROM_DRIVE_STATUS, CDSL_CURRENT);
  if (status < 0)
    return {DriveState::kUnreadable,
            errno == ENOTTY || errno == EINVAL ? "not an optical drive" : std::strerror(errno)};
  return answer_of(status);
}

void wait_until_ready(const std::string& path) {
  for (int look = 0; look < kLooks; ++look) {
    const auto answer = ask_drive(path);
    if (answer.state == DriveState::kEmpty || answer.state == DriveState::kOpen) {
      throw Error(ErrorKind::kUnavailable, "no disc in " + path, "put a disc in and close the tray");
    }
    if (answer.state != DriveState::kLoading) return;
    std::this_thread::sleep_for(kBetweenLooks);
  }
  throw Error(ErrorKind::kBusy, path + " is still loading its disc", "try again in a moment");
}

bool holds_audio(const std::string& path) {
  const Handle drive(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  const int status = drive ? ::ioctl(drive.get(), CDROM_DISC_STATUS, CDSL_CURRENT) : -1;
  return status == CDS_AUDIO || status == CDS_MIXED;
}

std::vector<Drive> list_drives(const std::optional<std::vector<std::string>>& configured) {
  if (!configured) return system_drives();
  std::vector<Drive> drives;
  for (const auto& path : *configured) drives.push_back(configured_drive(path));
  return drives;
}

void eject_drive(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) {
    throw Error(ErrorKind::kUnavailable, path + " cannot be looked at: " + std::strerror(errno),
                "see `amphi drive list`");
  }
  if (!S_ISBLK(found.st_mode)) {
    throw Error(ErrorKind::kUsage, path + " stands in for a drive and has no tray", "name a drive: `amphi drive list`");
  }
  const auto lock = Lock::try_whole(path);
  if (!lock) throw_busy(path);
  const Handle drive(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (drive) ::ioctl(drive.get(), CDROM_LOCKDOOR, 0);  // refused by drives without a lock, which is fine
  if (drive && ::ioctl(drive.get(), CDROMEJECT) == 0) return;
  if (errno == EBUSY) throw_busy(path);
  throw Error(ErrorKind::kUnavailable, path + " cannot be ejected: " + std::strerror(errno),
              "press the drive's button");
}

}  // namespace amphi
