#include "model/makemkv_line.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace amphi {

namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::int64_t kBoxBits = 3854;
constexpr std::int64_t kErrorBox = 516;
constexpr std::int64_t kWarningBox = 1028;
constexpr std::int64_t kQuestionBoxes[] = {776, 1288, 1544};
constexpr std::size_t kLongestCode = 16;
constexpr std::size_t kUsualFields = 5;  // of SINFO, which most lines are

std::string_view strip(std::string_view line) {
  if (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  return line;
}

bool is_code(std::string_view word) {
  return !word.empty() && word.size() <= kLongestCode &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Takes one field off the front of `rest`; false when a quote is never closed or text follows it.
bool take_quoted(std::string_view& rest, std::string& field) {
  for (std::size_t at = 1; at < rest.size();) {
    const auto end = rest.find_first_of("\"\\", at);
    if (end == std::string_view::npos) return false;
    field.append(rest, at, end - at);
    if (rest[end] == '"') {
      rest.remove_prefix(end + 1);
      return rest.empty() || rest.front() == ',';
    }
    const bool escapes = end + 1 < rest.size() && (rest[end + 1] == '"' || rest[end + 1] == '\\');
    field += rest[escapes ? end + 1 : end];
    at = end + (escapes ? 2 : 1);
  }
  return false;
}

bool take_bare(std::string_view& rest, std::string& field) {
  const auto end = std::min(rest.find(','), rest.size());
  field = rest.substr(0, end);
  rest.remove_prefix(end);
  return true;
}

}  // namespace

std::optional<std::int64_t> MakemkvLine::number(std::size_t index) const {
  if (index >= fields.size()) return std::nullopt;
  return parse_int(fields[index]);
}

const std::string& MakemkvLine::text(std::size_t index) const {
  static const std::string kNothing;
  return index < fields.size() ? fields[index] : kNothing;
}

bool parse_makemkv_line(std::string_view line, MakemkvLine& into) {
  line = strip(line);
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_code(line.substr(0, colon))) return false;
  into.code = line.substr(0, colon);
  into.fields.clear();
  into.fields.reserve(kUsualFields);
  const bool valid = is_valid_utf8(line);  // asked once: logs have thousands of lines, and hardly a byte that is not
  auto rest = line.substr(colon + 1);
  for (;;) {
    auto& field = into.fields.emplace_back();
    const bool is_quoted = !rest.empty() && rest.front() == '"';
    if (!(is_quoted ? take_quoted(rest, field) : take_bare(rest, field))) return false;
    if (!valid) field = to_valid_utf8(field);
    if (rest.empty()) return true;
    rest.remove_prefix(1);
  }
}

std::optional<MakemkvLine> parse_makemkv_line(std::string_view line) {
  MakemkvLine parsed;
  return parse_makemkv_line(line, parsed) ? std::optional(std::move(parsed)) : std::nullopt;
}

std::optional<double> parse_makemkv_duration(std::string_view text) {
  constexpr std::size_t kMostParts = 3;
  constexpr std::int64_t kLongestPart = 1'000'000;
  const auto parts = split(text, ':');
  if (parts.size() > kMostParts) return std::nullopt;
  double seconds = 0;
  for (const auto& part : parts) {
    const auto value = parse_int(part);
    if (!value || *value < 0 || *value > kLongestPart) return std::nullopt;
    seconds = seconds * 60 + static_cast<double>(*value);
  }
  return seconds;
}

MakemkvMessage::Kind MakemkvMessage::kind() const {
  const auto box = flags & kBoxBits;
  if (box == kErrorBox) return Kind::kError;
  if (box == kWarningBox) return Kind::kWarning;
  const bool question =
      std::find(std::begin(kQuestionBoxes), std::end(kQuestionBoxes), box) != std::end(kQuestionBoxes);
  return question ? Kind::kQuestion : Kind::kPlain;
}

std::optional<MakemkvMessage> parse_makemkv_message(const MakemkvLine& line) {
  const auto code = line.number(0), flags = line.number(1);
  if (line.code != "MSG" || !code || !flags || *code < 0 || *code > 1'000'000 || line.fields.size() < 4) return {};
  MakemkvMessage message{static_cast<int>(*code), *flags, line.text(3), {}};
  for (std::size_t i = 5; i < line.fields.size(); ++i) message.parameters.push_back(line.fields[i]);
  return message;
}

std::optional<MakemkvAngle> added_angle(const MakemkvMessage& message) {
  constexpr int kAngleAdded = 3308, kMostAngles = 9, kMostTitles = 10'000;
  if (message.code != kAngleAdded || message.parameters.size() < 3) return std::nullopt;
  const auto angle = parse_int(message.parameters[1]), title = parse_int(message.parameters[2]);
  if (!angle || !title || *angle < 1 || *angle > kMostAngles || *title < 0 || *title >= kMostTitles)
    return std::nullopt;
  return MakemkvAngle{static_cast<int>(*title), static_cast<int>(*angle)};
}

}  // namespace amphi
