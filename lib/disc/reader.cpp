#include "amphi/reader.hpp"

#include <cerrno>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/child.hpp"
#include "base/descriptor.hpp"
#include "base/handle.hpp"
#include "base/log.hpp"
#include "disc/bluray_reader.hpp"
#include "disc/cd_reader.hpp"
#include "disc/disc_files.hpp"
#include "disc/drive_state.hpp"
#include "disc/dvd_reader.hpp"
#include "disc/makemkv_reader.hpp"
#include "disc/video_ts.hpp"

namespace amphi {

namespace {

bool is_toc(const Source& source) {
  return source.path.starts_with(kTocPrefix);
}

ScannedDisc read_log(const Source& source) {
  if (is_toc(source)) return read_cd(source);
  const Handle file(::open(source.path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    throw Error(ErrorKind::kUnavailable, source.path + " cannot be opened: " + std::strerror(errno),
                "check its permissions");
  }
  const auto text = read_all(file.get(), source.path);
  try {
    auto disc = parse_makemkv_log(text);
    disc.source = source;
    return disc;
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}: {}", source.path, error.message()), error.hint());
  }
}

void leave_out_short(ScannedDisc& disc, int min_length) {
  std::erase_if(disc.tracks, [&](const ScannedTrack& track) { return track.duration_seconds < min_length; });
}

// A disc that has files: what is on it, and so which reader is its.
struct OpenDisc {
  explicit OpenDisc(const Source& from) : source(from) {
    if (source.kind == SourceKind::kDevice) wait_until_ready(source.path);
    is_cd = source.kind == SourceKind::kDevice ? holds_audio(source.path) : is_cd_image(source.path);
    if (is_cd) return;
    try {
      files.emplace(DiscFiles::open(source));
    } catch (const Error& error) {
      log_debug(error.message());  // a DVD without UDF: libdvdread says what is wrong with it
    }
    is_bluray = files && looks_like_bluray();
  }
  // A folder is one or the other (see make_source), and one that lacks its playlists is told so.
  bool looks_like_bluray() const {
    return source.kind == SourceKind::kFolder ? !find_video_ts_folder(source.path) : holds_bluray(*files);
  }
  const DiscFiles* listed() const { return files ? &*files : nullptr; }

  const Source& source;
  std::optional<DiscFiles> files;
  bool is_bluray = false, is_cd = false;
};

ScannedDisc identify(const OpenDisc& open) {
  if (open.is_cd) return read_cd(open.source);
  return open.is_bluray ? read_bluray_identity(open.source, *open.files)
                        : read_dvd_identity(open.source, open.listed());
}

ScannedDisc read_directly(const OpenDisc& open, const ReadOptions& options) {
  auto disc = open.is_bluray ? read_bluray(open.source, *open.files) : read_dvd(open.source, open.listed());
  leave_out_short(disc, options.min_length);
  return disc;
}

// The fingerprint comes from the disc's bytes where they can be read, whoever reads its titles.
void take_identity(ScannedDisc& disc, const OpenDisc& open) {
  try {
    const auto identity = identify(open);
    disc.kind = identity.kind;
    disc.fingerprint = identity.fingerprint;
    disc.provisional = false;
    disc.identifiers = identity.identifiers;
    disc.files = identity.files;
    if (!identity.volume_label.empty()) disc.volume_label = identity.volume_label;
  } catch (const Error& error) {
    log_debug("no fingerprint from the disc's bytes: " + error.message());
    disc.warnings.push_back("the fingerprint is provisional: " + error.message());
  }
}

ScannedDisc read_by_makemkv(const OpenDisc& open, const ReadOptions& options) {
  auto disc = read_with_makemkv(open.source, options);
  take_identity(disc, open);
  return disc;
}

ScannedDisc read_by_best(const OpenDisc& open, const ReadOptions& options) {
  auto disc = read_directly(open, options);
  if (!disc.encrypted) return disc;
  if (!find_program("makemkvcon")) {
    disc.warnings.emplace_back("the disc is encrypted: a copy needs makemkvcon, which is not installed");
    return disc;
  }
  auto better = read_by_makemkv(open, options);
  better.encrypted = true;
  return better;
}

// An engine that reads discs of another kind says nothing about this one.
ScannedDisc read_by_engine(const OpenDisc& open, const ReadOptions& options) {
  if (open.is_cd) return read_cd(open.source);
  const auto kind = open.is_bluray ? DiscKind::kBluray : DiscKind::kDvd;
  if (!options.engine || !options.engine->kinds.contains(kind)) return read_by_best(open, options);
  return options.engine->scanner == Scanner::kMakemkv ? read_by_makemkv(open, options) : read_directly(open, options);
}

}  // namespace

ScannedDisc read_disc(const Source& source, const ReadOptions& options) {
  if (source.kind == SourceKind::kLog) return read_log(source);
  return read_by_engine(OpenDisc(source), options);
}

ScannedDisc read_identity(const Source& source) {
  auto disc = source.kind == SourceKind::kLog ? read_log(source) : identify(OpenDisc(source));
  disc.tracks.clear();
  return disc;
}

}  // namespace amphi
