// The file of a catalog, held so that no other connection reads or writes it, for whoever puts other content in.
#pragma once

#include <string>

#include "amphi/care.hpp"
#include "catalog/open.hpp"

namespace amphi {

struct Held {
  std::string path;
  ConnectionPtr db;     // holds SQLite's exclusive lock; null where the file is no catalog at all
  int schema = 0;       // 0: nothing is in it yet
  std::string trouble;  // why its content cannot be used: damaged, newer, another program's; "" where it can

  bool usable() const { return trouble.empty(); }
};
// A missing file is made, empty. Throws kBusy where somebody else is in it for long (kWait: waits on), kCatalog where
// it cannot be opened.
Held hold_alone(const std::string& path, WhenBusy when_busy);

// The content of a usable `held` becomes that of `source`, in one transaction of SQLite's backup; then it is compared.
// `source` is in a read transaction. Gives the number of rows.
std::int64_t overwrite(Held& held, Connection& source);

}  // namespace amphi
