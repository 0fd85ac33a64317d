#include "process/requests.hpp"

#include <algorithm>

#include "process/locks.hpp"

namespace amphi {
namespace {

bool covers(const Request& wide, const Request& narrow) {
  return narrow.until <= wide.until && std::all_of(narrow.tracks.begin(), narrow.tracks.end(), [&](TrackId track) {
           return std::find(wide.tracks.begin(), wide.tracks.end(), track) != wide.tracks.end();
         });
}

}  // namespace

void Requests::take(const ProcessOptions& options) {
  if (options.mode == PlanInput::Mode::kAsked) {
    if (options.tracks.empty()) return;
    const auto request = catalog_.load_request(catalog_.add_request(options.tracks, options.until, options.jobs));
    hold(request);
    supersede(request);
    return;
  }
  busy_ = 0;
  for (const auto& request : catalog_.unfinished_requests(options.disc)) hold(request);
}

void Requests::hold(const Request& request) {
  auto lock = try_request_lock(catalog_, request.id);
  if (!lock) {
    ++busy_;
    return;
  }
  catalog_.hold_request(request.id, describe_holder());
  held_.push_back({request, std::move(*lock)});
}

void Requests::supersede(const Request& by) {
  for (const auto& older : catalog_.unfinished_requests())
    if (older.id < by.id && covers(by, older) && try_request_lock(catalog_, older.id))
      catalog_.finish_request(older.id);
}

std::map<TrackId, Stage> Requests::tracks() const {
  std::map<TrackId, Stage> until;
  for (const auto& held : held_)
    for (const auto track : held.request.tracks) until[track] = std::max(until[track], held.request.until);
  return until;
}

int Requests::jobs() const {
  int jobs = 0;
  for (const auto& held : held_) jobs = std::max(jobs, held.request.jobs);
  return jobs;
}

RequestId Requests::of(TrackId track) const {
  for (const auto& held : held_)
    for (const auto each : held.request.tracks)
      if (each == track) return held.request.id;
  return {};
}

bool Requests::drop_cancelled() {
  const auto gone = std::remove_if(held_.begin(), held_.end(),
                                   [&](const Held& held) { return catalog_.request_cancelled(held.request.id); });
  const bool any = gone != held_.end();
  held_.erase(gone, held_.end());
  return any;
}

void Requests::finish_done(Survey& survey) {
  for (const auto& held : held_) {
    std::map<TrackId, Stage> until;
    for (const auto track : held.request.tracks) until[track] = held.request.until;
    if (plan_tracks(survey, until, PlanInput::Mode::kResume).plan.finished()) catalog_.finish_request(held.request.id);
  }
  save_looks(survey);
}

}  // namespace amphi
