// The transcode: the encoder writes into the file amphi made for it, then what it dropped is set again in place.
#include "step/step_work.hpp"

#include <fmt/format.h>

#include "amphi/verify.hpp"
#include "base/log.hpp"
#include "model/worker_job.hpp"
#include "step/expectation.hpp"
#include "step/retagging.hpp"
#include "step/tool_runner.hpp"
#include "tools/tool.hpp"
#include "tools/worker.hpp"

namespace amphi {
namespace {

std::unique_ptr<EncoderRun> make_run(const StepWork& work) {
  return work.spec.tool == "ffmpeg" ? make_ffmpeg_run(work.spec, work.file_path())
                                    : make_handbrake_run(work.spec, work.file_path());
}

// The encoder's log tells which streams it kept. Where it does not, equal counts can only mean all of them; anything
// else is not guessed at: a wrong language is worse than none.
KeptStreams kept_streams(const StepWork& work, const EncoderRun& run, const MediaFacts& found) {
  auto kept = run.kept().value_or(keep_all(work.spec.track));
  if (kept.audio.size() != static_cast<std::size_t>(found.audio_streams)) kept.audio.clear();
  if (kept.subtitles.size() != static_cast<std::size_t>(found.subtitle_streams)) kept.subtitles.clear();
  return kept;
}

// What the encoder says it kept must be in the file. HandBrake may burn a subtitle into the picture, so its subtitles
// are not counted.
void expect_what_was_kept(StepWork& work, const EncoderRun& run) {
  const auto kept = run.kept();
  if (!kept) return;
  auto& expected = work.spec.expected;
  if (expected.audio_streams < 0) expected.audio_streams = static_cast<int>(kept->audio.size());
  if (expected.subtitle_streams < 0 && work.spec.tool == "ffmpeg")
    expected.subtitle_streams = static_cast<int>(kept->subtitles.size());
}

// amphi's own ripper writes the streams that the disc declares, in that order. Where none was left out, the input need
// not be asked: what encoders count are then the streams that are declared.
bool is_as_declared(const StepSpec& spec) {
  return spec.input_receipt && spec.input_receipt->tool == "libdvdread" &&
         spec.input_receipt->media.audio_streams == static_cast<int>(spec.track.audio.size()) &&
         spec.input_receipt->media.subtitle_streams == static_cast<int>(spec.track.subtitles.size());
}

// What the encoder dropped is set again; the file is then another one, and looked at again.
MediaFacts set_again(StepWork& work, const EncoderRun& run, const ProbeResult& found) {
  take_probed_streams(work.spec.track, probe_file(work.spec.input));
  retag(work, kept_streams(work, run, found.media));
  return probe_media(work.file_path());
}

bool is_bad(const StepSpec& spec) {
  try {
    const auto found = probe_media(spec.input);
    return spec.input_receipt &&
           !judge(expect_same(spec.input_receipt->media, Stage::kInsert), found, spec.input_receipt->size_bytes).ok;
  } catch (const NoMedium&) {
    return true;
  } catch (const Error& error) {
    log_debug(fmt::format("whether the input is bad cannot be told: {}", error.message()));
    return false;
  }
}

// An encoder that could not open its input says that there is nothing to encode. The input is blamed only when it is
// bad indeed: it would not be tried again before it changes.
void encode(StepWork& work, EncoderRun& tool) {
  try {
    run_tool(work, tool);
  } catch (const StepError& error) {
    if (error.cause() != Cause::kMedium || is_bad(work.spec)) throw;
    throw StepError(error.kind(), Cause::kOther, error.message(), error.hint());
  }
}

}  // namespace

Made transcode(StepWork& work) {
  if (!is_as_declared(work.spec)) take_probed_streams(work.spec.track, probe_file(work.spec.input));
  const auto tool = make_run(work);
  encode(work, *tool);
  expect_what_was_kept(work, *tool);
  const auto found = probe_file(work.file_path());
  demand_good(work.spec.expected, found.media, 1);  // before anything else touches the file
  demand_finished(found);
  Made made;
  made.media =
      is_tagged(work.spec, kept_streams(work, *tool, found.media), found) ? found.media : set_again(work, *tool, found);
  made.tool_version = tool->version();
  if (made.tool_version.empty()) made.tool_version = tool_version(work.spec.tool);
  return made;
}

}  // namespace amphi
