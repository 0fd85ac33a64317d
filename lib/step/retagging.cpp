#include "step/retagging.hpp"

#include <numeric>

#include "base/child.hpp"
#include "step/receipts.hpp"
#include "tools/matroska_front.hpp"

namespace amphi {
namespace {

// A file of this step's own in the root's `.amphi/progress`, gone when it has been read.
class Note {
 public:
  Note(const Root& root, std::string name, const std::string& text) : root_(root), name_(std::move(name)) {
    if (text.empty()) return;
    root_.make_folders(".amphi/progress");
    root_.write_file_durably(name_, text);
    path_ = root_.path() + "/" + name_;
  }
  Note(const Note&) = delete;
  Note& operator=(const Note&) = delete;
  ~Note() {
    try {
      if (!path_.empty()) root_.remove_file(name_);
    } catch (const Error&) {
      // left behind beneath .amphi; the next try writes over it
    }
  }
  const std::string& path() const { return path_; }

 private:
  const Root& root_;
  std::string name_, path_;
};

std::vector<int> count_up(std::size_t count) {
  std::vector<int> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

double duration_of(const StepSpec& spec) {
  return spec.expected.duration_seconds > 0 ? spec.expected.duration_seconds : spec.track.duration_seconds;
}

void edit_file(StepWork& work, std::vector<std::string> arguments) {
  constexpr int kSeconds = 600;
  ChildSpec child;
  child.arguments = std::move(arguments);
  child.arguments[0] = require_program(child.arguments[0]);
  child.err = ChildSpec::Stream::kPipe;
  child.pass = work.locks;
  const auto answer = run(child, kSeconds);
  write_log(work, answer.out + answer.err);
  const auto verdict = retag_verdict(answer.exit, answer.out + answer.err);
  if (!verdict.ok) throw StepError(ErrorKind::kUnfinished, verdict.cause, verdict.message, verdict.hint);
}

}  // namespace

KeptStreams keep_all(const ScannedTrack& track) {
  return {count_up(track.audio.size()), count_up(track.subtitles.size())};
}

void retag(StepWork& work, const KeptStreams& kept) {
  const auto& spec = work.spec;
  const Note chapters(work.root, progress_name(spec.id) + ".chapters.xml",
                      spec.track.chapters.empty() ? "" : matroska_chapters_xml(spec.track.chapters, duration_of(spec)));
  const Note tags(work.root, progress_name(spec.id) + ".tags.xml",
                  spec.tags.empty() ? "" : matroska_tags_xml(spec.tags));
  auto arguments = retag_arguments(spec, kept, work.file_path(), chapters.path(), tags.path());
  if (arguments.empty()) return;
  edit_file(work, std::move(arguments));
  if (!lay_out_front(work.file.get()))
    write_log(work, "amphi: the front is left as mkvpropedit made it: its SeekHeads are not true, or there is no room");
}

}  // namespace amphi
