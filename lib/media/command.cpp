#include "media/command.hpp"

#include <new>

#include <nlohmann/json.hpp>

#include "media/av.hpp"
#include "media/bluray_clips.hpp"
#include "media/bluray_titles.hpp"
#include "media/cd_sectors.hpp"
#include "media/cd_toc.hpp"
#include "media/dvd_remux.hpp"
#include "media/fault.hpp"
#include "media/probe.hpp"
#include "media/sector_copy.hpp"

namespace amphi {
namespace {

constexpr const char* kUsage =
    "probe [--full] FILE | --version | --job JSON after dvd-sectors, dvd-remux, bluray-titles, bluray-clips, "
    "bluray-streams, cd-toc, cd-sectors";

nlohmann::json job_of(const std::vector<std::string>& arguments) {
  if (arguments.size() != 3 || arguments[1] != "--job") {
    throw Error(ErrorKind::kUsage, "amphi-media " + arguments[0] + " needs --job JSON", kUsage);
  }
  auto job = nlohmann::json::parse(arguments[2], nullptr, false);
  if (job.is_discarded()) throw Error(ErrorKind::kUsage, "the job is no JSON document");
  return job;
}

nlohmann::json probe(const std::vector<std::string>& arguments) {
  const bool full = arguments.size() == 3 && arguments[1] == "--full";
  if (arguments.size() != 2 && !full) throw Error(ErrorKind::kUsage, "amphi-media probe needs one FILE", kUsage);
  return probe_file(arguments.back(), full ? ProbeDepth::kFull : ProbeDepth::kTail);
}

nlohmann::json answer(const std::vector<std::string>& arguments, Events& events) {
  const std::string verb = arguments.empty() ? "" : arguments[0];
  if (verb == "probe") return probe(arguments);
  if (verb == "dvd-sectors") return run_dvd_sectors(job_of(arguments).get<DvdSectorsJob>(), events);
  if (verb == "dvd-remux") return run_dvd_remux(job_of(arguments).get<DvdRemuxJob>(), events);
  if (verb == "bluray-titles") return run_bluray_titles(job_of(arguments).get<BlurayTitlesJob>());
  if (verb == "bluray-clips") return run_bluray_clips(job_of(arguments).get<BlurayClipsJob>(), events);
  if (verb == "bluray-streams") return run_bluray_streams(job_of(arguments).get<BlurayStreamsJob>());
  if (verb == "cd-sectors") return run_cd_sectors(job_of(arguments).get<CdSectorsJob>(), events);
  if (verb == "cd-toc") return run_cd_toc(job_of(arguments).get<CdTocJob>());
  throw Error(ErrorKind::kUsage, "amphi-media does not know '" + verb + "'", kUsage);
}

}  // namespace

int run_media_command(const std::vector<std::string>& arguments, Events& events) {
  configure_av_log();
  try {
    events.result(answer(arguments, events));
    return kMediaDone;
  } catch (const MediaFault& fault) {
    events.failure(fault.cause(), fault.message(), fault.hint());
  } catch (const Error& error) {
    events.failure(error.kind() == ErrorKind::kUsage ? "usage" : "other", error.message(), error.hint());
    return error.kind() == ErrorKind::kUsage ? kMediaUsage : kMediaFailed;
  } catch (const std::bad_alloc&) {
    events.failure("other", "out of memory", "");
  } catch (const std::exception& error) {
    events.failure("other", error.what(), "");
  }
  return kMediaFailed;
}

}  // namespace amphi
