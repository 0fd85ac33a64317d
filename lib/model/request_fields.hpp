// The fields of a request and of an attempt, each once, as the columns of their tables. Without the id, which the
// database gives, and without a request's tracks, which are rows of their own.
#pragma once

#include <tuple>

#include "amphi/request.hpp"
#include "model/fields.hpp"

namespace amphi {

constexpr auto fields_of(const Request*) {
  return std::tuple{field<&Request::until>("until_stage"),         field<&Request::jobs>("jobs"),
                    field<&Request::created_at>("created_at"),     field<&Request::finished_at>("finished_at"),
                    field<&Request::cancelled_at>("cancelled_at"), field<&Request::held_by>("held_by")};
}

constexpr auto fields_of(const Attempt*) {
  return std::tuple{field<&Attempt::step_id>("step_id"),       field<&Attempt::track_id>("track_id"),
                    field<&Attempt::stage>("stage"),           field<&Attempt::request_id>("request_id"),
                    field<&Attempt::started_at>("started_at"), field<&Attempt::finished_at>("finished_at"),
                    field<&Attempt::outcome>("outcome"),       field<&Attempt::cause>("cause"),
                    field<&Attempt::message>("message"),       field<&Attempt::circumstance>("circumstance"),
                    field<&Attempt::log_path>("log_path")};
}

}  // namespace amphi
