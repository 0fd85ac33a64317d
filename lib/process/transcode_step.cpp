// The transcode: the encoder writes into the file amphi made for it, then what it dropped is set again in place.
#include "process/step_work.hpp"

#include "model/media_job.hpp"
#include "process/retagging.hpp"
#include "process/tool_runner.hpp"
#include "tools/media_worker.hpp"
#include "tools/tool.hpp"

namespace amphi {
namespace {

std::unique_ptr<EncoderRun> make_run(const StepWork& work) {
  return work.spec.tool == "ffmpeg" ? make_ffmpeg_run(work.spec, work.temporary_path())
                                    : make_handbrake_run(work.spec, work.temporary_path());
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

}  // namespace

Made transcode(StepWork& work) {
  take_probed_streams(work.spec.track, probe_file(work.spec.input));  // what encoders count are the streams of the file
  const auto tool = make_run(work);
  run_tool(work, *tool);
  expect_what_was_kept(work, *tool);
  Made made;
  made.media = probe_media(work.temporary_path());
  demand_good(work.spec.expected, made.media, 1);  // before anything else touches the file
  retag(work, kept_streams(work, *tool, made.media));
  made.media = probe_media(work.temporary_path());
  made.tool_version = tool->version();
  if (made.tool_version.empty()) made.tool_version = tool_version(work.spec.tool);
  return made;
}

}  // namespace amphi
