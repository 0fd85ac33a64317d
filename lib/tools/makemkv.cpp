#include "tools/makemkv.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

constexpr const char* kMakeMkv = "makemkvcon";

bool is_plain(std::string_view text) {
  const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
  return !text.empty() && std::all_of(text.begin(), text.end(), plain);
}

ToolVerdict exit_verdict(const ChildExit& exit, const MakemkvMessages& messages) {
  constexpr int kKeyOrVersion = 253, kOpenFailed = 11;
  if (messages.failure()) return *messages.failure();
  if (exit.signalled) return signalled_verdict(kMakeMkv, exit);
  if (exit.code == kKeyOrVersion) {
    return {false, Cause::kKey, "makemkvcon refuses to work: " + messages.why(),
            "update MakeMKV or register a current key"};
  }
  if (exit.code == kOpenFailed) {
    return {false, Cause::kMedium, "makemkvcon could not open the disc: " + messages.why(),
            "check the disc and the drive"};
  }
  if (exit.code != 0) {
    return {false, Cause::kOther, fmt::format("makemkvcon failed with {}: {}", exit.code, messages.why()),
            "see the step's log"};
  }
  return {true, {}, "", ""};
}

}  // namespace

std::string makemkv_source(const Source& source) {
  switch (source.kind) {
    case SourceKind::kDevice:
      return "dev:" + source.path;
    case SourceKind::kImage:
      return "iso:" + source.path;
    case SourceKind::kFolder:
      return "file:" + source.path;
    case SourceKind::kLog:
      break;
  }
  throw Error(ErrorKind::kUsage, fmt::format("{} is a log and holds no disc to rip", escape_controls(source.path)),
              "scan the disc itself");
}

MakemkvScan::MakemkvScan(const Source& source, int min_length)
    : source_(makemkv_source(source)), min_length_(min_length) {}

std::vector<std::string> MakemkvScan::arguments() const {
  return {kMakeMkv,
          "-r",
          "--messages=-stdout",
          "--progress=-same",
          "--noscan",
          fmt::format("--minlength={}", min_length_),
          "info",
          source_};
}

void MakemkvScan::take_title(const MakemkvLine& line) {
  using enum MakemkvAttribute;
  const auto title = line.number(0), attribute = line.number(1), number = line.number(3);
  if (!title || !attribute || *title < 0 || *title > 10'000 || *attribute < 0 || *attribute > 10'000) return;
  auto& entry = titles_[static_cast<int>(*title)];
  switch (static_cast<MakemkvAttribute>(*attribute)) {
    case kSourceFile:
      entry.file = line.text(3);
      break;
    case kAngle:
      entry.angle = static_cast<int>(std::clamp<std::int64_t>(number.value_or(0), 0, 99));
      break;
    case kOriginalTitle:
      if (number && *number > 0 && *number < 1000) entry.original = static_cast<int>(*number);
      break;
    default:
      break;
  }
}

std::optional<Progress> MakemkvScan::take_out(std::string_view line) {
  const auto parsed = parse_makemkv_line(line);
  if (parsed && parsed->code == "TINFO") {
    take_title(*parsed);
    return std::nullopt;
  }
  const auto message = parsed ? parse_makemkv_message(*parsed) : std::nullopt;
  if (const auto added = message ? added_angle(*message) : std::nullopt) told_angles_[added->title] = added->angle;
  auto progress = messages_.take(line);
  if (progress) progress->phase = Phase::kScan;
  return progress;
}

std::optional<Progress> MakemkvScan::take_err(std::string_view line) {
  return take_out(line);
}

ToolVerdict MakemkvScan::verdict(const ChildExit& exit) const {
  auto out = exit_verdict(exit, messages_);
  if (out.ok && titles_.empty()) {
    return {false, Cause::kMedium, "makemkvcon found no title on the disc: " + messages_.why(),
            "check the disc and min_length"};
  }
  return out;
}

// The same words as the catalog's, which a reader of makemkvcon's logs or of the IFOs wrote.
std::string MakemkvScan::reference_of(int number, const Title& title) const {
  const auto dot = title.file.rfind('.');
  const auto name = title.file.substr(0, dot);
  const auto type = dot == std::string::npos ? std::string() : title.file.substr(dot + 1);
  std::string reference = fmt::format("title:{}", number);
  if (is_plain(name) && is_plain(type)) {
    reference = fmt::format("{}:{}", to_lower_ascii(type), name);
  } else if (title.original) {
    reference = fmt::format("dvd:{}", *title.original);
  }
  const auto told = told_angles_.find(number);
  const int angle = title.angle > 0 || told == told_angles_.end() ? title.angle : told->second;
  return angle > 1 ? fmt::format("{}.angle{}", reference, angle) : reference;
}

std::optional<int> MakemkvScan::title_of(std::string_view reference) const {
  for (const auto& [number, title] : titles_) {
    if (reference_of(number, title) == reference) return number;
  }
  return std::nullopt;
}

MakemkvRun::MakemkvRun(const StepSpec& spec, int title, std::string folder)
    : min_length_(spec.min_length), title_(title), folder_(std::move(folder)) {
  if (!spec.source) throw Error(ErrorKind::kUsage, "the step names no source to rip from");
  source_ = makemkv_source(*spec.source);
}

std::vector<std::string> MakemkvRun::arguments() const {
  return {kMakeMkv,
          "-r",
          "--messages=-stdout",
          "--progress=-same",
          "--noscan",
          "--cache=1024",
          fmt::format("--minlength={}", min_length_),
          "mkv",
          source_,
          std::to_string(title_),
          folder_};
}

std::optional<Progress> MakemkvRun::take_out(std::string_view line) {
  return messages_.take(line);
}
std::optional<Progress> MakemkvRun::take_err(std::string_view line) {
  return messages_.take(line);
}

std::string MakemkvRun::saved_file() const {
  namespace fs = std::filesystem;
  std::string found;
  std::error_code ignored;  // a folder that cannot be read holds no file to accept
  for (fs::directory_iterator at(folder_, ignored), end; !ignored && at != end; at.increment(ignored)) {
    const bool plain = at->symlink_status(ignored).type() == fs::file_type::regular;
    if (!found.empty() || !plain || at->path().extension() != ".mkv") return {};
    found = at->path().string();
  }
  return found;
}

ToolVerdict MakemkvRun::verdict(const ChildExit& exit) const {
  auto out = exit_verdict(exit, messages_);
  if (!out.ok) return out;
  if (messages_.saved() != 1 || messages_.failed() > 0) {
    const auto saved = messages_.saved().value_or(0);
    return {false, Cause::kOther,
            fmt::format("makemkvcon saved {} of 1 title, {} failed: {}", saved, messages_.failed(), messages_.why()),
            "see the step's log"};
  }
  if (saved_file().empty()) {
    return {false, Cause::kOther, "makemkvcon says that it saved the title, but there is not exactly one file",
            "see the step's log"};
  }
  return out;
}

std::unique_ptr<MakemkvRun> make_makemkv_run(const StepSpec& spec, int title, const std::string& folder) {
  return std::make_unique<MakemkvRun>(spec, title, folder);
}

}  // namespace amphi
