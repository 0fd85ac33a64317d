// The configuration file: it loads or every fault names its line; what loads says the same once written out again.
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>

#include "amphi/config.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "config/keys.hpp"
#include "demand.hpp"
#include "unit/scratch.hpp"

using namespace amphi;

namespace {

class Home {
 public:
  Home() {
    inputs_.config_option = scratch_.path("config.toml");
    inputs_.home = "/home/user";
  }
  const ConfigInputs& with(std::string_view text) {
    std::ofstream(*inputs_.config_option, std::ios::binary) << text;
    return inputs_;
  }

 private:
  test::Scratch scratch_;
  ConfigInputs inputs_;
};

std::string list(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  for (const auto& text : texts) quoted.push_back(toml_string(text));
  return "[" + join(quoted, ", ") + "]";
}

// Every key that the file set, with the value in force.
std::string written_out(const Config& config, const ConfigInputs& inputs) {
  std::string text;
  for (const auto& key : config_keys())
    if (config.origins.at(dotted(key.path)) != "default")
      text += dotted(key.path) + " = " + key.show(config, inputs) + "\n";
  for (const auto& [name, arguments] : config.transcode.profiles)
    text += dotted({"transcode", "profiles", name}) + " = " + list(arguments) + "\n";
  return text;
}

void demand_faults(const std::vector<std::string>& faults, const std::string& file) {
  fuzz::demand(!faults.empty(), "a file that does not load has a fault");
  for (const auto& fault : faults) {
    fuzz::demand(fault.starts_with(file + ":"), "a fault names its place", fault);
    fuzz::demand(is_valid_utf8(fault), "a fault is UTF-8", escape_controls(fault));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Home home;
  const auto& inputs = home.with(fuzz::text_of(data, size));
  std::string text;
  try {
    text = written_out(load_config(inputs), inputs);
  } catch (const Error& error) {
    fuzz::demand(error.kind() == ErrorKind::kUsage, "a bad file is bad input", error.message());
    demand_faults(check_config(inputs), *inputs.config_option);
    return 0;
  }
  fuzz::demand(check_config(inputs).empty(), "a file that loads has no fault");
  const auto again = written_out(load_config(home.with(text)), inputs);
  fuzz::demand(again == text, "a configuration is the same once written out", text + "\n--\n" + again);
  return 0;
}
