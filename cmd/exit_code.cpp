#include "exit_code.hpp"

namespace amphi::cmd {

const std::vector<ExitMeaning>& exit_meanings() {
  static const std::vector<ExitMeaning> kMeanings{
      {kExitDone, "done; everything asked about is as it should be"},
      {kExitUnexpected, "unexpected failure"},
      {kExitUsage, "wrong usage or bad input"},
      {kExitNotAsItShouldBe, "looked, and something is missing, changed or cannot be verified"},
      {kExitNotFound, "no such disc or track, or the selector fits several"},
      {kExitUnfinished, "not finished; 'amphi process --resume' continues"},
      {kExitUnavailable, "drive, medium, source file or tool not available"},
      {kExitBusy, "busy: another amphi holds it; try again"},
      {kExitCatalog, "catalog unusable: newer schema, corrupt, not a catalog"},
  };
  return kMeanings;
}

}  // namespace amphi::cmd
