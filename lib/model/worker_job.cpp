#include "model/worker_job.hpp"

#include "base/text.hpp"
#include "model/json_reader.hpp"
#include "model/model_json.hpp"

namespace amphi {
namespace {

// What a disc or a path put into a text may be no UTF-8: a line that cannot be written would hide the answer.
std::string event_line(nlohmann::json body, const char* event) {
  body["event"] = event;
  return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string progress_line(const Progress& progress) {
  return event_line(progress, "progress");
}
std::string failure_line(const WorkerFailure& failure) {
  return event_line(failure, "error");
}
std::string result_line(nlohmann::json result) {
  return event_line(std::move(result), "result");
}

std::optional<std::pair<std::string, nlohmann::json>> parse_worker_event(std::string_view line) {
  auto parsed = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object() || !parsed.contains("event") || !parsed["event"].is_string()) return std::nullopt;
  auto name = parsed["event"].get<std::string>();
  return std::pair(std::move(name), std::move(parsed));
}

WorkerAnswer parse_worker_answer(std::string_view out) {
  WorkerAnswer answer;
  for (const auto& line : split(out, '\n')) {
    auto event = parse_worker_event(line);
    if (!event) continue;
    if (event->first == "result") answer.result = std::move(event->second);
    if (event->first == "error") answer.failure = event->second.get<WorkerFailure>();
  }
  return answer;
}

void to_json(nlohmann::json& out, const WorkerFailure& failure) {
  out = {{"cause", to_string(failure.cause)}, {"message", failure.message}, {"hint", failure.hint}};
}

void from_json(const nlohmann::json& in, WorkerFailure& failure) {
  const JsonReader read(in, "media failure");
  std::string cause;
  read.take("cause", cause);
  failure.cause = parse_cause(cause).value_or(Cause::kOther);
  read.need("message", failure.message);
  read.take("hint", failure.hint);
}

void to_json(nlohmann::json& out, const DvdSectorsJob& job) {
  out = {{"source", job.source},
         {"title", job.title},
         {"out_fd", job.out_fd},
         {"record_fd", job.record_fd},
         {"from_sector", job.from_sector}};
}

void from_json(const nlohmann::json& in, DvdSectorsJob& job) {
  const JsonReader read(in, "dvd-sectors job");
  read.need("source", job.source);
  read.need("title", job.title);
  read.need("out_fd", job.out_fd);
  read.take("record_fd", job.record_fd);
  read.take("from_sector", job.from_sector);
}

void to_json(nlohmann::json& out, const SectorsResult& result) {
  out = {{"sectors", result.sectors}, {"bad_sectors", result.bad_sectors}};
}

void from_json(const nlohmann::json& in, SectorsResult& result) {
  const JsonReader read(in, "sectors result");
  read.need("sectors", result.sectors);
  read.need("bad_sectors", result.bad_sectors);
}

void to_json(nlohmann::json& out, const DvdRemuxJob& job) {
  out = {{"source", job.source},
         {"title", job.title},
         {"sectors_fd", job.sectors_fd},
         {"out_fd", job.out_fd},
         {"tags", job.tags}};
}

void from_json(const nlohmann::json& in, DvdRemuxJob& job) {
  const JsonReader read(in, "dvd-remux job");
  read.need("source", job.source);
  read.need("title", job.title);
  read.need("sectors_fd", job.sectors_fd);
  read.need("out_fd", job.out_fd);
  read.take("tags", job.tags);
}

void to_json(nlohmann::json& out, const DvdRemuxResult& result) {
  out = {{"media", result.media},
         {"read_back", result.read_back},
         {"declared_seconds", result.declared_seconds},
         {"bad_sectors", result.bad_sectors},
         {"dropped_audio", result.dropped_audio},
         {"dropped_subtitles", result.dropped_subtitles}};
}

void from_json(const nlohmann::json& in, DvdRemuxResult& result) {
  const JsonReader read(in, "dvd-remux result");
  read.need("media", result.media);
  read.need("read_back", result.read_back);
  read.need("declared_seconds", result.declared_seconds);
  read.need("bad_sectors", result.bad_sectors);
  read.take("dropped_audio", result.dropped_audio);
  read.take("dropped_subtitles", result.dropped_subtitles);
}

void to_json(nlohmann::json& out, const BlurayTitlesJob& job) {
  out = {{"source", job.source}, {"playlists", job.playlists}, {"clips", job.clips}};
}

void from_json(const nlohmann::json& in, BlurayTitlesJob& job) {
  const JsonReader read(in, "bluray-titles job");
  read.need("source", job.source);
  read.need("playlists", job.playlists);
  read.take("clips", job.clips);
}

void to_json(nlohmann::json& out, const BlurayTitlesResult& result) {
  out = {{"tracks", result.tracks}, {"encrypted", result.encrypted}, {"warnings", result.warnings}};
}

void from_json(const nlohmann::json& in, BlurayTitlesResult& result) {
  const JsonReader read(in, "bluray-titles result");
  read.need("tracks", result.tracks);
  read.need("encrypted", result.encrypted);
  read.take("warnings", result.warnings);
}

void to_json(nlohmann::json& out, const BlurayClipsJob& job) {
  out = {{"source", job.source},
         {"reference", job.reference},
         {"folder_fd", job.folder_fd},
         {"record_fd", job.record_fd},
         {"from_sector", job.from_sector}};
}

void from_json(const nlohmann::json& in, BlurayClipsJob& job) {
  const JsonReader read(in, "bluray-clips job");
  read.need("source", job.source);
  read.need("reference", job.reference);
  read.need("folder_fd", job.folder_fd);
  read.take("record_fd", job.record_fd);
  read.take("from_sector", job.from_sector);
}

void to_json(nlohmann::json& out, const BlurayStreamsJob& job) {
  out = {{"folder_fd", job.folder_fd}};
}

void from_json(const nlohmann::json& in, BlurayStreamsJob& job) {
  JsonReader(in, "bluray-streams job").need("folder_fd", job.folder_fd);
}

void to_json(nlohmann::json& out, const BlurayStreamsResult& result) {
  out = {{"pids", result.pids}, {"cores", result.cores}};
}

void from_json(const nlohmann::json& in, BlurayStreamsResult& result) {
  const JsonReader read(in, "bluray-streams result");
  read.need("pids", result.pids);
  read.take("cores", result.cores);
}

void to_json(nlohmann::json& out, const CdTocJob& job) {
  out = {{"source", job.source}};
}

void from_json(const nlohmann::json& in, CdTocJob& job) {
  const JsonReader read(in, "cd-toc job");
  read.need("source", job.source);
}

void to_json(nlohmann::json& out, const CdSectorsJob& job) {
  out = {{"source", job.source}, {"first", job.first}, {"sectors", job.sectors}, {"out_fd", job.out_fd}};
}

void from_json(const nlohmann::json& in, CdSectorsJob& job) {
  const JsonReader read(in, "cd-sectors job");
  read.need("source", job.source);
  read.need("first", job.first);
  read.need("sectors", job.sectors);
  read.need("out_fd", job.out_fd);
}

void to_json(nlohmann::json& out, const ProbedStream& stream) {
  out = {{"type", stream.type},   {"codec", stream.codec},   {"language", stream.language},
         {"title", stream.title}, {"flags", stream.flags},   {"channels", stream.channels},
         {"width", stream.width}, {"height", stream.height}, {"end_seconds", stream.end_seconds}};
}

void from_json(const nlohmann::json& in, ProbedStream& stream) {
  const JsonReader read(in, "probed stream");
  read.need("type", stream.type);
  read.need("codec", stream.codec);
  read.take("language", stream.language);
  read.take("title", stream.title);
  read.take("flags", stream.flags);
  read.take("channels", stream.channels);
  read.take("width", stream.width);
  read.take("height", stream.height);
  read.take("end_seconds", stream.end_seconds);
}

void to_json(nlohmann::json& out, const ProbedGap& gap) {
  out = {{"stream", gap.stream}, {"at_seconds", gap.at_seconds}, {"seconds", gap.seconds}};
}

void from_json(const nlohmann::json& in, ProbedGap& gap) {
  const JsonReader read(in, "probed gap");
  read.need("stream", gap.stream);
  read.need("at_seconds", gap.at_seconds);
  read.need("seconds", gap.seconds);
}

void to_json(nlohmann::json& out, const ProbeResult& result) {
  out = {{"media", result.media},       {"streams", result.streams},
         {"chapters", result.chapters}, {"tags", result.tags},
         {"finished", result.finished}, {"full", result.full},
         {"gaps", result.gaps},         {"corrupt_packets", result.corrupt_packets}};
}

void from_json(const nlohmann::json& in, ProbeResult& result) {
  const JsonReader read(in, "probe result");
  read.need("media", result.media);
  read.take("streams", result.streams);
  read.take("chapters", result.chapters);
  read.take("tags", result.tags);
  read.take("finished", result.finished);
  read.take("full", result.full);
  read.take("gaps", result.gaps);
  read.take("corrupt_packets", result.corrupt_packets);
}

}  // namespace amphi
