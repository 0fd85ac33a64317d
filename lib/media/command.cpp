#include "media/command.hpp"

#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "media/av.hpp"
#include "media/dvd_remux.hpp"
#include "media/probe.hpp"
#include "model/worker_job.hpp"
#include "reader/worker.hpp"

namespace amphi {
namespace {

constexpr const char* kUsage = "--version | probe [--full] FILE | dvd-remux --job JSON";

nlohmann::json probe(const std::vector<std::string>& arguments) {
  const bool full = arguments.size() == 3 && arguments[1] == "--full";
  if (arguments.size() != 2 && !full) throw Error(ErrorKind::kUsage, "probe needs one FILE", kUsage);
  return probe_file(arguments.back(), full ? ProbeDepth::kFull : ProbeDepth::kTail);
}

}  // namespace

nlohmann::json answer_media(const std::vector<std::string>& arguments, Events& events) {
  configure_av_log();
  const std::string verb = arguments.empty() ? "" : arguments[0];
  if (verb == "probe") return probe(arguments);
  if (verb == "dvd-remux") return run_dvd_remux(job_of(arguments).get<DvdRemuxJob>(), events);
  throw Error(ErrorKind::kUsage, "amphi-media does not know '" + verb + "'", kUsage);
}

}  // namespace amphi
