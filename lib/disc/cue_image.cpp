#include "disc/cue_image.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"
#include "disc/cue_sheet.hpp"

namespace amphi {
namespace {

constexpr std::size_t kLongestSheet = 1 << 20;  // bytes: 99 tracks stay far below
constexpr std::size_t kRiffHeader = 64 << 10;   // bytes in which the samples begin

std::string beginning_of(const std::string& path, std::size_t bytes) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw Error(ErrorKind::kUnavailable, path + " cannot be opened: " + std::strerror(errno), "check its permissions");
  std::string text(bytes, '\0');
  in.read(text.data(), static_cast<std::streamsize>(bytes));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

std::uint32_t little_endian_32(std::string_view bytes) {
  std::uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
  return value;
}

struct Payload {
  std::int64_t begin = 0, bytes = 0;
};

// The `data` chunk, never more than there is: writers that were killed claim what they never wrote.
Payload samples_in(const std::string& path, std::int64_t size) {
  const auto header = beginning_of(path, kRiffHeader);
  const std::string_view bytes = header;
  if (bytes.size() < 12 || !bytes.starts_with("RIFF") || bytes.substr(8, 4) != "WAVE")
    throw Error(ErrorKind::kUsage, path + " is no WAVE file", "the cue sheet says that it is one");
  for (std::size_t at = 12; at + 8 <= bytes.size();) {
    const std::int64_t length = little_endian_32(bytes.substr(at + 4));
    const auto begin = static_cast<std::int64_t>(at) + 8;
    if (bytes.substr(at, 4) == "data") return {begin, std::clamp<std::int64_t>(size - begin, 0, length)};
    if (begin + length + length % 2 > static_cast<std::int64_t>(bytes.size())) break;
    at = static_cast<std::size_t>(begin + length + length % 2);
  }
  throw Error(ErrorKind::kUsage, path + " has no samples", "the image is incomplete; copy the disc again");
}

bool leads_up(const std::filesystem::path& relative) {
  return !relative.empty() && *relative.begin() == "..";
}

Payload payload_of(const std::string& path, bool is_wave) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed)
    throw Error(ErrorKind::kUnavailable, path + " cannot be looked at: " + failed.message(), "check its permissions");
  return is_wave ? samples_in(path, static_cast<std::int64_t>(size)) : Payload{0, static_cast<std::int64_t>(size)};
}

struct CueImage {
  CueSheet sheet;
  std::vector<std::string> files;  // where they are
  std::vector<std::int64_t> begins, bytes;
};

CueImage open_cue_image(const std::string& path) {
  CueImage image;
  image.sheet = parse_cue_sheet(beginning_of(path, kLongestSheet));
  for (const auto& file : image.sheet.files) {
    image.files.push_back(file_beside(path, file.name));
    const auto payload = payload_of(image.files.back(), file.is_wave);
    image.begins.push_back(payload.begin);
    image.bytes.push_back(payload.bytes);
  }
  return image;
}

// Errors that the sheet's parser throws do not know whose sheet it is.
template <class Act>
auto naming(const std::string& path, Act act) {
  try {
    return act();
  } catch (const Error& error) {
    if (error.message().starts_with(path)) throw;
    throw Error(error.kind(), path + ": " + error.message(), error.hint());
  }
}

void swap_samples(std::string& bytes) {
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) std::swap(bytes[i], bytes[i + 1]);
}

// `skip` sectors of the run are not wanted.
void read_run(const CueImage& image, const CueRun& run, std::int64_t skip, std::int64_t sectors,
              const std::function<void(std::string_view)>& take) {
  constexpr std::int64_t kAtOnce = 256;
  std::string bytes;
  if (!run.file) return take(bytes.assign(static_cast<std::size_t>(sectors * kCdSectorBytes), '\0'));
  if (run.sector_bytes != kCdSectorBytes)
    throw Error(ErrorKind::kUsage, "the sectors asked for are of a data track", "only audio is copied");
  std::ifstream in(image.files[*run.file], std::ios::binary);
  in.seekg(image.begins[*run.file] + run.begin + skip * kCdSectorBytes);
  for (std::int64_t done = 0; done < sectors; done += kAtOnce) {
    bytes.resize(static_cast<std::size_t>(std::min(kAtOnce, sectors - done) * kCdSectorBytes));
    if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
      throw Error(ErrorKind::kUnavailable, image.files[*run.file] + " ends before the track does or cannot be read",
                  "the image is incomplete; copy the disc again");
    if (image.sheet.files[*run.file].is_big_endian) swap_samples(bytes);
    take(bytes);
  }
}

}  // namespace

std::string file_beside(const std::string& description, const std::string& name) {
  namespace fs = std::filesystem;
  std::error_code failed;
  const auto shown = escape_controls(to_valid_utf8(name));
  const auto folder = fs::canonical(fs::path(description).parent_path(), failed);
  const auto file = failed || fs::path(name).is_absolute() ? fs::path(name) : fs::canonical(folder / name, failed);
  if (fs::path(name).is_absolute() || leads_up(fs::path(name).lexically_normal()) ||
      (!failed && leads_up(file.lexically_relative(folder))))
    throw Error(ErrorKind::kUsage, fmt::format("{} names a file outside its folder: {}", description, shown),
                "only what lies beside the description of an image is read");
  if (failed)
    throw Error(ErrorKind::kUnavailable, fmt::format("{} names {}, which is not there", description, shown),
                "put the image beside its description");
  return file.string();
}

CdToc read_cue_image(const std::string& path) {
  return naming(path, [&] {
    const auto image = open_cue_image(path);
    return make_toc(image.sheet, image.bytes);
  });
}

void read_cue_sectors(const std::string& path, std::int64_t first, std::int64_t sectors,
                      const std::function<void(std::string_view bytes)>& take) {
  naming(path, [&] {
    const auto image = open_cue_image(path);
    std::int64_t at = 0;
    const auto end = first + sectors;
    for (const auto& run : runs_of(image.sheet, image.bytes)) {
      const auto from = std::max(first, at), to = std::min(end, at + run.sectors);
      if (from < to) read_run(image, run, from - at, to - from, take);
      at += run.sectors;
    }
    if (at < end) throw Error(ErrorKind::kUnavailable, "the image ends before the track does", "copy the disc again");
  });
}

}  // namespace amphi
