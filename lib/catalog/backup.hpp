// Copies of a whole catalog by SQLite's own backup.
#pragma once

#include "base/clock.hpp"
#include "catalog/connection.hpp"

namespace amphi {

void copy_database(Connection& from, Connection& to);

// Copies the catalog to FILE.backup-vN-TIMESTAMP and makes the copy durable; returns its path.
std::string back_up(Connection& db, int schema, Timestamp now);

}  // namespace amphi
