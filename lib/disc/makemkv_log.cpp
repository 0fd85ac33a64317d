#include "disc/makemkv_log.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "model/makemkv_line.hpp"

namespace amphi {

namespace {

constexpr std::int64_t kMaxTitles = 10'000, kMaxStreams = 1'000, kMaxFiles = 100'000;
constexpr std::size_t kMostAttributes = 200;  // makemkvcon knows some fifty
constexpr int kLinesLookedAt = 64;
constexpr std::int64_t kDiscInserted = 2;
constexpr std::array kKeyMessages{5021, 5052, 5055};
constexpr std::array kFailureMessages{5010, 5021, 5052, 5055};

bool in_range(std::optional<std::int64_t> value, std::int64_t limit) {
  return value && *value >= 0 && *value < limit;
}

void take_message(MakemkvLog& log, const MakemkvLine& line) {
  const auto message = parse_makemkv_message(line);
  if (!message) return;
  if (const auto added = added_angle(*message)) log.angles[added->title] = added->angle;
  const auto is_one_of = [&](const auto& codes) {
    return std::find(codes.begin(), codes.end(), message->code) != codes.end();
  };
  log.key_expired = log.key_expired || is_one_of(kKeyMessages);
  if (message->kind() == MakemkvMessage::Kind::kError || is_one_of(kFailureMessages)) {
    log.errors.push_back(message->text);
  }
}

void take_drive(MakemkvLog& log, const MakemkvLine& line) {
  if (line.number(1) == kDiscInserted) log.drive_flags = line.number(3).value_or(0);
}

void take_disc(MakemkvLog& log, MakemkvLine& line) {
  const auto attribute = line.number(0);
  if (line.fields.size() != 3 || !attribute) return;
  log.disc.set(*attribute, {line.number(1).value_or(0), std::move(line.fields[2])});
}

void take_title(MakemkvLog& log, MakemkvLine& line) {
  const auto title = line.number(0), attribute = line.number(1);
  if (line.fields.size() != 4 || !in_range(title, kMaxTitles) || !attribute) return;
  log.titles[*title].attributes.set(*attribute, {line.number(2).value_or(0), std::move(line.fields[3])});
  log.last_kind = 'T';
}

void take_stream(MakemkvLog& log, MakemkvLine& line) {
  const auto title = line.number(0), stream = line.number(1), attribute = line.number(2);
  if (line.fields.size() != 5 || !in_range(title, kMaxTitles) || !in_range(stream, kMaxStreams) || !attribute) return;
  log.titles[*title].streams[*stream].set(*attribute, {line.number(3).value_or(0), std::move(line.fields[4])});
  log.last_kind = 'S';
}

// HSH:index,name,date,size with nothing quoted: the date is the writer's own and may hold a comma.
void take_file(MakemkvLog& log, const MakemkvLine& line) {
  if (line.fields.size() < 4 || !in_range(line.number(0), kMaxFiles)) return;
  const auto size = line.number(line.fields.size() - 1);
  if (!size || *size < 0) return;
  const auto& path = line.text(1);
  const auto name = path.substr(path.find_last_of("/\\") + 1);
  log.files.insert_or_assign(*line.number(0), NamedSize{name, *size});
  log.last_kind = 'H';
}

// The most frequent first.
void take_line(MakemkvLog& log, std::string_view text, MakemkvLine& line) {
  if (!parse_makemkv_line(text, line)) return;
  const std::string_view code = line.code;
  log.last_kind = 0;
  if (code == "SINFO") return take_stream(log, line);
  if (code == "TINFO") return take_title(log, line);
  if (code == "CINFO") return take_disc(log, line);
  if (code == "HSH") return take_file(log, line);
  if (code == "MSG") return take_message(log, line);
  if (code == "DRV") return take_drive(log, line);
  if (code == "TCOUNT" || code == "TCOUT") log.title_count = line.number(0);
}

}  // namespace

void MakemkvAttributes::set(std::int64_t attribute, MakemkvValue value) {
  const auto known =
      std::find_if(values_.begin(), values_.end(), [&](const auto& entry) { return entry.first == attribute; });
  if (known != values_.end()) {
    known->second = std::move(value);
  } else if (values_.size() < kMostAttributes) {
    values_.emplace_back(attribute, std::move(value));
  }
}

const MakemkvValue* MakemkvAttributes::find(MakemkvAttribute attribute) const {
  const auto known = std::find_if(values_.begin(), values_.end(), [&](const auto& entry) {
    return entry.first == static_cast<std::int64_t>(attribute);
  });
  return known == values_.end() ? nullptr : &known->second;
}

const std::string& MakemkvAttributes::text(MakemkvAttribute attribute) const {
  static const std::string kNothing;
  const auto* value = find(attribute);
  return value != nullptr ? value->text : kNothing;
}

std::int64_t MakemkvAttributes::code(MakemkvAttribute attribute) const {
  const auto* value = find(attribute);
  return value != nullptr ? value->code : 0;
}

std::int64_t MakemkvAttributes::number(MakemkvAttribute attribute) const {
  return parse_int(text(attribute)).value_or(0);
}

MakemkvLog gather_makemkv_log(std::string_view text) {
  MakemkvLog log;
  MakemkvLine line;  // one for all: its memory is used again
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) {
      // A number or an unquoted name may be half of one; a quoted field that is closed is whole.
      const auto last = trim(text);
      log.ends_in_a_line = true;
      if (last.ends_with('"')) take_line(log, last, line);
      break;
    }
    take_line(log, text.substr(0, end), line);
    text.remove_prefix(end + 1);
  }
  return log;
}

bool looks_like_makemkv_log(std::string_view beginning) {
  constexpr std::array<std::string_view, 7> kCodes{"MSG", "DRV", "TCOUNT", "TCOUT", "CINFO", "TINFO", "SINFO"};
  for (int i = 0; i < kLinesLookedAt && !beginning.empty(); ++i) {
    const auto end = std::min(beginning.find('\n'), beginning.size());
    const auto line = parse_makemkv_line(beginning.substr(0, end));
    if (line && std::find(kCodes.begin(), kCodes.end(), line->code) != kCodes.end() && line->number(0)) return true;
    beginning.remove_prefix(std::min(end + 1, beginning.size()));
  }
  return false;
}

}  // namespace amphi
