#include "step/step_parts.hpp"

#include <fcntl.h>
#include <grp.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

#include "amphi/verify.hpp"
#include "base/clock.hpp"
#include "base/descriptor.hpp"
#include "base/digest.hpp"
#include "base/publish.hpp"
#include "base/space.hpp"
#include "base/text.hpp"
#include "step/leftovers.hpp"
#include "step/receipts.hpp"
#include "step/replacing.hpp"
#include "step/taking_back.hpp"

namespace amphi {
namespace {

constexpr std::int64_t kLongestLog = 16 << 20;  // a tool may talk without end

// What appeared meanwhile and has the very same content is as good as ours; anything else is a conflict.
bool take_over_alike(StepWork& work, Receipt receipt) {
  const auto& output = work.spec.output;
  const auto there = work.root.look(output.relative);
  if (!there || !S_ISREG(there->st_mode) || there->st_size != receipt.size_bytes) return false;
  const auto theirs = work.root.open_file(output.relative, O_RDONLY);
  const auto ours = work.root.open_file(output.temporary, O_RDONLY);
  if (sha256_of_descriptor(theirs.get(), work.final_path()) != sha256_of_descriptor(ours.get(), work.temporary_path()))
    return false;
  make_durable(work, theirs.get());
  const auto info = status_of(theirs.get(), work.final_path());
  receipt.mtime_ns = mtime_ns_of(info);
  receipt.inode = info.st_ino;
  write_receipt(work.root, receipt);
  work.root.remove_file(output.temporary);
  return true;
}

bool has_final_name(const StepWork& work) {
  const auto there = work.published != 0 ? work.root.look(work.spec.output.relative) : std::nullopt;
  return there && there->st_ino == work.published;
}

}  // namespace

std::vector<int> inherited_locks() {
  std::vector<int> locks;
  const char* text = std::getenv(kLocksVariable);
  if (!text) return locks;
  for (const auto& part : split(text, ','))
    if (const auto number = parse_int(part); number && *number > 2 && ::fcntl(static_cast<int>(*number), F_GETFD) >= 0)
      locks.push_back(static_cast<int>(*number));
  return locks;
}

Handle open_log(const StepSpec& spec) {
  if (spec.log_path.empty()) return Handle();
  return Handle(::open(spec.log_path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
}

StepEvent event_of(StepEvent::Type type, double fraction) {
  StepEvent event;
  event.type = type;
  event.progress.fraction = fraction;
  return event;
}

StepEvent progress_event(Phase phase, double fraction) {
  auto event = event_of(StepEvent::Type::kProgress, fraction);
  event.progress.phase = phase;
  return event;
}

void write_log(StepWork& work, std::string_view line) {
  if (!work.log || work.logged > kLongestLog) return;
  auto text = fmt::format("{}\n", line);
  work.logged += static_cast<std::int64_t>(text.size());
  if (work.logged > kLongestLog) text = "amphi: the rest of what the tool said is not kept\n";
  // A log that cannot be written must not fail a step that goes well: then it is not kept any longer.
  if (::write(work.log.get(), text.data(), text.size()) < 0) work.log.reset();
}

void report_progress(StepWork& work, const StepEvent& event) {
  if (std::exchange(work.progressed, true)) return work.report(event);
  at_point(work, "first_progress", [&] { work.report(event); });
}

struct stat status_of(int descriptor, const std::string& path) {
  struct stat info {};
  if (::fstat(descriptor, &info) != 0)
    throw Error(ErrorKind::kUnavailable, fmt::format("{}: {}", path, std::strerror(errno)));
  return info;
}

struct stat file_status(const StepWork& work) {
  return status_of(work.file.get(), work.temporary_path());
}

std::int64_t file_size(const StepWork& work) {
  return file_status(work).st_size;
}

void make_durable(const StepWork& work, int descriptor) {
  sync_file(descriptor, work.final_path());
  work.root.sync_folder(folder_of(work.spec.output.relative));
}

bool give_final_name(StepWork& work, ino_t inode) {
  const auto& output = work.spec.output;
  const auto there = work.root.look(output.relative);
  const bool linked = there && there->st_ino == inode;  // by an insert before this one
  if (!linked) work.published = inode;
  work.exchanged = output.replaces && there && !linked;
  work.stands = work.exchanged ? publish_replacing(work.root, output)
                               : publish(work.root, output.temporary, output.relative) == PublishResult::kPublished;
  return work.stands;
}

bool take_back(const StepWork& work) {
  const auto published = work.exchanged ? Published::kExchanged : Published::kFresh;
  return take_back(work.root, work.spec.output, published, [&] { return has_final_name(work); });
}

void refuse_occupied(const StepWork& work) {
  throw StepError(ErrorKind::kUnfinished, Cause::kOther,
                  fmt::format("{} is there already and is not what this step made", work.final_path()),
                  "move it away, adopt it with amphi track adopt, or give the track another name or edition");
}

Receipt receipt_of(const StepWork& work, const Made& made, const struct stat& file) {
  const auto& spec = work.spec;
  Receipt receipt;
  receipt.step_id = spec.id;
  receipt.stage = spec.stage;
  receipt.fingerprint = spec.fingerprint;
  receipt.reference = spec.reference;
  receipt.root = work.root.path();
  receipt.path = work.final_path();
  receipt.size_bytes = file.st_size;
  receipt.mtime_ns = mtime_ns_of(file);
  receipt.inode = file.st_ino;
  receipt.sha256 = made.sha256;
  receipt.media = made.media;
  receipt.bad_sectors = made.bad_sectors;
  receipt.tool = spec.tool;
  receipt.tool_version = made.tool_version;
  receipt.preset = spec.stage == Stage::kTranscode ? spec.preset : "";
  receipt.input_step_id = spec.input_receipt ? spec.input_receipt->step_id : "";
  receipt.same_inode = made.same_inode;
  receipt.created_at = system_now();
  receipt.created_at.ns -= receipt.created_at.ns % 1'000'000;  // as it is written: what is reported is what is stored
  return receipt;
}

void apply_mode_and_group(const StepWork& work, int descriptor) {
  const auto& output = work.spec.output;
  if (output.group) {
    const auto* entry = ::getgrnam(output.group->c_str());
    if (!entry)
      throw StepError(ErrorKind::kUsage, Cause::kOther, fmt::format("there is no group '{}'", *output.group),
                      "library.group in the configuration");
    if (::fchown(descriptor, static_cast<uid_t>(-1), entry->gr_gid) != 0)
      throw StepError(ErrorKind::kUnavailable, Cause::kOther,
                      fmt::format("{} cannot be given to the group '{}': {}", work.final_path(), *output.group,
                                  std::strerror(errno)),
                      "library.group in the configuration must be a group of the user that runs amphi");
  }
  if (output.mode && ::fchmod(descriptor, *output.mode) != 0)
    throw StepError(
        ErrorKind::kUnavailable, Cause::kOther,
        fmt::format("{} cannot be given the mode {:04o}: {}", work.final_path(), *output.mode, std::strerror(errno)));
}

void demand_good(const Expectation& expected, const MediaFacts& found, std::int64_t size_bytes) {
  const auto judgement = judge(expected, found, size_bytes);
  if (!judgement.ok) throw StepError(ErrorKind::kUnfinished, Cause::kJudge, judgement.why);
}

void demand_finished(const ProbeResult& found) {
  if (!found.finished)
    throw StepError(ErrorKind::kUnfinished, Cause::kJudge,
                    "the tool did not finish its file: it ends before the size that it claims, or claims none");
}

void demand_input_unchanged(const StepWork& work) {
  struct stat info {};
  const auto& spec = work.spec;
  if (::lstat(spec.input.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
    throw StepError(ErrorKind::kUnavailable, Cause::kOther, fmt::format("the input {} is gone", spec.input),
                    "amphi plan");
  demand_as_recorded(work, info);
}

void demand_as_recorded(const StepWork& work, const struct stat& input) {
  const auto& known = work.spec.input_receipt;
  if (known && !matches(*known, input.st_size, mtime_ns_of(input)))
    throw StepError(ErrorKind::kUnfinished, Cause::kOther,
                    fmt::format("the input {} is not as it was recorded", work.spec.input), "amphi track verify");
}

bool out_of_space(const StepSpec& spec) {
  const auto free = free_bytes(spec.output.root);
  return free && *free < 1 << 20;
}

void report_made(Making& now) {
  now.work.report(progress_event(Phase::kJudge, 1));
}

void report_linked(Making& now) {
  now.work.report(progress_event(Phase::kLink, 1));
}

void judge_made(Making& now) {
  demand_good(now.work.spec.expected, now.made.media, file_size(now.work));
}

void seal_made(Making& now) {
  auto& work = now.work;
  const auto named = work.root.look(work.spec.output.temporary);
  if (!named || named->st_ino != file_status(work).st_ino)
    throw StepError(
        ErrorKind::kUnfinished, Cause::kTool,
        fmt::format("{} was put in the place of the file amphi had made for the tool", work.temporary_path()));
  if (work.spec.stage == Stage::kInsert) apply_mode_and_group(work, work.file.get());
  if (const int error = sync_descriptor(work.file.get()); error != 0)
    throw StepError(
        ErrorKind::kUnavailable, error == ENOSPC || error == EDQUOT ? Cause::kSpace : Cause::kOther,
        fmt::format("{} could not be written to the disk: {}", work.temporary_path(), std::strerror(error)));
  work.report(event_of(StepEvent::Type::kSealed, 1));
}

void seal_linked(Making& now) {
  const auto& work = now.work;
  apply_mode_and_group(work, work.file.get());
  if (const int error = sync_descriptor(work.file.get()); error != 0)
    throw StepError(ErrorKind::kUnavailable, Cause::kOther,
                    fmt::format("{}: {}", work.spec.input, std::strerror(error)));
}

void seal_adopted(Making& now) {
  make_durable(now.work, now.work.file.get());
}

void keep_receipt(Making& now) {
  now.receipt = receipt_of(now.work, now.made, file_status(now.work));
  write_receipt(now.work.root, now.receipt);
}

void publish_made(Making& now) {
  auto& work = now.work;
  if (give_final_name(work, file_status(work).st_ino)) return;
  work.stands = take_over_alike(work, now.receipt);
  if (!work.stands) refuse_occupied(work);
}

void publish_linked(Making& now) {
  if (!give_final_name(now.work, file_status(now.work).st_ino)) refuse_occupied(now.work);
}

void remove_own_scratch(Making& now) {
  remove_scratch(now.work.root, now.work.spec);
}

void follow(const std::vector<MakingAction>& protocol, Making& making) {
  for (const auto& action : protocol) at_point(making.work, action.name, [&] { action.act(making); });
}

}  // namespace amphi
