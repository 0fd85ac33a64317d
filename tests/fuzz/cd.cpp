// A table of contents as people write it, and a cue sheet: a CD that can be identified, or one clean error.
#include <cstddef>
#include <cstdint>

#include "amphi/error.hpp"
#include "demand.hpp"
#include "disc/cd_identifiers.hpp"
#include "disc/cue_sheet.hpp"

using namespace amphi;

namespace {

constexpr std::int64_t kFileBytes = 2352LL * 50'000;

void demand_identified(const CdToc& toc) {
  demand_valid(toc);
  const auto audio = audio_session(toc);
  for (std::size_t i = 0; i < audio.tracks.size(); ++i)
    fuzz::demand(!audio.tracks[i].is_data, "only music is in the audio session");
  if (audio.tracks.empty()) return;
  demand_valid(audio);
  fuzz::demand(make_cd_identifiers(toc).size() == 3, "a CD has three identifiers");
  auto bare = audio;
  for (auto& track : bare.tracks) track.title = track.performer = "";
  bare.title = bare.performer = "";
  fuzz::demand(parse_cd_toc(to_text(audio)) == bare, "what is written is read again", to_text(audio));
}

template <class Read>
void look_at(Read read) {
  try {
    demand_identified(read());
  } catch (const Error& error) {
    fuzz::demand(error.kind() == ErrorKind::kUsage && !error.hint().empty(), "what is no CD is bad input",
                 error.message());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  look_at([&] { return parse_cd_toc(text); });
  look_at([&] {
    const auto sheet = parse_cue_sheet(text);
    return make_toc(sheet, std::vector<std::int64_t>(sheet.files.size(), kFileBytes));
  });
  return 0;
}
