// A connection to a database of another program's: read, and never changed in any way.
#pragma once

#include <memory>
#include <string>

#include "catalog/connection.hpp"

namespace amphi {

// SQLite reads a database in rollback mode without a trace. One in WAL mode needs files beside it, and what a crash
// left half-written has to be undone first: of those a copy is opened, with journal and log, in a private folder that
// is gone with this. SqliteError as it comes; kBusy where it changes while it is copied; kUnavailable where it cannot
// be.
class ForeignDatabase {
 public:
  explicit ForeignDatabase(const std::string& name);
  ForeignDatabase(const ForeignDatabase&) = delete;
  ForeignDatabase& operator=(const ForeignDatabase&) = delete;
  ~ForeignDatabase();

  Connection& db() const { return *db_; }

 private:
  void open_itself(const std::string& file);
  void open_copy(const std::string& file);

  std::string folder_;  // of the copy; "": there is none
  std::unique_ptr<Connection> db_;
};

}  // namespace amphi
