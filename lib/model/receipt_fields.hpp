// The fields of a receipt, each once: its document "amphi.receipt/1" and the columns of its table come from these rows.
#pragma once

#include <tuple>

#include "amphi/artifact.hpp"
#include "model/fields.hpp"

namespace amphi {

constexpr auto fields_of(const MediaFacts*) {
  return std::tuple{field<&MediaFacts::duration_seconds>("duration_seconds"),
                    field<&MediaFacts::video_streams>("video_streams"),
                    field<&MediaFacts::audio_streams>("audio_streams"),
                    field<&MediaFacts::subtitle_streams>("subtitle_streams"), field<&MediaFacts::chapters>("chapters")};
}

// Those that are optional were not in the first receipts.
constexpr auto fields_of(const Receipt*) {
  return std::tuple{field<&Receipt::step_id>("step_id"),
                    field<&Receipt::stage>("stage"),
                    field<&Receipt::fingerprint>("fingerprint"),
                    field<&Receipt::reference>("reference"),
                    field<&Receipt::root>("root"),
                    field<&Receipt::path>("path"),
                    field<&Receipt::size_bytes>("size_bytes"),
                    field<&Receipt::mtime_ns>("mtime_ns"),
                    field<&Receipt::inode>("inode", Need::kOptional),
                    field<&Receipt::sha256>("sha256", Need::kOptional),
                    field<&Receipt::media>("media"),
                    field<&Receipt::bad_sectors>("bad_sectors", Need::kOptional),
                    field<&Receipt::tool>("tool"),
                    field<&Receipt::tool_version>("tool_version", Need::kOptional),
                    field<&Receipt::preset>("preset", Need::kOptional),
                    field<&Receipt::input_step_id>("input_step_id", Need::kOptional),
                    field<&Receipt::same_inode>("same_inode", Need::kOptional, "names of an artifact"),
                    field<&Receipt::created_at>("created_at")};
}

}  // namespace amphi
