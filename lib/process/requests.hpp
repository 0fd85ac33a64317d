// The requests that this run works for: stored or found, each held by its lock, finished when nothing is left of it.
#pragma once

#include <map>
#include <vector>

#include "amphi/process.hpp"
#include "base/lock.hpp"
#include "process/planning.hpp"

namespace amphi {

class Requests {
 public:
  explicit Requests(Catalog& catalog) : catalog_(catalog) {}

  // kAsked: stored first, then worked on; older requests it covers are finished. kResume: the unfinished ones that
  // nobody holds; how many somebody does is `busy`.
  void take(const ProcessOptions& options);
  bool empty() const { return held_.empty(); }
  int busy() const { return busy_; }
  std::map<TrackId, Stage> tracks() const;  // until which stage
  int jobs() const;                         // 0: as configured
  RequestId of(TrackId track) const;
  // Lets go of those cancelled from another shell; true when there were any.
  bool drop_cancelled();
  // Finishes those of which a plan for resuming finds nothing left.
  void finish_done(Survey& survey);

 private:
  struct Held {
    Request request;
    Lock lock;
  };
  void hold(const Request& request);
  void supersede(const Request& by);

  Catalog& catalog_;
  std::vector<Held> held_;
  int busy_ = 0;
};

}  // namespace amphi
