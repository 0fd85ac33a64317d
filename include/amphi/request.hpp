// What a user asked for. Written before anything runs; finished when its plan is empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "amphi/cause.hpp"
#include "amphi/ids.hpp"
#include "amphi/stage.hpp"

namespace amphi {

struct Request {
  RequestId id;
  std::vector<TrackId> tracks;
  Stage until = Stage::kInsert;
  int jobs = 0;  // 0: as configured
  Timestamp created_at;
  std::optional<Timestamp> finished_at;
  std::optional<Timestamp> cancelled_at;
  std::string held_by;  // for telling people: "pid 4711 on host since 2026-..."; the lock decides, not this
};

// One try of a step, so that a failing step is not tried for ever.
struct Attempt {
  std::string step_id;
  TrackId track_id;
  Stage stage = Stage::kRip;
  RequestId request_id;
  Timestamp started_at;
  std::optional<Timestamp> finished_at;
  Outcome outcome = Outcome::kRunning;
  std::optional<Cause> cause;  // failed
  std::string message;         // failed: what the step said
  std::string
      circumstance;  // what the cause hangs on (tool version, preset, medium); an unchanged one is not tried again
  std::string log_path;
  std::int64_t id = 0;  // 0: not stored yet
};

}  // namespace amphi
