#include "disc/dvd_ifo.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace amphi {

namespace {

constexpr std::int64_t kSector = 2048;
constexpr std::int64_t kLargestIfo = 16 << 20;  // real ones stay far below 1 MB

// Where an IFO's first sector keeps a table's own first sector, and where that table keeps the number of its last byte.
struct TablePointer {
  std::size_t at = 0;
  std::size_t last_byte_at = 4;
};
constexpr TablePointer kTitles[] = {{0xc4}};
constexpr TablePointer kChaptersAndChains[] = {{0xc8}, {0xcc}};
// All that ifoOpen reads of a title set besides.
constexpr TablePointer kTitleSetTables[] = {{0xc8}, {0xcc}, {0xd0}, {0xd4}, {0xd8}, {0xdc, 0}, {0xe0}, {0xe4, 0}};

std::int64_t read_be32(std::span<const std::uint8_t> bytes, std::size_t at) {
  return std::int64_t{bytes[at]} << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
}

bool read_at(dvd_file_t* file, std::int64_t at, std::span<std::uint8_t> out) {
  return DVDFileSeek(file, static_cast<int>(at)) == at &&
         DVDReadBytes(file, out.data(), out.size()) == static_cast<ssize_t>(out.size());
}

bool table_fits(dvd_file_t* file, std::int64_t file_bytes, std::int64_t at, std::size_t last_byte_at) {
  if (at == 0) return true;  // no such table
  std::array<std::uint8_t, 8> head{};
  if (at + static_cast<std::int64_t>(head.size()) > file_bytes || !read_at(file, at, head)) return false;
  return at + read_be32(head, last_byte_at) < file_bytes;
}

// Whether each table ends within the file. A file that is not there, or too short to be an IFO, is for libdvdread to
// refuse.
bool tables_fit(dvd_reader_t* disc, int title_set, dvd_read_domain_t domain, std::span<const TablePointer> tables) {
  const DvdFileHandle file(DVDOpenFile(disc, title_set, domain));
  if (!file) return true;
  const auto file_bytes = DVDFileSize(file.get()) * kSector;
  if (file_bytes > kLargestIfo) return false;
  std::array<std::uint8_t, kSector> first{};
  if (!read_at(file.get(), 0, first)) return true;
  for (const auto& [at, last_byte_at] : tables)
    if (!table_fits(file.get(), file_bytes, read_be32(first, at) * kSector, last_byte_at)) return false;
  return true;
}

}  // namespace

IfoHandle open_manager_ifo(dvd_reader_t* disc) {
  if (!tables_fit(disc, 0, DVD_READ_INFO_FILE, kTitles) || !tables_fit(disc, 0, DVD_READ_INFO_BACKUP_FILE, kTitles))
    return nullptr;
  IfoHandle ifo(ifoOpenVMGI(disc));
  // Not ifoOpen: where the table of titles cannot be read, libdvdread frees it and leaves the pointer, and ifoClose
  // frees it again.
  if (ifo && ifoRead_TT_SRPT(ifo.get()) == 0) ifo->tt_srpt = nullptr;
  if (!ifo || ifo->tt_srpt == nullptr || ifo->tt_srpt->title == nullptr) return nullptr;
  return ifo;
}

IfoHandle open_title_set_ifo(dvd_reader_t* disc, int title_set) {
  if (!tables_fit(disc, title_set, DVD_READ_INFO_FILE, kChaptersAndChains)) return nullptr;
  IfoHandle ifo(ifoOpenVTSI(disc, title_set));
  if (ifo && (ifoRead_VTS_PTT_SRPT(ifo.get()) == 0 || ifoRead_PGCIT(ifo.get()) == 0)) ifo.reset();
  if (ifo) return ifo;
  // This one tries the backup when a table of the first is damaged; it reads every table of both.
  for (const auto domain : {DVD_READ_INFO_FILE, DVD_READ_INFO_BACKUP_FILE})
    if (!tables_fit(disc, title_set, domain, kTitleSetTables)) return nullptr;
  return IfoHandle(ifoOpen(disc, title_set));
}

}  // namespace amphi
