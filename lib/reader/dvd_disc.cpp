#include "reader/dvd_disc.hpp"

#include <cerrno>

#include <fmt/format.h>
#include <sys/stat.h>

#include "disc/dvd_ifo.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

void ignore_log(void*, dvd_logger_level_t, const char*, va_list) {}
constexpr dvd_logger_cb kNoLog{ignore_log};

}  // namespace

TitleVobs::TitleVobs(dvd_reader_t* disc, int title_set) : file_(DVDOpenFile(disc, title_set, DVD_READ_TITLE_VOBS)) {
  if (!file_) throw WorkerFault(Cause::kMedium, fmt::format("title set {} has no VOBs that can be opened", title_set));
  sectors_ = DVDFileSize(file_.get());
}

std::int64_t TitleVobs::read(std::int64_t first, std::span<std::uint8_t> out) {
  return DVDReadBlocks(file_.get(), static_cast<int>(first), out.size() / kSectorSize, out.data());
}

DvdDisc::DvdDisc(const std::string& source) : source_(source) {
  struct stat facts {};
  if (::stat(source.c_str(), &facts) != 0) throw_errno(errno, "cannot open " + source, Cause::kSource);
  is_folder_ = S_ISDIR(facts.st_mode);
  disc_.reset(DVDOpen2(nullptr, &kNoLog, source.c_str()));
  if (!disc_) throw WorkerFault(Cause::kSource, source + " cannot be opened as a DVD");
}

IfoHandle DvdDisc::manager() const {
  auto ifo = open_manager_ifo(disc_.get());
  if (!ifo) throw WorkerFault(Cause::kSource, source_ + " is no DVD: its VIDEO_TS.IFO is missing or damaged");
  return ifo;
}

IfoHandle DvdDisc::title_set(int number) const {
  if (auto ifo = open_title_set_ifo(disc_.get(), number)) return ifo;
  throw WorkerFault(Cause::kMedium,
                    fmt::format("{}: VTS_{:02}_0.IFO and its backup are missing or damaged", source_, number));
}

}  // namespace amphi
