#include "disc/dvd_ifo.hpp"

#include "disc/ifo_tables.hpp"

namespace amphi {

namespace {

// Empty where there is no such file.
IfoBytes read_bytes(dvd_reader_t* disc, int title_set, dvd_read_domain_t domain) {
  const DvdFileHandle file(DVDOpenFile(disc, title_set, domain));
  return IfoBytes(file.get());
}

bool is_sound_title_set(const IfoBytes& ifo) {
  return is_title_set_ifo(ifo) && chapters_and_chains_are_sound(ifo);
}

// Missing, or a title set that ifoOpen may read. It would read a manager under a title set's name too, with tables that
// nobody checked.
bool may_be_opened_whole(const IfoBytes& ifo) {
  return ifo.size() == 0 || (is_sound_title_set(ifo) && other_tables_are_sound(ifo));
}

}  // namespace

IfoHandle open_manager_ifo(dvd_reader_t* disc) {
  for (const auto domain : {DVD_READ_INFO_FILE, DVD_READ_INFO_BACKUP_FILE})
    if (const auto ifo = read_bytes(disc, 0, domain); ifo.size() > 0 && !titles_are_sound(ifo)) return nullptr;
  IfoHandle ifo(ifoOpenVMGI(disc));
  // Not ifoOpen: where the table of titles cannot be read, libdvdread frees it and leaves the pointer, and ifoClose
  // frees it again.
  if (ifo && ifoRead_TT_SRPT(ifo.get()) == 0) ifo->tt_srpt = nullptr;
  if (!ifo || ifo->tt_srpt == nullptr || ifo->tt_srpt->title == nullptr) return nullptr;
  return ifo;
}

IfoHandle open_title_set_ifo(dvd_reader_t* disc, int title_set) {
  const auto first = read_bytes(disc, title_set, DVD_READ_INFO_FILE);
  const auto backup = read_bytes(disc, title_set, DVD_READ_INFO_BACKUP_FILE);
  // ifoOpenVTSI takes the backup where the first does not say that it is a title set.
  if (is_sound_title_set(is_title_set_ifo(first) ? first : backup)) {
    IfoHandle ifo(ifoOpenVTSI(disc, title_set));
    if (ifo && (ifoRead_VTS_PTT_SRPT(ifo.get()) == 0 || ifoRead_PGCIT(ifo.get()) == 0)) ifo.reset();
    if (ifo) return ifo;
  }
  // This one tries the backup when a table of the first is damaged; it reads every table of both.
  if (!may_be_opened_whole(first) || !may_be_opened_whole(backup)) return nullptr;
  return IfoHandle(ifoOpen(disc, title_set));
}

}  // namespace amphi
