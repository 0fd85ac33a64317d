// A new file beside a catalog, or anywhere: it has its name only once it is whole, and never takes another's.
#pragma once

#include <functional>
#include <string>

#include "base/lock.hpp"
#include "base/root.hpp"

namespace amphi {

// The folder that `file` lies in, opened.
Root folder_with(const std::string& file);

// What a copy of `file` may be for others: what the original is. Its owner may always write it.
unsigned mode_of(const std::string& file);

// ".NAME.amphi-part": what a file is called before it is whole.
std::string part_name(const std::string& file);

// A file that is not whole yet, under that name. It is locked as long as this lives, so that of two who
// make the same file none publishes the other's half; what a killed one left is removed first. Removed with this unless
// it was published.
class Part {
 public:
  // Of `file`, empty. kBusy while somebody else makes it.
  Part(const std::string& file, unsigned mode);
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  ~Part();

  const Root& folder() const { return folder_; }
  std::string path() const;
  int descriptor() const { return lock_.descriptor(); }  // for reading and writing

  // Gives it, made durable before, the name `final_path` in the same folder. False: that one is taken.
  bool publish_as(const std::string& final_path);
  // The same, taking that name from the file that has it, whose other name is durable.
  void replace(const std::string& final_path);

 private:
  Root folder_;
  std::string name_;
  Lock lock_;
  bool published_ = false;
};

// `write` fills the part, durable; then it becomes `target`. kUsage where that is taken.
void write_new_file(const std::string& target, unsigned mode, const std::function<void(const Part& part)>& write);

}  // namespace amphi
