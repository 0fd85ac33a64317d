// amphi config init
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/root.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "printer.hpp"
#include "views/config_view.hpp"

namespace amphi::cmd {

namespace {

std::filesystem::path place_of(const ConfigInputs& inputs) {
  if (inputs.config_option) return std::filesystem::absolute(*inputs.config_option);
  const std::filesystem::path base = inputs.xdg_config_home.empty() ? std::filesystem::path(inputs.home) / ".config"
                                                                    : std::filesystem::path(inputs.xdg_config_home);
  return base / "amphi" / "config.toml";
}

void write_new(const std::filesystem::path& path, const std::string& text) {
  if (std::filesystem::exists(std::filesystem::symlink_status(path))) {
    throw Error(ErrorKind::kUsage, fmt::format("{} is there already", path.string()),
                "edit it, or print a new one with --print");
  }
  std::error_code trouble;
  std::filesystem::create_directories(path.parent_path(), trouble);
  if (trouble) {
    throw Error(ErrorKind::kUnavailable,
                fmt::format("cannot make {}: {}", path.parent_path().string(), trouble.message()));
  }
  Root::open(path.parent_path().string()).write_file_durably(path.filename().string(), text);
}

class ConfigInit : public Command {
 public:
  void describe(Options& options) override { options.flag("--print", print_, "print it instead of writing it"); }

  int run(Context& context) override {
    const auto inputs = context.config_inputs();
    const auto text = commented_config(inputs);
    if (print_) {
      context.out().write(text);
      return 0;
    }
    const auto path = place_of(inputs);
    write_new(path, text);
    if (context.json()) {
      print_document(context, config_init_document(), {{"file", path.string()}});
    } else {
      context.out().line("wrote " + escape_controls(path.string()));
    }
    return 0;
  }

 private:
  bool print_ = false;
};

const Verb kConfigInitVerb({"config init", "write a commented configuration with the defaults of this machine",
                            "amphi config init"},
                           &make_command<ConfigInit>, &config_init_document);

}  // namespace

}  // namespace amphi::cmd
