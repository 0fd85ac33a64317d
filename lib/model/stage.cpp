#include "amphi/stage.hpp"

#include "model/names.hpp"

namespace amphi {
namespace {

constexpr Names<Stage, 3> kNames{{{Stage::kRip, "rip"}, {Stage::kTranscode, "transcode"}, {Stage::kInsert, "insert"}}};

}  // namespace

std::string_view to_string(Stage stage) {
  return name_of(kNames, stage);
}
std::optional<Stage> parse_stage(std::string_view text) {
  return value_of(kNames, text);
}

}  // namespace amphi
