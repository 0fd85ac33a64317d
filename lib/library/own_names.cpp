// Names that amphi gives to its own files: temporary ones, and those in the ripped and transcoded folders.
#include <array>
#include <vector>

#include <fmt/format.h>

#include "amphi/library.hpp"
#include "amphi/tool.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "library/characters.hpp"

namespace amphi {
namespace {

constexpr std::size_t kNameMax = 255;  // bytes in one component, on every file system that matters
constexpr std::size_t kHashDigits = 16;

// Hidden, and with a suffix that is no medium's: no media server takes a growing file. A name that must be cut carries
// a hash of the whole, so that two that differ only in the end stay apart.
std::string hidden_name(std::string_view file_name, std::string_view suffix) {
  const auto room = kNameMax - 1 - suffix.size();
  std::string middle(file_name);
  if (middle.size() > room) {
    const auto kept = cut_to_bytes(file_name, room - kHashDigits - 1);
    middle = fmt::format("{}~{}", kept, sha256_hex(file_name).substr(0, kHashDigits));
  }
  return fmt::format(".{}{}", middle, suffix);
}

}  // namespace

std::string temporary_name(std::string_view file_name) {
  return hidden_name(file_name, ".amphi-part");
}

std::string scratch_name(std::string_view file_name) {
  return hidden_name(file_name, ".amphi-sectors");
}

std::string collision_key(std::string_view path) {
  std::vector<std::string> kept;
  for (const auto& part : split(path, '/'))
    if (!part.empty() && part != ".") kept.push_back(to_nfc(case_fold(part)));
  const bool absolute = !path.empty() && path.front() == '/';
  return (absolute ? "/" : "") + join(kept, "/");
}

std::string artifact_path(const Disc& disc, const Track& track, std::string_view extension) {
  const auto print = make_legal_name(short_fingerprint(disc.fingerprint), 64);
  const auto label =
      disc.volume_label.empty() ? "" : make_legal_name(disc.volume_label, kNameMax - 1 - print.size()) + "-";
  std::string reference = track.scanned.reference;
  for (char& c : reference)
    if (c == ':') c = '-';
  if (!extension.empty() && extension.front() == '.') extension.remove_prefix(1);
  return fmt::format("{}{}/{}.{}", label, print, make_legal_name(reference, kNameMax - 1 - extension.size()),
                     extension);
}

std::string_view extension_of(DiscKind kind, Stage stage, std::string_view preset) {
  if (kind != DiscKind::kCd) return "mkv";
  return stage == Stage::kRip || preset == kCopyPreset ? "wav" : "flac";
}

}  // namespace amphi
