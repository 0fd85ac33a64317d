#include "reader/bluray_clips.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.hpp"
#include "model/bluray_reference.hpp"
#include "reader/bluray_file.hpp"
#include "reader/fault.hpp"
#include "reader/sector_copy.hpp"
#include "reader/transport_stream.hpp"

namespace amphi {
namespace {

constexpr auto kSector = static_cast<std::int64_t>(kSectorSize);

// One clip: what it is called on the disc and in the copy, its place in the row of sectors.
struct Clip {
  std::string on_disc, name;  // five digits
  std::int64_t bytes = 0, at = 0, sectors = 0;
};

// The clips of the angle under the names of the first angle's, each once.
std::vector<Clip> named_clips(const BlurayDisc& disc, const BlurayReference& reference) {
  if (!reference.is_playlist) {
    const auto name = fmt::format("{:05}", reference.number);
    return {{name, name}};
  }
  const auto info = disc.playlist(reference.number);
  const auto first = info ? disc.clips_of(*info, reference.number, 0) : std::vector<std::string>();
  const auto wanted = info ? disc.clips_of(*info, reference.number, reference.angle) : first;
  if (first.empty() || wanted.size() != first.size())
    throw WorkerFault(Cause::kSource, fmt::format("{} is not on the disc or cannot be read", to_string(reference)));
  std::vector<Clip> clips;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const Clip clip{wanted[i], first[i]};
    const auto same =
        std::find_if(clips.begin(), clips.end(), [&](const Clip& other) { return other.name == clip.name; });
    if (same == clips.end())
      clips.push_back(clip);
    else if (same->on_disc != clip.on_disc)
      throw WorkerFault(Cause::kSource,
                        fmt::format("{} plays clip {} both with and without angles, which cannot be copied",
                                    to_string(reference), clip.name),
                        "rip with makemkv");
  }
  return clips;
}

Handle open_in(const Handle& folder, const std::string& name, int flags) {
  Handle file(::openat(folder.get(), name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!file) throw_errno(errno, name + " cannot be opened");
  return file;
}

Handle open_folder(int parent, const char* name) {
  Handle folder(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder) throw_errno(errno, std::string(name) + " cannot be opened");
  return folder;
}

class ClipsCopy {
 public:
  ClipsCopy(const BlurayClipsJob& job, const BlurayReference& reference, Events& events)
      : job_(job),
        disc_(job.source),
        events_(events),
        clips_(named_clips(disc_, reference)),
        streams_(open_folder(job.folder_fd, "STREAM")) {
    for (auto& clip : clips_) measure(clip);
    copy_navigation(reference);
  }

  SectorsResult run() {
    auto safe = usable(job_.from_sector);
    if (safe == 0) forget_record();
    std::int64_t bad = 0;
    for (const auto& clip : clips_) {
      if (safe >= clip.at + clip.sectors) continue;
      bad += copy(clip, std::max<std::int64_t>(safe - clip.at, 0)).bad_sectors;
    }
    return {total_, bad};
  }

 private:
  void measure(Clip& clip) {
    const BlurayFile file(disc_, stream_path(clip));
    clip.bytes = file.bytes();
    clip.sectors = file.sectors();
    clip.at = total_;
    total_ += clip.sectors;
  }

  static std::string stream_path(const Clip& clip) { return fmt::format("BDMV/STREAM/{}.m2ts", clip.on_disc); }

  // Small, and written anew with every try.
  void copy_navigation(const BlurayReference& reference) const {
    const auto information = open_folder(job_.folder_fd, "CLIPINF");
    for (const auto& clip : clips_)
      write(information, clip.name + ".clpi", fmt::format("BDMV/CLIPINF/{}.clpi", clip.on_disc));
    // mkvmerge takes for a disc what has this.
    write(open_folder(job_.folder_fd, "."), "index.bdmv", "BDMV/index.bdmv");
    if (!reference.is_playlist) return;
    const auto name = fmt::format("{:05}.mpls", reference.number);
    write(open_folder(job_.folder_fd, "PLAYLIST"), name, "BDMV/PLAYLIST/" + name);
  }
  void write(const Handle& folder, const std::string& name, const std::string& on_disc) const {
    const auto file = open_in(folder, name, O_WRONLY | O_CREAT | O_TRUNC);
    if (const int error = write_bytes(file.get(), read_bluray_file(disc_, on_disc)))
      throw_errno(error, name + " cannot be written");
  }

  // A record is believed only where the files that it counts are there.
  std::int64_t usable(std::int64_t recorded) const {
    if (recorded < 0 || recorded > total_) return 0;
    for (const auto& clip : clips_) {
      struct stat info {};
      const auto needed = std::min(std::clamp<std::int64_t>(recorded - clip.at, 0, clip.sectors) * kSector, clip.bytes);
      if (needed == 0) break;
      const auto name = clip.name + ".m2ts";
      if (::fstatat(streams_.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0 || info.st_size < needed) return 0;
    }
    return recorded;
  }

  // Until the first sync an old number would call sectors safe that are not.
  void forget_record() const {
    if (job_.record_fd < 0) return;
    if (::ftruncate(job_.record_fd, 0) != 0) throw_errno(errno, "the record of safe sectors cannot be cut");
    if (const int error = sync_descriptor(job_.record_fd))
      throw_errno(error, "the record of safe sectors cannot be made safe");
  }

  SectorsResult copy(const Clip& clip, std::int64_t from) {
    const auto file = open_in(streams_, clip.name + ".m2ts", O_RDWR | O_CREAT);
    if (const int error = sync_descriptor(streams_.get()))
      throw_errno(error, "the folder of clips cannot be made safe");
    BlurayFile source(disc_, stream_path(clip));
    Cell cell;
    cell.last = clip.sectors - 1;
    cell.extents = {{0, clip.sectors}};
    cell.sectors = clip.sectors;
    const auto kind = clip_sectors(clip.name + ".m2ts", clip.bytes);
    DurableSectors out(file.get(), job_.record_fd, from, clip.at);
    const auto copied = copy_sectors(source, {cell}, kind, {clip.at, total_}, out, events_);
    // The last sector was filled up.
    if (clip.bytes % kSector != 0 && ::ftruncate(file.get(), clip.bytes) != 0)
      throw_errno(errno, "a clip cannot be cut");
    return copied;
  }

  const BlurayClipsJob& job_;
  BlurayDisc disc_;
  Events& events_;
  std::vector<Clip> clips_;
  Handle streams_;
  std::int64_t total_ = 0;
};

void collect_file(const Handle& file, FoundStreams& found) {
  std::vector<std::uint8_t> packets(192 * 1024);
  std::int64_t at = 0;
  for (;;) {
    throw_if_interrupted();
    const auto got = ::pread(file.get(), packets.data(), packets.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_errno(errno, "a copied clip cannot be read");
    if (got == 0) return;
    collect_streams(std::span(packets).first(static_cast<std::size_t>(got)), found);
    at += got;
  }
}

}  // namespace

SectorsResult run_bluray_clips(const BlurayClipsJob& job, Events& events) {
  const auto reference = parse_bluray_reference(job.reference);
  if (!reference) throw Error(ErrorKind::kUsage, "'" + job.reference + "' names neither a playlist nor a clip");
  return ClipsCopy(job, *reference, events).run();
}

BlurayStreamsResult run_bluray_streams(const BlurayStreamsJob& job) {
  const auto streams = open_folder(job.folder_fd, "STREAM");
  FoundStreams found;
  for (const auto& entry : std::filesystem::directory_iterator(fmt::format("/proc/self/fd/{}", streams.get())))
    collect_file(open_in(streams, entry.path().filename(), O_RDONLY), found);
  return {{found.pids.begin(), found.pids.end()}, {found.cores.begin(), found.cores.end()}};
}

}  // namespace amphi
