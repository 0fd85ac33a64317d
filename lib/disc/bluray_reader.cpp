#include "disc/bluray_reader.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "disc/identifiers.hpp"
#include "disc/image_length.hpp"
#include "disc/manifest.hpp"
#include "disc/reader_question.hpp"
#include "disc/shared_identifiers.hpp"
#include "model/worker_job.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kMaxNavigation = 16 << 20;  // of one playlist or clip information; real ones stay below 2 MB
constexpr std::int64_t kPacket = 192,
                       kUnit = 6144;  // bytes; AACS encrypts units of 32 packets, their first 16 bytes not

struct Navigation {
  std::vector<NamedBytes> playlists, clips;
};

std::vector<NamedBytes> read_all_of(const DiscFiles& files, const std::vector<DiscFile>& some) {
  std::vector<NamedBytes> read;
  for (const auto& file : some) read.push_back({bare_name(file), files.read(file, kMaxNavigation)});
  return read;
}

// UHD discs write version 3 into their files, Blu-rays 1 and 2.
DiscKind kind_of(const DiscFiles& files, const Navigation& navigation) {
  const auto* index = files.find("BDMV/index.bdmv");
  auto beginning = index != nullptr ? files.read_beginning(*index, 8) : std::string();
  if (beginning.size() < 8) beginning = navigation.playlists.front().bytes.substr(0, 8);
  return beginning.substr(std::min<std::size_t>(4, beginning.size())) == "0300" ? DiscKind::kUhd : DiscKind::kBluray;
}

bool is_clear(const std::string& unit) {
  for (std::size_t at = 4; at < unit.size(); at += kPacket) {
    if (unit[at] != 0x47) return false;  // each packet of a transport stream begins with it
  }
  return true;
}

// By the largest stream's own packets: folders that were decrypted keep their AACS files.
bool looks_encrypted(const DiscFiles& files, const std::vector<DiscFile>& streams) {
  const auto largest = std::max_element(streams.begin(), streams.end(),
                                        [](const auto& a, const auto& b) { return a.size_bytes < b.size_bytes; });
  if (largest == streams.end() || largest->size_bytes < kUnit) return false;
  const auto units = largest->size_bytes / kUnit;
  for (const auto unit : {std::int64_t{0}, units / 3, units / 2, units - 1}) {
    if (!is_clear(files.read_at(*largest, unit * kUnit, kUnit))) return true;
  }
  return false;
}

std::vector<NamedSize> sizes_of(const std::vector<DiscFile>& files) {
  std::vector<NamedSize> sizes;
  for (const auto& file : files) sizes.push_back({bare_name(file), file.size_bytes});
  return sizes;
}

std::vector<Identifier> identifiers_of(const DiscFiles& files, const Navigation& navigation,
                                       const std::vector<DiscFile>& streams, const std::string& label) {
  std::vector<Identifier> found;
  if (!streams.empty()) found.push_back({"thediscdb-content-hash", make_content_hash(sizes_of(streams))});
  if (const auto* keys = files.find("AACS/Unit_Key_RO.inf"))
    found.push_back({"aacs-disc-id", make_aacs_disc_id(files.read(*keys, kMaxNavigation))});
  if (const auto listed = listed_files(files); !listed.empty())
    found.push_back({"matrix256", matrix_of_listed(listed)});
  const auto ancestors = amphigory_identifiers("bluray", label, navigation.playlists);
  found.insert(found.end(), ancestors.begin(), ancestors.end());
  return found;
}

using Numbers = std::vector<std::uint32_t>;

Numbers numbers_in(const DiscFiles& files, const char* folder, const char* ending) {
  Numbers numbers;
  for (const auto& file : files.in(folder, ending)) {
    const auto name = bare_name(file);
    const auto number = parse_int(std::string_view(name).substr(0, name.size() - 5));
    if (number && *number >= 0 && *number <= 99'999) numbers.push_back(static_cast<std::uint32_t>(*number));
  }
  return numbers;
}

// Damaged navigation ends libbluray at times. Then the worker is asked again for one half and the other, until what
// cannot be survived stands alone and is left out.
class TitleReader {
 public:
  explicit TitleReader(const Source& source) : source_(source) {}

  // Clips that no playlist plays are titles of their own, as makemkvcon has them.
  BlurayTitlesResult read(const Numbers& playlists, const Numbers& clips) {
    ask(playlists, &BlurayTitlesJob::playlists, "playlist");
    ask(unplayed(clips), &BlurayTitlesJob::clips, "clip");
    return std::move(result_);
  }

 private:
  void ask(const Numbers& numbers, Numbers BlurayTitlesJob::*field, std::string_view what) {
    if (numbers.empty()) return;
    BlurayTitlesJob job{source_.path, {}, {}};
    job.*field = numbers;
    try {
      add(ask_reader("bluray-titles", job, source_).get<BlurayTitlesResult>());
    } catch (const WorkerDied& error) {
      if (numbers.size() == 1) {
        result_.warnings.push_back(fmt::format("{} {:05} is damaged and left out", what, numbers.front()));
        return;
      }
      const auto half = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
      ask({numbers.begin(), half}, field, what);
      ask({half, numbers.end()}, field, what);
    }
  }

  void add(BlurayTitlesResult part) {
    std::move(part.tracks.begin(), part.tracks.end(), std::back_inserter(result_.tracks));
    std::move(part.warnings.begin(), part.warnings.end(), std::back_inserter(result_.warnings));
    result_.encrypted = result_.encrypted || part.encrypted;
  }

  Numbers unplayed(const Numbers& clips) const {
    std::set<std::uint32_t> played;
    for (const auto& track : result_.tracks)
      for (const auto& segment : track.segments) played.insert(static_cast<std::uint32_t>(segment.number));
    Numbers rest;
    std::copy_if(clips.begin(), clips.end(), std::back_inserter(rest),
                 [&](auto clip) { return !played.contains(clip); });
    return rest;
  }

  const Source& source_;
  BlurayTitlesResult result_;
};

}  // namespace

bool holds_bluray(const DiscFiles& files) {
  return !files.in("BDMV/PLAYLIST", ".mpls").empty();
}

ScannedDisc read_bluray_identity(const Source& source, const DiscFiles& files) {
  if (!holds_bluray(files))
    throw Error(ErrorKind::kUsage, source.path + " holds no Blu-ray: there is no playlist in BDMV/PLAYLIST",
                "copy the whole BDMV");
  const Navigation navigation{read_all_of(files, files.in("BDMV/PLAYLIST", ".mpls")),
                              read_all_of(files, files.in("BDMV/CLIPINF", ".clpi"))};
  const auto streams = files.in("BDMV/STREAM", ".m2ts");
  auto all = navigation.playlists;
  all.insert(all.end(), navigation.clips.begin(), navigation.clips.end());
  ScannedDisc disc;
  disc.kind = kind_of(files, navigation);
  disc.source = source;
  disc.fingerprint = make_fingerprint(fingerprint_prefix(disc.kind), std::move(all));
  disc.volume_label = files.volume_label();
  disc.files = listed_files(files);
  disc.encrypted = looks_encrypted(files, streams);
  disc.identifiers = identifiers_of(files, navigation, streams, disc.volume_label);
  disc.identifiers.insert(disc.identifiers.begin(), {"amphi", disc.fingerprint});
  if (const auto cut = find_cut(source, files.image_end())) disc.warnings.push_back("the image " + *cut);
  return disc;
}

ScannedDisc read_bluray(const Source& source, const DiscFiles& files) {
  demand_whole_image(source, files.image_end());
  auto disc = read_bluray_identity(source, files);
  auto titles =
      TitleReader(source).read(numbers_in(files, "BDMV/PLAYLIST", ".mpls"), numbers_in(files, "BDMV/CLIPINF", ".clpi"));
  disc.tracks = std::move(titles.tracks);
  for (std::size_t i = 0; i < disc.tracks.size(); ++i) disc.tracks[i].number = static_cast<int>(i) + 1;
  disc.encrypted = disc.encrypted || titles.encrypted;
  disc.warnings.insert(disc.warnings.end(), titles.warnings.begin(), titles.warnings.end());
  if (disc.tracks.empty())
    throw Error(ErrorKind::kUnavailable, source.path + ": none of its playlists can be read",
                "the disc or image is damaged; try another copy");
  return disc;
}

}  // namespace amphi
