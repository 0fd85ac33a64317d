// The exit code of `track verify`: 0 only where something was recorded and every file stands as its receipt says.
#pragma once

#include "amphi/process.hpp"

namespace amphi::cmd {

class VerifyExit {
 public:
  // By name: a track with nothing recorded is not as it should be. In bulk (--disc, --all) unwanted tracks have nothing
  // recorded all the time; there something must be recorded of at least one.
  enum class Asked { kByName, kInBulk };

  VerifyExit(VerifyOptions options, Asked asked) : options_(options), asked_(asked) {}
  void count(const TrackAnswer& answer);
  int code() const;

 private:
  VerifyOptions options_;
  Asked asked_;
  bool trouble_ = false;
  bool anything_ = false;  // a receipt that stands
};

}  // namespace amphi::cmd
