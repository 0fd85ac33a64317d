// Message codes as apdefs.h of makemkv-oss and recorded logs have them.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/makemkv_line.hpp"
#include "tools/makemkv.hpp"

namespace amphi {
namespace {

enum Code {
  kStarted = 1005,
  kReadError = 2003,
  kWriteError = 2019,
  kTitleFailed = 5003,
  kSavedAndFailed = 5004,
  kSaved = 5005,
  kNotOpened = 5010,
  kSaving = 5014,
  kTooOld = 5021,
  kNoSpaceEarly = 5033,
  kCopied = 5036,
  kCopiedAndFailed = 5037,
  kNoSpace = 5038,
  kExpired = 5052,
  kExpiredShareware = 5055,
};

constexpr double kOpenShare = 0.05;  // of the bar: opening and scanning, before the title is being saved

// "MakeMKV v1.18.4 win(x64-release) started" -> "1.18.4"
std::string version_in(std::string_view text) {
  const auto v = text.find(" v");
  if (v == std::string_view::npos) return {};
  const auto rest = text.substr(v + 2);
  return std::string(rest.substr(0, rest.find(' ')));
}

int count_in(const MakemkvMessage& message, std::size_t index) {
  if (index >= message.parameters.size()) return 0;
  return static_cast<int>(std::clamp<std::int64_t>(parse_int(message.parameters[index]).value_or(0), 0, 1000));
}

}  // namespace

void MakemkvMessages::fail(Cause cause, std::string message, std::string hint) {
  if (!failure_) failure_ = ToolVerdict{false, cause, std::move(message), std::move(hint)};
}

std::optional<Progress> MakemkvMessages::take(std::string_view line) {
  const auto parsed = parse_makemkv_line(line);
  if (!parsed) {
    tail_.take(line);
    return std::nullopt;
  }
  if (parsed->code == "MSG") take_message(line);
  if (parsed->code == "PRGT") saving_ = saving_ || parsed->text(2).starts_with("Saving");
  if (parsed->code != "PRGV") return std::nullopt;
  const auto total = parsed->number(1), most = parsed->number(2);
  if (!total || !most || *most <= 0) return std::nullopt;
  const double part = std::clamp(static_cast<double>(*total) / static_cast<double>(*most), 0.0, 1.0);
  fraction_ = std::max(fraction_, saving_ ? kOpenShare + (1 - kOpenShare) * part : kOpenShare * part);
  return Progress{fraction_, saving_ ? Phase::kCopy : Phase::kScan, {}, {}};
}

void MakemkvMessages::take_message(std::string_view line) {
  const auto parsed = parse_makemkv_line(line);
  const auto message = parsed ? parse_makemkv_message(*parsed) : std::nullopt;
  if (!message) return;
  tail_.take(message->text);
  const auto text = escape_controls(message->text);
  if (message->kind() == MakemkvMessage::Kind::kQuestion) {
    hopeless_ = true;
    fail(Cause::kOther, "makemkvcon asks a question that amphi cannot answer: " + text,
         "answer it once in MakeMKV's own window");
  }
  if (message->kind() == MakemkvMessage::Kind::kError) tail_.take_error(message->text);
  switch (message->code) {
    case kStarted:
      version_ = version_in(message->text);
      break;
    case kSaving:
      saving_ = true;
      break;
    case kSaved:
    case kCopied:
      saved_ = count_in(*message, 0);
      break;
    case kSavedAndFailed:
    case kCopiedAndFailed:
      saved_ = count_in(*message, 0);
      failed_ = count_in(*message, 1);
      break;
    case kTooOld:
    case kExpired:
    case kExpiredShareware:
      hopeless_ = true;
      fail(Cause::kKey, "makemkvcon refuses to work: " + text, "update MakeMKV or register a current key");
      break;
    case kNoSpaceEarly:
    case kNoSpace:
      fail(Cause::kSpace, "makemkvcon found not enough space: " + text, "free some space where the rips are made");
      break;
    case kWriteError:
      if (tail_.no_space())
        fail(Cause::kSpace, "makemkvcon found no space left: " + text, "free some space where the rips are made");
      tail_.take_error(message->text);
      break;
    case kReadError:
      // "Scrambled sector" is said before the keys of a disc are known, and means nothing.
      if (to_lower_ascii(message->text).find("scrambled sector") == std::string::npos) {
        ++read_errors_;
        tail_.take_error(message->text);
      }
      break;
    case kTitleFailed:
      failed_ = std::max(failed_, 1);
      if (read_errors_ > 0)
        fail(Cause::kMedium, "makemkvcon could not read the title: " + tail_.why(), "clean the disc");
      break;
    case kNotOpened:
      fail(Cause::kMedium, "makemkvcon could not open the disc", "check the disc and the drive");
      break;
    default:
      break;
  }
}

}  // namespace amphi
