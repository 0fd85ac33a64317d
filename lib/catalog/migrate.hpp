// Which database a file is, and bringing an older catalog up to this amphi's schema.
#pragma once

#include <string>

#include "base/clock.hpp"
#include "catalog/connection.hpp"

namespace amphi {

int newest_schema();

// The schema of a catalog, 0 of an empty file. Throws kCatalog, naming what it is, for a newer catalog and for other
// programs' databases (the Python ancestor amphigory is told by its tables). Only reads.
int schema_of(Connection& db);

// All steps in one transaction, with the version read again under the lock. A backup is made before unless the catalog
// is new or `Backup::kNone`.
enum class Backup { kBefore, kNone };
void migrate(Connection& db, const Clock& clock, Backup backup);

// An empty database becomes an empty catalog of `schema`, as the amphi of its time made it. Foreign keys are off then:
// whoever fills it in any order turns them on again.
void build_schema(Connection& db, int schema);

}  // namespace amphi
