#include "disc/cd_reader.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "disc/cd_identifiers.hpp"
#include "disc/cue_image.hpp"
#include "disc/reader_question.hpp"
#include "model/worker_job.hpp"

namespace amphi {
namespace {

CdToc toc_of(const Source& source) {
  if (source.path.starts_with(kTocPrefix)) return parse_cd_toc(std::string_view(source.path).substr(kTocPrefix.size()));
  if (to_lower_ascii(source.path).ends_with(".cue")) return read_cue_image(source.path);
  auto toc = ask_reader("cd-toc", CdTocJob{source.path}, source).get<CdToc>();
  demand_valid(toc);
  return toc;
}

AudioStream stereo() {
  AudioStream audio;
  audio.codec = "pcm_s16le";
  audio.language = "und";
  audio.channels = 2;
  audio.sample_rate = 44'100;
  return audio;
}

ScannedTrack make_cd_track(const CdTrack& track, std::int64_t end) {
  const auto sectors = end - track.offset;
  ScannedTrack scanned;
  scanned.number = track.number;
  scanned.reference = fmt::format("cd:{}", track.number);
  scanned.source_name = track.title;
  scanned.duration_seconds = static_cast<double>(sectors) / kCdSectorsPerSecond;
  scanned.size_bytes = sectors * kCdSectorBytes;
  scanned.segment_map = std::to_string(track.number);
  scanned.segments.push_back({track.number, track.offset - kCdLeadIn, end - kCdLeadIn - 1, scanned.duration_seconds});
  scanned.audio.push_back(stereo());
  return scanned;
}

}  // namespace

bool is_cd_image(std::string_view path) {
  const auto lower = to_lower_ascii(path);
  return lower.ends_with(".cue") || lower.ends_with(".toc");
}

ScannedDisc read_cd(const Source& source) {
  const auto whole = toc_of(source);
  const auto audio = audio_session(whole);
  if (audio.tracks.empty())
    throw Error(ErrorKind::kUsage, source.path + " has no audio track", "amphi knows DVDs, Blu-rays and audio CDs");
  demand_valid(audio);
  ScannedDisc disc;
  disc.kind = DiscKind::kCd;
  disc.source = source;
  disc.fingerprint = make_cd_fingerprint(whole);
  disc.volume_label = whole.title;
  disc.identifiers = make_cd_identifiers(whole);
  disc.identifiers.insert(disc.identifiers.begin(), {"amphi", disc.fingerprint});
  for (std::size_t i = 0; i < audio.tracks.size(); ++i)
    disc.tracks.push_back(make_cd_track(audio.tracks[i], end_of_track(audio, i)));
  return disc;
}

}  // namespace amphi
