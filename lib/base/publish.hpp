// Giving a finished, fsynced temporary file its final name so that nothing that was there is lost:
// renameat2(RENAME_NOREPLACE); without it linkat + unlink; without both an O_EXCL placeholder.
#pragma once

#include <string>
#include <string_view>

#include "base/root.hpp"

namespace amphi {

enum class PublishResult {
  kPublished,
  kOccupied,  // the final name is taken; nothing was changed
};

// Renames `temporary` to `final_name` (both beneath `root`, same folder), then fsyncs the folder. Throws kUnavailable
// on any other trouble. Running it again after a crash in the middle ends in the same state. Without NOREPLACE and hard
// links a claim stands meanwhile, which tells an unfinished placeholder from somebody's file; a death may leave it.
PublishResult publish(const Root& root, std::string_view temporary, std::string_view final_name);

// Reprocessing: RENAME_EXCHANGE, so that at every instant the final name holds a whole file; the old file ends under
// the temporary name. Folder fsynced. Where there is no RENAME_EXCHANGE the same is done by a hard link, the side name.
void publish_exchange(const Root& root, std::string_view temporary, std::string_view final_name);

// After an exchange: the old file, under the temporary or the side name, gets the final name again, and the new one is
// gone. Folder fsynced.
void undo_exchange(const Root& root, std::string_view temporary, std::string_view final_name);

// An exchange where the file under the final name is wanted no more, or has another name: plainly renamed over. Folder
// fsynced.
void publish_over(const Root& root, std::string_view temporary, std::string_view final_name);

// The names beside a temporary one that a death in the middle may leave: ".NAME.amphi-part" -> ".NAME.amphi-old",
// ".NAME.amphi-hold".
std::string side_name_of(std::string_view temporary);
std::string claim_name_of(std::string_view temporary);

// A hard link of `source`, an open regular file, under `name`; a descriptor, so that the file linked is the file that
// was looked at. `occupied`: the name is another file's; `linked` false when the file systems cannot (EXDEV, EPERM,
// EMLINK, EOPNOTSUPP): copy instead.
struct LinkResult {
  bool linked = false;
  bool occupied = false;
};
LinkResult publish_link(const Root& root, int source, std::string_view name);

}  // namespace amphi
