#include "media/matroska_out.hpp"

#include <cerrno>
#include <cstdio>
#include <new>

#include <fmt/format.h>
#include <unistd.h>

#include "model/matroska.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

constexpr int kWrittenAtOnce = 1 << 20;
// Held back for interleaving: a real title never reaches it, one with hostile time stamps must not eat the memory.
constexpr std::int64_t kHeldBack = 64 << 20;

}  // namespace

MatroskaOut::MatroskaOut(int fd) : fd_(fd), write_back_(fd) {
  if (::ftruncate(fd, 0) != 0) throw_errno(errno, "the file for the title cannot be used");
  auto* bytes = static_cast<std::uint8_t*>(av_malloc(kWrittenAtOnce));
  if (bytes == nullptr) throw std::bad_alloc();
  io_.reset(avio_alloc_context(bytes, kWrittenAtOnce, 1, this, nullptr, write_callback, seek_callback));
  AVFormatContext* raw = nullptr;
  check_av(avformat_alloc_output_context2(&raw, nullptr, "matroska", nullptr), "no Matroska muxer", Cause::kOther);
  output_.reset(raw);
  output_->pb = io_.get();
  output_->flags |= AVFMT_FLAG_BITEXACT | AVFMT_FLAG_CUSTOM_IO;
  output_->metadata_header_padding = kRoomForEdits;
}

AVStream* MatroskaOut::add_stream() {
  auto* stream = avformat_new_stream(output_.get(), nullptr);
  if (stream == nullptr) throw std::bad_alloc();
  stream->time_base = kTick90k;
  return stream;
}

void MatroskaOut::set_chapters(const std::vector<std::int64_t>& starts, std::int64_t end) {
  if (starts.empty()) return;
  output_->chapters = static_cast<AVChapter**>(av_calloc(starts.size(), sizeof(AVChapter*)));
  if (output_->chapters == nullptr) throw std::bad_alloc();
  for (std::size_t i = 0; i < starts.size(); ++i) {
    auto* chapter = static_cast<AVChapter*>(av_mallocz(sizeof(AVChapter)));
    if (chapter == nullptr) throw std::bad_alloc();
    output_->chapters[output_->nb_chapters++] = chapter;
    chapter->id = static_cast<std::int64_t>(i) + 1;
    chapter->time_base = kTick90k;
    chapter->start = starts[i];
    chapter->end = i + 1 < starts.size() ? starts[i + 1] : end;
    av_dict_set(&chapter->metadata, "title", fmt::format("Chapter {}", i + 1).c_str(), 0);
  }
}

void MatroskaOut::set_tags(const std::vector<std::pair<std::string, std::string>>& tags) {
  for (const auto& [name, value] : tags) av_dict_set(&output_->metadata, name.c_str(), value.c_str(), 0);
}

void MatroskaOut::write_header() {
  AVDictionary* options = nullptr;
  av_dict_set(&options, "default_mode", "passthrough", 0);
  av_dict_set(&options, "avoid_negative_ts", "disabled", 0);
  const int code = avformat_write_header(output_.get(), &options);
  av_dict_free(&options);
  check(code, "the Matroska header cannot be written");
}

void MatroskaOut::write(AVPacket& packet) {
  fed_ += packet.size;
  av_packet_rescale_ts(&packet, kTick90k, output_->streams[packet.stream_index]->time_base);
  check(av_interleaved_write_frame(output_.get(), &packet), "a packet cannot be written");
  if (fed_ - avio_tell(output_->pb) > kHeldBack) {
    check(av_interleaved_write_frame(output_.get(), nullptr), "the packets cannot be written");
    fed_ = avio_tell(output_->pb);
  }
}

void MatroskaOut::finish() {
  check(av_write_trailer(output_.get()), "the end of the file cannot be written");
  avio_flush(output_->pb);
  check(output_->pb->error, "the file cannot be written");
}

int MatroskaOut::write_callback(void* self, std::uint8_t* bytes, int size) {
  return static_cast<MatroskaOut*>(self)->write_bytes(bytes, static_cast<std::size_t>(size));
}

std::int64_t MatroskaOut::seek_callback(void* self, std::int64_t offset, int whence) {
  return static_cast<MatroskaOut*>(self)->seek(offset, whence);
}

int MatroskaOut::write_bytes(const std::uint8_t* bytes, std::size_t size) {
  for (std::size_t done = 0; done < size;) {
    const auto wrote = ::pwrite(fd_, bytes + done, size - done, at_);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) {
      errno_ = errno;
      return AVERROR(errno_);
    }
    done += static_cast<std::size_t>(wrote);
    at_ += wrote;
  }
  end_ = std::max(end_, at_);
  write_back_.wrote_until(at_);
  return static_cast<int>(size);
}

std::int64_t MatroskaOut::seek(std::int64_t offset, int whence) {
  if ((whence & AVSEEK_SIZE) != 0) return end_;
  switch (whence & ~AVSEEK_FORCE) {
    case SEEK_SET:
      at_ = offset;
      break;
    case SEEK_CUR:
      at_ += offset;
      break;
    case SEEK_END:
      at_ = end_ + offset;
      break;
    default:
      return AVERROR(EINVAL);
  }
  return at_;
}

void MatroskaOut::check(int code, const std::string& what) const {
  if (errno_ != 0) throw_errno(errno_, what);
  check_av(code, what, Cause::kOther);
}

}  // namespace amphi
