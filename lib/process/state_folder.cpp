#include "process/state_folder.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/root.hpp"

namespace amphi {
namespace {

std::string parent_of(const Catalog& catalog) {
  return std::filesystem::absolute(catalog.path()).parent_path().string();
}

std::string folder_name(const Catalog& catalog) {
  return std::filesystem::path(catalog.path()).filename().string() + ".d";
}

std::string spec_name(const Catalog& catalog, const std::string& step_id) {
  return fmt::format("{}/steps/{}.json", folder_name(catalog), step_id);
}

}  // namespace

std::string state_folder_of(const Catalog& catalog) {
  return parent_of(catalog) + "/" + folder_name(catalog);
}

std::string log_path_of(const Catalog& catalog, const std::string& step_id) {
  return fmt::format("{}/logs/{}.log", state_folder_of(catalog), step_id);
}

void make_state_folder(const Catalog& catalog) {
  const auto root = Root::open(parent_of(catalog));
  root.make_folders(folder_name(catalog) + "/steps");
  root.make_folders(folder_name(catalog) + "/logs");
}

std::string write_spec(const Catalog& catalog, const StepSpec& spec) {
  const auto name = spec_name(catalog, spec.id);
  Root::open(parent_of(catalog)).write_file_durably(name, nlohmann::json(spec).dump(2) + "\n");
  return parent_of(catalog) + "/" + name;
}

void remove_spec(const Catalog& catalog, const std::string& step_id) {
  Root::open(parent_of(catalog)).remove_file(spec_name(catalog, step_id));
}

}  // namespace amphi
