#include "media/media_file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <limits>
#include <new>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reader/fault.hpp"

namespace amphi {
namespace {

constexpr int kReadAtOnce = 256 << 10;
constexpr const char* kFormats = "matroska,webm,mov,mp4,m4a,mpeg,mpegts,avi,flac,ogg,wav,w64,aiff,dvd,vob";

// Bytes of an ID3v2 tag before a FLAC stream, where none belongs and taggers put one all the same; 0: no such tag.
// libav looks for the format in the first megabyte, and a cover picture may be larger. The size has seven bits a byte
// (ID3v2.4, 3.1).
std::int64_t tag_before_flac(const MediaFile& file) {
  constexpr std::int64_t kHeader = 10;
  std::array<std::uint8_t, kHeader> head{};
  if (file.read(0, head.data(), head.size()) != head.size() || head[0] != 'I' || head[1] != 'D' || head[2] != '3')
    return 0;
  std::int64_t size = 0;
  for (std::size_t i = 6; i < head.size(); ++i) size = size << 7 | (head[i] & 0x7f);
  std::array<std::uint8_t, 4> mark{};
  file.read(kHeader + size, mark.data(), mark.size());
  return mark == std::array<std::uint8_t, 4>{'f', 'L', 'a', 'C'} ? kHeader + size : 0;
}

}  // namespace

MediaFile::MediaFile(const std::string& path)
    : path_(path), handle_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {
  if (!handle_) throw_errno(errno, "cannot open " + path, Cause::kSource);
  struct stat facts {};
  if (::fstat(handle_.get(), &facts) != 0) throw_errno(errno, "cannot look at " + path, Cause::kSource);
  if (!S_ISREG(facts.st_mode)) throw WorkerFault(Cause::kJudge, path + " is no regular file");
  size_ = facts.st_size;
  if (size_ == 0) throw WorkerFault(Cause::kJudge, path + " is no medium: it is empty");
}

std::size_t MediaFile::read(std::int64_t at, std::uint8_t* out, std::size_t size) const {
  std::size_t done = 0;
  while (done < size) {
    const auto got = ::pread(handle_.get(), out + done, size - done, at + static_cast<std::int64_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_errno(errno, "cannot read " + path_, Cause::kMedium);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

MediaInput::MediaInput(const MediaFile& file, Look look) : file_(file), begin_(tag_before_flac(file)) {
  auto* bytes = static_cast<std::uint8_t*>(av_malloc(kReadAtOnce));
  if (bytes == nullptr) throw std::bad_alloc();
  io_.reset(avio_alloc_context(bytes, kReadAtOnce, 0, this, read_callback, nullptr, seek_callback));
  AVFormatContext* raw = avformat_alloc_context();
  if (!io_ || raw == nullptr) throw std::bad_alloc();
  raw->pb = io_.get();
  raw->flags |= AVFMT_FLAG_CUSTOM_IO;
  raw->format_whitelist = av_strdup(kFormats);
  raw->protocol_whitelist = av_strdup("none");
  const int code = avformat_open_input(&raw, "", nullptr, nullptr);
  input_.reset(raw);
  rethrow();
  if (code < 0) throw WorkerFault(Cause::kJudge, file_.path() + " is no medium, or its header is damaged");
  if (look == Look::kStreams) {
    const int found = avformat_find_stream_info(input_.get(), nullptr);
    rethrow();
    check_av(found, file_.path() + " is no medium", Cause::kJudge);
  }
  if (input_->nb_streams == 0) throw WorkerFault(Cause::kJudge, file_.path() + " is no medium: it has no streams");
}

int MediaInput::read_callback(void* self, std::uint8_t* out, int size) {
  auto& input = *static_cast<MediaInput*>(self);
  try {
    const auto got = input.file_.read(input.begin_ + input.at_, out, static_cast<std::size_t>(size));
    input.at_ += static_cast<std::int64_t>(got);
    return got > 0 ? static_cast<int>(got) : AVERROR_EOF;
  } catch (const WorkerFault&) {
    input.trouble_ = std::current_exception();
    return AVERROR(EIO);
  }
}

std::int64_t MediaInput::seek_callback(void* self, std::int64_t offset, int whence) {
  auto& input = *static_cast<MediaInput*>(self);
  const auto total = input.file_.size() - input.begin_;
  if ((whence & AVSEEK_SIZE) != 0) return total;
  whence &= ~AVSEEK_FORCE;
  const auto base = whence == SEEK_CUR ? input.at_ : whence == SEEK_END ? total : 0;
  if (offset > std::numeric_limits<std::int64_t>::max() - input.begin_ - base || base + offset < 0)
    return AVERROR(EINVAL);
  input.at_ = base + offset;
  return input.at_;
}

}  // namespace amphi
