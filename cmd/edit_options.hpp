// Flags of `disc edit`, `track edit` and `process` that become one Edit, and the checks that need more than the Edit
// itself.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "amphi/edit.hpp"
#include "context.hpp"
#include "options.hpp"

namespace amphi::cmd {

// --title, --year ... and --clear; one optional text for each field of the contract.
class FieldOptions {
 public:
  enum class Noun { kDisc, kTrack };
  explicit FieldOptions(Noun noun) : noun_(noun) {}
  void describe(Options& options);
  void apply(DiscChange& change) const;
  void apply(TrackChange& change) const;
  bool given() const;

 private:
  template <class Edits>
  void describe_fields(Options& options);
  template <class Change, class Set>
  void apply_with(Change& change, Set set) const;

  Noun noun_;
  std::map<std::string, std::optional<std::string>, std::less<>> values_;
  std::vector<std::string> cleared_;
};

// The text of FILE, or of stdin for "-".
std::string read_text(const std::string& path);

// Presets must exist when they are given: a typing error found after a night of ripping is found too late.
void check_presets(Context& context, const Edit& edit);

// Checks, saves, all or nothing.
void save_edit(Context& context, Catalog& catalog, DiscId disc, const Edit& edit);

}  // namespace amphi::cmd
