// Which tracks of a disc: by number, by type, all, or those that are left to do.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/process.hpp"
#include "options.hpp"

namespace amphi::cmd {

// "1,3-5": those tracks, in the order of their numbers. kUsage where it is no such list, kNotFound for a number that
// the disc has not.
std::vector<TrackId> tracks_by_number(const DiscReport& report, std::string_view numbers);

class TrackChoice {
 public:
  void describe(Options& options);
  bool given() const;
  // In the order of their numbers. Throws kUsage for choices that exclude each other, kNotFound for a number or a type
  // that the disc has not.
  std::vector<TrackId> choose(const DiscReport& report) const;

 private:
  std::vector<TrackId> by_type(const DiscReport& report) const;

  std::optional<std::string> numbers_;
  std::vector<std::string> types_;
  bool all_ = false;
};

}  // namespace amphi::cmd
