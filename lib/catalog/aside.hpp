// A catalog that cannot be used is set aside: the file and what lies beside it, its journal and its write-ahead log,
// under second names, FILE.damaged-STAMP...
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/handle.hpp"
#include "base/root.hpp"

namespace amphi {

// Whether SQLite would change the file as soon as it opens it: a journal or a log lies beside it.
bool changes_when_opened(const std::string& path);

// The second names, durable, of the file at `path`, which is no symlink. They go again with this unless they are kept.
class Aside {
 public:
  // Copies of the bytes. Only while this process holds no lock of SQLite's on the file: they go with every descriptor
  // of it that is closed.
  static Aside copied(const std::string& path, Timestamp now);
  // Hard links; where the file system has none, copies, whose originals stay open as long as this lives.
  static Aside linked(const std::string& path, Timestamp now);
  Aside(Aside&&) noexcept = default;
  Aside& operator=(Aside&&) = delete;
  ~Aside();

  std::string keep();  // gives the file's second name
  // The journal and the log lose their first names: SQLite would roll them back into another file under `path`.
  void remove_companions() const;

 private:
  Aside(const std::string& path, Timestamp now);
  void link_or_copy(const std::string& from, const std::string& to);

  Root folder_;
  std::string name_, aside_;
  std::vector<std::string> made_;
  std::vector<Handle> open_;
};

}  // namespace amphi
