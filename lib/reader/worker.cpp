#include "reader/worker.hpp"

#include <cstdio>
#include <new>

#include <nlohmann/json.hpp>

#include "base/signals.hpp"
#include "reader/fault.hpp"

namespace amphi {
namespace {

int answer(const Worker& worker, const std::vector<std::string>& arguments, Events& events) {
  try {
    events.result(worker.answer(arguments, events));
    return kWorkerDone;
  } catch (const WorkerFault& fault) {
    events.failure(fault.cause(), fault.message(), fault.hint());
  } catch (const Error& error) {
    events.failure(error.kind() == ErrorKind::kUsage ? Cause::kUsage : Cause::kOther, error.message(), error.hint());
    return error.kind() == ErrorKind::kUsage ? kWorkerUsage : kWorkerFailed;
  } catch (const std::bad_alloc&) {
    events.failure(Cause::kOther, "out of memory", "");
  } catch (const std::exception& error) {
    events.failure(Cause::kOther, error.what(), "");
  }
  return kWorkerFailed;
}

}  // namespace

nlohmann::json job_of(const std::vector<std::string>& arguments) {
  if (arguments.size() != 3 || arguments[1] != "--job") {
    throw Error(ErrorKind::kUsage, arguments[0] + " needs --job JSON");
  }
  auto job = nlohmann::json::parse(arguments[2], nullptr, false);
  if (job.is_discarded()) throw Error(ErrorKind::kUsage, "the job is no JSON document");
  return job;
}

int run_worker(const Worker& worker, int count, char** values) {
  const std::vector<std::string> arguments(values + (count > 0 ? 1 : 0), values + count);
  if (arguments.size() == 1 && arguments[0] == "--version") {
    std::puts((worker.name + " " + worker.version).c_str());
    return kWorkerDone;
  }
  install_signal_handlers();
  try {
    auto events = Events::take_over_stdout();
    return answer(worker, arguments, events);
  } catch (const Interrupted&) {
    end_by_signal(last_signal());
  } catch (const Error& error) {
    std::fprintf(stderr, "%s: %s\n", worker.name.c_str(), error.what());
    return kWorkerFailed;
  }
}

}  // namespace amphi
