// Lists of runtimes, as people copy them from a web page or a booklet.
#include <algorithm>

#include <fmt/format.h>

#include "amphi/episodes.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"

namespace amphi {

namespace {

constexpr std::size_t kMostBytes = 1 << 20, kMostLines = 1'000, kMostNameBytes = 500;
constexpr std::size_t kMostDigits = 5;  // of an episode's number
constexpr std::int64_t kFewestSeconds = 60, kMostSeconds = 24 * 60 * 60;

[[noreturn]] void refuse_line(int line, const std::string& why) {
  throw Error(ErrorKind::kUsage, fmt::format("runtimes, line {}: {}", line, why),
              "a line is [NUMBER] RUNTIME [NAME], as in: s02e05 45:10 The Train Job");
}

std::string quoted(std::string_view text) {
  return fmt::format("'{}'", escape_controls(fit_to_width(to_valid_utf8(text), 40)));
}

std::optional<std::int64_t> plain_number(std::string_view digits, std::size_t most_digits) {
  const bool plain = !digits.empty() && digits.size() <= most_digits &&
                     digits.find_first_not_of("0123456789") == std::string_view::npos;
  return plain ? parse_int(digits) : std::nullopt;
}

// The words of a line, one at a time.
struct LineWords {
  std::string_view rest;

  std::string_view peek() const {
    const auto text = trim(rest);
    return text.substr(0, std::min(text.find_first_of(" \t"), text.size()));
  }
  void drop() { rest = trim(rest).substr(peek().size()); }
};

// "45:10", "1:30:00": minutes and seconds behind the first colon have two digits.
std::optional<double> clock_time(std::string_view word) {
  const auto parts = split(word, ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  std::int64_t seconds = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = plain_number(parts[i], i == 0 ? 3 : 2);
    if (!number || (i > 0 && (parts[i].size() != 2 || *number >= 60))) return std::nullopt;
    seconds = seconds * 60 + *number;
  }
  return seconds > 0 && seconds <= kMostSeconds ? std::optional(static_cast<double>(seconds)) : std::nullopt;
}

bool is_minutes(std::string_view word) {
  const auto lower = to_lower_ascii(word);
  return lower == "min" || lower == "mins" || lower == "minutes" || lower == "min.";
}

struct Length {
  double seconds = 0;
  bool rounded = false;
};

std::optional<Length> minutes(std::string_view digits) {
  const auto number = plain_number(digits, 4);
  if (!number || *number < 1 || *number * 60 > kMostSeconds) return std::nullopt;
  return Length{static_cast<double>(*number * 60), true};
}

// "45 min", "45min"; the words that it takes are dropped.
std::optional<Length> take_minutes(LineWords& words) {
  const auto word = words.peek();
  const auto digits = word.substr(0, std::min(word.find_first_not_of("0123456789"), word.size()));
  auto after = words;
  after.drop();
  const bool apart = digits.size() == word.size() && is_minutes(after.peek());
  if (!apart && !is_minutes(word.substr(digits.size()))) return std::nullopt;
  const auto length = minutes(digits);
  if (!length) return std::nullopt;
  if (apart) after.drop();
  words = after;
  return length;
}

std::optional<Length> take_length(LineWords& words) {
  if (const auto length = take_minutes(words)) return length;
  const auto word = words.peek();
  auto seconds = clock_time(word);
  if (!seconds) {
    const auto number = plain_number(word, 5);
    if (number && *number >= kFewestSeconds && *number <= kMostSeconds) seconds = static_cast<double>(*number);
  }
  if (!seconds) return std::nullopt;
  words.drop();
  return Length{*seconds, false};
}

// "s02e05", "5", "5.", "5)"
bool read_number(std::string_view word, Runtime& runtime) {
  if (word.size() > 1 && std::string_view(".):").find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  if (const auto plain = plain_number(word, 3)) {
    runtime.episode = static_cast<int>(*plain);
    return true;
  }
  const auto lower = to_lower_ascii(word);
  const auto e = lower.find('e');
  if (!lower.starts_with('s') || e == std::string::npos) return false;
  const auto season = plain_number(std::string_view(lower).substr(1, e - 1), 4);
  const auto episode = plain_number(std::string_view(lower).substr(e + 1), kMostDigits);
  if (!season || !episode) return false;
  runtime.season = static_cast<int>(*season);
  runtime.episode = static_cast<int>(*episode);
  return true;
}

std::string name_of(std::string_view text) {
  text = trim(text);
  for (const std::string_view mark : {"-", "–", "—", "|", ",", ";"}) {
    if (!text.starts_with(mark)) continue;
    return std::string(trim(text.substr(mark.size())));
  }
  return std::string(text);
}

// A lone number is the runtime, in seconds, unless a runtime follows it.
Runtime parse_line(int line, std::string_view text) {
  Runtime runtime;
  runtime.line = line;
  LineWords words{text}, behind{text};
  behind.drop();
  auto length = read_number(words.peek(), runtime) ? take_length(behind) : std::nullopt;
  if (length) {
    words = behind;
  } else {
    runtime.season.reset(), runtime.episode.reset();
    length = take_length(words);
  }
  if (!length) {
    const auto number = plain_number(words.peek(), 5);
    refuse_line(line, number
                          ? fmt::format("{} is no runtime; of minutes write {} min or {}:00", *number, *number, *number)
                          : fmt::format("no runtime in {}", quoted(text)));
  }
  runtime.seconds = length->seconds;
  runtime.rounded = length->rounded;
  runtime.name = name_of(words.rest);
  if (runtime.name.size() > kMostNameBytes)
    refuse_line(line, fmt::format("a name has at most {} bytes", kMostNameBytes));
  return runtime;
}

void check_numbers(const std::vector<Runtime>& list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].episode.has_value() != list.front().episode.has_value())
      refuse_line(list[i].line, "numbers are before all runtimes or before none");
    const auto same =
        std::find_if(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i), [&](const Runtime& other) {
          return other.episode && other.episode == list[i].episode && other.season == list[i].season;
        });
    if (same != list.begin() + static_cast<std::ptrdiff_t>(i))
      refuse_line(list[i].line, fmt::format("the number of line {} again", same->line));
  }
}

}  // namespace

std::vector<Runtime> parse_runtimes(std::string_view text) {
  if (text.size() > kMostBytes) throw Error(ErrorKind::kUsage, "runtimes: larger than 1 MiB");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<Runtime> list;
  int line = 0;
  for (const auto& part : split(text, '\n')) {
    ++line;
    const auto shown = trim(part);
    if (shown.empty() || shown.starts_with('#')) continue;
    if (!is_valid_utf8(shown) || shown.find('\0') != std::string_view::npos) refuse_line(line, "no text in UTF-8");
    if (list.size() == kMostLines) refuse_line(line, fmt::format("more than {} runtimes", kMostLines));
    list.push_back(parse_line(line, shown));
  }
  if (list.empty())
    throw Error(ErrorKind::kUsage, "there are no runtimes in the list", "a runtime a line, as in: 45:10 The Train Job");
  check_numbers(list);
  return list;
}

}  // namespace amphi
