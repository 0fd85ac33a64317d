// amphi's workers, driven from amphi: quick questions to amphi-media, the one that parses media, and the long jobs of
// both as tool runs. What they answer is JSON Lines (model/worker_job.hpp).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "amphi/artifact.hpp"
#include "amphi/error.hpp"
#include "model/worker_job.hpp"
#include "tools/tool.hpp"

namespace amphi {

// The worker has looked, and the file is no medium. kUnavailable.
class NoMedium : public Error {
 public:
  using Error::Error;
};

// Asks the worker for what is in a file. Throws NoMedium; any other error says that nobody could look: the worker is
// missing, takes too long or ended without an answer, the file cannot be read.
MediaFacts probe_media(const std::string& path);
ProbeResult probe_file(const std::string& path);

// The streams that are really in a rip, with their languages, names and flags, in place of those the disc declared: a
// ripper leaves out declared streams without packets, and what encoders and mkvpropedit count are the streams of the
// file.
void take_probed_streams(ScannedTrack& track, const ProbeResult& probe);

// One long job of a worker. The descriptors of `pass` must stay open under the same number in the child.
class WorkerRun : public ToolRun {
 public:
  static std::unique_ptr<WorkerRun> sectors(const DvdSectorsJob& job);
  static std::unique_ptr<WorkerRun> remux(const DvdRemuxJob& job);
  static std::unique_ptr<WorkerRun> clips(const BlurayClipsJob& job);
  static std::unique_ptr<WorkerRun> streams(const BlurayStreamsJob& job);
  static std::unique_ptr<WorkerRun> cd_sectors(const CdSectorsJob& job);

  std::vector<std::string> arguments() const override;  // [0]: the worker's path; throws kUnavailable without one
  std::vector<int> pass() const { return pass_; }
  std::optional<Progress> take_out(std::string_view line) override;
  std::optional<Progress> take_err(std::string_view line) override;
  // Ok: exit 0 and a result.
  ToolVerdict verdict(const ChildExit& exit) const override;
  // What the worker answered. Throws kUsage where that is no such result; to be asked after a good verdict.
  template <class Result>
  Result result() const {
    return result_.value().get<Result>();
  }

 private:
  WorkerRun(const char* worker, std::string verb, Phase phase, std::string document, std::vector<int> pass);
  std::string worker_, verb_;
  Phase phase_;
  std::string document_;
  std::vector<int> pass_;
  double fraction_ = 0;
  std::optional<WorkerFailure> failure_;
  std::optional<nlohmann::json> result_;
  std::string last_error_line_;
};

}  // namespace amphi
