// Deleting what a stage made: recorded first as an intent of kind "delete", so that a crash in the middle is finished
// and never leaves a record of a file that amphi itself removed. Only recorded regular files beneath a marked root.
#pragma once

#include <string>
#include <vector>

#include "amphi/catalog.hpp"
#include "amphi/process.hpp"
#include "process/folders.hpp"

namespace amphi {

// The caller holds the track's lock. Deletes the artifact's file (unless `keep_files`), its empty folders, then its
// record.
enum class Files { kDelete, kKeep };
void delete_artifact(Catalog& catalog, Folders& folders, const Artifact& artifact, Files files, ResetAnswer& answer);

// Goes on with a deletion that was begun. A file that cannot be deleted keeps its record; the intent is dropped then.
ResetAnswer finish_deletion(Catalog& catalog, Folders& folders, const Intent& intent);

}  // namespace amphi
