#include "media/dvd_disc.hpp"

#include <cerrno>

#include <fmt/format.h>
#include <sys/stat.h>

#include "media/fault.hpp"

namespace amphi {
namespace {

void ignore_log(void*, dvd_logger_level_t, const char*, va_list) {}
constexpr dvd_logger_cb kNoLog{ignore_log};

}  // namespace

TitleVobs::TitleVobs(dvd_reader_t* disc, int title_set) : file_(DVDOpenFile(disc, title_set, DVD_READ_TITLE_VOBS)) {
  if (!file_) throw MediaFault("medium", fmt::format("title set {} has no VOBs that can be opened", title_set));
  sectors_ = DVDFileSize(file_.get());
}

std::int64_t TitleVobs::read(std::int64_t first, std::span<std::uint8_t> out) {
  return DVDReadBlocks(file_.get(), static_cast<int>(first), out.size() / kSectorSize, out.data());
}

DvdDisc::DvdDisc(const std::string& source) : source_(source) {
  struct stat facts {};
  if (::stat(source.c_str(), &facts) != 0) throw_errno(errno, "cannot open " + source, "source");
  is_folder_ = S_ISDIR(facts.st_mode);
  disc_.reset(DVDOpen2(nullptr, &kNoLog, source.c_str()));
  if (!disc_) throw MediaFault("source", source + " cannot be opened as a DVD");
}

// Only the tables a title needs. Not ifoOpen: where the table of titles cannot be read, libdvdread 6.1.3 frees it and
// leaves the pointer, and its own ifoClose frees it again.
Ifo DvdDisc::manager() const {
  Ifo ifo(ifoOpenVMGI(disc_.get()));
  if (ifo && ifoRead_TT_SRPT(ifo.get()) == 0) {
    ifo->tt_srpt = nullptr;
    ifo.reset();
  }
  if (!ifo) throw MediaFault("source", source_ + " is no DVD: its VIDEO_TS.IFO is missing or damaged");
  return ifo;
}

Ifo DvdDisc::title_set(int number) const {
  Ifo ifo(ifoOpenVTSI(disc_.get(), number));
  if (ifo && (ifoRead_VTS_PTT_SRPT(ifo.get()) == 0 || ifoRead_PGCIT(ifo.get()) == 0)) ifo.reset();
  // This one tries the backup when a table of the first is damaged.
  if (!ifo) ifo.reset(ifoOpen(disc_.get(), number));
  if (ifo) return ifo;
  throw MediaFault("medium", fmt::format("{}: VTS_{:02}_0.IFO and its backup are missing or damaged", source_, number));
}

}  // namespace amphi
