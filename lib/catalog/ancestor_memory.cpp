#include "catalog/ancestor_memory.hpp"

namespace amphi {
namespace {

using nlohmann::json;

constexpr auto kEvent = "imported";

std::string key_of(const ForeignRow& row) {
  json said = json::object();
  for (const auto& [column, value] : row.values.items())
    if (!value.is_null()) said[column] = value;
  return row.table + "\n" + said.dump(-1, ' ', false, json::error_handler_t::replace);
}

// Nothing where it is no entry of this file's making.
std::optional<ForeignRow> row_in(const std::string& detail) {
  const auto said = json::parse(detail, nullptr, false);
  if (!said.is_object() || !said.contains("table") || !said["table"].is_string() || !said.contains("row") ||
      !said["row"].is_object())
    return std::nullopt;
  ForeignRow row{said["table"].get<std::string>(), std::nullopt, said["row"]};
  if (row.values.contains("id") && row.values["id"].is_number_integer()) row.id = row.values["id"].get<std::int64_t>();
  return row;
}

}  // namespace

AncestorMemory::AncestorMemory(Catalog& catalog) : catalog_(catalog) {
  for (const DiscId id : catalog.all_discs()) discs_.insert(id);
  for (const auto& entry : catalog.history_of(kEvent))
    if (const auto row = row_in(entry.detail)) remember(entry.disc_id, entry.track_id, *row);
}

void AncestorMemory::remember(std::optional<DiscId> disc, std::optional<TrackId> track, const ForeignRow& row) {
  const bool is_there = disc && discs_.contains(*disc);
  rows_.emplace(is_there ? disc->value : 0, key_of(row));
  if (is_there && track && row.id) track_of_[{*disc, *row.id}] = *track;
}

bool AncestorMemory::holds(std::optional<DiscId> disc, const ForeignRow& row) const {
  const auto key = key_of(row);
  return rows_.contains({0, key}) || (disc && rows_.contains({disc->value, key}));
}

std::optional<TrackId> AncestorMemory::find_track(DiscId disc, const ForeignRow& row) const {
  if (!row.id) return std::nullopt;
  const auto found = track_of_.find({disc, *row.id});
  return found == track_of_.end() ? std::nullopt : std::optional(found->second);
}

void AncestorMemory::keep(std::optional<DiscId> disc, std::optional<TrackId> track, const ForeignRow& row) {
  catalog_.write_down(kEvent, disc, track, {{"from", "amphigory"}, {"table", row.table}, {"row", row.values}});
  if (disc) discs_.insert(*disc);
  remember(disc, track, row);
}

}  // namespace amphi
