// Why a step failed, and how a try of one ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace amphi {

// What decides whether trying again makes sense. A worker's are kSource to kUsage besides.
enum class Cause : std::uint8_t {
  kOther,
  kKey,          // encrypted, or makemkvcon's key has expired
  kPreset,       // the encoder knows no such preset
  kTool,         // it is not installed, or does not keep to what was agreed
  kMedium,       // unreadable, ends early, not the bytes that the disc declares
  kSpace,        // no room to write
  kJudge,        // what was made is not what was to be made
  kSource,       // no disc, no such title
  kUsage,        // a job that cannot be understood
  kBusy,         // somebody else makes the same file
  kInterrupted,  // by a signal
};

std::string_view to_string(Cause cause);  // "other", "key" ...
std::optional<Cause> parse_cause(std::string_view text);
// As it was written down: nullopt for "", which means that nothing failed, and kOther for a word from elsewhere.
std::optional<Cause> recorded_cause(std::string_view text);
std::string_view recorded_word(std::optional<Cause> cause);

enum class Outcome : std::uint8_t { kRunning, kDone, kFailed, kInterrupted };

std::string_view to_string(Outcome outcome);  // "running", "done", "failed", "interrupted"
std::optional<Outcome> parse_outcome(std::string_view text);

}  // namespace amphi
