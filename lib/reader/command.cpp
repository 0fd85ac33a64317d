#include "reader/command.hpp"

#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "model/worker_job.hpp"
#include "reader/bluray_clips.hpp"
#include "reader/bluray_titles.hpp"
#include "reader/cd_sectors.hpp"
#include "reader/cd_toc.hpp"
#include "reader/sector_copy.hpp"
#include "reader/worker.hpp"

namespace amphi {
namespace {

constexpr const char* kUsage =
    "--version | --job JSON after dvd-sectors, bluray-titles, bluray-clips, bluray-streams, cd-toc, cd-sectors";

}  // namespace

nlohmann::json answer_reader(const std::vector<std::string>& arguments, Events& events) {
  const std::string verb = arguments.empty() ? "" : arguments[0];
  if (verb == "dvd-sectors") return run_dvd_sectors(job_of(arguments).get<DvdSectorsJob>(), events);
  if (verb == "bluray-titles") return run_bluray_titles(job_of(arguments).get<BlurayTitlesJob>());
  if (verb == "bluray-clips") return run_bluray_clips(job_of(arguments).get<BlurayClipsJob>(), events);
  if (verb == "bluray-streams") return run_bluray_streams(job_of(arguments).get<BlurayStreamsJob>());
  if (verb == "cd-sectors") return run_cd_sectors(job_of(arguments).get<CdSectorsJob>(), events);
  if (verb == "cd-toc") return run_cd_toc(job_of(arguments).get<CdTocJob>());
  throw Error(ErrorKind::kUsage, "amphi-reader does not know '" + verb + "'", kUsage);
}

}  // namespace amphi
