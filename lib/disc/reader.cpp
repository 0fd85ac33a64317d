#include "amphi/reader.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/child.hpp"
#include "base/log.hpp"
#include "disc/dvd_reader.hpp"
#include "disc/makemkv_reader.hpp"

namespace amphi {

namespace {

constexpr std::streamsize kMaxLogBytes = 64 << 20;

ScannedDisc read_log(const Source& source) {
  std::ifstream in(source.path, std::ios::binary);
  if (!in) {
    throw Error(ErrorKind::kUnavailable, source.path + " cannot be opened: " + std::strerror(errno),
                "check its permissions");
  }
  std::string text(static_cast<std::size_t>(kMaxLogBytes), '\0');
  in.read(text.data(), kMaxLogBytes);
  text.resize(static_cast<std::size_t>(in.gcount()));
  auto disc = parse_makemkv_log(text);
  disc.source = source;
  return disc;
}

void leave_out_short(ScannedDisc& disc, int min_length) {
  std::erase_if(disc.tracks, [&](const ScannedTrack& track) { return track.duration_seconds < min_length; });
}

// The fingerprint comes from the disc's bytes where they can be read, whoever reads its titles.
void take_identity(ScannedDisc& disc, const Source& source) {
  try {
    const auto identity = read_dvd_identity(source);
    disc.fingerprint = identity.fingerprint;
    disc.provisional = false;
    disc.identifiers = identity.identifiers;
    if (!identity.volume_label.empty()) disc.volume_label = identity.volume_label;
  } catch (const Error& error) {
    log_debug("no fingerprint from the disc's bytes: " + error.message());
    disc.warnings.push_back("the fingerprint is provisional: " + error.message());
  }
}

ScannedDisc read_by_makemkv(const Source& source, const ReadOptions& options) {
  auto disc = read_with_makemkv(source, options);
  if (disc.kind == DiscKind::kDvd) take_identity(disc, source);
  return disc;
}

ScannedDisc read_by_libdvdread(const Source& source, const ReadOptions& options) {
  auto disc = read_dvd(source);
  leave_out_short(disc, options.min_length);
  return disc;
}

ScannedDisc read_by_best(const Source& source, const ReadOptions& options) {
  auto disc = read_by_libdvdread(source, options);
  if (!disc.encrypted) return disc;
  if (!find_program("makemkvcon")) {
    disc.warnings.emplace_back("the disc is encrypted: a copy needs makemkvcon, which is not installed");
    return disc;
  }
  auto better = read_by_makemkv(source, options);
  better.encrypted = true;
  return better;
}

}  // namespace

ScannedDisc read_disc(const Source& source, const ReadOptions& options) {
  if (source.kind == SourceKind::kLog) return read_log(source);
  if (options.engine == "auto") return read_by_best(source, options);
  if (options.engine == "libdvdread") return read_by_libdvdread(source, options);
  if (options.engine == "makemkv") return read_by_makemkv(source, options);
  throw Error(ErrorKind::kUsage, fmt::format("the engine {} cannot read this disc", options.engine),
              "use auto, libdvdread or makemkv (rip.engine)");
}

ScannedDisc read_identity(const Source& source) {
  if (source.kind != SourceKind::kLog) return read_dvd_identity(source);
  auto disc = read_log(source);
  disc.tracks.clear();
  return disc;
}

}  // namespace amphi
