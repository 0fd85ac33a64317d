// makemkvcon in robot mode. It ends with 0 on failures and asks questions that a pipe cannot answer; its own messages
// decide. It names its output itself, in a private folder, and numbers titles anew with every set of options: ask
// (MakemkvScan) for the number that belongs to a track's reference, then save (MakemkvRun) with the same minimum
// length.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/source.hpp"
#include "model/makemkv_line.hpp"
#include "tools/log_tail.hpp"
#include "tools/tool.hpp"

namespace amphi {

// "dev:/dev/sr0", "iso:/x.iso", "file:/x/VIDEO_TS". Throws kUsage for a log, which holds no disc.
std::string makemkv_source(const Source& source);

// What its messages told, for both uses.
class MakemkvMessages {
 public:
  std::optional<Progress> take(std::string_view line);
  // Something that no later message can undo: a key that expired, a question, a disc that did not open.
  const std::optional<ToolVerdict>& failure() const { return failure_; }
  // A question, or an expired key: makemkvcon would wait or fail title after title.
  bool hopeless() const { return hopeless_; }
  std::optional<int> saved() const { return saved_; }
  int failed() const { return failed_; }
  std::string why() const { return tail_.why(); }
  const std::string& version() const { return version_; }

 private:
  void take_message(std::string_view line);
  void fail(Cause cause, std::string message, std::string hint);
  std::optional<ToolVerdict> failure_;
  std::optional<int> saved_;
  int failed_ = 0, read_errors_ = 0;
  bool hopeless_ = false, saving_ = false;
  double fraction_ = 0;
  std::string version_;
  LogTail tail_;
};

// `makemkvcon info`: which title is which.
class MakemkvScan : public ToolRun {
 public:
  MakemkvScan(const Source& source, int min_length);
  std::vector<std::string> arguments() const override;
  std::optional<Progress> take_out(std::string_view line) override;
  std::optional<Progress> take_err(std::string_view line) override;
  ToolVerdict verdict(const ChildExit& exit) const override;
  bool hopeless() const override { return messages_.hopeless(); }
  std::string version() const override { return messages_.version(); }
  // makemkvcon's 0-based number of the title that `reference` names: "dvd:3" (the disc's title 3, its first angle),
  // "dvd:3.angle2", "mpls:00800", "m2ts:00001", and "title:0" for one that says nothing of its origin.
  std::optional<int> title_of(std::string_view reference) const;

 private:
  struct Title {
    std::optional<int> original;  // DVD: the title's number on the disc
    std::string file;             // Blu-ray: playlist or clip
    int angle = 0;                // 0: it has only one
  };
  void take_title(const MakemkvLine& line);
  std::string reference_of(int number, const Title& title) const;
  std::string source_;
  int min_length_;
  std::map<int, Title> titles_;
  std::map<int, int> told_angles_;  // by title, where only a message tells it
  MakemkvMessages messages_;
};

// `makemkvcon mkv` of one title. Good is: exit 0, no question, saved as many as asked (one) with none failed, and
// exactly one Matroska file in the folder.
class MakemkvRun : public ToolRun {
 public:
  MakemkvRun(const StepSpec& spec, int title, std::string folder);
  std::vector<std::string> arguments() const override;
  std::optional<Progress> take_out(std::string_view line) override;
  std::optional<Progress> take_err(std::string_view line) override;
  ToolVerdict verdict(const ChildExit& exit) const override;
  bool hopeless() const override { return messages_.hopeless(); }
  std::string version() const override { return messages_.version(); }
  // The one file it made, absolute; "" where there is none, or more than one.
  std::string saved_file() const;

 private:
  std::string source_;
  int min_length_, title_;
  std::string folder_;
  MakemkvMessages messages_;
};

// `title`: makemkvcon's number, from MakemkvScan.
std::unique_ptr<MakemkvRun> make_makemkv_run(const StepSpec& spec, int title, const std::string& folder);

}  // namespace amphi
