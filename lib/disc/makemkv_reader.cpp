#include "disc/makemkv_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/child.hpp"
#include "disc/makemkv_log.hpp"

namespace amphi {

namespace {

constexpr int kSlowestScan = 30 * 60;  // seconds: a scratched disc with hundreds of playlists
constexpr std::size_t kMaxOutput = 64 << 20;

[[noreturn]] void throw_failed(const Source& source, const MakemkvLog& log, const ChildExit& exit) {
  const auto why = !log.errors.empty() ? log.errors.back()
                                       : fmt::format("it ended with {} {} and found no title",
                                                     exit.signalled ? "signal" : "exit code", exit.code);
  throw Error(ErrorKind::kUnavailable, fmt::format("makemkvcon cannot read {}: {}", source.path, why),
              log.key_expired ? "renew its key or version (makemkvcon reg), then try again"
                              : "check that the disc is in the drive and clean");
}

}  // namespace

std::string makemkv_source_argument(const Source& source) {
  switch (source.kind) {
    case SourceKind::kDevice:
      return "dev:" + source.path;
    case SourceKind::kImage:
      return "iso:" + source.path;
    default:
      return "file:" + source.path;
  }
}

std::vector<std::string> makemkv_info_arguments(const Source& source, const ReadOptions& options) {
  return {"makemkvcon", "-r",
          "--noscan",   fmt::format("--minlength={}", std::max(options.min_length, 0)),
          "info",       makemkv_source_argument(source)};
}

ScannedDisc read_with_makemkv(const Source& source, const ReadOptions& options) {
  ChildSpec spec;
  spec.arguments = makemkv_info_arguments(source, options);
  spec.arguments[0] = require_program("makemkvcon");
  spec.err = ChildSpec::Stream::kNull;
  const auto output = run(spec, kSlowestScan, kMaxOutput);
  const auto log = gather_makemkv_log(output.out);
  const bool failed = output.exit.signalled || output.exit.code != 0 || log.titles.empty();
  if (failed) throw_failed(source, log, output.exit);
  auto disc = parse_makemkv_log(output.out);
  disc.source = source;
  return disc;
}

}  // namespace amphi
