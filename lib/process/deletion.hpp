// Deleting what a stage made: recorded first as an intent of kind kDelete, so that a crash in the middle is finished
// and never leaves a record of a file that amphi itself removed. Only the regular file that the receipt describes (size
// and mtime, else the digest where one is kept), beneath a marked root.
#pragma once

#include <string>

#include "amphi/catalog.hpp"
#include "amphi/process.hpp"
#include "process/folders.hpp"

namespace amphi {

enum class Files { kDelete, kKeep };
// What becomes of the record: it goes (reset), or says that amphi deleted the file on purpose (cleanup).
enum class Record { kForget, kMarkRemoved };

// The caller holds the track's lock. Deletes the artifact's file (unless kKeep), its receipt beside it and the folders
// that are empty then, and settles its record. What cannot be deleted is told in `answer.left` and keeps its record.
void delete_artifact(Catalog& catalog, Folders& folders, const Artifact& artifact, Files files, Record record,
                     ResetAnswer& answer);

// What delete_artifact would do, told in the same way; nothing is changed.
void preview_deletion(Folders& folders, const Artifact& artifact, ResetAnswer& answer);

// Throws where what was begun cannot be read: nlohmann's exceptions, Error.
void require_deletion(const Intent& intent);

// Goes on with a deletion that was begun. A file that cannot be deleted keeps its record; the intent is dropped then.
// kUnavailable where its folder is away: nothing tells whether the file is gone already, and the intent stays.
ResetAnswer finish_deletion(Catalog& catalog, Folders& folders, const Intent& intent);

}  // namespace amphi
