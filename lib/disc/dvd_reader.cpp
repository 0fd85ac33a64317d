#include "disc/dvd_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "disc/dvd_encryption.hpp"
#include "disc/dvd_handle.hpp"
#include "disc/dvd_titles.hpp"
#include "disc/identifiers.hpp"
#include "disc/image_length.hpp"
#include "disc/iso_dates.hpp"
#include "disc/manifest.hpp"
#include "disc/shared_identifiers.hpp"
#include "disc/video_ts.hpp"

namespace amphi {

namespace {

constexpr unsigned kVolumeSetBytes = 128;

// A DVD that is open, and what lies in its VIDEO_TS.
struct OpenDvd {
  DvdReader reader;
  std::vector<VideoTsFile> files;
};

[[noreturn]] void throw_no_dvd(const Source& source) {
  const bool folder = source.kind == SourceKind::kFolder;
  throw Error(
      ErrorKind::kUsage,
      source.path + (folder ? " has no VIDEO_TS.IFO in its VIDEO_TS" : " holds no DVD-Video: there is no VIDEO_TS.IFO"),
      folder ? "copy the whole VIDEO_TS, .IFO and .BUP files too" : "amphi knows DVD-Video and Blu-ray");
}

OpenDvd open_dvd(const Source& source) {
  OpenDvd dvd{DvdReader::open(source.path), {}};
  dvd.files = list_video_ts(source, dvd.reader);
  const bool has_manager = std::any_of(dvd.files.begin(), dvd.files.end(),
                                       [](const VideoTsFile& file) { return file.name == "VIDEO_TS.IFO"; });
  if (!has_manager) throw_no_dvd(source);
  return dvd;
}

std::string volume_label(const Source& source, const DvdReader& reader) {
  if (source.kind == SourceKind::kFolder) return "";
  char label[33] = "";
  unsigned char set[kVolumeSetBytes] = "";
  if (DVDUDFVolumeInfo(reader.get(), label, sizeof label - 1, set, sizeof set) != 0 || label[0] == '\0') {
    label[0] = '\0';
    DVDISOVolumeInfo(reader.get(), label, sizeof label, set, sizeof set);
  }
  label[sizeof label - 1] = '\0';
  return std::string(trim(to_valid_utf8(label)));
}

std::string content_hash(const std::vector<VideoTsFile>& files) {
  std::vector<NamedSize> sizes;
  for (const auto& file : files) sizes.push_back({file.name, file.size_bytes});
  return make_content_hash(std::move(sizes));
}

const std::string* bytes_of(const std::vector<NamedBytes>& ifos, std::string_view name) {
  const auto at = std::find_if(ifos.begin(), ifos.end(), [&](const auto& ifo) { return ifo.name == name; });
  return at == ifos.end() ? nullptr : &at->bytes;
}

// Only the disc and its image keep the dates.
std::optional<Identifier> find_dvdid(const Source& source, const std::vector<NamedBytes>& ifos) {
  const auto* manager = bytes_of(ifos, "VIDEO_TS.IFO");
  const auto* first_set = bytes_of(ifos, "VTS_01_0.IFO");
  if (source.kind == SourceKind::kFolder || manager == nullptr || first_set == nullptr) return std::nullopt;
  auto files = list_video_ts_dates(source.path);
  if (files.empty()) return std::nullopt;
  return Identifier{"dvdid", make_dvdid(std::move(files), *manager, *first_set)};
}

ScannedDisc identify(const Source& source, const OpenDvd& dvd, const DiscFiles* files) {
  const auto ifos = read_ifos(dvd.files, dvd.reader);
  ScannedDisc disc;
  disc.kind = DiscKind::kDvd;
  disc.source = source;
  disc.fingerprint = make_fingerprint(fingerprint_prefix(disc.kind), ifos);
  disc.volume_label = volume_label(source, dvd.reader);
  disc.identifiers = {{"amphi", disc.fingerprint},
                      {"dvd-disc-id", make_dvd_disc_id(ifos)},
                      {"thediscdb-content-hash", content_hash(dvd.files)}};
  if (auto dvdid = find_dvdid(source, ifos)) disc.identifiers.push_back(std::move(*dvdid));
  if (files != nullptr) disc.files = listed_files(*files);
  if (!disc.files.empty()) disc.identifiers.push_back({"matrix256", matrix_of_listed(disc.files)});
  const auto ancestors = amphigory_identifiers("dvd", disc.volume_label, ifos);
  disc.identifiers.insert(disc.identifiers.end(), ancestors.begin(), ancestors.end());
  if (const auto cut = find_cut(source, image_end(dvd.files))) disc.warnings.push_back("the image " + *cut);
  return disc;
}

}  // namespace

ScannedDisc read_dvd_identity(const Source& source, const DiscFiles* files) {
  return identify(source, open_dvd(source), files);
}

ScannedDisc read_dvd(const Source& source, const DiscFiles* files) {
  const auto dvd = open_dvd(source);
  demand_whole_image(source, image_end(dvd.files));
  auto disc = identify(source, dvd, files);
  auto titles = read_titles(dvd.reader, dvd.files);
  disc.tracks = std::move(titles.tracks);
  disc.warnings.insert(disc.warnings.end(), titles.warnings.begin(), titles.warnings.end());
  disc.encrypted = looks_encrypted(source, dvd.reader, disc.tracks);
  return disc;
}

}  // namespace amphi
