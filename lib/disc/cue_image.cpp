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

// The size of the `data` chunk, never more than there is: writers that were killed claim what they never wrote.
std::int64_t samples_in(const std::string& path, std::int64_t size) {
  const auto header = beginning_of(path, kRiffHeader);
  const std::string_view bytes = header;
  if (bytes.size() < 12 || !bytes.starts_with("RIFF") || bytes.substr(8, 4) != "WAVE")
    throw Error(ErrorKind::kUsage, path + " is no WAVE file", "the cue sheet says that it is one");
  for (std::size_t at = 12; at + 8 <= bytes.size();) {
    const std::int64_t length = little_endian_32(bytes.substr(at + 4));
    const auto begin = static_cast<std::int64_t>(at) + 8;
    if (bytes.substr(at, 4) == "data") return std::clamp<std::int64_t>(size - begin, 0, length);
    if (begin + length + length % 2 > static_cast<std::int64_t>(bytes.size())) break;
    at = static_cast<std::size_t>(begin + length + length % 2);
  }
  throw Error(ErrorKind::kUsage, path + " has no samples", "the image is incomplete; copy the disc again");
}

bool leads_up(const std::filesystem::path& relative) {
  return !relative.empty() && *relative.begin() == "..";
}

std::int64_t payload_of(const std::string& path, bool is_wave) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed)
    throw Error(ErrorKind::kUnavailable, path + " cannot be looked at: " + failed.message(), "check its permissions");
  return is_wave ? samples_in(path, static_cast<std::int64_t>(size)) : static_cast<std::int64_t>(size);
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
  const auto text = beginning_of(path, kLongestSheet);
  try {
    const auto sheet = parse_cue_sheet(text);
    std::vector<std::int64_t> payload;
    for (const auto& file : sheet.files) payload.push_back(payload_of(file_beside(path, file.name), file.is_wave));
    return make_toc(sheet, payload);
  } catch (const Error& error) {
    if (error.message().starts_with(path)) throw;
    throw Error(error.kind(), path + ": " + error.message(), error.hint());
  }
}

}  // namespace amphi
