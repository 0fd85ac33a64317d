// Real discs whose truth is known, as values: the scans beside ../shared/data (or AMPHI_TEST_DATA), with what people
// say each title really is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "amphi/disc.hpp"

namespace amphi::test {

struct JudgedDisc {
  std::string name;
  ScannedDisc disc;
  std::vector<std::string> truths;  // per track: "MainMovie", "DeletedScene", ...; "" where nobody said
};

// The type that a truth stands for; nothing for "Extra" and "Other", which say no more than that it is one.
std::optional<TrackType> type_of_truth(const std::string& truth);

// The discs of makemkv-logs/index.json: titles without streams. Where the index is partial, titles are missing.
std::vector<JudgedDisc> read_index();

// The whole logs of makemkv-logs, read by amphi's own reader, with the truths beside them.
std::vector<JudgedDisc> read_logs();

}  // namespace amphi::test
