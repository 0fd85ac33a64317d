#include "disc/reader_question.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/error.hpp"
#include "base/child.hpp"
#include "model/worker_job.hpp"

namespace amphi {
namespace {

constexpr int kSlowestAnswer = 30 * 60;  // seconds: a scratched disc with hundreds of playlists
constexpr std::size_t kLongestAnswer = 256 << 20;

std::string why_not(const WorkerFailure& failure, const ChildExit& exit) {
  if (!failure.message.empty()) return failure.message;
  return fmt::format("amphi-reader ended with {} {} while it read the disc", exit.signalled ? "signal" : "exit code",
                     exit.code);
}

}  // namespace

nlohmann::json ask_reader(const std::string& verb, const nlohmann::json& job, const Source& source) {
  ChildSpec spec;
  spec.arguments = {find_worker(kReaderWorker), verb, "--job",
                    job.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
  spec.err = ChildSpec::Stream::kNull;
  const auto output = run(spec, kSlowestAnswer, kLongestAnswer);
  auto [result, failure] = parse_worker_answer(output.out);
  if (result && !output.exit.signalled && output.exit.code == 0) return std::move(*result);
  const auto message = fmt::format("{} cannot be read: {}", source.path, why_not(failure, output.exit));
  const auto hint = failure.hint.empty() ? "the disc or image is damaged; try another copy" : failure.hint;
  if (failure.message.empty()) throw WorkerDied(ErrorKind::kUnavailable, message, hint);
  throw Error(ErrorKind::kUnavailable, message, hint);
}

}  // namespace amphi
