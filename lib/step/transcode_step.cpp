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

// The encoder's log tells which streams it kept. Where it does not, equal counts can only mean all of them; anything
// else is not guessed at: a wrong language is worse than none.
KeptStreams kept_streams(const StepWork& work, const EncoderRun& run, const MediaFacts& found) {
  auto kept = run.kept().value_or(keep_all(work.spec.track));
  if (kept.audio.size() != static_cast<std::size_t>(found.audio_streams)) kept.audio.clear();
  if (kept.subtitles.size() != static_cast<std::size_t>(found.subtitle_streams)) kept.subtitles.clear();
  return kept;
}

// What the encoder says it kept must be in the file; but subtitles that it may burn into the picture are not counted.
void expect_what_was_kept(StepWork& work, const Encoder& encoder, const EncoderRun& run) {
  const auto kept = run.kept();
  if (!kept) return;
  auto& expected = work.spec.expected;
  if (expected.audio_streams < 0) expected.audio_streams = static_cast<int>(kept->audio.size());
  if (expected.subtitle_streams < 0 && !encoder.burns_subtitles)
    expected.subtitle_streams = static_cast<int>(kept->subtitles.size());
}

// A rip of the streams that the disc declares, in that order. Where none was left out, the input need not be asked:
// what encoders count are then the streams that are declared.
bool is_as_declared(const StepSpec& spec) {
  if (!spec.input_receipt) return false;
  const auto* ripper = find_ripper(spec.input_receipt->tool);
  return ripper && ripper->streams == RipStreams::kDeclared &&
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

// What is in the file, tagged.
MediaFacts finish(StepWork& work, const Encoder& encoder, const EncoderRun& run) {
  if (encoder.tags_itself) return probe_media(work.file_path());
  expect_what_was_kept(work, encoder, run);
  const auto found = probe_file(work.file_path());
  demand_good(work.spec.expected, found.media, 1);  // before anything else touches the file
  demand_finished(found);
  return is_tagged(work.spec, kept_streams(work, run, found.media), found) ? found.media : set_again(work, run, found);
}

}  // namespace

Made transcode(StepWork& work) {
  const auto& encoder = *find_encoder(work.spec.tool);
  if (!encoder.tags_itself && !is_as_declared(work.spec))
    take_probed_streams(work.spec.track, probe_file(work.spec.input));
  const auto run = encoder.run(work.spec, work.file_path());
  encode(work, *run);
  Made made;
  made.media = finish(work, encoder, *run);
  made.tool_version = run->version();
  if (made.tool_version.empty() && encoder.tool.program) made.tool_version = version_of(*encoder.tool.program);
  return made;
}

}  // namespace amphi
