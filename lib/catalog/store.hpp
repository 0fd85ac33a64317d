// What the subjects of the catalog share: the connection, and what each of them does in the same way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "amphi/catalog.hpp"
#include "catalog/connection.hpp"

namespace amphi {

struct Store {
  std::string path;
  Catalog::Clock clock;
  std::unique_ptr<Connection> connection;
  bool writable = false;

  Connection& db() { return *connection; }
  Connection& writing();  // throws when the catalog was opened for reading
};

struct Catalog::Impl : Store {};

// Part of the caller's transaction. The disc of a track is found where only the track is given.
void write_history(Store& store, std::string_view event, std::optional<DiscId> disc, std::optional<TrackId> track,
                   const nlohmann::json& detail);

// A later success, request or reset: what failed before counts no more. Part of the caller's transaction.
void settle_failures(Store& store, TrackId track, Stage stage);

[[noreturn]] void throw_no_disc(DiscId id);
[[noreturn]] void throw_no_track(TrackId id);
DiscId disc_of_track(Store& store, TrackId id);      // throws kNotFound
void require_disc(Store& store, DiscId id);          // throws kNotFound
void require_nothing_runs(Store& store, DiscId id);  // throws kBusy: a step of it is not settled

// By path, as a reader lists them.
std::vector<ListedFile> load_files(Store& store, DiscId id);

// "dvd-a1b2c3d (Title)": how a message names a disc.
std::string disc_name(Store& store, DiscId id);

}  // namespace amphi
