// Receipts against files: looks at the disk, verdicts, and the one judge of a finished media file.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "amphi/artifact.hpp"
#include "amphi/step.hpp"

namespace amphi {

// Looks without following a final symlink; never throws for what the disk answers. Only ENOENT and ENOTDIR are absence;
// any other failure, and anything that is no regular file, is kUnreadable with the trouble in one clause.
Observation observe(const std::string& path, Timestamp now);

// Pure. Size decides first, then mtime within 2 s; with the same size and another mtime a `digest` (lazily asked for)
// settles it where the receipt has one: equal is done, else changed. What nobody could look at (root not mounted, no
// observation) is unreadable, never missing.
Verdict verdict(const std::optional<Artifact>& artifact, const std::optional<Observation>& seen, bool root_readable,
                const std::function<std::optional<std::string>()>& digest = {});

// The answer of the judge: `ok`, or why not in one line.
struct Judgement {
  bool ok = false;
  std::string why;
};

// Pure. Rips: last packets no earlier than declared less max(2 s, 0.2 %), stream counts exact, no unread sectors (those
// on the list of bad ones are not unread). Transcodes: against the rip's measured duration, and less by no more than a
// tenth of it or half a second. A count of -1 is not compared.
Judgement judge(const Expectation& expected, const MediaFacts& found, std::int64_t size_bytes,
                std::int64_t unread_sectors = 0);

}  // namespace amphi
