// Opening the file of a catalog without changing it.
#pragma once

#include <memory>
#include <string>

#include "catalog/connection.hpp"

namespace amphi {

using ConnectionPtr = std::unique_ptr<Connection>;

enum class Found {
  kNothing,
  kEmpty,
  kTooShort,  // no database; SQLite takes a file of one byte for an empty one and would write over it
  kFile,
};
// kCatalog for a folder, and for what cannot be looked at.
Found look_at(const std::string& path);

// kCatalog unless there is the folder that the catalog lies in, or is to lie in.
void require_folder(const std::string& path);

// Opened for reading and known to be a catalog of schema `schema`, 0 where nothing is in it yet. What a crash left
// half-written is undone first: without that nobody could read. Throws as schema_of does.
ConnectionPtr open_known(const std::string& path, int& schema);

// The same for a catalog that must be there; kCatalog where there is none.
ConnectionPtr open_made(const std::string& path, int& schema);

// The content of `from`, of one state, in a database of its own: what is done with it keeps nobody waiting.
ConnectionPtr private_copy_of(Connection& from);

}  // namespace amphi
