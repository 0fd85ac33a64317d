// The insert stage: another name for the transcode where one file system holds both, a copy hashed on the way where
// not. Mode and group of a link are the inode's, so the transcode gets them too.
#include "step/step_work.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "base/descriptor.hpp"
#include "base/digest.hpp"
#include "base/publish.hpp"
#include "step/receipts.hpp"
#include "step/replacing.hpp"
#include "step/step_parts.hpp"
#include "step/tool_runner.hpp"

namespace amphi {
namespace {

constexpr std::size_t kBlock = 1 << 20;

// Beneath the root it was made in: a link swapped in for one of its folders must not bring a file from elsewhere, whose
// mode would be changed and that would get a name in the library. A file adopted from elsewhere has no root.
Handle open_by_name(const StepWork& work) {
  const auto& known = work.spec.input_receipt;
  const auto beneath = known && !known->root.empty() ? relative_to(known->root, work.spec.input) : std::nullopt;
  if (beneath && !beneath->empty()) return Root::open(known->root).open_file(*beneath, O_RDONLY);
  Handle input(::open(work.spec.input.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (input) return input;
  throw StepError(ErrorKind::kUnavailable, Cause::kOther,
                  fmt::format("{} cannot be read: {}", work.spec.input, std::strerror(errno)));
}

Handle open_input(const StepWork& work) {
  auto input = open_by_name(work);
  demand_as_recorded(work, status_of(input.get(), work.spec.input));
  return input;
}

MediaFacts facts_of_input(const StepWork& work) {
  return work.spec.input_receipt ? work.spec.input_receipt->media : MediaFacts{};
}

bool is_inode(const StepWork& work, const std::string& name, const struct stat& inode) {
  const auto there = work.root.look(name);
  return there && there->st_ino == inode.st_ino && there->st_dev == inode.st_dev;
}

void write_copy(const StepWork& work, std::string_view bytes) {
  if (const int error = write_bytes(work.file.get(), bytes); error != 0)
    throw StepError(ErrorKind::kUnavailable, error == ENOSPC || error == EDQUOT ? Cause::kSpace : Cause::kOther,
                    fmt::format("{} cannot be written: {}", work.temporary_path(), std::strerror(error)));
}

std::size_t read_some(int descriptor, std::vector<char>& block, const std::string& path) {
  for (;;) {
    const auto count = ::read(descriptor, block.data(), block.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR)
      throw StepError(ErrorKind::kUnavailable, Cause::kOther,
                      fmt::format("{} cannot be read: {}", path, std::strerror(errno)));
  }
}

std::string copy_hashing(StepWork& work, int input, std::int64_t size) {
  Digest digest(DigestKind::kSha256);
  std::vector<char> block(kBlock);
  std::int64_t copied = 0;
  while (const auto count = read_some(input, block, work.spec.input)) {
    if (interrupted(work)) fail_interrupted();
    digest.add(block.data(), count);
    write_copy(work, {block.data(), count});
    copied += static_cast<std::int64_t>(count);
    report_progress(
        work, progress_event(Phase::kCopy, size > 0 ? static_cast<double>(copied) / static_cast<double>(size) : 1));
  }
  if (copied != size)
    throw StepError(ErrorKind::kUnfinished, Cause::kOther,
                    fmt::format("{} changed while it was copied", work.spec.input));
  return digest.hex();
}

Made made_by_linking(const StepWork& work) {
  Made made;
  made.media = facts_of_input(work);
  made.same_inode = {work.spec.input};
  if (work.spec.input_receipt) made.sha256 = work.spec.input_receipt->sha256;
  return made;
}

}  // namespace

std::optional<Receipt> insert_by_link(StepWork& work) {
  auto input = open_input(work);
  const auto inode = status_of(input.get(), work.spec.input);
  const auto& output = work.spec.output;
  work.root.make_folders(folder_of(output.relative));
  if (work.root.look(output.relative) && !is_inode(work, output.relative, inode) &&
      !is_to_be_replaced(work.root, output))
    refuse_occupied(work);
  bool linked = false;  // the link itself tells whether it can be: no number of a device does
  at_point(work, "tool_start", [&] { linked = publish_link(work.root, input.get(), output.temporary).linked; });
  if (!linked) return std::nullopt;
  report_progress(work, progress_event(Phase::kLink, 0));
  work.file = std::move(input);
  Making making{work, made_by_linking(work)};
  follow(linking_protocol(), making);
  return making.receipt;
}

Made copy_input(StepWork& work) {
  const auto input = open_input(work);
  const auto size = status_of(input.get(), work.spec.input).st_size;
  Made made;
  at_point(work, "tool_start", [] {});  // no tool: amphi copies itself
  made.sha256 = copy_hashing(work, input.get(), size);
  const auto& known = work.spec.input_receipt;
  if (known && known->sha256 && *known->sha256 != *made.sha256)
    throw StepError(ErrorKind::kUnfinished, Cause::kJudge,
                    fmt::format("{} does not have the content it was recorded with", work.spec.input),
                    "amphi track verify --checksum");
  made.media = facts_of_input(work);
  return made;
}

}  // namespace amphi
