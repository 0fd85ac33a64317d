#include "tools/worker.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

using nlohmann::json;

constexpr int kProbeTimeout = 300;  // seconds: a file on a sleeping or far disk

// `path` may begin with '-' where it is relative.
std::string as_argument(const std::string& path) {
  return path.starts_with('-') ? "./" + path : path;
}

// Labels of discs are no UTF-8 at times: JSON cannot carry that, and a job must not fail for a tag.
std::string document_of(const json& job) {
  return job.dump(-1, ' ', /*ensure_ascii=*/false, json::error_handler_t::replace);
}

std::string probe_failed(const std::string& path, const std::string& why) {
  return fmt::format("{} cannot be probed: {}", escape_controls(path), escape_controls(why));
}

}  // namespace

ProbeResult probe_file(const std::string& path) {
  ChildSpec spec;
  spec.arguments = {find_worker(kMediaWorker), "probe", as_argument(path)};
  spec.err = ChildSpec::Stream::kPipe;
  const auto answer = run(spec, kProbeTimeout);
  const auto [result, failure] = parse_worker_answer(answer.out);
  if (result && !answer.exit.signalled && answer.exit.code == 0) return result->get<ProbeResult>();
  auto why = failure.message;
  if (failure.cause == Cause::kJudge)
    throw NoMedium(ErrorKind::kUnavailable, probe_failed(path, why), "is it a whole media file?");
  if (why.empty() && answer.exit.signalled) why = fmt::format("amphi-media was ended by signal {}", answer.exit.code);
  if (why.empty()) why = "amphi-media gave no answer";
  throw Error(ErrorKind::kUnavailable, probe_failed(path, why), "try again");
}

MediaFacts probe_media(const std::string& path) {
  return probe_file(path).media;
}

void take_probed_streams(ScannedTrack& track, const ProbeResult& probe) {
  if (!probe.chapters.empty()) track.chapters = probe.chapters;
  track.audio.clear();
  track.subtitles.clear();
  for (const auto& stream : probe.streams) {
    if (stream.type == "audio") {
      AudioStream audio;
      audio.index = static_cast<int>(track.audio.size());
      audio.codec = stream.codec;
      audio.language = stream.language;
      audio.channels = stream.channels;
      audio.name = stream.title;
      audio.flags = stream.flags;
      track.audio.push_back(std::move(audio));
    } else if (stream.type == "subtitle") {
      SubtitleStream subtitle;
      subtitle.index = static_cast<int>(track.subtitles.size());
      subtitle.codec = stream.codec;
      subtitle.language = stream.language;
      subtitle.name = stream.title;
      subtitle.flags = stream.flags;
      track.subtitles.push_back(std::move(subtitle));
    }
  }
}

WorkerRun::WorkerRun(const char* worker, std::string verb, Phase phase, std::string document, std::vector<int> pass)
    : worker_(worker), verb_(std::move(verb)), phase_(phase), document_(std::move(document)), pass_(std::move(pass)) {
  std::erase_if(pass_, [](int descriptor) { return descriptor < 0; });
}

std::unique_ptr<WorkerRun> WorkerRun::sectors(const DvdSectorsJob& job) {
  return std::unique_ptr<WorkerRun>(
      new WorkerRun(kReaderWorker, "dvd-sectors", Phase::kCopy, document_of(job), {job.out_fd, job.record_fd}));
}

std::unique_ptr<WorkerRun> WorkerRun::remux(const DvdRemuxJob& job) {
  return std::unique_ptr<WorkerRun>(
      new WorkerRun(kMediaWorker, "dvd-remux", Phase::kRemux, document_of(job), {job.sectors_fd, job.out_fd}));
}

std::unique_ptr<WorkerRun> WorkerRun::clips(const BlurayClipsJob& job) {
  return std::unique_ptr<WorkerRun>(
      new WorkerRun(kReaderWorker, "bluray-clips", Phase::kCopy, document_of(job), {job.folder_fd, job.record_fd}));
}

std::unique_ptr<WorkerRun> WorkerRun::streams(const BlurayStreamsJob& job) {
  return std::unique_ptr<WorkerRun>(
      new WorkerRun(kReaderWorker, "bluray-streams", Phase::kJudge, document_of(job), {job.folder_fd}));
}

std::unique_ptr<WorkerRun> WorkerRun::cd_sectors(const CdSectorsJob& job) {
  return std::unique_ptr<WorkerRun>(
      new WorkerRun(kReaderWorker, "cd-sectors", Phase::kCopy, document_of(job), {job.out_fd}));
}

std::vector<std::string> WorkerRun::arguments() const {
  return {find_worker(worker_), verb_, "--job", document_};
}

std::optional<Progress> WorkerRun::take_out(std::string_view line) {
  const auto event = parse_worker_event(line);
  if (!event) return std::nullopt;
  if (event->first == "result") result_ = event->second;
  if (event->first == "error") failure_ = event->second.get<WorkerFailure>();
  if (event->first != "progress") return std::nullopt;
  auto progress = event->second.get<Progress>();
  if (std::isfinite(progress.fraction)) fraction_ = std::max(fraction_, std::clamp(progress.fraction, 0.0, 1.0));
  progress.fraction = fraction_;
  progress.phase = phase_;
  return progress;
}

std::optional<Progress> WorkerRun::take_err(std::string_view line) {
  if (!trim(line).empty()) last_error_line_ = escape_controls(trim(line));
  return std::nullopt;
}

ToolVerdict WorkerRun::verdict(const ChildExit& exit) const {
  if (failure_) return {false, failure_->cause, failure_->message, failure_->hint};
  if (exit.signalled)
    return {false, Cause::kOther, fmt::format("{} was ended by signal {}", worker_, exit.code), "run it again"};
  if (exit.code == 0 && result_) return {true, {}, "", ""};
  return {false, Cause::kOther, fmt::format("{} ended with {} and no result: {}", worker_, exit.code, last_error_line_),
          "see the step's log"};
}

}  // namespace amphi
