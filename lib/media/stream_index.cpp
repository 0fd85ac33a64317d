#include "media/stream_index.hpp"

#include <algorithm>

#include "reader/fault.hpp"

namespace amphi {
namespace {

constexpr std::size_t kIndexedAtOnce = 512;
// A stream whose packets never show a frame's beginning is there all the same.
constexpr std::int64_t kPacketsWithoutFrame = 200;

class Indexer {
 public:
  explicit Indexer(const TitleLayout& layout) {
    want(kVideoStream);
    for (const auto& audio : layout.audio) {
      want(audio.stream_id);
      codecs_[audio.stream_id] = audio.codec;
    }
    for (const auto& subtitle : layout.subtitles) want(subtitle.stream_id);
  }

  void take(Pack pack) {
    if (!is_pack(pack)) return;
    for_each_pes(pack, [&](const Pes& pes) {
      const auto id = stream_of(pack, pes);
      if (!id) return;
      const auto found = index_.find(*id);
      if (found == index_.end() || is_settled(*found)) return;
      note(*found, pack, pes);
      if (is_settled(*found)) --open_;
    });
  }
  bool is_complete() const { return open_ == 0; }
  StreamIndex index() && { return std::move(index_); }

 private:
  void want(int id) {
    if (index_.emplace(id, FoundStream{}).second) ++open_;
  }
  void note(StreamIndex::value_type& entry, Pack pack, const Pes& pes) const {
    ++entry.second.packets;
    if (const auto codec = codecs_.find(entry.first); codec != codecs_.end()) {
      entry.second.format = parse_audio_format(codec->second, pes_payload(pack, pes));
    }
  }
  bool is_settled(const StreamIndex::value_type& entry) const {
    if (entry.second.packets == 0) return false;
    if (!codecs_.contains(entry.first)) return true;
    return entry.second.format || entry.second.packets >= kPacketsWithoutFrame;
  }

  StreamIndex index_;
  std::map<int, DvdAudioCodec> codecs_;
  int open_ = 0;
};

}  // namespace

StreamIndex index_streams(const TitleLayout& layout, SectorReader& sectors) {
  Indexer indexer(layout);
  std::vector<std::uint8_t> buffer(kIndexedAtOnce * kSectorSize);
  for (std::int64_t at = 0; at < layout.sectors() && !indexer.is_complete();) {
    throw_if_interrupted();
    const auto count = sectors.read(at, buffer);
    if (count <= 0) break;
    for (std::int64_t i = 0; i < count && !indexer.is_complete(); ++i) {
      indexer.take(Pack(buffer.data() + static_cast<std::size_t>(i) * kSectorSize, kSectorSize));
    }
    at += count;
  }
  return std::move(indexer).index();
}

}  // namespace amphi
